"""Alike: a column of numbers of a batch that are all the same, told by one of them."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import overload


class Alike(Sequence[int]):
    """So many times the same number."""

    __slots__ = ("_count", "_number")

    def __init__(self, number: int, count: int) -> None:
        self._number = number
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, int]:
        return self._number, self._count

    def __iter__(self) -> Iterator[int]:
        return repeat(self._number, self._count)

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> "Alike": ...

    def __getitem__(self, place: int | slice) -> "int | Alike":
        if isinstance(place, slice):
            return Alike(self._number, len(range(self._count)[place]))
        range(self._count)[place]
        return self._number


_FEWEST = 16
"""Numbers from which on a column is told shorter by one of them."""


def column(numbers: Sequence[int]) -> Sequence[int]:
    """The same numbers, as they are soonest sent to another process."""
    if len(numbers) < _FEWEST or numbers.count(numbers[0]) < len(numbers):
        return numbers
    return Alike(numbers[0], len(numbers))
