"""System files of SPSS (.sav, .zsav): columns of texts, of days, and of numbers with a label.

As of "System File Format" (PSPP developers' guide); files packed by bytes or with zlib too.
"""

import datetime as dt
import zlib
from collections.abc import Iterator
from itertools import islice
from struct import Struct, error

from vestige.read.beside import rows
from vestige.read.beside.parts import WHOLE, Bounds, Lost, Part, Readable, Told, beside
from vestige.read.carve import runs

SIGNS = (b"$FL2", b"$FL3")

_HEAD = 176
_ORDER = slice(64, 68)
_SYSTEM_MISSING = -1.7976931348623157e308
_DATES = frozenset({20, 22, 23, 24, 38, 39})
_FIRST_DAY = dt.date(1582, 10, 14)
_SECONDS = 86_400
_END, _LITERAL, _BLANK, _MISSING = 252, 253, 254, 255
_EIGHT = 8
_BROKEN = (error, ValueError, LookupError, zlib.error, OverflowError)


class _File:
    """What the dictionary of a file says, and where its cases begin."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = "<" if data[_ORDER] in (b"\2\0\0\0", b"\3\0\0\0") else ">"
        self.packed = self.number(72)
        self.codec = "utf-8"
        self.names: list[str] = []
        self.labels: dict[int, str] = {}
        self.widths: list[int] = []
        self.forms: list[int] = []
        self.short: dict[str, str] = {}
        self.more: list[str] = [*runs(data[4:64]), *runs(data[109:173])]
        self.at = _HEAD

    def number(self, at: int) -> int:
        return int(Struct(f"{self.order}i").unpack_from(self.data, at)[0])

    def take(self, length: int) -> bytes:
        """The next bytes; ValueError behind the end."""
        if length < 0 or self.at + length > len(self.data):
            raise ValueError
        self.at += length
        return self.data[self.at - length : self.at]

    def read(self) -> None:
        """All records of the dictionary."""
        records = {2: self._variable, 3: self._value_labels, 4: self._list, 6: self._document}
        while (kind := self.number(self.at)) != 999:  # noqa: PLR2004 - the last record
            self.at += 4
            records.get(kind, self._extension)()
        self.at += 8

    def _variable(self) -> None:
        width, labelled, missing, form = (self.number(self.at + 4 * n) for n in range(4))
        self.at += 20
        name = self.take(_EIGHT).decode("latin-1").strip()
        self.names.append(name)
        self.widths.append(width)
        self.forms.append(form >> 16 & 0xFF)
        if labelled:
            length = self.number(self.at)
            self.at += 4
            label = self.take(length + -length % 4)[:length]
            self.labels[len(self.names) - 1] = self.text(label)
        self.at += _EIGHT * abs(missing)

    def _value_labels(self) -> None:
        count = self.number(self.at)
        self.at += 4
        for _ in range(count):
            self.take(_EIGHT)
            length = self.data[self.at]
            self.more.append(
                self.text(self.take(length + 1 + -(length + 1) % _EIGHT)[1 : length + 1])
            )

    def _list(self) -> None:
        count = self.number(self.at)
        self.at += 4
        self.take(4 * count)

    def _document(self) -> None:
        count = self.number(self.at)
        self.at += 4
        self.more += runs(self.take(80 * count))

    def _extension(self) -> None:
        kind, size, count = (self.number(self.at + 4 * n) for n in range(3))
        self.at += 12
        raw = self.take(size * count)
        if kind == 20:  # noqa: PLR2004 - the encoding
            self.codec = raw.decode("ascii")
            "".encode(self.codec)
        elif kind == 13:  # noqa: PLR2004 - long names
            self.short |= dict(_pairs(self.text(raw)))
        elif kind in {10, 17, 18}:
            self.more += runs(raw)

    def text(self, raw: bytes) -> str:
        """A text of the file without the blanks behind it."""
        raw = raw.rstrip(b" \0")
        try:
            return raw.decode(self.codec)
        except UnicodeDecodeError:
            return raw.decode("cp1252", "replace")

    def columns(self) -> list[tuple[int, int, int]]:
        """Number of the variable, first word of eight bytes, and words, of each column."""
        found: list[tuple[int, int, int]] = []
        for number, width in enumerate(self.widths):
            if width >= 0:
                found.append((number, number, max(-(-width // _EIGHT), 1)))
        return found

    def heading(self, number: int) -> str:
        """What a column is called: by its long name, or by its label if that tells more."""
        name = self.short.get(self.names[number], self.names[number])
        label = self.labels.get(number, "")
        return name if rows.tag_of(name) or not rows.tag_of(label) else label


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for one in text.split("\t"):
        name, sign, value = one.partition("=")
        if sign:
            yield name.strip("\0 "), value


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of the file, each with what its name or label announces, and labels of values."""
    if readable.size > WHOLE or not bounds.take(readable.size):
        yield Lost("text-budget")
        return
    try:
        file = _File(readable.read(0, readable.size))
        file.read()
        yield Told(beside("SPSS"), [*dict.fromkeys((*file.more, *file.labels.values()))])
        yield from rows.told("SPSS", _rows(file, bounds))
    except _BROKEN:
        yield Lost("damaged")


def _rows(file: _File, bounds: Bounds) -> Iterator[rows.Row]:
    columns = file.columns()
    heads = [file.heading(number) for number, *_ in columns]
    asked = [bool(rows.tag_of(head)) for head in heads]
    yield rows.row_of(heads)
    words = _words(file, bounds)
    width = len(file.widths)
    while len(case := list(islice(words, width))) == width:
        row: rows.Row = {}
        for place, (number, start, count) in enumerate(columns):
            if file.widths[number]:
                text = file.text(b"".join(case[start : start + count]))
            else:
                text = _figure(file, case[start], file.forms[number], asked=asked[place])
            if text:
                row[place] = text
        yield row


def _figure(file: _File, word: bytes, form: int, *, asked: bool) -> str:
    """A number that a heading asks for, or the day that it counts to since 1582."""
    if not asked and form not in _DATES:
        return ""
    value = float(Struct(f"{file.order}d").unpack(word)[0])
    if value != value or abs(value) > 1e15:  # noqa: PLR0124, PLR2004 - no number, or missing
        return ""
    if form in _DATES:
        return (_FIRST_DAY + dt.timedelta(days=int(value // _SECONDS))).isoformat()
    return str(int(value)) if value.is_integer() else ""


def _words(file: _File, bounds: Bounds) -> Iterator[bytes]:
    """The words of eight bytes of which the cases consist."""
    data = file.data[file.at :]
    if file.packed == 2:  # noqa: PLR2004 - with zlib, and by bytes within
        data = _inflated(file, bounds)
    if not file.packed:
        yield from (data[at : at + _EIGHT] for at in range(0, len(data) - 7, _EIGHT))
        return
    bias = float(Struct(f"{file.order}d").unpack_from(file.data, 84)[0])
    at = 0
    while at + _EIGHT <= len(data):
        codes = data[at : at + _EIGHT]
        at += _EIGHT
        for code in codes:
            if code == _END:
                return
            if code == _LITERAL:
                yield data[at : at + _EIGHT].ljust(_EIGHT)
                at += _EIGHT
            elif code:
                yield _word(code, bias, file.order)


def _word(code: int, bias: float, order: str) -> bytes:
    if code == _BLANK:
        return b" " * _EIGHT
    value = _SYSTEM_MISSING if code == _MISSING else code - bias
    return Struct(f"{order}d").pack(value)


def _inflated(file: _File, bounds: Bounds) -> bytes:
    """The bytes of a .zsav: blocks of zlib, of which a table at the end tells."""
    numbers = Struct(f"{file.order}qqq").unpack_from(file.data, file.at)
    table = numbers[1]
    count = Struct(f"{file.order}i").unpack_from(file.data, table + 20)[0]
    found = []
    for number in range(count):
        _, start, whole, length = Struct(f"{file.order}qqii").unpack_from(
            file.data, table + 24 + 24 * number
        )
        if whole < 0 or not bounds.take(whole):
            raise ValueError
        found.append(zlib.decompressobj().decompress(file.data[start : start + length], whole or 1))
    return b"".join(found)
