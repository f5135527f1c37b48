"""The byte map of a DICOM file: what each of its ranges is, and what became of it."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from vestige.account import Account
from vestige.read import ways
from vestige.read.dicom import OF_ALL, SAMPLE_BYTES, TRAILING, allowances, holds_items, values
from vestige.read.header import Header
from vestige.read.heads import SHORTEST
from vestige.read.raw import LARGE, PADDING, UNDEFINED, Span
from vestige.read.slack import pixel_elements, slack
from vestige.read.ways import Way


class Fate(StrEnum):
    """What became of a range of bytes."""

    PARSED = "parsed"
    SEARCHED = "searched"
    PIXELS = "pixels"
    OPAQUE = "opaque"


class Range(NamedTuple):
    """The bytes from `start` up to `end`, what became of them, and what they are."""

    start: int
    end: int
    fate: Fate
    what: str


def byte_map(header: Header) -> tuple[Range, ...]:
    """All ranges of a file, in order and without gaps; offsets as in the header.

    Of a deflated file they are offsets of the unpacked bytes.
    """
    found = ((index, way) for index, way, _ in values(header, OF_ALL))
    return tuple(_tiled(header, searched(found)))


def searched(found: Iterable[tuple[int, Way]]) -> list[int]:
    """The indices of the elements whose values are searched for text, by how each is read."""
    return [index for index, way in found if way.read in ways.SEARCHING]


def account(header: Header, of_unknown_kind: Iterable[int]) -> Account:
    """The sums of the byte map, given which elements' values are searched (see `searched`)."""
    sums = dict.fromkeys(Fate, 0)
    for start, end, fate, _ in _others(header, of_unknown_kind):
        sums[fate] += end - start
    parsed = header.pages.size - sum(sums.values())
    return Account(parsed, sums[Fate.SEARCHED], sums[Fate.PIXELS], sums[Fate.OPAQUE])


def _tiled(header: Header, of_unknown_kind: Iterable[int]) -> Iterator[Range]:
    """The ranges that were not parsed, and between them those that were."""
    at, parts = 0, _parts(header)
    for one in _others(header, of_unknown_kind):
        yield from _parsed(at, one.start, parts)
        yield one
        at = one.end
    yield from _parsed(at, header.pages.size, parts)


def _parts(header: Header) -> tuple[tuple[int, str], ...]:
    """Where file meta group, data set and what follows the pixels end."""
    meta = header.elements[header.meta - 1].end if header.meta else 0
    tops = (header.elements[index] for index in pixel_elements(header))
    top = next((element for element in tops if element.parent < 0), None)
    size = header.pages.size
    if top is None:
        return (meta, "file meta"), (size, "data set")
    end = top.end + SHORTEST if top.length == UNDEFINED else top.end
    return (meta, "file meta"), (end, "data set"), (size, "after the pixels")


def _parsed(start: int, end: int, parts: Iterable[tuple[int, str]]) -> Iterator[Range]:
    """A parsed range, cut where one part of the file ends and the next begins."""
    for last, what in parts:
        if start < min(last, end):
            yield Range(start, min(last, end), Fate.PARSED, what)
            start = min(last, end)


def _others(header: Header, of_unknown_kind: Iterable[int]) -> Iterator[Range]:
    """The ranges that were not parsed, in order; none overlaps another."""
    at = 0
    for start, end, fate, what in sorted(_claimed(header, of_unknown_kind)):
        begin = max(start, at)
        if begin < end:
            yield Range(begin, end, fate, what)
            at = end


def _claimed(header: Header, of_unknown_kind: Iterable[int]) -> Iterator[Range]:
    """The ranges that were not parsed, each by itself."""
    allowed = allowances(header)[0]
    unknown = frozenset(of_unknown_kind)
    yield from _cut(header.preamble, Fate.SEARCHED, header.size, "preamble")
    for index in unknown.union(header.large):
        element = header.elements[index]
        span = (element.start, element.end)
        size = element.end - element.start
        limit = size if size <= LARGE else allowed.get(index, 0)
        if index in unknown:
            what = "padding" if element.tag == PADDING else "value"
            yield from _cut(span, Fate.SEARCHED, limit, what)
        elif index in allowed and limit < size:
            yield Range(element.start + limit, element.end, Fate.OPAQUE, "value")
    yield from _pixels(header)
    for start, end in header.gaps:
        yield Range(start, end, Fate.OPAQUE, "unparsed")
    yield from _cut(header.trailing, Fate.SEARCHED, allowed[TRAILING], "trailing")


def _pixels(header: Header) -> Iterator[Range]:
    behind = dict(slack(header)) if header.pixels else {}
    for index in pixel_elements(header):
        element = header.elements[index]
        if element.vr != "SQ" or not holds_items(header, index):
            end = behind[index][0] if index in behind else element.end
            yield Range(element.start, end, Fate.PIXELS, "pixels")
    for span in behind.values():
        yield from _cut(span, Fate.SEARCHED, SAMPLE_BYTES, "slack")


def _cut(span: Span, fate: Fate, limit: int, what: str) -> Iterator[Range]:
    """A range of which the first `limit` bytes were looked at; the others are opaque."""
    start, end = span
    seen = min(end, start + limit)
    yield Range(start, seen, fate, what)
    yield Range(seen, end, Fate.OPAQUE, what)
