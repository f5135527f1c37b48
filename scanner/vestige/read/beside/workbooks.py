"""Workbooks: the cells of SpreadsheetML (ISO/IEC 29500-1 section 18), sheet by sheet, as rows.

Sheets are read as they stream out of the archive: only the table of shared strings is held.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

from vestige.read.beside import rows, writing
from vestige.read.beside.parts import Lost, Part
from vestige.read.beside.prose import fed

MOST_SHARED = 128 << 20
"""Characters of shared strings that are held; cells that point beyond are lost."""

_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of formats that show a date (section 18.8.30)."""

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_OWN_FROM = 164
_ROW_DIGITS = "0123456789$"
_LAST_DAY = 2_958_466
_EXACT = 1 << 53
_COLUMNS = 16_384
_TELLING = frozenset({"display", "tooltip", "location", "promptTitle", "prompt", "error", "name"})


class Workbook:
    """What the cells of all sheets share: strings, and which styles show dates."""

    def __init__(self) -> None:
        self.shared: list[str] = []
        self.dated: set[str] = set()
        self.lost: set[str] = set()
        self._epoch = dt.date(1899, 12, 30)
        self._formats: dict[str, bool] = {}
        self._styles = -1

    def read_workbook(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the workbook: from which day days are counted."""
        if name.endswith("workbookPr") and attributes.get("date1904") in {"1", "true"}:
            self._epoch = dt.date(1904, 1, 1)

    def read_style(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the styles: which of them show dates."""
        local = name.rpartition(":")[2]
        if local == "numFmt":
            code = _QUOTED.sub("", attributes.get("formatCode", "")).lower()
            self._formats[attributes.get("numFmtId", "")] = "y" in code or "d" in code
        elif local == "cellXfs":
            self._styles = 0
        elif local in {"cellStyles", "dxfs"}:
            self._styles = -1
        elif local == "xf" and self._styles >= 0:
            number = attributes.get("numFmtId", "0")
            known = number.isdecimal() and int(number) in _DATES
            if known or self._formats.get(number, False):
                self.dated.add(str(self._styles))
            self._styles += 1

    def number(self, value: str, style: str) -> str:
        """A number as a sheet shows it: as a date, or without the power of ten."""
        try:
            figure = float(value)
            if style in self.dated and 0 < figure < _LAST_DAY:
                return (self._epoch + dt.timedelta(days=int(figure))).isoformat()
            if "E" in value.upper() and abs(figure) < _EXACT and figure.is_integer():
                return str(int(figure))
        except (ValueError, OverflowError):
            return value
        return value.removesuffix(".0")

    def string(self, index: str) -> str:
        """The shared string of that number; "" if there is none."""
        try:
            return self.shared[int(index)]
        except (ValueError, IndexError):
            return ""


def read_strings(chunks: Iterable[bytes], book: Workbook) -> Iterator[Part]:
    """Holds the shared strings; what is more than may be held is told and left."""
    strings = _Strings(book)
    yield from _losses(fed(chunks, strings))
    if strings.left < 0:
        yield Lost("text-budget")


def read_styles(chunks: Iterable[bytes], book: Workbook) -> Iterator[Part]:
    """Notes which styles show dates."""
    yield from _losses(fed(chunks, _Heads(book.read_style)))


def read_workbook(chunks: Iterable[bytes], book: Workbook) -> Iterator[Part]:
    """Notes from which day days are counted."""
    yield from _losses(fed(chunks, _Heads(book.read_workbook)))


def _losses(codes: Iterable[str]) -> Iterator[Part]:
    return (Lost(code) for code in codes if code)


class _Heads:
    """Elements that say all in their attributes."""

    def __init__(self, start: Callable[[str, dict[str, str]], None]) -> None:
        self.start = start

    def end(self, name: str) -> None:
        """Nothing is told there."""

    def text(self, text: str) -> None:
        """Nothing is told there."""


class _Strings:
    """The shared strings, each put together from its runs; readings aloud are left out."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._parts: list[str] = []
        self._heard = False
        self._aloud = False
        self.left = MOST_SHARED

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        local = name.rpartition(":")[2]
        if local == "rPh":
            self._aloud = True
        self._heard = local == "t" and not self._aloud

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._heard = False
        if local == "rPh":
            self._aloud = False
        elif local == "si":
            text = "".join(self._parts)
            self._parts.clear()
            self.left -= len(text) + 64
            self._book.shared.append(text if self.left >= 0 else "")

    def text(self, text: str) -> None:
        if self._heard:
            self._parts.append(text)


class _Cells:
    """The rows of a sheet."""

    def __init__(self, book: Workbook) -> None:
        self.rows: list[rows.Row] = []
        self.aside: list[str] = []
        self._book = book
        self._row: rows.Row = {}
        self._kind = self._style = ""
        self._value: list[str] = []
        self._heard = False
        self._column = 0
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name in {"v", "t"} or name.startswith(("odd", "even", "first", "formula")):
            self._heard = True
        elif name == "row":
            self._row = {}
            self._column = -1
        elif attributes and name in {"hyperlink", "dataValidation", "sheetPr", "oleObject"}:
            self.aside += (value for key, value in attributes.items() if key in _TELLING)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._kind = attributes.get("t", "")
        self._style = attributes.get("s", "")
        letters = attributes.get("r", "").rstrip(_ROW_DIGITS)
        at = self._columns.get(letters)
        if at is None:
            at = self._columns[letters] = _column(letters) if letters else -1
        self._column = at if at >= 0 else self._column + 1

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in {"v", "t"}:
            self._heard = False
        elif name == "c":
            text = self._cell_value()
            if text.strip():
                self._row[self._column] = text
        elif name == "row":
            if self._row:
                self.rows.append(self._row)
        elif self._heard:
            self._heard = False
            self.aside.append("".join(self._value))
            self._value.clear()

    def _cell_value(self) -> str:
        if not self._value:
            return ""
        value = "".join(self._value)
        self._value.clear()
        if self._kind == "s":
            return self._book.string(value)
        if self._kind in {"", "n"}:
            return self._book.number(value, self._style)
        return "" if self._kind in {"b", "e"} else value[:10] if self._kind == "d" else value

    def text(self, text: str) -> None:
        if self._heard:
            self._value.append(text)


def _column(letters: str) -> int:
    """The number of a column from its letters, from 0."""
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(max(number - 1, 0), _COLUMNS)


def of_sheet(chunks: Iterable[bytes], book: Workbook) -> Iterator[Part]:
    """The cells of a sheet, by the headings of its columns; then what stands beside them."""
    cells = _Cells(book)
    lost: list[Part] = []
    yield from rows.told("spreadsheet", _rows(chunks, cells, lost))
    yield from writing.told("spreadsheet", dict.fromkeys(cells.aside))
    yield from lost


def _rows(chunks: Iterable[bytes], cells: _Cells, lost: list[Part]) -> Iterator[rows.Row]:
    for code in fed(chunks, cells):
        if code:
            lost.append(Lost(code))
        yield from cells.rows
        cells.rows.clear()
