"""How far findings go: entries, and files and bytes at or below them, each counted once."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vestige.model import Finding, Where
from vestige.review import Reach

_IN_CONTENT = (
    "SELECT o.finding_set, o.subject, sum(g.n), sum(g.files), sum(g.bytes) FROM (SELECT outcome,"
    " count(*) n, sum(kind = 'file') files, sum(CASE kind WHEN 'file' THEN size ELSE 0 END) bytes"
    " FROM entry WHERE outcome IN (SELECT id FROM outcome WHERE finding_set > 0) GROUP BY 1) g"
    " JOIN outcome o ON o.id = g.outcome WHERE o.finding_set > 0 GROUP BY 1, 2"
)
_IN_MOST_CONTENT = _IN_CONTENT.replace("FROM entry WHERE", "FROM entry NOT INDEXED WHERE")
"""The same without the index of outcomes, by which most entries would be read here and there."""
_COUNT = (
    "SELECT (SELECT coalesce(max(id), 0) FROM entry), count(*) FROM entry"
    " WHERE outcome IN (SELECT id FROM outcome WHERE finding_set > 0)"
)
_FEW = 4
"""Where one entry in so many holds something, or fewer do, these are looked up one by one."""
_IN_NAMES = (
    "SELECT e.id, coalesce(f.last, e.id), o.finding_set, o.subject,"
    " CASE e.kind WHEN 'file' THEN 1 ELSE coalesce(f.files, 0) END,"
    " CASE e.kind WHEN 'file' THEN e.size ELSE coalesce(f.bytes, 0) END,"
    " e.id IN (SELECT entry FROM family_member)"
    " FROM entry e JOIN outcome o ON o.id = e.outcome LEFT JOIN folder f ON f.id = e.id"
    " WHERE e.outcome IN (SELECT id FROM outcome"
    " WHERE finding_set IN (SELECT value FROM json_each(?))) ORDER BY e.id"
)


@dataclass(slots=True)
class _Total:
    entries: int = 0
    files: int = 0
    bytes: int = 0
    covered: int = 0
    subjects: set[int] = field(default_factory=set)

    def reach(self) -> Reach:
        return Reach(self.entries, self.files, self.bytes, len(self.subjects) or None)


def reaches(
    database: sqlite3.Connection, findings: Iterable[Finding], sets: Mapping[int, tuple[int, ...]]
) -> dict[int, Reach]:
    """The reach of every finding; `sets` are of numbers of findings.

    Entries of a family do not count where the family says it all. Below a directory that a finding
    names, entries of the same finding add no files: they are counted with the directory.
    """
    told = {finding.id: finding for finding in findings}
    in_content, in_names = _in_content(told, sets), _in_names(told, sets)
    totals: dict[int, _Total] = {}
    every, holding = database.execute(_COUNT).fetchone()
    query = _IN_CONTENT if holding * _FEW <= every else _IN_MOST_CONTENT
    for number, subject, entries, files, size in database.execute(query):
        for finding in in_content.get(number, ()):
            total = totals.setdefault(finding, _Total())
            total.entries += entries
            total.files += files
            total.bytes += size
            if subject:
                total.subjects.add(subject)
    named = json.dumps(list(in_names))
    for entry, last, number, subject, files, size, member in database.execute(_IN_NAMES, (named,)):
        for finding in in_names[number][member]:
            total = totals.setdefault(finding, _Total())
            total.entries += 1
            if subject:
                total.subjects.add(subject)
            if entry > total.covered:
                total.files += files
                total.bytes += size
                total.covered = last
    return {finding: total.reach() for finding, total in totals.items()}


def _in_content(
    told: Mapping[int, Finding], sets: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    return {
        number: tuple(one for one in members if told[one].where is not Where.PATH)
        for number, members in sets.items()
    }


def _in_names(
    told: Mapping[int, Finding], sets: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Of sets with findings in names: those findings, and those that count in a family too."""
    found = {}
    for number, members in sets.items():
        named = tuple(one for one in members if told[one].where is Where.PATH)
        if named:
            found[number] = named, tuple(one for one in named if not told[one].gives_way)
    return found


_FIRST = (
    "SELECT o.finding_set, e.id FROM outcome o JOIN entry e ON e.id IN"
    " (SELECT id FROM entry WHERE outcome = o.id ORDER BY id LIMIT ?)"
    " WHERE o.finding_set > 0 ORDER BY e.id"
)


def first_entries(
    database: sqlite3.Connection, sets: Mapping[int, tuple[int, ...]], limit: int
) -> dict[int, list[int]]:
    """The first entries in which each finding holds, `limit` at most; `sets` are of findings."""
    found: dict[int, list[int]] = {}
    wanting = {finding for members in sets.values() for finding in members}
    for number, entry in database.execute(_FIRST, (limit,)):
        for finding in wanting.intersection(sets[number]):
            entries = found.setdefault(finding, [])
            entries.append(entry)
            if len(entries) == limit:
                wanting.discard(finding)
    return found
