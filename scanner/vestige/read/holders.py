"""Holders: the sequences and items around an element, whose lengths follow from its own."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from vestige.read.raw import ITEM_BYTES, LARGE, UNDEFINED, Element

LENGTH = 4
"""Bytes in which the length of a sequence or an item is written."""

_ITEM = next(mark for mark, little in ITEM_BYTES.items() if little)
_HEADS = (8, 12)
"""Bytes of the head of an element, and of an item (PS3.5 section 7.1.2 and table 7.5-1)."""


class Holder(NamedTuple):
    """A sequence or an item that says its length, which stands in front of `start`."""

    start: int
    end: int


class Holders(Protocol):
    """The holders of a file, by number."""

    def __getitem__(self, number: int, /) -> Holder: ...


class Around(NamedTuple):
    """All holders of a file, in its order, and for each element the numbers of those around it.

    None for an element whose length may not change, as it is not known what would with it.
    """

    holders: Holders
    of_element: tuple[tuple[int, ...] | None, ...]


def around(elements: Sequence[Element], data: bytes) -> Around:
    """The holders of a file in little endian that begins with `data` and has no flaws."""
    found: list[Holder] = []
    of_element: list[tuple[int, ...] | None] = []
    of_item: dict[tuple[int, int], tuple[int, ...] | None] = {}
    of_sequence: dict[int, tuple[int, ...] | None] = {}
    for element in elements:
        parent = element.parent
        if parent < 0:
            of_element.append(())
            continue
        if parent not in of_sequence:
            above = of_element[parent]
            length = _length_of(elements[parent], data)
            of_sequence[parent] = _with(found, above, elements[parent].start, length)
        key = (parent, element.item)
        if key not in of_item:
            start, length = _item(element, data)
            of_item[key] = _with(found, of_sequence[parent], start, length)
        of_element.append(of_item[key])
    return Around(tuple(found), tuple(of_element))


def _with(
    found: list[Holder], above: tuple[int, ...] | None, start: int, length: int
) -> tuple[int, ...] | None:
    """The holders above and one more, unless its length is undefined; None if nothing may vary."""
    if above is None or length == UNDEFINED:
        return above
    # Of long values is told apart what lies in them: no value may become one, or cease to be one.
    if not 0 < length <= LARGE:
        return None
    found.append(Holder(start, start + length))
    return (*above, len(found) - 1)


def _length_of(sequence: Element, data: bytes) -> int:
    """The length of a sequence, as it is written; -1 if it does not stand there."""
    start, end = sequence.start, sequence.end
    if sequence.length == UNDEFINED:
        return UNDEFINED
    written = int.from_bytes(data[start - LENGTH : start], "little")
    return written if written == sequence.length == end - start else -1


def _item(first: Element, data: bytes) -> tuple[int, int]:
    """Where an item begins behind its head, and the length written there; -1 if none stands there.

    `first` is the first element in it.
    """
    tag = (first.tag >> 16 | (first.tag & 0xFFFF) << 16).to_bytes(LENGTH, "little")
    for head in _HEADS:
        start = first.start - head
        before = start - _HEADS[0]
        if data[start : start + LENGTH] == tag and data[before : before + LENGTH] == _ITEM:
            return start, int.from_bytes(data[before + LENGTH : start], "little")
    return 0, -1
