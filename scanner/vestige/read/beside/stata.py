"""Tables of Stata (.dta), versions 113 to 119: columns of texts, of days, and of labelled numbers.

As of "File formats .dta" (StataCorp); text before version 118 has no encoding of its own.
"""

import datetime as dt
import re
from collections.abc import Iterator
from struct import Struct, error
from typing import NamedTuple

from vestige.read.beside import rows
from vestige.read.beside.keyed import text_of
from vestige.read.beside.parts import WHOLE, Bounds, Lost, Part, Readable, Told, beside
from vestige.read.carve import runs

SIGN = b"<stata_dta><header><release>"

_OLD = frozenset({113, 114, 115})
_NUMBERS = {255: "d", 254: "f", 253: "i", 252: "h", 251: "b"}
_NEW_NUMBERS = {65526: "d", 65527: "f", 65528: "i", 65529: "h", 65530: "b"}
_LONG = 32768
_LONGEST_OLD, _LONGEST = 244, 2045
_MOST_COLUMNS = 4_096
_FIRST_DAY = dt.date(1960, 1, 1)
_MILLISECONDS = 86_400_000
_LAST_DAY = 200_000
_ORDER = re.compile(rb"<byteorder>(MSF|LSF)</byteorder><K>")
_TITLE = re.compile(rb"<label>(.*?)</label><timestamp>", re.DOTALL)


class _Column(NamedTuple):
    """A column: its name and label, whether it holds days, and how its values lie in a row."""

    name: str
    form: str
    label: str
    kind: int
    layout: Struct | None
    width: int


class _Table(NamedTuple):
    """The columns, the bytes of the rows, and long texts by column and row."""

    columns: list[_Column]
    data: bytes
    order: str
    longs: dict[bytes, str]


def is_old(readable: Readable) -> bool:
    """Whether a file is a table of version 113 to 115: version, order, type, and a name."""
    first = readable.first
    return (
        len(first) > 109  # noqa: PLR2004 - the head
        and first[0] in _OLD
        and first[1] in {1, 2}
        and first[2:4] == b"\1\0"
        and first[109:110] != b"\0"
    )


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of the table, each with what its name or its label announces."""
    if readable.size > WHOLE or not bounds.take(readable.size):
        yield Lost("text-budget")
        return
    data = readable.read(0, readable.size)
    try:
        table, more = _new(data) if data.startswith(SIGN) else _old(data)
    except (error, ValueError, LookupError):
        yield Lost("damaged")
        return
    yield Told(beside("Stata"), [one for one in dict.fromkeys(more) if one])
    yield from rows.told("Stata", _rows(table))


def _old(data: bytes) -> tuple[_Table, list[str]]:
    order = ">" if data[1] == 1 else "<"
    count, _ = Struct(f"{order}HI").unpack_from(data, 4)
    _bounded(count)
    at = 109
    wide = 12 if data[0] == 113 else 49  # noqa: PLR2004 - the version of short formats
    kinds = data[at : at + count]
    names = _fixed(data, at + count, 33, count)
    forms = _fixed(data, at + count * 34 + 2 * (count + 1), wide, count)
    start = at + count * (34 + wide + 33) + 2 * (count + 1)
    labels = _fixed(data, start, 81, count)
    start += 81 * count
    more = [text_of(data[10:91])]
    while True:
        length = int(Struct(f"{order}i").unpack_from(data, start + 1)[0])
        kind, start = data[start], start + 5
        if not kind:
            break
        if not 0 <= length <= len(data):
            raise ValueError
        more += runs(data[start : start + length])
        start += length
    columns = [
        _column(name, form, label, (kind, kind <= _LONGEST_OLD, _NUMBERS.get(kind, "")), order)
        for name, form, label, kind in zip(names, forms, labels, kinds, strict=True)
    ]
    return _Table(columns, data[start:], order, {}), more


def _new(data: bytes) -> tuple[_Table, list[str]]:
    version = int(data[len(SIGN) : len(SIGN) + 3])
    found, title = _ORDER.search(data[:200]), _TITLE.search(data[:1000])
    if found is None:
        raise ValueError
    order = ">" if found[1] == b"MSF" else "<"
    wide = version >= 118  # noqa: PLR2004 - the version of UTF-8
    count_form = Struct(f"{order}{'I' if version >= 119 else 'H'}")  # noqa: PLR2004
    count = count_form.unpack_from(data, found.end())[0]
    _bounded(count)
    at = data.index(b"<map>") + 5
    places = Struct(f"{order}14Q").unpack_from(data, at)
    kinds = Struct(f"{order}{count}H").unpack_from(data, places[2] + len(b"<variable_types>"))
    names = _fixed(data, places[3] + len(b"<varnames>"), 129 if wide else 33, count)
    forms = _fixed(data, places[5] + len(b"<formats>"), 57 if wide else 49, count)
    labels = _fixed(data, places[7] + len(b"<variable_labels>"), 321 if wide else 81, count)
    columns = [
        _column(name, form, label, (kind, kind <= _LONGEST, _NEW_NUMBERS.get(kind, "")), order)
        for name, form, label, kind in zip(names, forms, labels, kinds, strict=True)
    ]
    rows_of = data[places[9] + len(b"<data>") : places[10] - len(b"</data>")]
    longs = _long_texts(data[places[10] : places[11]], order, version)
    more = [text_of(title[1][1 + wide :]) if title else ""]
    more += runs(data[places[8] : places[9]])
    more += runs(data[places[11] : places[12]])
    return _Table(columns, rows_of, order, longs), more


def _bounded(count: int) -> None:
    if not 0 < count <= _MOST_COLUMNS:
        raise ValueError


def _fixed(data: bytes, start: int, width: int, count: int) -> list[str]:
    """So many texts of one length each."""
    if start + width * count > len(data):
        raise ValueError
    return [text_of(data[start + n * width : start + (n + 1) * width]) for n in range(count)]


def _column(name: str, form: str, label: str, told: tuple[int, bool, str], order: str) -> _Column:
    kind, is_text, code = told
    if is_text:
        return _Column(name, form, label, kind, None, kind)
    if kind == _LONG:
        return _Column(name, form, label, kind, None, 8)
    layout = Struct(f"{order}{code}") if code else None
    if layout is None:
        raise ValueError
    return _Column(name, form, label, kind, layout, layout.size)


def _long_texts(data: bytes, order: str, version: int) -> dict[bytes, str]:
    """Texts of any length by how rows refer to them: column and row."""
    head = Struct(f"{order}3sI{'Q' if version >= 118 else 'I'}BI")  # noqa: PLR2004
    found: dict[bytes, str] = {}
    at = len(b"<strls>")
    while data[at : at + 3] == b"GSO":
        _, column, row, _, length = head.unpack_from(data, at)
        key = _reference(column, row, order, version)
        found[key] = text_of(data[at + head.size : at + head.size + length])
        at += head.size + length
    return found


def _reference(column: int, row: int, order: str, version: int) -> bytes:
    if version < 118:  # noqa: PLR2004 - the version of UTF-8
        return Struct(f"{order}II").pack(column, row)
    name = "big" if order == ">" else "little"
    width = 3 if version >= 119 else 2  # noqa: PLR2004 - the version of many columns
    return column.to_bytes(width, name) + row.to_bytes(8 - width, name)  # type: ignore[arg-type]


def _rows(table: _Table) -> Iterator[rows.Row]:
    """The headings, and the rows; numbers only where they are days or a heading asks for them."""
    heads = [
        one.name if rows.tag_of(one.name) or not rows.tag_of(one.label) else one.label
        for one in table.columns
    ]
    yield rows.row_of(heads)
    width = sum(one.width for one in table.columns)
    for start in range(0, len(table.data) - width + 1, width):
        at, row = start, {}
        for number, one in enumerate(table.columns):
            text = _cell(one, table, at, asked=bool(rows.tag_of(heads[number])))
            if text:
                row[number] = text
            at += one.width
        yield row


def _cell(one: _Column, table: _Table, at: int, *, asked: bool) -> str:
    raw = table.data[at : at + one.width]
    if one.kind == _LONG:
        return table.longs.get(raw, "")
    if one.layout is None:
        return text_of(raw)
    is_day = one.form.startswith(("%td", "%d", "%-td", "%tc"))
    return _figure(one.layout.unpack(raw)[0], one.form if is_day else "") if asked or is_day else ""


def _figure(value: float, form: str) -> str:
    """A number as text, or the day that it counts to since 1960."""
    if value != value or abs(value) > 1e15:  # noqa: PLR0124, PLR2004 - no number, or missing
        return ""
    if not form:
        return str(int(value)) if float(value).is_integer() else ""
    days = int(value / _MILLISECONDS) if form.startswith("%tc") else int(value)
    if abs(days) > _LAST_DAY:
        return ""
    return (_FIRST_DAY + dt.timedelta(days=days)).isoformat()
