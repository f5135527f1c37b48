"""Shell links (MS-SHLLINK): the `.lnk` files of Windows, and the paths to which they lead."""

import re
from collections.abc import Iterator
from struct import Struct, error

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, Ghosts, Record, told

PLACE = "shell link"
MAGIC = b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"
"""Size of the head, and the class of shell links (section 2.1)."""

BYTES = 1 << 20
_HEAD = 0x4C
_HAS_LIST, _HAS_INFO, _WIDE = 0x01, 0x02, 0x80
_TEXTS = (0x04, 0x08, 0x10, 0x20, 0x40)
"""Flags of what stands behind each other: description, relative path, folder, arguments, icon."""

_SHORT, _LONG = Struct("<H"), Struct("<I")
_OPTIONAL = 0x24
"""Size of a LinkInfo head from which its texts stand there in UTF-16 too (section 2.3)."""

_WIDE_RUN = re.compile(rb"(?:[^\0][\0-\x06]|[\0-\xff][\x30-\x9f\xac-\xd7]){3,260}(?=\0\0)")
_NARROW_RUN = re.compile(rb"[^\0-\x1f]{3,260}(?=\0)")


def read(source: Readable) -> Ghosts | None:
    """The names to which a shell link leads; None if it is none.

    Its further blocks, of the machine and of properties, are not read.
    """
    if source.first[: len(MAGIC)] != MAGIC:
        return None
    record = Record(PLACE)
    record.whole = False
    if source.size > BYTES:
        record.flaw(BUDGET)
    try:
        _read(source.read(0, min(source.size, BYTES)), record)
    except (error, IndexError):
        record.flaw()
    return record.ghosts()


def _read(data: bytes, record: Record) -> None:
    flags, at = _LONG.unpack_from(data, 0x14)[0], _HEAD
    if flags & _HAS_LIST:
        size = _SHORT.unpack_from(data, at)[0]
        _list(data[at + 2 : at + 2 + size], record)
        at += 2 + size
    if flags & _HAS_INFO:
        size = _LONG.unpack_from(data, at)[0]
        for path in _info(data[at : at + size]):
            record.path(path)
        at += size
    for flag in _TEXTS:
        if flags & flag:
            at = _text(data, at, record, wide=bool(flags & _WIDE))


def _list(data: bytes, record: Record) -> None:
    """The items of a target: each with a short name, and mostly with the long one behind it."""
    at = 0
    while at + 2 <= len(data):
        size = _SHORT.unpack_from(data, at)[0]
        if size < 2:  # noqa: PLR2004 - the size counts itself; a smaller one ends the list
            return
        item = data[at + 3 : at + size] + b"\0\0"
        wide = [run.decode("utf-16-le", "replace") for run in _WIDE_RUN.findall(item)]
        for name in wide:
            record.path(told(name))
        if not wide:
            for run in _NARROW_RUN.findall(item):
                record.path(run)
        at += size


def _info(data: bytes) -> Iterator[bytes]:
    """The local path, the share, and what follows both; in UTF-16 where they stand so too."""
    head, flags = _LONG.unpack_from(data, 4)[0], _LONG.unpack_from(data, 8)[0]
    rest = _ansi(data, _LONG.unpack_from(data, 0x18)[0])
    local = _ansi(data, _LONG.unpack_from(data, 0x10)[0]) if flags & 1 else b""
    if head >= _OPTIONAL:
        rest = told(_utf_16(data, _LONG.unpack_from(data, 0x20)[0])) or rest
        local = told(_utf_16(data, _LONG.unpack_from(data, 0x1C)[0])) or local
    if flags & 1:
        yield _joined(local, rest)
    if flags & 2:
        network = _LONG.unpack_from(data, 0x14)[0]
        yield _joined(_ansi(data[network:], _LONG.unpack_from(data, network + 8)[0]), rest)


def _joined(path: bytes, rest: bytes) -> bytes:
    return path + b"\\" + rest if rest else path


def _ansi(data: bytes, at: int) -> bytes:
    return data[at:].split(b"\0", 1)[0] if at else b""


def _utf_16(data: bytes, at: int) -> str:
    return data[at:].decode("utf-16-le", "replace").split("\0", 1)[0] if at else ""


def _text(data: bytes, at: int, record: Record, *, wide: bool) -> int:
    """One text by its length in characters; gives where the next begins."""
    end = at + 2 + int(_SHORT.unpack_from(data, at)[0]) * (2 if wide else 1)
    if end > len(data):
        raise IndexError
    raw = data[at + 2 : end]
    record.path(told(raw.decode("utf-16-le", "replace")) if wide else raw)
    return end
