"""Series as the scan file keeps them, and findings that are attached to them once all is read."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from vestige.model import Band

Interned = Callable[[int, int], int]
"""A set of findings by its number, and one finding more, to the number of the set of both."""

_COLUMNS = "state, reason, finding_set, subject, series, dicom, traces"
_EXTENTS = (
    "SELECT s.id, s.subject, s.facts, o.finding_set, g.first, g.n FROM series s"
    " JOIN outcome o ON o.series = s.id"
    " JOIN (SELECT outcome, min(id) first, count(*) n FROM entry"
    " WHERE outcome IN (SELECT id FROM outcome WHERE series > 0) GROUP BY 1) g"
    " ON g.outcome = o.id ORDER BY s.id"
)
"""Asked of the index of outcomes alone: no entry is read for it."""
_FACTS = (
    "SELECT s.id, s.subject, s.facts FROM series s WHERE s.id IN (SELECT o.series FROM outcome o"
    " WHERE EXISTS (SELECT 1 FROM entry WHERE outcome = o.id)) ORDER BY s.id"
)
_WORST = (
    "SELECT x.id, max(f.severity) FROM finding_set x JOIN finding f ON f.id = x.finding"
    " WHERE f.place_kind NOT IN ('path', 'ghost') AND f.identifies NOT IN ('claim', 'pixels')"
    " GROUP BY 1"
)
"""The worst severity of what was found in elements: claims and pixels are no values."""

_BELOW = (
    "SELECT DISTINCT o.series FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE e.id BETWEEN ? AND ? AND o.series > 0"
)


class SeriesRow(NamedTuple):
    """What is kept of one series, and of its entries: the first one, and how many files.

    `subject` is the number of whose it is, 0 if it does not say; `facts` are those of
    `SeriesFacts`; `worst` is the worst severity in the content of its files, None if nothing was
    found there. Series of one subject that say the same are one.
    """

    id: int
    subject: int
    facts: Mapping[str, str]
    first: int
    files: int
    worst: Band | None


def series_rows(database: sqlite3.Connection) -> Iterator[SeriesRow]:
    """All series that have entries, by number; nothing may be attached until the last is given."""
    worst = dict(database.execute(_WORST))
    for number, group in groupby(database.execute(_EXTENTS), itemgetter(0)):
        parts = list(group)
        severity = max(worst.get(part[3], -1) for part in parts)
        yield SeriesRow(
            id=number,
            subject=parts[0][1],
            facts=json.loads(parts[0][2]),
            first=min(part[4] for part in parts),
            files=sum(part[5] for part in parts),
            worst=None if severity < 0 else Band(severity),
        )


def series_facts(database: sqlite3.Connection) -> Iterator[tuple[int, int, Mapping[str, str]]]:
    """Number, subject and facts of all series that have entries, by number."""
    for number, subject, facts in database.execute(_FACTS):
        yield number, subject, json.loads(facts)


def series_below(database: sqlite3.Connection, entries: Iterable[int]) -> set[int]:
    """The series of the files at or below entries, which come in pre-order."""
    found: set[int] = set()
    covered = 0
    for entry in entries:
        if entry > covered:
            last = database.execute("SELECT last FROM folder WHERE id = ?", (entry,)).fetchone()
            covered = last[0] if last else entry
            found.update(row[0] for row in database.execute(_BELOW, (entry, covered)))
    return found


def attach(
    database: sqlite3.Connection, finding: int, series: Iterable[int], with_one: Interned
) -> None:
    """Let a finding hold in all entries of the series."""
    outcomes = database.execute(
        "SELECT id, finding_set FROM outcome WHERE series IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(series) - {0})),),
    ).fetchall()
    _give(database, finding, outcomes, with_one)


def attach_to_outcomes(
    database: sqlite3.Connection, finding: int, outcomes: Iterable[int], with_one: Interned
) -> None:
    """Let a finding hold in all entries of the outcomes."""
    told = database.execute(
        "SELECT id, finding_set FROM outcome WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(outcomes))),),
    ).fetchall()
    _give(database, finding, told, with_one)


def _give(
    database: sqlite3.Connection,
    finding: int,
    outcomes: Iterable[tuple[int, int]],
    with_one: Interned,
) -> None:
    """Give outcomes, each with the set that it has, the set with one finding more."""
    sets: dict[int, int] = {}
    given = []
    for number, members in outcomes:
        if members not in sets:
            sets[members] = with_one(members, finding)
        given.append((sets[members], number))
    database.executemany("UPDATE outcome SET finding_set = ? WHERE id = ?", given)


def attach_to_entries(
    database: sqlite3.Connection, finding: int, entries: Iterable[int], with_one: Interned
) -> None:
    """Let a finding hold in these entries alone: they get outcomes of their own."""
    told = database.execute(
        "SELECT o.id, o.finding_set, e.id FROM entry e JOIN outcome o ON o.id = e.outcome"
        " WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY 1",
        (json.dumps(sorted(set(entries))),),
    ).fetchall()
    for (outcome, members), group in groupby(told, itemgetter(0, 1)):
        made = database.execute(
            f"INSERT INTO outcome ({_COLUMNS})"  # noqa: S608 - constant text
            " SELECT state, reason, ?, subject, series, dicom, traces FROM outcome WHERE id = ?",
            (with_one(members, finding), outcome),
        ).lastrowid
        database.executemany(
            "UPDATE entry SET outcome = ? WHERE id = ?", [(made, entry) for _, _, entry in group]
        )
