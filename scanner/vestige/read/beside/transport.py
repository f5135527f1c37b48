"""SAS transport files (.xpt), in which clinical studies are handed over: columns of texts.

Structure as of SAS technical note TS-140: records of 80 bytes, headers in ASCII, descriptions of
the columns, and rows of one length behind each other.
"""

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from vestige.read.beside import rows
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

SIGN = b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!"

_RECORD = 80
_MEMBER = b"HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!"
_NAMES = b"HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!"
_ROWS = b"HEADER RECORD*******OBS     HEADER RECORD!!!!!!!"
_COUNT, _WIDTH = slice(54, 58), slice(75, 78)
_COLUMN = Struct(">hhhh8s40s8shhh2s8shhl")
_DESCRIBED = 140
_TEXT = 2
_MOST_COLUMNS = 4_096
_BLOCK = 1 << 20
MOST = 128 << 20
"""Bytes of a file that are read."""


class _Column(NamedTuple):
    """A column: name, label, whether it holds texts, and where in the row they stand."""

    name: str
    label: str
    text: bool
    start: int
    length: int


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of all tables, each with what its label or its name announces."""
    length = min(readable.size, MOST)
    if length < readable.size or not bounds.take(length):
        yield Lost("text-budget")
    at, width = 0, _DESCRIBED
    columns: list[_Column] = []
    while at + _RECORD <= length:
        head = readable.read(at, _RECORD)
        at += _RECORD
        if head.startswith(_MEMBER):
            width = _number(head[_WIDTH]) or _DESCRIBED
        elif head.startswith(_NAMES):
            count = min(_number(head[_COUNT]), _MOST_COLUMNS)
            columns = list(_described(readable.read(at, count * width), width))
            at += -(-count * width // _RECORD) * _RECORD
        elif head.startswith(_ROWS) and columns:
            end = _end(readable, at, length)
            yield from rows.told("SAS", _rows(readable, at, end, columns))
            at = end


def _number(digits: bytes) -> int:
    return int(digits) if digits.strip().isdigit() else 0


def _described(data: bytes, width: int) -> Iterator[_Column]:
    for at in range(0, len(data) - _COLUMN.size + 1, width):
        kind, _, length, _, name, label, *_, start = _COLUMN.unpack_from(data, at)
        if length > 0 and start >= 0:
            yield _Column(_text(name), _text(label), kind == _TEXT, start, length)


def _end(readable: Readable, at: int, length: int) -> int:
    """Where rows end: with the file, or where the next table begins."""
    for start in range(at, length, _BLOCK):
        block = readable.read(start, min(_BLOCK + _RECORD, length - start))
        found = block.find(_MEMBER)
        if found >= 0:
            return start + found
    return length


def _rows(readable: Readable, start: int, end: int, columns: list[_Column]) -> Iterator[rows.Row]:
    # Names have eight letters: labels tell more, where there are any.
    yield rows.row_of(
        one.label if rows.tag_of(one.label) or not rows.tag_of(one.name) else one.name
        for one in columns
    )
    width = max(one.start + one.length for one in columns)
    each = max(_BLOCK // width, 1) * width
    for at in range(start, end, each):
        block = readable.read(at, min(each, end - at))
        for row in range(0, len(block) - width + 1, width):
            yield rows.row_of(
                _text(block[row + one.start : row + one.start + one.length]) if one.text else ""
                for one in columns
            )


def _text(raw: bytes) -> str:
    raw = raw.strip(b" \0")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
