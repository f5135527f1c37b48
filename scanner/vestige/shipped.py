"""Where the rules, templates and recipes lie: in a checkout or installed, by one lookup."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def rules() -> Traversable:
    """The folder of the rules, tables, policies and lexicons that ship with Vestige."""
    return files("vestige.rules")


def templates() -> Traversable:
    """The folder of the report templates."""
    return files("vestige.reports.templates")


def fixtures() -> Traversable:
    """The folder of recipes and synthetic people."""
    return files("vestige.fixtures")


def locales() -> Traversable:
    """The folder of the messages of reports in other languages."""
    return files("vestige.reports.locales")
