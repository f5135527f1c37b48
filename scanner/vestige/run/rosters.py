"""Rosters: a site's list of people to marks, or a roster made before, as a scan asks for them."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vestige.catalog import roster as rosters
from vestige.catalog.roster import Roster
from vestige.columns import Role, role
from vestige.identity import Marker
from vestige.model import StoreError, UsageError
from vestige.run import key as keys
from vestige.spelled_dates import dates

_SAMPLE = 50
_DELIMITERS = ("\t", ";", "|", ",")
_STEADY = 0.9
_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")
_DIGITS_OF_NUMBER = 4


class Person(NamedTuple):
    """What a list says of one person; "" where it says nothing."""

    name: str
    number: str
    birth: str


def load(file: Path, key: bytes, roots: Sequence[bytes], marker: Marker) -> Roster:
    """The roster in `file`, or that of the list of people which it is.

    UsageError if it lies inside a scanned root, cannot be read, holds nobody, or was made under
    another key.
    """
    if keys.inside(file, roots):
        raise UsageError("the roster lies inside a scanned root; keep it elsewhere")
    raw = _read(file)
    return rosters.parsed(raw, key) if rosters.is_roster(raw) else made(raw, marker)


def make(people: Path, out: Path, key: bytes, marker: Marker) -> Roster:
    """Write the roster of a list of people to `out`, for its owner alone, and give it."""
    roster = made(_read(people), marker)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(out, flags, 0o600), "wb") as stream:
            stream.write(rosters.packed(roster, key))
    except FileExistsError:
        raise UsageError("the roster exists already; name another file with --out") from None
    except OSError as error:
        raise StoreError(f"the roster cannot be written ({error.strerror})") from None
    return roster


def made(raw: bytes, marker: Marker) -> Roster:
    """The roster of the bytes of a list of people; UsageError if it is no text or names nobody."""
    found = rosters.collected(
        filter(None, (marker.of_person(*person) for person in people(raw))), near=marker.near
    )
    if not found.people:
        raise UsageError(
            "the list names nobody; give one name a line, or a table with columns such as surname, "
            "given name, patient id, birth date"
        )
    return found


def people(raw: bytes) -> Iterator[Person]:
    """The people of a list: a table with headings, one without, or one name or number a line."""
    text = _decoded(raw)
    rows = _rows(text)
    head = next(rows, [])
    headings = [_in_roster(cell) for cell in head]
    if set(headings) != {Role.OTHER} and not any(
        _is_number(cell) or _is_date(cell) for cell in head
    ):
        for row in rows:
            yield _by_heading(headings, row)
        return
    yield _by_value(head)
    for row in rows:
        yield _by_value(row)


def _rows(text: str) -> Iterator[list[str]]:
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    delimiter = next((mark for mark in _DELIMITERS if _steady(lines, mark)), None)
    if delimiter is None:
        return ([line.strip()] for line in text.splitlines() if line.strip())
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return ([cell.strip() for cell in row] for row in reader if any(map(str.strip, row)))


def _steady(lines: Sequence[str], mark: str) -> bool:
    """Whether most lines hold the mark, and as often."""
    counts = [line.count(mark) for line in lines]
    most = max(counts, key=counts.count, default=0)
    return most > 0 and counts.count(most) >= _STEADY * len(counts)


def _in_roster(heading: str) -> Role:
    """What a column holds where every row is a person: whatever numbers them is theirs."""
    found = _ANY.get(heading.strip(" .:#").lower(), role(heading))
    return {Role.PATIENT: Role.NUMBER, Role.LABEL: Role.FULL}.get(found, found)


_ANY = dict.fromkeys(("id", "no", "nr", "number", "num", "numero", "nummer", "n"), Role.NUMBER)


def _by_heading(headings: Sequence[Role], row: Sequence[str]) -> Person:
    cells: Mapping[Role, list[str]] = {one: [] for one in Role}
    for heading, cell in zip(headings, row, strict=False):
        if cell:
            cells[heading].append(cell)
    family, given = " ".join(cells[Role.FAMILY]), " ".join(cells[Role.GIVEN])
    parts = "^".join(filter(None, (family, given)))
    name = "\\".join(filter(None, (parts, *cells[Role.FULL])))
    return Person(name, "\\".join(cells[Role.NUMBER]), _birth(cells[Role.BIRTH]))


def _by_value(row: Sequence[str]) -> Person:
    """What the cells of a row without headings are, by their looks."""
    born = [cell for cell in row if _is_date(cell)]
    numbers = [cell for cell in row if cell not in born and _is_number(cell)]
    names = [cell for cell in row if cell not in born and cell not in numbers]
    return Person(", ".join(names), "\\".join(numbers), _birth(born))


def _is_number(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) >= _DIGITS_OF_NUMBER


def _is_date(cell: str) -> bool:
    found = next((one for one in dates(cell) if one.sure), None)
    return found is not None and (found.start, found.end) == (0, len(cell))


def _birth(cells: Iterable[str]) -> str:
    """The birth dates in cells, YYYYMMDD; of 03.02.1961 both days that it may be."""
    days = dict.fromkeys(one.day for cell in cells for one in dates(cell))
    return "\\".join(f"{day:%Y%m%d}" for day in days)


def _decoded(raw: bytes) -> str:
    """The text of a list in any usual encoding; UsageError if the bytes are none."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw:
        raise UsageError(
            "the list of people is no text, nor a roster of this version; save it as CSV, or make "
            "the roster again: vestige roster"
        )
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"the roster cannot be read ({error.strerror})") from None
