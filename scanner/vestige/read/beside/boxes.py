"""Boxes: what HEIC, AVIF, JPEG 2000, JPEG XL and MP4 are made of (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from vestige.read.beside import tiff, xmp
from vestige.read.beside.parts import Bounds, Held, Lost, Part, Readable, Told, beside
from vestige.read.carve import runs

CODESTREAM = b"\xff\x4f\xff\x51"

MOST_BOXES = 100_000
"""Boxes of one file that are passed over."""

LONGEST = 16 << 20
"""Bytes of one box that are read."""

DEEPEST = 8
"""Boxes within boxes that are opened."""

_HOLDING = frozenset({b"moov", b"trak", b"mdia", b"minf", b"udta", b"jp2h", b"asoc"})
_XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_ID = b"JpgTiffExif->JP2"
_SIGNS = (b"ftyp", b"jP  ", b"JXL ", b"moov", b"wide", b"mdat", b"free", b"skip")
_BROKEN = (struct.error, ValueError, IndexError)


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def looks(readable: Readable) -> bool:
    """Whether a file begins with a box that such files begin with."""
    return readable.first[4:8] in _SIGNS


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What the boxes of metadata tell."""
    try:
        yield from _inside(readable, bounds, _Box(b"", 0, readable.size), [MOST_BOXES], DEEPEST)
    except _BROKEN:
        yield Lost("damaged")


def _boxes(readable: Readable, around: _Box, left: list[int]) -> Iterator[_Box]:
    """The boxes within another; ValueError if one is longer than what holds it."""
    at = around.start
    while at + 8 <= around.end:
        left[0] -= 1
        if left[0] < 0:
            raise ValueError
        size, kind = struct.unpack(">I4s", readable.read(at, 8))
        start = at + 8
        if size == 1:
            size, start = int.from_bytes(readable.read(at + 8, 8), "big"), at + 16
        end = around.end if size == 0 else at + size
        if not start <= end <= around.end:
            raise ValueError(size)
        yield _Box(kind, start, end)
        at = end


def _inside(
    readable: Readable, bounds: Bounds, around: _Box, left: list[int], depth: int
) -> Iterator[Part]:
    for box in _boxes(readable, around, left):
        if box.kind in _HOLDING and depth:
            yield from _inside(readable, bounds, box, left, depth - 1)
        elif box.kind == b"meta":
            yield from _meta(readable, bounds, box, left)
        else:
            yield from _content(readable, bounds, box)


def _content(readable: Readable, bounds: Bounds, box: _Box) -> Iterator[Part]:
    """What a box tells that holds no others."""
    kind = box.kind
    if kind in {b"xml ", b"XMP_"}:
        yield from xmp.told_of(_data(readable, box))
    elif kind == b"Exif":
        yield from _exif(_data(readable, box), bounds)
    elif kind == b"uuid":
        yield from _own(_data(readable, box), bounds)
    elif kind == b"jp2c":
        yield from _codestream(readable, box)
    elif kind == b"brob":
        yield Lost("form-unread")
    elif kind[:1] == b"\xa9" or kind in _WORDY:
        yield Told(beside("box"), tuple(runs(_data(readable, box))))


def _own(data: bytes, bounds: Bounds) -> Iterator[Part]:
    """What a box tells whose kind stands in its first sixteen bytes."""
    if data.startswith(_XMP_ID):
        yield from xmp.told_of(data[16:])
    elif data.startswith(_EXIF_ID):
        yield from tiff.of_directories(Held(data[16:]), bounds)
    else:
        yield Told(beside("box"), tuple(runs(data)))


_WORDY = frozenset(
    {b"auth", b"titl", b"dscp", b"cprt", b"perf", b"loci", b"name", b"hnti", b"lbl "}
)


def _data(readable: Readable, box: _Box) -> bytes:
    return readable.read(box.start, min(box.end - box.start, LONGEST))


def _exif(data: bytes, bounds: Bounds) -> Iterator[Part]:
    """EXIF behind the number of bytes that stand before it (ISO/IEC 23008-12 annex A.2.1)."""
    start = 4 + int.from_bytes(data[:4], "big")
    yield from tiff.of_directories(Held(data[start:]), bounds)


_CODED = b"\xffd"
_MOST_MARKS = 64


def _codestream(readable: Readable, box: _Box) -> Iterator[Part]:
    """The comments in the main header of a JPEG 2000 code stream (ISO/IEC 15444-1 A.9.2)."""
    at = box.start + 2
    for _ in range(_MOST_MARKS):
        head = readable.read(at, 6)
        if len(head) < 6 or head[0] != 0xFF or head[1] in {0x90, 0xD9}:  # noqa: PLR2004 - a tile
            return
        size = int.from_bytes(head[2:4], "big")
        if head.startswith(_CODED) and head[4:6] == b"\0\1":
            text = readable.read(at + 6, max(size - 4, 0)).decode("latin_1")
            yield Told(beside("JPEG comment"), (text,))
        at += 2 + size


def codestream(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The comments of a JPEG 2000 code stream that stands in no box."""
    yield from _codestream(readable, _Box(b"jp2c", 0, readable.size))


# --- items of HEIC and AVIF (ISO/IEC 14496-12 section 8.11) ---------------------------------------


def _meta(readable: Readable, bounds: Bounds, box: _Box, left: list[int]) -> Iterator[Part]:
    """The items of a picture that are EXIF or XMP, and the texts of a film."""
    full = readable.read(box.start + 4, 4) != b"hdlr"
    inside = list(_boxes(readable, box._replace(start=box.start + 4 * full), left))
    kinds: dict[int, bytes] = {}
    for one in inside:
        if one.kind == b"iinf":
            kinds = dict(_items(readable, one, left))
        elif one.kind in {b"ilst", b"keys"}:
            yield Told(beside("box"), tuple(runs(_data(readable, one))))
        elif one.kind in {b"xml ", b"uuid"}:
            yield from _content(readable, bounds, one)
    for one in inside:
        if one.kind == b"iloc" and kinds:
            yield from _located(readable, bounds, _data(readable, one), kinds)


def _items(readable: Readable, box: _Box, left: list[int]) -> Iterator[tuple[int, bytes]]:
    """Number and type of each item that is EXIF or markup."""
    version = readable.read(box.start, 1)
    start = box.start + (6 if version == b"\0" else 8)
    for one in _boxes(readable, box._replace(start=start), left):
        data = readable.read(one.start, 16)
        wide = data[0] >= 3  # noqa: PLR2004 - the version from which numbers are long
        number = int.from_bytes(data[4:8] if wide else data[4:6], "big")
        kind = data[10:14] if wide else data[8:12]
        if kind in {b"Exif", b"mime"}:
            yield number, kind


def _located(
    readable: Readable, bounds: Bounds, data: bytes, kinds: dict[int, bytes]
) -> Iterator[Part]:
    """The items of those kinds, each from where it lies."""
    for number, at, size in _extents(data):
        kind = kinds.get(number)
        if kind == b"Exif":
            yield from _exif(readable.read(at, min(size, LONGEST)), bounds)
        elif kind == b"mime":
            yield from xmp.told_of(readable.read(at, min(size, LONGEST)))


def _extents(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, offset and length of the first extent of each item."""
    version = data[0]
    widths = (data[4] >> 4, data[4] & 15, data[5] >> 4, data[5] & 15 if version else 0)
    of_offset, of_length, of_base, of_index = widths
    wide = 4 if version > 1 else 2
    at = 6
    (count,), at = _numbers(data, at, (wide,))
    for _ in range(min(count, MOST_BOXES)):
        head = (wide, *((2,) if version else ()), 2, of_base, 2)
        (number, *_, base, extents), at = _numbers(data, at, head)
        if extents:
            (_, offset, length), _ = _numbers(data, at, (of_index, of_offset, of_length))
            yield number, base + offset, length
        at += extents * (of_index + of_offset + of_length)


def _numbers(data: bytes, at: int, widths: tuple[int, ...]) -> tuple[list[int], int]:
    """Numbers of so many bytes each, and where they end; IndexError if they break off."""
    found = []
    for width in widths:
        if at + width > len(data):
            raise IndexError
        found.append(int.from_bytes(data[at : at + width], "big"))
        at += width
    return found, at
