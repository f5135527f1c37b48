"""Names in zip archives: how their bytes are read (APPNOTE 4.4.4, 4.6.9 and appendix D)."""

import zlib

from vestige.read.recorded import told
from vestige.text import readings

_UTF_8 = 1 << 11
_UNICODE_PATH = 0x7075
"""The extra field that holds a name in UTF-8 (APPNOTE 4.6.9)."""


def name_of(raw: bytes, flags: int, extra: bytes) -> bytes:
    """A name in UTF-8 where that is told or can be; else in code page 437, or as it stands.

    Archivers of East Asia write their own encoding, and tell it nowhere.
    """
    better = _unicode(raw, extra)
    if better or flags & _UTF_8 or raw.isascii():
        return better or raw
    found = readings(raw)
    utf_8 = found[0].encode("utf-8", "replace") == raw
    return raw if utf_8 or len(found) > 1 else told(raw.decode("cp437"))


def _unicode(raw: bytes, extra: bytes) -> bytes:
    """The name in an extra field, if it belongs to the one before it."""
    at = 0
    while at + 4 <= len(extra):
        kind = int.from_bytes(extra[at : at + 2], "little")
        size = int.from_bytes(extra[at + 2 : at + 4], "little")
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5:  # noqa: PLR2004 - a version and a checksum
            return field[5:] if int.from_bytes(field[1:5], "little") == zlib.crc32(raw) else b""
        at += 4 + size
    return b""
