"""Opaque: the bytes of a DICOM file that no element accounts for, or that nobody could read.

These are values of unknown kind, the preamble, what follows the pixels, bytes of sequences that are
no items, and the pictures themselves: of native ones all up to a limit, of encapsulated ones the
beginning and the end of each fragment, where JPEG keeps comments and application data.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from vestige.read.byte_map import Fate, Range, byte_map
from vestige.read.dictionary import vr_of
from vestige.read.header import Header, read_header
from vestige.read.heads import SHORTEST
from vestige.read.pages import Readable
from vestige.read.raw import ITEM, UNDEFINED
from vestige.read.views import PIXELS

PIXEL_BYTES = 64 << 20
"""Bytes of pictures that are looked through in one file."""

VALUE_BYTES = 64 << 20
"""Bytes of one other range that are looked through."""

MOST_FRAGMENTS = 10_000
"""Fragments of one file at which is looked."""

_FRAGMENT_HEAD, _FRAGMENT_END = 32 << 10, 4 << 10
_STEP = 256 << 10
_WANTED = frozenset({Fate.SEARCHED, Fate.PIXELS, Fate.OPAQUE})


class Opaque(NamedTuple):
    """A range of bytes, what it is, and whether some of it was left out."""

    what: str
    data: bytes
    cut: bool


def opaque(source: Readable) -> Iterator[Opaque] | None:
    """The opaque ranges of a file, in order; None if it is no DICOM."""
    header = read_header(source, vr_of)
    return None if header is None else _ranges(header)


def _ranges(header: Header) -> Iterator[Opaque]:
    left = PIXEL_BYTES
    for one in byte_map(header):
        if one.fate not in _WANTED or one.start == one.end:
            continue
        if one.fate is not Fate.PIXELS:
            end = min(one.end, one.start + VALUE_BYTES)
            yield Opaque(
                _NAMES.get(one.what, one.what), _fetch(header, one.start, end), end < one.end
            )
        elif _is_encapsulated(header, one):
            yield from _fragments(header, one)
        else:
            end = min(one.end, one.start + left)
            left -= end - one.start
            yield Opaque(PIXELS, _fetch(header, one.start, end), end < one.end)


_NAMES = {
    "value": "values of unknown kind",
    "slack": "bytes behind the pixels",
    "trailing": "bytes behind the last element",
    "unparsed": "bytes of sequences that are no items",
}


def _is_encapsulated(header: Header, one: Range) -> bool:
    return any(
        element.start == one.start and element.length == UNDEFINED for element in header.elements
    )


def _fragments(header: Header, one: Range) -> Iterator[Opaque]:
    """The beginnings and ends of the fragments (PS3.5 section A.4), a stretch of them at once."""
    at, waiting = one.start, BytesIO()
    for _ in range(MOST_FRAGMENTS):
        head = header.pages.fetch(at, SHORTEST)
        if len(head) < SHORTEST or at >= one.end:
            break
        group, number, length = header.coding.plain(head, 0)
        if group << 16 | number != ITEM or length == UNDEFINED:
            break
        at += SHORTEST
        waiting.write(_ends(header, at, min(at + length, one.end)))
        at += length
        if waiting.tell() > PIXEL_BYTES >> 6:
            yield Opaque("fragments", waiting.getvalue(), cut=False)
            waiting = BytesIO()
    else:
        yield Opaque("fragments", b"", cut=True)
    if waiting.tell():
        yield Opaque("fragments", waiting.getvalue(), cut=False)


def _ends(header: Header, start: int, end: int) -> bytes:
    if end - start <= _FRAGMENT_HEAD + _FRAGMENT_END:
        return _fetch(header, start, end) + b"\0\0"
    head = _fetch(header, start, start + _FRAGMENT_HEAD)
    return b"".join((head, b"\0\0", _fetch(header, end - _FRAGMENT_END, end), b"\0\0"))


def _fetch(header: Header, start: int, end: int) -> bytes:
    """The bytes of a range; pages are not asked for more at once than they keep."""
    pages = header.pages
    return b"".join(pages.fetch(at, min(_STEP, end - at)) for at in range(start, end, _STEP))
