"""Vestige: a forensic audit of medical-imaging storage for people who can still be recognised."""

from importlib.metadata import version

__version__ = version("vestige")
