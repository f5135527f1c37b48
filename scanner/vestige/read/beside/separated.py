"""Separated values: tables as text, column by column, in whatever dialect they are written."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from vestige.columns import Role, role
from vestige.digits import forms_of
from vestige.read.beside import file_names, gathered, plain
from vestige.read.beside.keys import BIRTH, PERSON, is_label, place_of, tag_of
from vestige.read.beside.parts import Listed, Part, Told, beside
from vestige.read.labels import folded

_DELIMITERS = "\t;,|"
_LOOKED_AT = 24
_ROWS = 4_096
"""Rows that are turned into columns at once."""

COLUMNS = 512
"""Columns that are told apart; those behind them are read as one."""

_LONGEST_CELL = 48
"""Characters of a cell on average at most: where cells are longer, commas are those of prose."""

_WORDS = 2
"""Spaces in a cell on average at most, where commas part the cells."""

_EVEN = 0.9
_TITLES = 5
"""Lines among which the headings stand: some programs put a title above them."""

_HEADING = beside("heading")
_NO_FIGURE = re.compile(
    r"^(?!(?:[-+]?(?:\d{1,6}|\d*\.\d*)(?:[eE][-+]?\d{1,3})?%?|n/a|N/A|nan|NaN|NA)$).+$",
    re.MULTILINE,
)
"""What is no number, but a long whole one, among cells that stand in lines."""
_SHIFTED = re.compile(r"\D*1[0-8]\d\d\D|\D*19(?:[01]\d|2[0-5])\D")
"""Dates of 1925 and before: where studies are shifted to (BIDS)."""

_DATES = frozenset({"DA", "DT"})
_FILES = frozenset({"filename", "file", "path", "filepath", "image", "scan", "stimfile"})


class Dialect(NamedTuple):
    """How a table is written: what parts its cells, and how many lines stand above its headings."""

    delimiter: str
    above: int


def dialect(head: str) -> Dialect | None:
    """The dialect of the table that a text begins with; None if it is none."""
    lines = [line for line in head.splitlines()[:_LOOKED_AT] if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004 - headings and one row
        return None
    if sum(plain.is_logged(line) for line in lines) > len(lines) // 2:
        return None
    for delimiter in _DELIMITERS:
        for above in range(min(_TITLES, len(lines) - 1)):
            if _fits(lines[above:], delimiter):
                return Dialect(delimiter, above)
    if _is_list(lines):
        return Dialect("\t", 0)
    return None


def _fits(lines: Sequence[str], delimiter: str) -> bool:
    if delimiter not in lines[0]:
        return False
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        return False
    width = len(rows[0])
    known = sum(bool(tag_of(cell)) or role(cell) is not Role.OTHER for cell in rows[0])
    even = sum(len(row) == width for row in rows)
    # Spreadsheets leave out the delimiters behind the last cell of a row that holds anything.
    within = sum(1 < len(row) <= width for row in rows)
    if (known and even > 1) or (known > 1 and within > 1):
        return True
    cells = [cell for row in rows for cell in row]
    short = sum(map(len, cells)) <= _LONGEST_CELL * len(cells)
    if delimiter == "," and sum(one.count(" ") for one in cells) > _WORDS * len(cells):
        return False
    fewest = 2 if delimiter == "\t" else 3
    return short and len(rows) >= fewest and even >= _EVEN * len(rows)


def _is_list(lines: Sequence[str]) -> bool:
    """Whether lines are a column by themselves, below a heading that tells of a person."""
    asked = tag_of(lines[0].strip())
    return bool(asked) and all(len(line) <= _LONGEST_CELL for line in lines)


def read(stretches: Iterable[str], found: Dialect) -> Iterator[Part]:
    """The columns of a table."""
    rows = _rows(stretches, found)
    headings = next(filter(None, rows), [])
    below = list(islice(rows, _LOOKED_AT))
    if _is_row(headings, below):
        rows, headings = chain((headings, *below), rows), []
    else:
        rows = chain(below, rows)
    columns = _Columns(headings)
    yield Told(_HEADING, [cell for cell in headings if not (tag_of(cell) or _is_plain(cell))])
    kept: list[Sequence[str]] = [headings]
    while some := list(islice(rows, _ROWS)):
        yield from columns.of(some)
        if len(kept) == 1 and not may_hold_codes(headings, some):
            kept.clear()
        if kept:
            kept += some[: gathered.ROWS - len(kept)]
    if len(kept) > 1:
        yield Listed(kept)


def may_hold_codes(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table may map somebody to codes: one is called so, or holds what may be one."""
    if any(map(_is_plain, headings)):
        return True
    cells = {cell.strip() for row in rows[:_LOOKED_AT] for cell in row}
    lines = "\n".join(cells)
    if lines.count("\n") >= len(cells):
        return any(map(_CODE.fullmatch, cells))
    return _CODE_IN_LINES.search(lines) is not None


def _code(ends: str) -> str:
    """What may be a code and holds none of these signs."""
    letters = rf"[^\s,]*[^\W\d_][^,{ends}]{{1,80}}"
    return rf"(?=[^.,{ends}]*\d)(?:{letters}|\d{{4,}}|\d+(?:\.\d+){{4,}})"


_CODE = re.compile(_code(""))
_CODE_IN_LINES = re.compile(rf"^(?:{_code(chr(10))})$", re.MULTILINE)
"""What may be a code: letters and digits, a long number, or a UID; no figure."""


def _is_row(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table is one of its rows: no heading, but values as those below.

    Most of its cells are written as most cells below them are, none is a word above figures, and
    one at least is a value, as a date, a number, a code or a name is: it has a digit or a capital.
    """
    if not below or any(tag_of(cell.strip()) or _is_plain(cell) for cell in first):
        return False
    alike = told = 0
    for number, cell in enumerate(first[:COLUMNS]):
        column = [form for row in below if (form := _form(row[number : number + 1]))]
        form = _form((cell,))
        common, count = Counter(column).most_common(1)[0] if column else ("", 0)
        if not form or 2 * count <= len(column):
            continue
        told += 1
        alike += form == common
        if form != common and not _WORDED.search(common):
            return False
    valued = any(_VALUED.search(cell) for cell in first)
    return valued and 2 * alike > told


_PIECES = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")
_WORDED = re.compile("[aA]")
_VALUED = re.compile(r"\d|^\s*[^\W\d_a-z]")


def _form(cells: Sequence[str]) -> str:
    """How a cell is written: 9 for each number, A or a for each word; "" if it says nothing."""
    text = cells[0].strip() if cells else ""
    if not text or text.lower() in _NOTHING:
        return ""
    return _PIECES.sub(_form_of_piece, text.lstrip("+-"))


def _form_of_piece(found: re.Match[str]) -> str:
    first = found.group()[0]
    return "9" if first.isdigit() else "a" if first.islower() else "A"


_NOTHING = frozenset({"n/a", "na", "nan", "null", "none", "-", "."})


def _is_plain(heading: str) -> bool:
    return role(heading) is not Role.OTHER


def _rows(stretches: Iterable[str], found: Dialect) -> Iterator[list[str]]:
    source: Iterator[str] = chain.from_iterable(map(_split, stretches))
    for _ in range(found.above):
        next((line for line in source if line.strip()), None)
    if found.delimiter == "|":
        source = (line for line in source if not _RULED.fullmatch(line))
    while True:
        reader = csv.reader(source, delimiter=found.delimiter, skipinitialspace=True)
        try:
            yield from reader
        except csv.Error:
            # A quote that is never closed, or a NUL: what follows is read without quotes.
            reader = csv.reader(source, delimiter=found.delimiter, quoting=csv.QUOTE_NONE)
            try:
                yield from reader
            except csv.Error:
                continue
        return


_RULED = re.compile(r"[|+:= \t-]*-[|+:= \t-]*\s*")
"""The line below the headings of a table in Markdown, and those between its rows."""


def _split(text: str) -> list[str]:
    return (text.replace("\0", "") if "\0" in text else text).splitlines(keepends=True)


def _other_than_figures(cells: Sequence[str]) -> list[str]:
    """The cells that are no figures, by their forms; lines of cells are told apart."""
    forms = forms_of(cells)
    if forms is None:
        return _NO_FIGURE.findall("\n".join(cells))
    others = {form for form in set(forms) if not _is_figure(form)}
    if not others:
        return []
    return [cell for cell, form in zip(cells, forms, strict=True) if form in others]


def _is_figure(form: bytes) -> bool:
    return _known_figure(form) if len(form) <= _LONGEST_CELL else _learnt_figure(form)


def _learnt_figure(form: bytes) -> bool:
    return _NO_FIGURE.search(form.decode("ascii")) is None


_known_figure = lru_cache(maxsize=1 << 14)(_learnt_figure)


class _Columns:
    """The columns of one table: their places, and how what stands in each is told."""

    def __init__(self, headings: Sequence[str]) -> None:
        tags = [tag_of(heading.strip()) for heading in headings[:COLUMNS]]
        of_person = any(tag in {PERSON, BIRTH} for tag in tags)
        for number, heading in enumerate(headings[:COLUMNS]):
            # What is called a name beside a surname or a birth date is one.
            if not tags[number] and of_person and is_label(heading.strip()):
                tags[number] = PERSON
        self._tags = tags
        self._files = [folded(heading) in _FILES for heading in headings[:COLUMNS]]

    def of(self, rows: Sequence[Sequence[str]]) -> Iterator[Told]:
        """What stands in the columns of some rows, each cell once."""
        wide = max(map(len, rows)) > COLUMNS
        short = [row[:COLUMNS] for row in rows] if wide else rows
        for number, cells in enumerate(zip_longest(*short, fillvalue="")):
            yield from self._column(number, set(cells))
        if wide:
            behind = {cell for row in rows for cell in row[COLUMNS:]}
            yield Told(beside("column"), sorted(behind))

    def _column(self, number: int, cells: set[str]) -> Iterator[Told]:
        tag = self._tags[number] if number < len(self._tags) else 0
        of_files = number < len(self._files) and self._files[number]
        if tag == PERSON and file_names.are_most(cells):
            tag, of_files = 0, True
        place = place_of(tag, number + 1)
        if tag:
            kept = sorted(filter(None, map(str.strip, cells)))
            if place.vr in _DATES and tag != BIRTH:
                kept = [cell for cell in kept if not _SHIFTED.match(cell)]
            if kept:
                yield Told(place, kept)
            return
        kept = sorted(_other_than_figures(list(cells)))
        if kept:
            yield Told(place, kept, together=not of_files)
