"""What findings hold in, as an acceptance asks for it: entries, directories, and values."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_STATES = 4_294_967_291
"""Sizes and times are summed modulo this: sums of nanoseconds leave the range of SQLite."""

_ENTRIES = (
    "SELECT e.id, o.finding_set, e.size, e.mtime_ns FROM entry e JOIN outcome o"
    " ON o.id = e.outcome WHERE e.outcome IN (SELECT id FROM outcome"
    " WHERE finding_set IN (SELECT value FROM json_each(?))) ORDER BY e.id"
)
_MEMBERS = (
    "SELECT e.id, 0, e.size, e.mtime_ns FROM family_member m JOIN entry e ON e.id = m.entry"
    " WHERE m.finding = ? ORDER BY e.id"
)
_SUMS = f"count(*), sum(crc32(e.name)), sum((e.size + e.mtime_ns) % {_STATES})"
_BY_DIRECTORY = (
    f"SELECT e.parent, o.finding_set, {_SUMS} FROM entry e CROSS JOIN outcome o"  # noqa: S608 - constant text
    " ON o.id = e.outcome"
    " WHERE o.finding_set IN (SELECT value FROM json_each(?)) GROUP BY 1, 2 ORDER BY 1, 2"
)
_FEW_BY_DIRECTORY = _BY_DIRECTORY.replace(
    "entry e CROSS JOIN outcome o", "outcome o CROSS JOIN entry e"
)
"""The same by the index of outcomes, which is slower where most entries hold something."""
_COUNT = (
    "SELECT (SELECT coalesce(max(id), 0) FROM entry), count(*) FROM entry WHERE outcome IN"
    " (SELECT id FROM outcome WHERE finding_set IN (SELECT value FROM json_each(?)))"
)
_FEW = 4
"""Where one entry in so many holds something, or fewer do, these are looked up one by one."""
_FAMILY_BY_DIRECTORY = (
    f"SELECT e.parent, 0, {_SUMS} FROM family_member m JOIN entry e ON e.id = m.entry"  # noqa: S608 - constant text
    " WHERE m.finding = ? GROUP BY 1 ORDER BY 1"
)
_OF_OUTCOMES = (
    "SELECT id, outcome, kind FROM entry WHERE outcome IN (SELECT value FROM json_each(?))"
    " ORDER BY id"
)
_SPANS = (
    "SELECT o.finding_set, min(e.id), max(e.id) FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE o.finding_set > 0 GROUP BY 1"
)
_MEMBER_SPANS = "SELECT finding, min(entry), max(entry) FROM family_member GROUP BY 1"


class HeldEntry(NamedTuple):
    """One entry in which findings hold: its number and their set, its size and time (ns)."""

    entry: int
    finding_set: int
    size: int
    mtime_ns: int


class HeldFolder(NamedTuple):
    """How many entries of a directory hold a set of findings, with sums of names and states.

    Two directories of one path whose sums agree hold the same, but for one chance in four thousand
    million.
    """

    parent: int
    finding_set: int
    entries: int
    names: int
    states: int


class Holdings:
    """Asks an open scan file what findings hold in."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        database.create_function("crc32", 1, zlib.crc32, deterministic=True)

    def entries(self, sets: Iterable[int]) -> Iterator[HeldEntry]:
        """The entries that hold one of these sets of findings, in order."""
        return map(HeldEntry._make, self._db.execute(_ENTRIES, (_listed(sets),)))

    def members(self, finding: int) -> Iterator[HeldEntry]:
        """The entries of a family, in order."""
        return map(HeldEntry._make, self._db.execute(_MEMBERS, (finding,)))

    def folders(self, sets: Iterable[int]) -> Iterator[HeldFolder]:
        """The directories whose entries hold one of these sets of findings, in order."""
        listed = _listed(sets)
        every, holding = self._db.execute(_COUNT, (listed,)).fetchone()
        query = _FEW_BY_DIRECTORY if holding * _FEW <= every else _BY_DIRECTORY
        return map(HeldFolder._make, self._db.execute(query, (listed,)))

    def folders_of_family(self, finding: int) -> Iterator[HeldFolder]:
        """The directories that hold the members of a family, in order."""
        return map(HeldFolder._make, self._db.execute(_FAMILY_BY_DIRECTORY, (finding,)))

    def directories(self) -> Iterator[tuple[int, int, bytes]]:
        """Number, parent and name of every directory, in pre-order."""
        return self._db.execute(
            "SELECT id, parent, name FROM entry WHERE kind = 'directory' ORDER BY id"
        )

    def values(self, finding: int) -> list[str]:
        """The keyed digests of the values of a finding, in their order."""
        query = "SELECT digest FROM value WHERE finding = ? ORDER BY digest"
        return [row[0] for row in self._db.execute(query, (finding,))]

    def of_outcomes(self, outcomes: Iterable[int]) -> Iterator[tuple[int, int, str]]:
        """Number, outcome and kind of the entries that were examined with these outcomes."""
        return self._db.execute(_OF_OUTCOMES, (_listed(outcomes),))

    def outcomes_of_series(self) -> Iterator[tuple[int, int]]:
        """The outcomes of each series."""
        return self._db.execute("SELECT series, id FROM outcome WHERE series > 0 ORDER BY 1, 2")

    def spans(self) -> dict[int, tuple[int, int]]:
        """The first and the last entry that holds each set of findings."""
        return {row[0]: (row[1], row[2]) for row in self._db.execute(_SPANS)}

    def spans_of_families(self) -> dict[int, tuple[int, int]]:
        """The first and the last entry of each family, by the number of its finding."""
        return {row[0]: (row[1], row[2]) for row in self._db.execute(_MEMBER_SPANS)}


def _listed(numbers: Iterable[int]) -> str:
    return json.dumps(sorted(numbers))
