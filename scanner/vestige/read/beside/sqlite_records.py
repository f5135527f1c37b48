"""Rows of SQLite in bytes: cells of pages, and what is left of those that were deleted.

Formats as of sqlite.org/fileformat2.html, 1.6 (cells, free blocks) and 2.1 (records). Of a cell
that became a free block the first four bytes are lost: lengths, and the type of the first column.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

Row = list[str]

_FIXED = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value by its type, up to 9; numbers are of type 1 to 6, 8 and 9 are 0 and 1."""

_INTEGERS = range(1, 7)
_RESERVED = (10, 11)
_TEXT = 13
_MOST_COLUMNS = 256
_LOST = 4
"""Bytes of a cell over which a free block is written."""

_FEWEST = 2
"""Letters of a row at least: less is told by chance."""

_CODECS = {2: "utf-16-le", 3: "utf-16-be"}


def codec_of(number: int) -> str:
    """The encoding of texts, by its number in the head of a database."""
    return _CODECS.get(number, "utf-8")


class _Types(NamedTuple):
    """The types of the values of a record, and where the first value begins."""

    types: tuple[int, ...]
    end: int


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends; IndexError behind the end."""
    found = 0
    for count in range(8):
        byte = data[at + count]
        found = found << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - no more follow
            return found, at + count + 1
    return found << 8 | data[at + 8], at + 9


def cell(data: bytes, at: int, codec: str, *, rowid: bool = True) -> tuple[Row, int] | None:
    """The row of a cell of a page, and where it ends as far as it lies here; None if it is none."""
    try:
        length, start = varint(data, at)
        if rowid:
            _, start = varint(data, start)
        size, first = varint(data, start)
        types = _types(data, first, start + size)
    except IndexError:
        return None
    if types is None or size + sum(map(_length, types.types)) != length:
        return None
    row = _row(data, types, codec, whole=False)
    return (row, min(start + length, len(data))) if row is not None else None


def scanned(data: bytes, codec: str, widths: Sequence[int], blocks: Sequence[int]) -> Iterator[Row]:
    """The rows that are left in free bytes; at `blocks` free ones begin, whose heads are lost.

    `widths` are how many columns tables have, the likeliest first.
    """
    most = min(1 + 3 * max(widths, default=_MOST_TYPES), 0x7F)
    places = [(one.start(), True) for one in _heads(most).finditer(data)]
    places += [(one.start(), False) for one in _LOST_HEAD.finditer(data)]
    at = 0
    for place, whole in sorted({*places, *((block, False) for block in blocks)}):
        if place < at:
            continue
        row = _whole(data, place, at, codec) if whole else _headless(data, place, codec, widths)
        if row is not None and _tells(row[0]):
            yield row[0]
            at = row[1]


_MOST_TYPES = 16
_LOST_HEAD = re.compile(rb"(?=[\x00-\x0f].[\x00-\x0f][^\x00])", re.DOTALL)
"""How the head of a free block looks: where the next one begins, and its own length."""


@cache
def _heads(most: int) -> re.Pattern[bytes]:
    """Lengths of heads of records, of which none is longer."""
    return re.compile(b"[\x02-%c]" % most)


def _whole(data: bytes, at: int, least: int, codec: str) -> tuple[Row, int] | None:
    """The row whose record begins there, behind its length and its number."""
    try:
        types = _types(data, at + 1, at + data[at])
    except IndexError:
        return None
    if types is None or data[at - 1] > _LAST or not at:
        return None
    length = data[at] + sum(map(_length, types.types))
    if at + length > len(data):
        return None
    for start in range(at - 1, max(least, at - 9) - 1, -1):
        if start < at - 1 and data[start] <= _LAST:
            return None
        if data.endswith(_written(length), least, start):
            row = _row(data, types, codec)
            return (row, at + length) if row is not None else None
    return None


_LAST = 0x7F


def _written(number: int) -> bytes:
    """A number as `varint` reads it, of three bytes at most."""
    found = bytes([number & _LAST])
    while number > _LAST:
        number >>= 7
        found = bytes([number & _LAST | 0x80]) + found
    return found


def _headless(data: bytes, at: int, codec: str, widths: Sequence[int]) -> tuple[Row, int] | None:
    """The row of a cell over whose first bytes a free block was written.

    Blocks may have been joined, of which the first states the length: then another must follow.
    """
    size = int.from_bytes(data[at + 2 : at + _LOST], "big")
    if not _LOST < size <= len(data) - at:
        return None
    for width in widths:
        try:
            types = _counted(data, at + _LOST, width - 1)
        except IndexError:
            continue
        if types is None:
            continue
        rest = sum(map(_length, types.types))
        stated = at + size - types.end - rest
        for first in dict.fromkeys((stated, *_FIXED)):
            values = types._replace(end=types.end + first)
            end = values.end + rest
            ends = first == stated or end == len(data) or _LOST_HEAD.match(data, end)
            row = _row(data, values, codec) if first >= 0 and ends else None
            if row is not None and _tells(row):
                text = _value(data[types.end : values.end], _TEXT, codec) if first > 1 else ""
                return [text or "", *row], end
    return None


def _types(data: bytes, at: int, end: int) -> _Types | None:
    """The types of a record whose head ends there; None if it is none."""
    found: list[int] = []
    while at < end and len(found) <= _MOST_COLUMNS:
        kind, at = varint(data, at)
        if kind in _RESERVED:
            return None
        found.append(kind)
    return _Types(tuple(found), end) if at == end and found else None


def _counted(data: bytes, at: int, count: int) -> _Types | None:
    """So many types; None if one of them is none."""
    found: list[int] = []
    for _ in range(count):
        kind, at = varint(data, at)
        if kind in _RESERVED or _length(kind) > len(data):
            return None
        found.append(kind)
    return _Types(tuple(found), at) if found else None


def _length(kind: int) -> int:
    return _FIXED[kind] if kind < len(_FIXED) else (kind - 12) // 2


def _row(data: bytes, types: _Types, codec: str, *, whole: bool = True) -> Row | None:
    """The values of a record as texts; None if they are none.

    What of them lies in other pages is missing, unless all must be here: then `whole`.
    """
    row: Row = []
    at = types.end
    for kind in types.types:
        raw = data[at : at + _length(kind)]
        at += _length(kind)
        if whole and at > len(data):
            return None
        text = _value(raw, kind, codec)
        if text is None:
            return None
        row.append(text)
    return row


def _value(raw: bytes, kind: int, codec: str) -> str | None:
    """A value as text, "" of what is none; None if its bytes are no text though they should."""
    if kind in _INTEGERS:
        return str(int.from_bytes(raw, "big", signed=True))
    if kind < _TEXT or kind % 2 == 0:
        return ""
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        if error.end < len(raw):
            return None
        text = raw[: error.start].decode(codec)
    return text if all(one.isprintable() or one in "\t\r\n" for one in text) else None


def _tells(row: Row) -> bool:
    """Whether a row holds a text, and no chance."""
    return any(sum(map(str.isalpha, text)) >= _FEWEST for text in row)
