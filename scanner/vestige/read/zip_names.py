"""Names in zip archives, from the central directory, or where that is lost from the members."""

import zlib
from collections.abc import Iterator
from struct import Struct, error

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, UNREAD, Ghosts, Record, told
from vestige.text import readings

PLACE = "zip member"
COMMENT = "zip comment"

BYTES = 64 << 20
"""Bytes of a central directory, or of members without one, that are read."""

_END, _END_64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_MEMBER, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
BEGINNINGS = (_MEMBER, _END, b"PK\x07\x08")
"""How archives begin: with a member, empty, or in parts (APPNOTE 4.3)."""

_LONGEST_COMMENT = 0xFFFF
_END_HEAD, _CENTRAL_HEAD, _MEMBER_HEAD = Struct("<4s4H2IH"), Struct("<4s6H3I5H2I"), 30
_LOCATED, _LARGE = Struct("<4sIQI"), Struct("<4sQ2H2I4Q")
_UTF_8, _FULL = 1 << 11, 0xFFFFFFFF
_UNICODE_PATH = 0x7075
"""The extra field that holds a name in UTF-8 (APPNOTE 4.6.9)."""

_OFFICE, _FIRST = b"[Content_Types].xml", b"mimetype"
"""Members by which documents are known (ECMA-376 part 2; ODF part 2, as the first one): what else
they hold is named by programs."""

_Member = tuple[bytes, bytes]


def read(source: Readable) -> Ghosts | None:
    """The names of an archive's members; None if it is no archive, or an office document."""
    if not source.first.startswith(BEGINNINGS):
        return None
    record = Record(PLACE)
    record.whole = False
    directory = _directory(source, record)
    members = _members(source) if directory is None else _listed(directory, record)
    if directory is None:
        record.flaw()
    for number, (name, comment) in enumerate(members):
        if name == _OFFICE or (name == _FIRST and not number):
            return None
        record.path(name)
        if comment:
            record.name(comment, COMMENT)
        if record.full:
            record.flaw(BUDGET)
            break
    return record.ghosts()


def _directory(source: Readable, record: Record) -> bytes | None:
    """The central directory; None if it cannot be found."""
    size = min(source.size, _LONGEST_COMMENT + _END_HEAD.size)
    tail = source.read(source.size - size, size)
    at = tail.rfind(_END)
    try:
        found = _END_HEAD.unpack_from(tail, at)
    except error:
        return None
    if at < 0:
        return None
    comment = tail[at + _END_HEAD.size :][: found[7]]
    if comment:
        record.name(comment, COMMENT)
    start, length = _large(source, source.size - size + at) or (found[6], found[5])
    # What stands before an archive, as a program that unpacks it, moves all offsets.
    data = source.read(start, min(length, BYTES))
    if length and not data.startswith(_CENTRAL):
        data = source.read(max(source.size - size + at - length, 0), min(length, BYTES))
    if length and not data.startswith(_CENTRAL):
        return None
    if length > BYTES:
        record.flaw(BUDGET)
    elif len(data) < length:
        record.flaw(UNREAD)
    return data


def _large(source: Readable, end: int) -> tuple[int, int] | None:
    """Where the directory of an archive in zip64 begins, and its length."""
    locator = source.read(max(end - _LOCATED.size, 0), _LOCATED.size)
    if len(locator) < _LOCATED.size or not locator.startswith(_LOCATOR):
        return None
    head = source.read(_LOCATED.unpack(locator)[2], _LARGE.size)
    if len(head) < _LARGE.size or not head.startswith(_END_64):
        return None
    found = _LARGE.unpack(head)
    return found[9], found[8]


def _listed(data: bytes, record: Record) -> Iterator[_Member]:
    """Name and comment of the members in a central directory."""
    at = 0
    while at + _CENTRAL_HEAD.size <= len(data):
        head = _CENTRAL_HEAD.unpack_from(data, at)
        if head[0] != _CENTRAL:
            break
        start = at + _CENTRAL_HEAD.size
        name, extra, comment = head[10], head[11], head[12]
        after = start + name + extra
        fields = data[start + name : after]
        yield name_of(data[start : start + name], head[3], fields), data[after : after + comment]
        at = after + comment
    if at < len(data) and data[at : at + 4] not in (b"PK\x05\x05", b"PK\x06\x06"):
        record.flaw(UNREAD)


def _members(source: Readable) -> Iterator[_Member]:
    """The names in the heads of members, one after the other, as far as they can be followed."""
    data = source.read(0, min(source.size, BYTES))
    at = data.find(_MEMBER)
    while at >= 0 and at + _MEMBER_HEAD <= len(data):
        flags = int.from_bytes(data[at + 6 : at + 8], "little")
        packed = int.from_bytes(data[at + 18 : at + 22], "little")
        name = int.from_bytes(data[at + 26 : at + 28], "little")
        extra = int.from_bytes(data[at + 28 : at + 30], "little")
        start = at + _MEMBER_HEAD
        fields = data[start + name : start + name + extra]
        yield name_of(data[start : start + name], flags, fields), b""
        known = 0 if packed == _FULL else packed
        at = data.find(_MEMBER, start + name + extra + known)


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
