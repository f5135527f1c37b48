"""Tables of persons: text files whose columns are named after names, numbers and birth dates.

Of a table those columns are read that tell who somebody is, and the codes that stand beside; what
else it holds is not looked at. Any dialect of separated values is taken, and records in JSON.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vestige.columns import Role
from vestige.columns import role as role_of
from vestige.sensitive import Sensitive

BYTES = 8 << 20
"""Bytes of a table at most; longer ones are read up to there."""

ROWS = 20_000
COLUMNS = 64
_LONGEST_CELL = 256
_FEWEST, _MOST = 3, 0.8
"""Cells, and their share, that must be names with carets where no heading says so."""

_APART = 0.9
"""Share of rows that a column of codes without such a heading must tell apart."""

_FIRST_LINES = 5
"""Lines among which the headings stand: some programs put a title above them."""

_DELIMITERS = ",;\t|"


class Person(NamedTuple):
    """One row: who it is about, as far as it says."""

    name: Sensitive
    number: Sensitive
    birth: Sensitive


class Table(NamedTuple):
    """The persons of a table.

    `labelled` says that names stand in a column that is called "name" and no more: anything may
    have a name.
    """

    persons: tuple[Person, ...]
    labelled: bool


_IDENTITY = frozenset({Role.FAMILY, Role.GIVEN, Role.FULL, Role.LABEL, Role.NUMBER})
_TELLING = _IDENTITY | {Role.PATIENT}
_CARET = re.compile(r"[^\W\d_][^\^\d]*\^[^\W\d_][^\^]*\^*.*")


def of_rows(rows: Sequence[Sequence[str]]) -> Table | None:
    """The persons and codes of rows, headings first; None if the columns name nobody."""
    return _table(clipped(rows))


def of_clipped(rows: Sequence[Sequence[str]]) -> Table | None:
    """The same of rows that are clipped already."""
    return _table(rows)


def clipped(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows as far as they are looked at."""
    return list(map(_clipped, rows[: ROWS + 1]))


def _clipped(row: Sequence[str]) -> list[str]:
    kept = row[:COLUMNS]
    if max(map(len, kept), default=0) > _LONGEST_CELL:
        kept = [cell[:_LONGEST_CELL] for cell in kept]
    return list(map(str.strip, kept))


def _decoded(data: bytes) -> str | None:
    """The text of bytes, whatever it is written in; None if they are no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A part of a file may end inside a letter.
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8-sig", "replace")
        return data.decode("cp1252", "replace")


class Listed(NamedTuple):
    """One row of a table: who it is about, and the codes beside, that are nobody else's there."""

    person: Person | None
    codes: tuple[Sensitive, ...]


def listed(data: bytes) -> tuple[Listed, ...]:
    """The rows of a table, of whatever it is; none if it has no rows."""
    text = _decoded(data)
    if text is None:
        return ()
    is_json = text.lstrip()[:1] in ("{", "[")
    rows = list(_records(text)) if is_json else list(_separated(text))
    if len(rows) < 2:  # noqa: PLR2004 - headings and one row
        return ()
    roles = _roles(rows)
    numbers = _code_columns(rows[1:], roles)
    once = {number: _once(rows[1:], number) for number in numbers}
    return tuple(
        Listed(
            _person(row, roles),
            tuple(Sensitive(row[n]) for n in numbers if len(row) > n and row[n] in once[n]),
        )
        for row in rows[1:]
    )


def _code_columns(rows: Sequence[Sequence[str]], roles: Sequence[Role]) -> list[int]:
    """The columns of codes: those that are called so, or else those whose cells tell rows apart."""
    called = [n for n, role in enumerate(roles) if role in {Role.CODE, Role.PATIENT}]
    if called:
        return called
    others = [n for n, role in enumerate(roles) if role is Role.OTHER]
    return [n for n in others if len(_once(rows, n)) >= _APART * len(rows)]


def _once(rows: Sequence[Sequence[str]], number: int) -> frozenset[str]:
    """The cells of a column that stand in one row alone."""
    counts = Counter(row[number] for row in rows if len(row) > number and row[number])
    return frozenset(cell for cell, count in counts.items() if count == 1)


# --- rows ----------------------------------------------------------------------------------------


def _separated(text: str) -> Iterator[list[str]]:
    """The rows of separated values, headings first; without headings they are empty."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return
    delimiter = _delimiter(lines[:20])
    found = _parsed(lines, delimiter)
    for skipped, row in enumerate(found[:_FIRST_LINES]):
        if any(role_of(cell) in _TELLING for cell in row):
            yield from found[skipped:]
            return
    yield [""] * max(map(len, found[:20]), default=0)
    yield from found


def _parsed(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
            rows.append([cell[:_LONGEST_CELL].strip() for cell in row[:COLUMNS]])
            if len(rows) > ROWS + _FIRST_LINES:
                break
    except csv.Error:
        pass
    return rows


def _delimiter(lines: Sequence[str]) -> str:
    """The character that parts the most lines into equally many cells."""

    def order(one: str) -> tuple[int, int]:
        counts = [line.count(one) for line in lines]
        common = max(set(counts), key=lambda count: (counts.count(count), count))
        return (counts.count(common) if common else 0, common)

    return max(_DELIMITERS, key=order)


def _records(text: str) -> Iterator[list[str]]:
    """Records of JSON as rows: a list of them, or an object of them whose keys are codes."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return
    records = list(_objects(told))[: ROWS + 1]
    keys = list(dict.fromkeys(key for record in records for key in record))[:COLUMNS]
    if records:
        yield keys
        for record in records:
            yield [record.get(key, "") for key in keys]


def _objects(told: object) -> Iterator[dict[str, str]]:
    if isinstance(told, list):
        for one in told:
            if isinstance(one, dict):
                yield _flat(one)
    elif isinstance(told, dict):
        inside = {key: one for key, one in told.items() if isinstance(one, dict)}
        lists = [one for one in told.values() if isinstance(one, list)]
        if inside:
            yield from ({"key": str(key), **_flat(one)} for key, one in inside.items())
        for one in lists:
            yield from _objects(one)
        if not inside:
            yield _flat(told)


def _flat(record: Mapping[str, object]) -> dict[str, str]:
    return {
        str(key)[:_LONGEST_CELL]: str(value)[:_LONGEST_CELL].strip()
        for key, value in list(record.items())[:COLUMNS]
        if isinstance(value, str | int)
    }


# --- columns -------------------------------------------------------------------------------------


def _table(rows: Sequence[Sequence[str]]) -> Table | None:
    if len(rows) < 2:  # noqa: PLR2004 - headings and one row
        return None
    roles = _roles(rows)
    held = set(roles)
    named = held & {Role.FAMILY, Role.FULL, Role.LABEL} or {Role.GIVEN, Role.BIRTH} <= held
    numbered = Role.NUMBER in held or (Role.PATIENT in held and Role.CODE in held)
    if not (named or (numbered and held & {Role.CODE, Role.BIRTH, Role.OTHER})):
        return None
    about = (_person(row, roles) for row in rows[1:])
    persons = tuple(one for one in about if one is not None)
    if not persons:
        return None
    labelled = Role.LABEL in held and not held & {Role.FAMILY, Role.FULL, Role.NUMBER, Role.BIRTH}
    return Table(persons, labelled)


def _roles(rows: Sequence[Sequence[str]]) -> list[Role]:
    """What each column holds, by its heading; of columns without one, by names with a caret."""
    roles = [role_of(heading) for heading in rows[0]]
    few = rows[1:50]
    for number, role in enumerate(roles):
        if role in {Role.OTHER, Role.CODE}:
            cells = [row[number] for row in few if len(row) > number and row[number]]
            if len(cells) >= _FEWEST and _have_carets(cells):
                roles[number] = Role.FULL
    if Role.PATIENT in roles and Role.CODE in roles:
        roles = [Role.NUMBER if role is Role.PATIENT else role for role in roles]
    return roles


def _have_carets(cells: Sequence[str]) -> bool:
    """Whether most cells are names as DICOM writes them."""
    if not any("^" in cell for cell in cells):
        return False
    return sum(_CARET.fullmatch(cell) is not None for cell in cells) >= _MOST * len(cells)


def _person(row: Sequence[str], roles: Sequence[Role]) -> Person | None:
    """Who a row is about; None if it does not say."""
    cells: dict[Role, list[str]] = {}
    for role, cell in zip(roles, row, strict=False):
        if cell:
            cells.setdefault(role, []).append(cell)
    family = " ".join(cells.get(Role.FAMILY, ()))
    label = " ".join(cells.get(Role.LABEL, ()))
    given = " ".join((*cells.get(Role.GIVEN, ()), *((label,) if family and label else ())))
    family = family or (label if given else "")
    whole = next(iter(cells.get(Role.FULL, ())), label)
    name = f"{family}^{given}" if family else whole or given
    number = "\\".join(cells.get(Role.NUMBER, ()))
    if not (name or number):
        return None
    birth = "\n".join(cells.get(Role.BIRTH, ()))
    return Person(Sensitive(name), Sensitive(number), Sensitive(birth))
