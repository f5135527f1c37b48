"""The outline of the stored tree: its directories, and what was found in each of its entries."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from vestige.store import found, rows, siblings


class Directory(NamedTuple):
    """A directory: its number, the last entry below it, and the files and bytes below it."""

    id: int
    last: int
    files: int
    bytes: int


Leaves = tuple[int, int, int, int, int, int, int]
"""A directory, or entries of one directory that are none and follow each other, all alike.

They are alike in their sets of findings and the days on which they were written. The number of the
first, and that of the last entry below a directory or 0; the set of findings, the day as a count of
units since 1970 UTC, how many they are, how many of them files, and the bytes of these.
"""

_GREATEST = "SELECT coalesce(max(id), 0) FROM entry"
_DIRECTORIES = (
    "SELECT e.id, f.last, f.files, f.bytes FROM entry e LEFT JOIN folder f ON f.id = e.id"
    " WHERE e.kind = 'directory' ORDER BY e.id"
)
_BELOW = "SELECT count(*), coalesce(sum(size), 0) FROM entry WHERE id > ? AND kind = 'file'"
_DAY = "(e.mtime_ns - ((e.mtime_ns % ?1) + ?1) % ?1) / ?1"
_ONE = f"{_DAY}, 1, e.kind = 'file', CASE e.kind WHEN 'file' THEN e.size ELSE 0 END"
_LEAVES = (
    "SELECT e.id, CASE e.kind WHEN 'directory' THEN coalesce("  # noqa: S608 - constant text
    f"(SELECT f.last FROM folder f WHERE f.id = e.id), ?2) ELSE 0 END, o.finding_set, {_ONE}"
    " FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE e.id > ?3 AND e.id < ?4 ORDER BY e.id"
)
_TOGETHER = (
    f"SELECT min(e.id), 0, o.finding_set, {_DAY} AS day, count(*), sum(e.kind = 'file'),"  # noqa: S608 - constant text
    " sum(CASE e.kind WHEN 'file' THEN e.size ELSE 0 END)"
    " FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE e.id > ?2 AND e.id < ?3 GROUP BY e.outcome, day ORDER BY 1"
)
_SAME = (
    "SELECT min(id), min(outcome), max(outcome), min(mtime_ns), max(mtime_ns), count(*), sum(size)"
    " FROM entry WHERE id > ? AND id < ?"
)
_STRANGE = "SELECT 1 FROM entry WHERE kind IN ('link', 'special') AND id > ? AND id < ?"
_SET = "SELECT finding_set FROM outcome WHERE id = ?"
_FOLDERS = (
    "SELECT e.id, coalesce(f.last, ?), o.finding_set, 0, 1, 0, 0 FROM entry e"
    " JOIN outcome o ON o.id = e.outcome LEFT JOIN folder f ON f.id = e.id"
    " WHERE e.kind = 'directory' ORDER BY e.id"
)
_COUNT = "SELECT count(*) FROM entry WHERE kind = 'directory'"
_MANY = 16
"""Entries of a directory from which on they are read together."""
_FOUND_IN = (
    f"SELECT {rows.COLUMNS} {rows.FROM} WHERE e.id > ?2 AND e.id IN (SELECT id FROM entry"  # noqa: S608 - constant text
    " WHERE outcome IN (SELECT id FROM outcome"
    " WHERE finding_set IN (SELECT value FROM json_each(?1)))"
    " UNION SELECT entry FROM family_member) ORDER BY e.id"
)
_SERIES = (
    "SELECT e.id, o.series, e.instance FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE e.kind = 'file' ORDER BY e.id"
)
_MEMBERS = "SELECT entry, min(finding) FROM family_member GROUP BY entry ORDER BY entry"


class Members:
    """The families of entries that are asked for in pre-order."""

    def __init__(self, members: Iterator[tuple[int, int]]) -> None:
        self._members = members
        self._at, self._family = next(members, (0, 0))

    def family(self, entry: int) -> int:
        """The finding of the family of an entry; 0 if it is in none."""
        while 0 < self._at < entry:
            self._at, self._family = next(self._members, (0, 0))
        return self._family if self._at == entry else 0

    def any(self, after: int, until: int) -> bool:
        """Whether an entry between two, which are asked for in pre-order, is in a family."""
        self.family(after + 1)
        return after < self._at < until


class Outline:
    """The part of an open scan file that pictures of the volume ask for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def names(self) -> Iterator[tuple[siblings.Run, bool]]:
        """The names of all entries in pre-order, by runs; each with whether it is a directory."""
        return siblings.runs(self._db)

    def stretches(self, together: int) -> Iterator[tuple[Sequence[int], list[bytes]]]:
        """The numbers and names of all entries in pre-order, so many together."""
        return siblings.stretches(self._db, together)

    def directories(self) -> Iterator[Directory]:
        """All directories in pre-order.

        One that an interrupted scan had not left yet reaches to the last entry that is kept.
        """
        greatest = self._greatest()
        for number, last, files, size in self._db.execute(_DIRECTORIES):
            if last is None:
                below = self._db.execute(_BELOW, (number,)).fetchone()
                yield Directory(number, greatest, *below)
            else:
                yield Directory(number, last, files, size)

    def leaves(self, unit: int) -> Iterator[Leaves]:
        """All entries in pre-order, those that are alike together; `unit` is a day (ns).

        An unfinished directory reaches as far as above. Members of families come one by one.
        """
        greatest = self._greatest()
        if greatest < self._db.execute(_COUNT).fetchone()[0] * _MANY:
            yield from self._db.execute(_LEAVES, (unit, greatest, 0, greatest + 1))
            return
        members, before = self.families(), 0
        end = (greatest + 1, 0, 0, 0, 0, 0, 0)
        for folder in chain(self._db.execute(_FOLDERS, (greatest,)), (end,)):
            number = folder[0]
            if number > before + _MANY and not members.any(before, number):
                yield from self._together(unit, before, number)
            elif number > before + 1:
                yield from self._db.execute(_LEAVES, (unit, greatest, before, number))
            if number <= greatest:
                yield folder
            before = number

    def _together(self, unit: int, after: int, until: int) -> Iterable[Leaves]:
        """The entries between two directories; those that are all alike are soon told."""
        told = self._db.execute(_SAME, (after, until)).fetchone()
        first, outcome, other, since, last, count, size = told
        same = outcome == other and since // unit == last // unit
        if not same or self._db.execute(_STRANGE, (after, until)).fetchone() is not None:
            return self._db.execute(_TOGETHER, (unit, after, until))
        (members,) = self._db.execute(_SET, (outcome,)).fetchone()
        return ((first, 0, members, since // unit, count, count, size),)

    def found(self) -> Iterator[rows.Row]:
        """The entries in which a finding holds, or that belong to a family, in pre-order."""
        return map(rows.row, found.entries(self._db))

    def found_in(self, sets: Iterable[int], after: int) -> Iterator[rows.Row]:
        """Those of them behind an entry that hold one of these sets, or belong to a family."""
        return map(rows.row, self._db.execute(_FOUND_IN, (json.dumps(sorted(sets)), after)))

    def families(self) -> Members:
        """The families of entries that are asked for in pre-order."""
        return Members(self._db.execute(_MEMBERS))

    def members(self) -> set[int]:
        """The entries that belong to families."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT entry FROM family_member")}

    def files(self) -> Iterator[tuple[int, int, int]]:
        """All files in pre-order: each with its series and its instance, 0 if it has none."""
        return self._db.execute(_SERIES)

    def _greatest(self) -> int:
        return int(self._db.execute(_GREATEST).fetchone()[0])
