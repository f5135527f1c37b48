"""ECAT 7: the main header of a PET file (512 bytes, big-endian).

Fields and offsets as of the ECAT 7 main header of CTI's ecat7.h.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from vestige.read.beside.keyed import field, told
from vestige.read.beside.parts import Bounds, Part, Readable

SIGN = b"MATRIX7"

_FIELDS = (
    ("original file name", 14, 32, 0),
    ("serial number", 52, 10, 0x00181000),
    ("radiopharmaceutical", 78, 32, 0),
    ("study type", 154, 12, 0x00200010),
    ("patient ID", 166, 16, 0x00100020),
    ("patient name", 182, 32, 0x00100010),
    ("physician name", 232, 32, 0x00080090),
    ("operator name", 264, 32, 0x00081070),
    ("study description", 296, 32, 0x00081030),
    ("facility name", 332, 20, 0x00080080),
    ("user process code", 434, 10, 0),
)
"""Names, offsets, lengths, and the attribute that each corresponds to."""

_TIMES = (("scan start", 62, 0x00080020), ("patient birth date", 228, 0x00100030))
"""Seconds since 1970; a birth before that is a negative number."""

_DAY = 86_400
_SINCE, _UNTIL = -2_000_000_000, 2_140_000_000


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts and dates of the main header."""
    head = readable.read(0, 512)
    for name, at, length, tag in _FIELDS:
        yield from field("ECAT", name, head[at : at + length], tag)
    for name, at, tag in _TIMES:
        seconds = int.from_bytes(head[at : at + 4], "big", signed=True)
        if abs(seconds) > _DAY and _SINCE < seconds < _UNTIL:
            yield told(f"ECAT {name}", tag, datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d"))
