"""Columns of a table that may be a key: which tell who somebody is, and which hold codes.

What stands in a column is told by its heading, or, where that says nothing, by its cells.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from vestige.columns import Role, is_study_code
from vestige.correlate.cell_names import are_names
from vestige.correlate.codes import (
    LONGEST_CODE,
    SPACES,
    is_code,
    is_date,
    is_mail,
)
from vestige.correlate.column_cells import MOST, PATH, SAMPLE, Cells, columns_of
from vestige.digits import digits_in, has_digit
from vestige.lexicon import Lexicon
from vestige.spelled_dates import dates

_MOST_CODES = 20_000
_APART = 0.5
"""Share of the rows that codes must tell apart, where no heading calls them codes."""

_ALL_APART, _SEVERAL = 0.9, 0.2
_LEAST, _LEAST_DIGITS, _SHORTEST = 4, 6, 3
"""Digits of a birth date; digits of a record number without a heading, and characters of one below
such a heading."""

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

UID = re.compile(r"[0-2](?:\.\d+){5,}")
_NUMBER = re.compile(r"[A-Za-z]{0,3}[-/ ]?\d{5,13}[A-Za-z]?")
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


def columns(rows: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[Column, ...]:
    """The columns of a table that may be a key: some tell of persons, another holds codes.

    None if it can be no key. The first row holds headings if it looks otherwise than the others.
    Its cells have no spaces around them.
    """
    given = list(columns_of(rows))
    coded = {one.number: _codes(one) for one in given}
    if not any(coded.values()):
        return ()
    found = []
    among_paths = any(one.of_paths for one in given)
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


def _codes(one: Cells) -> tuple[str, ...]:
    """The distinct cells of a column that may be codes of persons; none if it holds none."""
    if one.role in _NEVER:
        return ()
    distinct = one.distinct[:_MOST_CODES]
    if one.of_paths:
        return _of_paths(distinct)
    if one.role in _CALLED or _is_later(one):
        kept = _short(distinct)
        if len(kept) >= min(_FEWEST, one.rows) and one.share(_may_be_called_code) >= MOST:
            return kept
    apart = len(distinct) >= max(_APART * min(one.filled, one.rows), _FEWEST)
    return _short(distinct) if apart and one.of_codes else ()


_CALLED = frozenset({Role.CODE, Role.PATIENT, Role.NUMBER})
_NEVER = frozenset({Role.FAMILY, Role.GIVEN, Role.BIRTH})
"""Columns of codes by their headings, and those that never hold any."""


def _short(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple([cell for cell in cells if len(cell) <= LONGEST_CODE])


def _is_later(one: Cells) -> bool:
    return one.role is Role.OTHER and _LATER.match(one.heading) is not None


def _is_former(one: Cells) -> bool:
    return _FORMER.match(one.heading) is not None and one.role is not Role.CODE


def _may_be_called_code(cell: str) -> bool:
    return len(cell) <= LONGEST_CODE and cell.count(" ") <= SPACES and not is_mail(cell)


def _of_paths(cells: Sequence[str]) -> tuple[str, ...]:
    """The parts of paths that tell them apart best: those at one depth, counted from the top."""
    steps = [[part for part in PATH.split(cell) if part] for cell in cells]
    best: tuple[str, ...] = ()
    for depth in range(min(max(map(len, steps), default=0), 12)):
        level = dict.fromkeys(one[depth] for one in steps if len(one) > depth)
        if len(level) > len(best) and sum(map(is_code, level)) >= MOST * len(level):
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
    one: Cells, lexicon: Lexicon, *, named_code: bool, among_paths: bool
) -> tuple[Side | None, bool]:
    """What a column tells of persons, and whether that is sure."""
    if len(one.distinct) < min(_FEWEST, one.filled) or one.role is Role.CODE:
        return None, False
    side = _BY_HEADING.get(one.role)
    if one.role is Role.PATIENT and named_code:
        side = Side.NUMBERS
    if side is not None:
        return (side, True) if _fits(one, side) else (None, False)
    if _is_later(one) or one.role is Role.PATIENT:
        return None, False
    return _by_cells(one, lexicon, among_paths=among_paths)


def _fits(one: Cells, side: Side) -> bool:
    """Whether the cells are not plainly something else than the heading says."""
    if side is Side.NAMES:
        return one.share(has_digit) < MOST
    if side is Side.BIRTHS:
        return one.share(lambda cell: digits_in(cell) >= _LEAST) >= MOST
    return one.share(_is_no_number) < MOST


def _is_no_number(cell: str) -> bool:
    """Whether a cell is a code of a study, or too short to be the number of anybody."""
    return len(cell) < _SHORTEST or is_study_code(cell)


def _by_cells(one: Cells, lexicon: Lexicon, *, among_paths: bool) -> tuple[Side | None, bool]:
    """What a column tells by its cells, where its heading is none of ours."""
    former = _is_former(one)
    if one.share(is_mail, "@") >= MOST:
        return Side.CONTACTS, True
    if not one.decimal and one.share(_is_uid, ".") >= MOST:
        return (Side.UIDS, former) if former or not one.heading else (None, False)
    if one.of_paths:
        telling = _tell_of_persons(one, lexicon)
        return (Side.PATHS, telling) if telling or former or not one.heading else (None, False)
    if former and one.of_codes:
        return Side.NUMBERS, True
    return _by_look(one, lexicon, among_paths=among_paths)


def _is_uid(cell: str) -> bool:
    return UID.fullmatch(cell) is not None


def _by_look(one: Cells, lexicon: Lexicon, *, among_paths: bool) -> tuple[Side | None, bool]:
    if _are_numbers(one) and not among_paths:
        return Side.NUMBERS, not one.headed
    if not one.headed and _are_births(one):
        return Side.BIRTHS, True
    apart = len(one.distinct) >= max(_SEVERAL * one.filled, min(_FEWEST_NAMES, one.filled))
    return (Side.NAMES, True) if apart and are_names(one.distinct[:600], lexicon) else (None, False)


def _tell_of_persons(one: Cells, lexicon: Lexicon) -> bool:
    """Whether paths lead through folders that are named or numbered after persons."""
    steps = [[part for part in PATH.split(cell) if part] for cell in one.distinct[:SAMPLE]]
    for depth in range(min(max(map(len, steps), default=0), 12)):
        level = tuple(dict.fromkeys(step[depth] for step in steps if len(step) > depth))
        if len(level) < max(_APART * len(steps), _FEWEST):
            continue
        words = tuple(part.replace("_", " ") for part in level)
        if _are_numbers(one.without_heading(level)) or are_names(words, lexicon):
            return True
    return False


def _are_numbers(one: Cells) -> bool:
    """Whether cells are long numbers of about one length, each in one row alone."""
    few = one.distinct[:SAMPLE]
    if one.decimal or _MEASURE.search(one.heading):
        return False
    if len(one.distinct) < _ALL_APART * one.filled:
        return False
    if len(few) < _FEWEST_NUMBERS or not all(map(_NUMBER.fullmatch, few)):
        return False
    lengths = list(map(digits_in, few))
    if not min(lengths) + 1 >= max(lengths) >= _LEAST_DIGITS or one.share(is_date) > 1 - MOST:
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


def _are_births(one: Cells) -> bool:
    some = one.distinct[:SAMPLE]
    years = [days[0].day.year for cell in some if is_date(cell) and (days := list(dates(cell)))]
    return len(years) >= _ALL_APART * len(some) and max(years) - min(years) >= _SPAN
