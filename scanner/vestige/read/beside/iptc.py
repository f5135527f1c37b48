"""IPTC: the records that news agencies write into pictures (IIM 4.2), and what Photoshop adds."""

import struct
from collections.abc import Iterator

from vestige.read.beside import xmp
from vestige.read.beside.parts import Bounds, Held, Part, Told, beside
from vestige.read.beside.properties import told
from vestige.read.carve import runs

_MARK = 0x1C
_RECORD, _ENVELOPE, _CHARSET = 2, 1, 90
_UTF_8 = b"\x1b%G"
_LONG = 0x8000
_NAMES = {
    5: "Title",
    25: "Keywords",
    40: "Instructions",
    55: "DateCreated",
    62: "DigitalCreationDate",
    80: "By-line",
    90: "City",
    92: "Sub-location",
    95: "State",
    101: "Country",
    105: "Headline",
    110: "Credit",
    115: "Source",
    116: "Copyright",
    118: "Contact",
    120: "Caption",
    122: "Writer",
}
"""Data sets of the second record that tell of persons and places; all others are texts."""

_NUMBERS = frozenset({0, 3, 4, 7, 8, 10, 60, 63, 70, 75, 130, 131, 135, 200, 201})
_RESOURCE = b"8BIM"
_OF_IPTC, _OF_EXIF, _OF_XMP, _CAPTION = 0x0404, (0x0422, 0x0423), 0x0424, 0x03F0
_PATHS = range(0x07D0, 0x0BB7)
_WORDY = frozenset({0x041E, 0x0419, 0x03F3})
_MOST = 10_000


def of_records(data: bytes) -> Iterator[Part]:
    """The texts of the data sets; what follows damage is left out."""
    at, codec = 0, ""
    for _ in range(_MOST):
        if len(data) - at < 5 or data[at] != _MARK:  # noqa: PLR2004 - the head of a data set
            return
        record, number, size = struct.unpack_from(">BBH", data, at + 1)
        at += 5
        if size & _LONG:
            width = min(size & ~_LONG, 8)
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        value = data[at : at + size]
        at += size
        if record == _ENVELOPE and number == _CHARSET:
            codec = "utf_8" if value == _UTF_8 else ""
        elif record == _RECORD and number not in _NUMBERS:
            yield from told("IPTC", _NAMES.get(number, ""), (_decoded(value, codec),))


def _decoded(value: bytes, codec: str) -> str:
    if not codec:
        try:
            return value.decode("utf_8")
        except UnicodeDecodeError:
            codec = "cp1252"
    return value.decode(codec, "replace")


def of_resources(data: bytes, bounds: Bounds | None = None) -> Iterator[Part]:
    """The image resources of Photoshop: IPTC, XMP and, with bounds, EXIF among them."""
    from vestige.read.beside import tiff  # noqa: PLC0415 - each may stand within the other

    at = 0
    for _ in range(_MOST):
        if data[at : at + 4] != _RESOURCE or len(data) - at < 12:  # noqa: PLR2004 - its head
            return
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        at += 6 + (data[at + 6] | 1) + 1
        size = int.from_bytes(data[at : at + 4], "big")
        value = data[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
        if number == _OF_IPTC:
            yield from of_records(value)
        elif number in _OF_EXIF and bounds is not None:
            yield from tiff.of_directories(Held(value), bounds)
        elif number == _OF_XMP:
            yield from xmp.told_of(value)
        elif number == _CAPTION or number in _WORDY:
            yield Told(beside("Photoshop"), tuple(runs(value)))
