"""What commands print to: nothing in it moves a cursor."""

import sys

from rich.console import Console

_WIDE = None if sys.stdout.isatty() else 132
"""Columns where no terminal says how wide it is."""

out_console = Console(emoji=False, highlight=False, markup=False, width=_WIDE)
err_console = Console(stderr=True, emoji=False, highlight=False, markup=False)


def safe(text: str) -> str:
    """A text that moves no cursor and sets no colour of a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
