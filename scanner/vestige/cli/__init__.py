"""Commands, messages and exit codes; no logic."""

from vestige.cli.main import main

__all__ = ["main"]
