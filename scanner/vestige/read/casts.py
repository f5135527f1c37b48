"""Casts: templates for values of certain lengths, which cut a whole header at once."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

OF_A_SERIES: Final = 8
"""Combinations of lengths that are known by heart of a series, by the length of the header."""

Lengths = tuple[int, ...]
"""The lengths of the values in all slots of a template."""


class Cast(NamedTuple):
    """A template for values of certain lengths: all runs and slots, cut out at once.

    The length fields belong to the runs; `size` is the bytes up to the pixel data.
    """

    cut: Callable[[bytes], tuple[bytes, ...]]
    runs: tuple[bytes, ...]
    size: int


class Made:
    """The casts of one template that were made so far, `most` of them beside the first."""

    __slots__ = ("_found", "_make", "_most", "first")

    def __init__(self, make: Callable[[Sequence[int]], Cast], first: Cast, most: int) -> None:
        self._make = make
        self._most = most
        self._found: dict[Lengths, Cast] = {}
        self.first = first

    def of(self, lengths: Lengths) -> Cast | None:
        """The cast for values of these lengths; None if there are too many already."""
        found = self._found.get(lengths)
        if found is None and len(self._found) < self._most:
            found = self._found[lengths] = self._make(lengths)
        return found


class Casts:
    """Those that the files of one series need: by the length of the header, and the one met last.

    Values of two headers of one length are as long, as a rule.
    """

    __slots__ = ("_made", "by_size", "last")

    def __init__(self, made: Made) -> None:
        self._made = made
        self.last = made.first
        self.by_size = {self.last.size: self.last}

    def met(self, lengths: Lengths) -> None:
        """Values had these lengths: look for them first the next time."""
        cast = self._made.of(lengths)
        if cast is None:
            return
        if len(self.by_size) < OF_A_SERIES or cast.size in self.by_size:
            self.by_size[cast.size] = cast
        self.last = cast
