"""Excel 5 to 2003 (MS-XLS): cells by sheet, comments, names, and who wrote the file."""

import struct
from collections.abc import Iterator

from vestige.read.beside import rows, writing
from vestige.read.beside.parts import Lost, Part
from vestige.read.beside.properties import told
from vestige.read.beside.workbooks import Workbook

_BEGIN, _CLOSED, _CONTINUED, _STRINGS = 0x0809, 0x002F, 0x003C, 0x00FC
_SHEET, _NOTE, _DRAWN, _WRITER = 0x0085, 0x001C, 0x01B6, 0x005C
_SHARED, _LABEL, _RICH, _NUMBER, _RK, _RKS = 0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD
_FORMULA, _RESULT, _FORMAT, _STYLE, _EPOCH = 0x0006, 0x0207, 0x041E, 0x00E0, 0x0022
_TITLES = frozenset({0x0014, 0x0015})
_NEWEST = 0x0600
MOST_CELLS = 4_000_000
"""Cells of one workbook that are read."""

_TEXT_RESULT = b"\0\0\0\0\0\0\xff\xff"


def of_workbook(data: bytes) -> Iterator[Part]:
    """What a workbook holds; struct.error or IndexError where it breaks off."""
    book = _Book()
    sheet: list[rows.Row] = []
    try:
        for kind, parts in _records(data):
            if kind == _CLOSED:
                yield Lost("protected")
                return
            if kind == _BEGIN and book.rows:
                sheet, book.rows = book.rows, []
                yield from rows.told("spreadsheet", sheet)
            book.hear(kind, parts)
            if book.cells > MOST_CELLS:
                yield Lost("text-budget")
                break
    finally:
        book.end()
    yield from rows.told("spreadsheet", book.rows)
    yield from writing.told("spreadsheet", book.aside)
    yield from told("spreadsheet comment", "author", book.authors)


def _records(data: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """The records with what continues them."""
    at, kind, parts = 0, 0, list[bytes]()
    while at + 4 <= len(data):
        found, size = struct.unpack_from("<HH", data, at)
        content = data[at + 4 : at + 4 + size]
        at += 4 + size
        if found == _CONTINUED and kind:
            parts.append(content)
            continue
        if kind:
            yield kind, parts
        kind, parts = found, [content]
    if kind:
        yield kind, parts


class _Book:
    """What has been read of a workbook."""

    def __init__(self) -> None:
        self.rows: list[rows.Row] = []
        self.aside: list[str] = []
        self.authors: list[str] = []
        self.cells = 0
        self._book = Workbook()
        self._formats: dict[int, str] = {}
        self._styles = 0
        self._new = True
        self._row = -1
        self._waiting: tuple[int, int] | None = None

    def end(self) -> None:
        """No record follows."""
        self._book.shared.clear()

    def hear(self, kind: int, parts: list[bytes]) -> None:
        """The next record."""
        data = parts[0]
        if kind in _CELLS:
            self._cell(kind, data)
        elif kind == _RESULT and self._waiting is not None:
            self._put(*self._waiting, self._string(data))
            self._waiting = None
        elif kind == _STRINGS:
            self._book.shared = list(_shared(parts))
        elif kind in {_FORMAT, _STYLE, _EPOCH}:
            self._form(kind, data)
        else:
            self._other(kind, parts)

    def _other(self, kind: int, parts: list[bytes]) -> None:
        data = parts[0]
        if kind == _BEGIN:
            self._new = struct.unpack_from("<H", data)[0] == _NEWEST
            self._row = -1
        elif kind == _SHEET:
            self.aside.append(self._short(data[6:]))
        elif kind == _DRAWN and len(parts) > 1:
            self.aside += _text(parts[1]).splitlines()
        elif kind == _NOTE and self._new:
            self.authors.append(self._string(data[8:]))
        elif kind == _WRITER:
            self.authors.append((self._string(data) if self._new else self._short(data)).strip())
        elif kind in _TITLES and data:
            self.aside.append(self._string(data) if self._new else self._short(data))

    def _form(self, kind: int, data: bytes) -> None:
        if kind == _EPOCH:
            self._book.read_workbook("workbookPr", {"date1904": str(data[0])})
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", data)[0]
            code = self._string(data[2:]) if self._new else self._short(data[2:])
            self._book.read_style("numFmt", {"numFmtId": str(number), "formatCode": code})
        else:
            number = struct.unpack_from("<H", data, 2)[0]
            if not self._styles:
                self._book.read_style("cellXfs", {})
            self._styles += 1
            self._book.read_style("xf", {"numFmtId": str(number)})

    def _cell(self, kind: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", data)
        if kind == _SHARED:
            self._put(row, column, self._book.string(str(struct.unpack_from("<I", data, 6)[0])))
        elif kind in {_LABEL, _RICH}:
            self._put(row, column, self._string(data[6:]))
        elif kind == _NUMBER:
            self._number(row, column, style, struct.unpack_from("<d", data, 6)[0])
        elif kind == _RK:
            self._number(row, column, style, _unpacked(data[6:10]))
        elif kind == _RKS:
            for number in range((len(data) - 6) // 6):
                style = struct.unpack_from("<H", data, 4 + 6 * number)[0]
                figure = _unpacked(data[6 + 6 * number : 10 + 6 * number])
                self._number(row, column + number, style, figure)
        elif data[6:8] and data[12:14] == _TEXT_RESULT[6:]:
            self._waiting = (row, column)
        else:
            self._number(row, column, style, struct.unpack_from("<d", data, 6)[0])

    def _number(self, row: int, column: int, style: int, figure: float) -> None:
        self._put(row, column, self._book.number(repr(figure), str(style)))

    def _put(self, row: int, column: int, text: str) -> None:
        self.cells += 1
        if row != self._row:
            self.rows.append({})
            self._row = row
        if text.strip():
            self.rows[-1][column] = text

    def _string(self, data: bytes) -> str:
        """A string with a length of two bytes; before version 8 of the format, in bytes."""
        size = struct.unpack_from("<H", data)[0]
        if not self._new:
            return data[2 : 2 + size].decode("cp1252", "replace")
        wide = data[2:3] and data[2] & 1
        start = (
            3 + (2 if data[2:3] and data[2] & 8 else 0) + (4 if data[2:3] and data[2] & 4 else 0)
        )
        text = data[start : start + size * (2 if wide else 1)]
        return text.decode("utf_16_le" if wide else "latin_1", "replace")

    def _short(self, data: bytes) -> str:
        """A string with a length of one byte."""
        if not self._new:
            return data[1 : 1 + data[0]].decode("cp1252", "replace")
        wide = data[1] & 1
        return data[2 : 2 + data[0] * (2 if wide else 1)].decode(
            "utf_16_le" if wide else "latin_1", "replace"
        )


_CELLS = frozenset({_SHARED, _LABEL, _RICH, _NUMBER, _RK, _RKS, _FORMULA})


def _unpacked(data: bytes) -> float:
    """A number in four bytes (section 2.5.217)."""
    number = struct.unpack("<i", data)[0]
    if number & 2:
        figure = float(number >> 2)
    else:
        figure = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", number & ~3))[0]
    return figure / 100 if number & 1 else figure


def _text(data: bytes) -> str:
    """The text of a drawing, which continues its record."""
    return data[1:].decode("utf_16_le" if data[:1] == b"\1" else "latin_1", "replace")


def _shared(parts: list[bytes]) -> Iterator[str]:
    """The shared strings; one that is cut goes on behind a byte that says how (section 2.5.293)."""
    stream = _Parts(parts)
    stream.take(4)
    count = struct.unpack("<I", stream.take(4))[0]
    for _ in range(min(count, sum(map(len, parts)))):
        if stream.is_done():
            return
        size, flags = struct.unpack("<HB", stream.take(3))
        runs = struct.unpack("<H", stream.take(2))[0] if flags & 8 else 0
        further = struct.unpack("<I", stream.take(4))[0] if flags & 4 else 0
        yield stream.text(size, wide=bool(flags & 1))
        stream.pass_over(4 * runs + further)


class _Parts:
    """A record and those that continue it."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._at = 0

    def is_done(self) -> bool:
        """Whether nothing follows."""
        self._turn()
        return self._part >= len(self._parts)

    def _turn(self) -> None:
        while self._part < len(self._parts) and self._at >= len(self._parts[self._part]):
            self._at -= len(self._parts[self._part])
            self._part += 1

    def take(self, size: int) -> bytes:
        """The next bytes; IndexError if no record follows."""
        self._turn()
        data = self._parts[self._part][self._at : self._at + size]
        self._at += size
        return data

    def pass_over(self, size: int) -> None:
        """Passes over bytes, wherever they are cut."""
        self._at += size
        self._turn()

    def text(self, size: int, *, wide: bool) -> str:
        """So many characters, across the cuts."""
        found: list[str] = []
        while size > 0:
            self._turn()
            part = self._parts[self._part]
            room = (len(part) - self._at) // (2 if wide else 1)
            count = min(size, max(room, 0))
            if count:
                data = part[self._at : self._at + count * (2 if wide else 1)]
                found.append(data.decode("utf_16_le" if wide else "latin_1", "replace"))
                self._at += len(data)
                size -= count
            if size > 0:
                self._part, self._at = self._part + 1, 1
                wide = bool(self._parts[self._part][0] & 1)
        return "".join(found)
