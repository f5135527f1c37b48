"""Tables of dBASE (.dbf), as databases and maps of regions keep them: columns of texts and numbers.

Structure as of "dBASE Table File Format" (dBASE LLC); the byte for the code page as FoxPro has it.
"""

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from vestige.read.beside import rows
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

VERSIONS = frozenset({0x02, 0x03, 0x04, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5})
_HEAD = Struct("<BBBBIHH")
_FIELD, _END = 32, 0x0D
_PAGE = 29
_CODECS = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x08: "cp865",
    0x13: "cp932",
    0x26: "cp866",
    0x4D: "gbk",
    0x4E: "cp949",
    0x4F: "cp950",
    0x64: "cp852",
    0x65: "cp866",
    0x66: "cp865",
    0x67: "cp861",
    0x6A: "cp737",
    0x6B: "cp857",
    0x7B: "cp932",
    0x7D: "cp1255",
    0x7E: "cp1256",
    0xC8: "cp1250",
    0xC9: "cp1251",
    0xCA: "cp1254",
    0xCB: "cp1253",
}
_TEXTS = b"CVDNFM"
_MONTHS, _DAYS = 12, 31
_BLOCK = 1 << 20
MOST = 64 << 20
"""Bytes of a table that are read."""


class _Table(NamedTuple):
    """Where the rows begin, how long each is, and the columns: name, kind, place, length."""

    start: int
    width: int
    columns: tuple[tuple[str, int, int, int], ...]


def is_table(readable: Readable) -> bool:
    """Whether a file is a table: its version and day, and columns that fill its rows."""
    first = readable.first
    return len(first) > _FIELD and first[0] in VERSIONS and _table(first) is not None


def _table(first: bytes) -> _Table | None:
    _, _, month, day, _, start, width = _HEAD.unpack_from(first)
    if not (1 <= month <= _MONTHS and 1 <= day <= _DAYS) or start <= _FIELD:
        return None
    columns: list[tuple[str, int, int, int]] = []
    at, place = _FIELD, 1
    while at + _FIELD <= min(start, len(first)) and first[at] != _END:
        name = first[at : at + 11].split(b"\0", 1)[0]
        if not name or not name.isascii() or first[at + 11] not in b"CNFLDTVMBGPYI@O+0Q":
            return None
        length = first[at + 16]
        columns.append((name.decode(), first[at + 11], place, length))
        place += length
        at += _FIELD
    # Character fields of Clipper are longer than a byte can say.
    return _Table(start, width, tuple(columns)) if columns and place == width else None


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of the table, each with what its name announces; deleted rows too."""
    table = _table(readable.first)
    length = min(readable.size, MOST)
    if table is None or not bounds.take(length):
        return
    if length < readable.size:
        yield Lost("text-budget")
    codec = _CODECS.get(readable.first[_PAGE], "")
    heads = rows.row_of(name for name, *_ in table.columns)
    yield from rows.told("dBASE", _rows(readable, table, length, (heads, codec)))


def _rows(
    readable: Readable, table: _Table, length: int, how: tuple[rows.Row, str]
) -> Iterator[rows.Row]:
    heads, codec = how
    yield heads
    each = max(_BLOCK // table.width, 1) * table.width
    for start in range(table.start, length, each):
        block = readable.read(start, min(each, length - start))
        for at in range(0, len(block) - table.width + 1, table.width):
            cells = (
                _text(block[at + place : at + place + size], codec) if kind in _TEXTS else ""
                for _, kind, place, size in table.columns
            )
            yield rows.row_of(cells)


def _text(raw: bytes, codec: str) -> str:
    """A cell without the blanks around it: UTF-8, or else in its code page."""
    raw = raw.strip(b" \0")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(codec or "cp1252", "replace")
