"""Offsets in a file that differs from another one in the lengths of some values alone."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from vestige.read.holders import Holder, Holders
from vestige.read.parts import File, Offsets


class Moving(NamedTuple):
    """Of a file whose slots may have other lengths: those that they have, and what they move.

    `starts` and `ends` are for each element how many slots end in front of its value, or with it;
    `behind` is where each slot ends.
    """

    file: File
    lengths: tuple[int, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    behind: Sequence[int]

    def to(self, data: bytes, values: Sequence[bytes]) -> File:
        """The file that begins with `data`, in whose slots these values stand."""
        file = self.file
        moved = list(accumulate(map(sub, map(len, values), self.lengths), initial=0))
        holders = _MovedHolders(file.around.holders, self.behind, moved)
        return File(
            file.layout,
            _Moved(file.starts, self.starts, moved),
            _Moved(file.ends, self.ends, moved),
            file.fields,
            data[: len(file.head) + moved[-1]],
            file.pixels,
            file.around._replace(holders=holders),
        )


def moving(file: File, slots: Sequence[int]) -> Moving:
    """What the slots of a file move; they are the indices of their elements."""
    behind = [file.ends[index] for index in slots]
    starts, ends = [], []
    passed = 0
    for index, (_, vr, _, _) in enumerate(file.layout):
        starts.append(passed)
        passed += passed < len(slots) and slots[passed] == index
        # What a sequence holds stands behind it among the elements, and ends in front of its end.
        ends.append(bisect_right(behind, file.ends[index]) if vr == "SQ" else passed)
    lengths = tuple([file.ends[index] - file.starts[index] for index in slots])
    return Moving(file, lengths, starts, ends, behind)


class _Moved:
    """Offsets of another file, each with the bytes by which the slots before it are longer."""

    __slots__ = ("_moved", "_offsets", "_slots")

    def __init__(self, offsets: Offsets, slots: Sequence[int], moved: Sequence[int]) -> None:
        self._offsets = offsets
        self._slots = slots
        self._moved = moved

    def __getitem__(self, index: int, /) -> int:
        return self._offsets[index] + self._moved[self._slots[index]]


class _MovedHolders:
    """The holders of another file, each where it is behind slots that are longer."""

    __slots__ = ("_behind", "_holders", "_moved")

    def __init__(self, holders: Holders, behind: Sequence[int], moved: Sequence[int]) -> None:
        self._holders = holders
        self._behind = behind
        self._moved = moved

    def __getitem__(self, number: int, /) -> Holder:
        start, end = self._holders[number]
        behind, moved = self._behind, self._moved
        return Holder(
            start + moved[bisect_right(behind, start)], end + moved[bisect_right(behind, end)]
        )
