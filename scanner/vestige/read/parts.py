"""Parts of a header: runs of bytes that files share, and between them the slots that vary.

Of slots in sequences the lengths vary too: so do those of the sequences and items around them.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from vestige.read.holders import LENGTH, Around
from vestige.read.raw import LARGE

_LONG: Final = 4
"""Bytes of a length field that is not short."""

Layout = tuple[tuple[int, str, int, int], ...]
"""Tag, VR, parent and item of the elements of a file."""


class Offsets(Protocol):
    """Offsets in a file, by the index of the element."""

    def __getitem__(self, index: int, /) -> int: ...


class File(NamedTuple):
    """A file as templates are made of it: its layout, and where the values of its elements are.

    `fields` are the bytes in which the length of each element stands, 0 if it may not vary.
    """

    layout: Layout
    starts: Offsets
    ends: Offsets
    fields: tuple[int, ...]
    head: bytes
    pixels: int
    around: Around


class Part(NamedTuple):
    """A run of equal bytes, `size` of them, and what is behind it: a slot, or what holds some.

    The slot's length stands in `field` bytes before its value; 0 where it may not vary, and the
    value has `length` bytes. What holds other slots says its length too, of which those at the
    places from `first` to `last` are a part. Behind the value some of the holders end, so many
    bytes further.
    """

    run: bytes
    size: int
    field: int
    length: int
    first: int = -1
    last: int = -1
    closes: tuple[tuple[int, int], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether slots are parts of it."""
        return self.first >= 0


def values_in(data: bytes, parts: Sequence[Part]) -> tuple[list[bytes], int] | None:
    """The values of the slots in what begins with these parts, and where the last one ends."""
    at = 0
    values: list[bytes] = []
    ends: list[int] = []
    startswith = data.startswith
    try:
        for run, size, field, length, first, _, closes in parts:
            if not startswith(run, at):
                return None
            at += size
            if field:
                length = data[at] | data[at + 1] << 8  # noqa: PLW2901 - as written here
                if length > LARGE or (field == _LONG and (data[at + 2] or data[at + 3])):
                    return None
                at += field
            if first >= 0:
                ends.append(at + length)
                continue
            values.append(data[at : at + length])
            at += length
            if closes and any(ends[holder] != at + gap for holder, gap in closes):
                return None
    except IndexError:
        return None
    return values, at


def parts_of(file: File, slots: Sequence[int]) -> tuple[tuple[Part, ...], bytes]:
    """The runs and slots of a file, in order, and what is behind the last slot."""
    holders, of_element = file.around
    inside: dict[int, list[int]] = {}
    for place, index in enumerate(slots):
        for number in of_element[index] or ():
            inside.setdefault(number, []).append(place)
    closing: dict[int, list[tuple[int, int]]] = {}
    for opened, number in enumerate(sorted(inside)):
        last = inside[number][-1]
        gap = holders[number].end - file.ends[slots[last]]
        closing.setdefault(last, []).append((opened, gap))
    places = [(file.starts[index], place, -1) for place, index in enumerate(slots)]
    parts: list[Part] = []
    at = 0
    for start, place, number in sorted(
        (*places, *((holders[number].start, -1, number) for number in inside))
    ):
        if number >= 0:
            run, length = file.head[at : start - LENGTH], holders[number].end - start
            among = inside[number][0], inside[number][-1]
            parts.append(Part(run, len(run), LENGTH, length, *among))
            at = start
        else:
            index = slots[place]
            field = 0 if of_element[index] is None else file.fields[index]
            run, at = file.head[at : start - field], file.ends[index]
            closes = tuple(closing.get(place, ()))
            parts.append(Part(run, len(run), field, at - start, closes=closes))
    return tuple(parts), file.head[at:]
