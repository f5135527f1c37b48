"""TIFF and EXIF: the directories of a picture (TIFF 6.0 section 2, CIPA DC-008), never its pixels.

The same directories stand in files of their own and in JPEG, PNG, WebP, HEIC and PSD.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from vestige.read.beside import iptc, xmp
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Readable, Told, beside
from vestige.read.beside.properties import told
from vestige.read.carve import runs

SIGNS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

MOST_DIRECTORIES = 4_096
"""Directories of one file that are read: pages, tiles, thumbnails."""

MOST_ENTRIES = 1_024
"""Entries of one directory that are read; the standards know a few hundred."""

LONGEST = 1 << 20
"""Bytes of one value that are read."""

_BROKEN = (struct.error, ValueError, IndexError, KeyError)
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
"""Bytes of a value by the number of its type."""

_ASCII, _UNDEFINED, _BYTE, _RATIONAL = 2, 7, 1, 5
_TEXT_129 = 129
"""Text in UTF-8, since version 3.0 of EXIF."""

_EXIF, _GPS, _SUBS = 0x8769, 0x8825, 0x014A
_XMP, _IPTC, _PHOTOSHOP, _MAKER, _COMMENT = 0x02BC, 0x83BB, 0x8649, 0x927C, 0x9286

_THUMBNAIL = (0x0201, 0x0202)
"""Where the small picture begins, and its length."""

_NAMES = {
    0x010D: "DocumentName",
    0x010E: "ImageDescription",
    0x011D: "PageName",
    0x0131: "Software",
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x8298: "Copyright",
    0x9003: "DateTimeOriginal",
    0x9004: "DateTimeDigitized",
    0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber",
    0xA435: "LensSerialNumber",
    0xA436: "ImageTitle",
    0xA437: "Photographer",
    0xA438: "ImageEditor",
    0xC62F: "CameraSerialNumber",
    0x9C9B: "Title",
    0x9C9C: "Comment",
    0x9C9D: "Author",
    0x9C9E: "Keywords",
    0x9C9F: "Subject",
    0x9286: "UserComment",
}
"""Tags whose values tell of persons, and what the standards call them."""

_GPS_NAMES = {2: "GPSLatitude", 4: "GPSLongitude", 0x1C: "GPSAreaInformation", 0x1D: "GPSDateStamp"}
_WIDE = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
_QUIET = frozenset({0x010F, 0x0110, 0x0132, 0x9290, 0x9291, 0x9292, 0xA420, 0xC614, 0x9010, 0x9011})
"""Texts that say nothing of a person: makers, models, parts of seconds, when it was written."""

_CHARSETS = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf_16", b"JIS\0\0\0\0\0": "iso2022_jp"}


class _Entry(NamedTuple):
    tag: int
    type: int
    value: bytes


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What the directories of a TIFF file tell."""
    yield from of_directories(readable, bounds, "TIFF")


def of_directories(readable: Readable, bounds: Bounds, kind: str = "EXIF") -> Iterator[Part]:
    """What directories tell that begin where the bytes do; damage ends them."""
    try:
        file = _File(readable, bounds)
    except _BROKEN:
        yield Lost("damaged")
        return
    for number, (entries, of_gps) in enumerate(file.directories()):
        if number >= MOST_DIRECTORIES:
            yield Lost("text-budget")
            return
        for entry in filter(_is_told, entries):
            yield from _gps(entry, file) if of_gps else _of_entry(entry, kind)
        yield from file.thumbnail(entries)
    if file.lost:
        yield Lost(file.lost)


def _is_told(entry: _Entry) -> bool:
    return bool(entry.value)


def _of_entry(entry: _Entry, kind: str) -> Iterator[Part]:
    """What one entry tells."""
    tag, value = entry.tag, entry.value
    if tag == _XMP:
        yield from xmp.told_of(value)
    elif tag == _IPTC:
        yield from iptc.of_records(value)
    elif tag == _PHOTOSHOP:
        yield from iptc.of_resources(value)
    elif tag == _MAKER:
        yield Told(beside(f"{kind} MakerNote"), list(runs(value)))
    elif tag in _NAMES:
        yield from told(kind, _NAMES[tag], (_text(entry),))
    elif entry.type in {_ASCII, _TEXT_129} and tag not in _QUIET:
        yield Told(beside(kind), [_decoded(value)])


def _text(entry: _Entry) -> str:
    if entry.tag in _WIDE:
        return entry.value.decode("utf_16_le", "replace").strip("\0")
    if entry.tag == _COMMENT:
        codec = _CHARSETS.get(entry.value[:8], "")
        rest = entry.value[8:]
        if codec == "utf_16":
            # Many programs write the other byte order than that of the file.
            codec = "utf_16_le" if rest[1::2].count(0) >= rest[::2].count(0) else "utf_16_be"
        return rest.decode(codec, "replace").strip("\0 ") if codec else _decoded(rest)
    return _decoded(entry.value)


def _decoded(value: bytes) -> str:
    try:
        return value.strip(b"\0 ").decode("utf_8").replace("\0", "\n")
    except UnicodeDecodeError:
        return value.strip(b"\0 ").decode("cp1252", "replace").replace("\0", "\n")


def _gps(entry: _Entry, file: "_File") -> Iterator[Part]:
    name = _GPS_NAMES.get(entry.tag)
    if name is None:
        return
    if entry.type != _RATIONAL:
        yield from told("EXIF", name, (_decoded(entry.value[8 * (entry.tag == 0x1C) :]),))  # noqa: PLR2004 - a prefix names the charset
        return
    parts = struct.unpack_from(f"{file.order}{len(entry.value) // 4}I", entry.value)
    degrees = sum(
        top / below / 60**place
        for place, (top, below) in enumerate(zip(parts[::2], parts[1::2], strict=False))
        if below
    )
    if degrees:
        yield from told("EXIF", name, (f"{degrees:.6f}",))


class _File:
    """The directories of a file; struct.error or ValueError where it is none."""

    def __init__(self, readable: Readable, bounds: Bounds) -> None:
        self._readable = readable
        self._bounds = bounds
        head = readable.read(0, 16)
        self.order = {b"II": "<", b"MM": ">"}[head[:2]]
        self._big = self._one("H", head, 2) == 43  # noqa: PLR2004 - BigTIFF
        self._first = self._one("Q", head, 8) if self._big else self._one("I", head, 4)
        self.lost = ""

    def _one(self, form: str, data: bytes, at: int) -> int:
        return int(struct.unpack_from(self.order + form, data, at)[0])

    def directories(self) -> Iterator[tuple[list[_Entry], bool]]:
        """The entries of each directory, once, and whether it is the one of positions."""
        waiting, seen = [(self._first, 0)], set[int]()
        while waiting:
            at, of = waiting.pop()
            if not at or at in seen:
                continue
            seen.add(at)
            try:
                entries, following = self._directory(at)
            except _BROKEN:
                self.lost = "damaged"
                continue
            yield entries, of == _GPS
            if of not in {_EXIF, _GPS}:
                waiting.append((following, of))
            waiting += self._below(entries)

    def _directory(self, at: int) -> tuple[list[_Entry], int]:
        """The entries of a directory, and where the next one stands."""
        length, width = (8, 20) if self._big else (2, 12)
        count = self._one("Q" if self._big else "H", self._readable.read(at, length), 0)
        if count > MOST_ENTRIES:
            raise ValueError(count)
        data = self._readable.read(at + length, count * width + 8)
        entries = [self._entry(data[n * width : (n + 1) * width]) for n in range(count)]
        behind = data[count * width :]
        following = 0
        if len(behind) >= (8 if self._big else 4):
            following = self._one("Q" if self._big else "I", behind, 0)
        return entries, following

    def _entry(self, raw: bytes) -> _Entry:
        tag, kind = struct.unpack_from(self.order + "HH", raw)
        form, at, room = ("Q", 12, 8) if self._big else ("I", 8, 4)
        size = self._one(form, raw, 4) * _SIZES.get(kind, 1)
        if not self._is_wanted(tag, kind):
            return _Entry(tag, kind, b"")
        if size <= room:
            return _Entry(tag, kind, raw[at : at + size])
        length = min(size, LONGEST)
        if not self._bounds.take(length):
            self.lost = "text-budget"
            return _Entry(tag, kind, b"")
        value = self._readable.read(self._one(form, raw, at), length)
        self.lost = self.lost or ("damaged" if len(value) < length else "")
        return _Entry(tag, kind, value)

    @staticmethod
    def _is_wanted(tag: int, kind: int) -> bool:
        known = (
            tag in _NAMES
            or tag in _THUMBNAIL
            or tag in {_EXIF, _GPS, _SUBS, _XMP, _IPTC, _PHOTOSHOP, _MAKER}
        )
        return known or kind in {_ASCII, _TEXT_129} or tag in _GPS_NAMES

    def thumbnail(self, entries: list[_Entry]) -> Iterator[Part]:
        """The small picture to which a directory points, which has texts of its own (CIPA DC-008).

        It may still show what was cut off or covered in the picture itself.
        """
        told = {one.tag: one.value for one in entries if one.tag in _THUMBNAIL and one.value}
        if len(told) == len(_THUMBNAIL) and all(len(one) == 4 for one in told.values()):  # noqa: PLR2004
            start, length = (self._one("I", told[tag], 0) for tag in _THUMBNAIL)
            data = self._readable.read(start, min(length, LONGEST))
            if data.startswith(b"\xff\xd8") and self._bounds.take(len(data)):
                yield Inner(b"thumbnail", Held(data))

    def _below(self, entries: list[_Entry]) -> list[tuple[int, int]]:
        """Where the directories stand to which entries point, and the tags of these."""
        found = []
        for entry in entries:
            if entry.tag in {_EXIF, _GPS, _SUBS}:
                wide = len(entry.value) // 8 if self._big else len(entry.value) // 4
                form = f"{self.order}{wide}{'Q' if self._big else 'I'}"
                places = struct.unpack_from(form, entry.value)
                found += [(int(place), entry.tag) for place in places]
        return found
