"""Columns of a table that may be a key: which tell who somebody is, and which hold codes.

What stands in a column is told by its heading, or, where that says nothing, by its cells.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from vestige.columns import Role, is_study_code, role
from vestige.correlate.cell_names import are_names
from vestige.correlate.codes import LONGEST_CODE, MAIL, SPACES, is_code, is_date
from vestige.lexicon import Lexicon
from vestige.spelled_dates import dates

_COLUMNS = 64
_SAMPLE = 200
_FEW, _HARDLY = 24, 0.3
"""So many cells are looked at first; if fewer than that share are of a kind, no more are."""

_MOST_CODES = 20_000
_MOST = 0.6
"""Share of the cells of a column that must be of a kind for the column to be of it."""

_APART = 0.5
"""Share of the rows that codes must tell apart, where no heading calls them codes."""

_ALL_APART, _SEVERAL = 0.9, 0.2
_LEAST, _LEAST_DIGITS, _SHORTEST = 4, 6, 3
"""Characters of a path, or digits of a birth date; digits of a record number without a heading, and
characters of one below such a heading."""

_SPAN = 20
"""Years over which births spread."""

_FEWEST, _FEWEST_NAMES = 2, 6


class Side(StrEnum):
    """What a column tells of somebody, in the words of reports."""

    NAMES = "names"
    NUMBERS = "record numbers"
    BIRTHS = "birth dates"
    CONTACTS = "e-mail addresses"
    UIDS = "former UIDs"
    PATHS = "former paths"


FORMER = frozenset({Side.UIDS, Side.PATHS})
"""What tells where something was before, and of whom it is only to who has that too."""


class Column(NamedTuple):
    """One column, counted from 1, and its heading where that is a known word, else "".

    `side` is what it tells of persons, None if nothing; `sure` whether that is no guess; `coded`
    whether its heading calls it a code; `codes` are its distinct cells that may be codes.
    """

    number: int
    heading: str
    side: Side | None
    sure: bool
    coded: bool
    codes: tuple[str, ...]


# --- columns -------------------------------------------------------------------------------------

_DIGIT = re.compile(r"\d")
UID = re.compile(r"[0-2](?:\.\d+){5,}")
_NUMBER = re.compile(r"[A-Za-z]{0,3}[-/ ]?\d{5,13}[A-Za-z]?")
_PATH = re.compile(r"[\\/]")
_NOTHING = frozenset({"", "n/a", "na", "nan", "none", "null", "-", "?", "."})
_FORMER = re.compile(
    r"(?:orig|old|src|source|raw|real|input|prev|from|former|before|vorher|alt(?:e|er)?(?=[A-Z_ -])"
    r"|antig|ancien|vecchi|real|identif)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:new|anon|deid|de-id|pseud|seud|target|dest|dst|output|mapped|mask|after|nuev|neu|nouv)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"vol|count|size|bytes|num|sum|total|time|score|dur|mm|length|serial|device|scanner|station|"
    r"model|version|software|price|cost|amount|phone|tel|fax|zip|postal|year|size|hash|md5|sha|crc|"
    r"job|task|process|seed|slice|frame|image|order|ticket|commit|build|port|offset",
    re.IGNORECASE,
)
"""Headings of what is measured, counted or bought, and of machines: no numbers of persons."""


class _Cells(NamedTuple):
    """One column before it is judged."""

    number: int
    heading: str
    role: Role
    headed: bool
    cells: tuple[str, ...]
    distinct: tuple[str, ...]
    rows: int

    def share(self, test: Callable[[str], bool]) -> float:
        """Share of its first cells that pass a test; of hardly any if few of a few do."""
        few = self.distinct[:_FEW]
        share = sum(map(test, few)) / len(few) if few else 0.0
        some = self.distinct[_FEW:_SAMPLE]
        if not some or share < _HARDLY:
            return share
        return (share * len(few) + sum(map(test, some))) / (len(few) + len(some))


def columns(rows: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[Column, ...]:
    """The columns of a table that may be a key: some tell of persons, another holds codes.

    None if it can be no key. The first row holds headings if it looks otherwise than the others.
    """
    given = list(_columns(rows))
    coded = {one.number: _codes(one) for one in given}
    if not any(coded.values()):
        return ()
    found = []
    among_paths = any(one.share(_is_path) >= _MOST for one in given)
    named_code = any(one.role is Role.CODE and coded[one.number] for one in given)
    for one in given:
        codes = coded[one.number]
        alone = named_code or len([n for n, held in coded.items() if held and n != one.number]) > 0
        about = {"named_code": named_code, "among_paths": among_paths}
        side, sure = _side(one, lexicon, **about) if alone else (None, False)
        if side is not None or codes:
            known = one.heading if one.role is not Role.OTHER else ""
            is_code = one.role in {Role.CODE, Role.PATIENT} or _is_later(one)
            found.append(Column(one.number, known, side, sure, is_code and side is None, codes))
    return tuple(found) if _may_be_key(found) else ()


def _may_be_key(found: Sequence[Column]) -> bool:
    sides = {one.number for one in found if one.side is not None}
    codes = {one.number for one in found if one.codes}
    return bool(sides and codes) and len(sides | codes) > 1


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[_Cells]:
    if len(rows) < _FEWEST:
        return
    width = min(max(map(len, rows[:_SAMPLE])), _COLUMNS)
    if width < _FEWEST:
        return
    headed = has_headings(rows)
    body = rows[1:] if headed else rows
    named = headed and any(cell.strip() for cell in rows[0])
    for number in range(width):
        heading = rows[0][number].strip() if headed and number < len(rows[0]) else ""
        cells = (row[number].strip() for row in body if number < len(row))
        kept = tuple(
            cell for cell in cells if cell.strip("-:=") and cell.casefold() not in _NOTHING
        )
        if kept:
            distinct = tuple(dict.fromkeys(kept))
            yield _Cells(number + 1, heading, _role(heading), named, kept, distinct, len(body))


@lru_cache(maxsize=4096)
def _role(heading: str) -> Role:
    return role(heading)


def has_headings(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table holds headings and no values."""
    first, rest = rows[0], rows[1 : _SAMPLE + 1]
    if not any(cell.strip() for cell in first):
        return True
    if any(_role(cell) is not Role.OTHER for cell in first):
        return True
    for number, cell in enumerate(first):
        if not any(c.isdigit() for c in cell):
            continue
        below = [row[number] for row in rest if number < len(row) and row[number].strip()]
        form = _form(cell)
        like = sum(_form(one) == form for one in below)
        if below and like >= _APART * len(below):
            return False
    return _differs(first, rest)


def _differs(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether a column holds digits and its first cell none."""
    for number, cell in enumerate(first):
        if _DIGIT.search(cell):
            continue
        below = [row[number] for row in rest if number < len(row) and row[number].strip()]
        with_digits = sum(_DIGIT.search(one) is not None for one in below)
        if below and with_digits >= _ALL_APART * len(below):
            return True
    return False


def _form(cell: str) -> str:
    return re.sub(r"[A-Za-z0-9]+", "0", cell)


def _codes(one: _Cells) -> tuple[str, ...]:
    """The distinct cells of a column that may be codes of persons; none if it holds none."""
    if one.role in {Role.FAMILY, Role.GIVEN, Role.BIRTH}:
        return ()
    distinct = one.distinct[:_MOST_CODES]
    if one.share(_is_path) >= _MOST:
        return _of_paths(distinct)
    called = one.role in {Role.CODE, Role.PATIENT, Role.NUMBER} or _is_later(one)
    kept = tuple(cell for cell in distinct if len(cell) <= LONGEST_CODE)
    if called and len(kept) >= min(_FEWEST, one.rows) and one.share(_may_be_called_code) >= _MOST:
        return kept
    apart = len(distinct) >= max(_APART * min(len(one.cells), one.rows), _FEWEST)
    if apart and one.share(is_code) >= _MOST:
        return kept
    return ()


def _is_later(one: _Cells) -> bool:
    return one.role is Role.OTHER and _LATER.match(one.heading) is not None


def _is_former(one: _Cells) -> bool:
    return _FORMER.match(one.heading) is not None and one.role is not Role.CODE


def _may_be_called_code(cell: str) -> bool:
    return len(cell) <= LONGEST_CODE and cell.count(" ") <= SPACES and not MAIL.fullmatch(cell)


def _is_path(cell: str) -> bool:
    return _PATH.search(cell) is not None and not is_date(cell) and len(cell) > _LEAST


def _of_paths(cells: Sequence[str]) -> tuple[str, ...]:
    """The parts of paths that tell them apart best: those at one depth, counted from the top."""
    steps = [[part for part in _PATH.split(cell) if part] for cell in cells]
    best: tuple[str, ...] = ()
    for depth in range(min(max(map(len, steps), default=0), 12)):
        level = dict.fromkeys(one[depth] for one in steps if len(one) > depth)
        if len(level) > len(best) and sum(map(is_code, level)) >= _MOST * len(level):
            best = tuple(level)
    return best


# --- what tells of persons -----------------------------------------------------------------------

_BY_HEADING = {
    Role.FAMILY: Side.NAMES,
    Role.GIVEN: Side.NAMES,
    Role.FULL: Side.NAMES,
    Role.NUMBER: Side.NUMBERS,
    Role.BIRTH: Side.BIRTHS,
}


def _side(
    one: _Cells, lexicon: Lexicon, *, named_code: bool, among_paths: bool
) -> tuple[Side | None, bool]:
    """What a column tells of persons, and whether that is sure."""
    if len(one.distinct) < min(_FEWEST, len(one.cells)) or one.role is Role.CODE:
        return None, False
    side = _BY_HEADING.get(one.role)
    if one.role is Role.PATIENT and named_code:
        side = Side.NUMBERS
    if side is not None:
        return (side, True) if _fits(one, side) else (None, False)
    if _is_later(one) or one.role is Role.PATIENT:
        return None, False
    return _by_cells(one, lexicon, among_paths=among_paths)


def _fits(one: _Cells, side: Side) -> bool:
    """Whether the cells are not plainly something else than the heading says."""
    if side is Side.NAMES:
        return one.share(lambda cell: any(c.isdigit() for c in cell)) < _MOST
    if side is Side.BIRTHS:
        return one.share(lambda cell: sum(c.isdigit() for c in cell) >= _LEAST) >= _MOST
    return one.share(_is_no_number) < _MOST


def _is_no_number(cell: str) -> bool:
    """Whether a cell is a code of a study, or too short to be the number of anybody."""
    return len(cell) < _SHORTEST or is_study_code(cell)


def _by_cells(one: _Cells, lexicon: Lexicon, *, among_paths: bool) -> tuple[Side | None, bool]:
    """What a column tells by its cells, where its heading is none of ours."""
    former = _is_former(one)
    if one.share(lambda cell: MAIL.fullmatch(cell) is not None) >= _MOST:
        return Side.CONTACTS, True
    if one.share(lambda cell: UID.fullmatch(cell) is not None) >= _MOST:
        return (Side.UIDS, former) if former or not one.heading else (None, False)
    if one.share(_is_path) >= _MOST:
        telling = _tell_of_persons(one, lexicon)
        return (Side.PATHS, telling) if telling or former or not one.heading else (None, False)
    if former and one.share(is_code) >= _MOST:
        return Side.NUMBERS, True
    return _by_look(one, lexicon, among_paths=among_paths)


def _by_look(one: _Cells, lexicon: Lexicon, *, among_paths: bool) -> tuple[Side | None, bool]:
    if _are_numbers(one) and not among_paths:
        return Side.NUMBERS, not one.headed
    if not one.headed and _are_births(one):
        return Side.BIRTHS, True
    apart = len(one.distinct) >= max(_SEVERAL * len(one.cells), min(_FEWEST_NAMES, len(one.cells)))
    return (Side.NAMES, True) if apart and are_names(one.distinct[:600], lexicon) else (None, False)


def _tell_of_persons(one: _Cells, lexicon: Lexicon) -> bool:
    """Whether paths lead through folders that are named or numbered after persons."""
    steps = [[part for part in _PATH.split(cell) if part] for cell in one.distinct[:_SAMPLE]]
    for depth in range(min(max(map(len, steps), default=0), 12)):
        level = tuple(dict.fromkeys(step[depth] for step in steps if len(step) > depth))
        if len(level) < max(_APART * len(steps), _FEWEST):
            continue
        numbers = one._replace(heading="", headed=False, cells=level, distinct=level)
        words = tuple(part.replace("_", " ") for part in level)
        if _are_numbers(numbers) or are_names(words, lexicon):
            return True
    return False


def _are_numbers(one: _Cells) -> bool:
    """Whether cells are long numbers of about one length, each in one row alone."""
    few = one.distinct[:_SAMPLE]
    if _MEASURE.search(one.heading) or len(one.distinct) < _ALL_APART * len(one.cells):
        return False
    if len(few) < _FEWEST_NUMBERS or not all(map(_NUMBER.fullmatch, few)):
        return False
    lengths = [sum(c.isdigit() for c in cell) for cell in few]
    if not min(lengths) + 1 >= max(lengths) >= _LEAST_DIGITS or one.share(is_date) > 1 - _MOST:
        return False
    return not all(map(_TIME.fullmatch, few)) and (not one.headed or _vary_as_numbers(few))


_FEWEST_NUMBERS = 4
_TIME = re.compile(r"1\d{9}(?:\d{3})?")
"""Seconds, or thousandths of them, since 1970."""

_WIDE = 5


def _vary_as_numbers(cells: Sequence[str]) -> bool:
    """Whether long numbers vary as those of persons do, and not as what is measured."""
    if any(cell[0] == "0" or not cell.isdigit() for cell in cells):
        return True
    figures = [int(cell) for cell in cells]
    return max(figures) >= _WIDE * max(min(figures), 1)


def _are_births(one: _Cells) -> bool:
    some = one.distinct[:_SAMPLE]
    years = [days[0].day.year for cell in some if is_date(cell) and (days := list(dates(cell)))]
    return len(years) >= _ALL_APART * len(some) and max(years) - min(years) >= _SPAN
