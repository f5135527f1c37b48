"""Members: files inside entries, as in archives, and what was found in each."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

_OF_ENTRY = "SELECT way, finding_set FROM member WHERE entry = ? AND finding_set > 0 ORDER BY id"

_ALL = "SELECT entry, way, finding_set FROM member WHERE finding_set > 0 ORDER BY entry, id"
_ENTRIES = "SELECT DISTINCT entry FROM member WHERE finding_set > 0"
_WITH_TRACES = (
    "SELECT finding_set, id FROM member WHERE traces IN"
    " (SELECT id FROM trace_set WHERE trace IN (SELECT value FROM json_each(?)))"
    " AND entry IN (SELECT id FROM entry WHERE outcome IN (SELECT value FROM json_each(?)))"
)


class Member(NamedTuple):
    """A file inside an entry: its way from there, as `b"!/dir/IM1"`, and its finding set."""

    way: bytes
    findings: int


class Members:
    """The files inside the entries of an open scan file in which something was found."""

    def __init__(
        self,
        database: sqlite3.Connection,
        set_of: Callable[[tuple[int, ...]], int],
        with_one: Callable[[int, int], int],
    ) -> None:
        self._db = database
        self._set_of = set_of
        self._with_one = with_one

    def keep(self, members: Iterable[tuple[int, bytes, tuple[int, ...], int]]) -> None:
        """Keep members: of each its entry, its way from there, its findings and trace set."""
        self._db.executemany(
            "INSERT INTO member VALUES (NULL, ?, ?, ?, ?)",
            ((entry, way, self._set_of(found), traces) for entry, way, found, traces in members),
        )

    def attach(self, finding: int, outcomes: Iterable[int], traces: Iterable[int]) -> None:
        """Let a finding hold in those members of the outcomes' entries that left these traces."""
        wanted = (json.dumps(sorted(set(traces))), json.dumps(sorted(set(outcomes))))
        self._db.executemany(
            "UPDATE member SET finding_set = ? WHERE id = ?",
            [
                (self._with_one(members, finding), number)
                for members, number in self._db.execute(_WITH_TRACES, wanted).fetchall()
            ],
        )

    def of(self, entry: int) -> Iterator[Member]:
        """The members of one entry, in the order of the container."""
        return map(Member._make, self._db.execute(_OF_ENTRY, (entry,)))

    def entries(self) -> frozenset[int]:
        """The entries that have members."""
        return frozenset(row[0] for row in self._db.execute(_ENTRIES))

    def first(
        self, sets: Mapping[int, tuple[int, ...]], limit: int
    ) -> dict[int, dict[int, list[bytes]]]:
        """The ways to the first members in which each finding holds, by their entries.

        `limit` is how many of a finding are given at most; `sets` are of findings.
        """
        found: dict[int, dict[int, list[bytes]]] = {}
        counts: dict[int, int] = {}
        for entry, way, number in self._db.execute(_ALL):
            for finding in sets.get(number, ()):
                if counts.get(finding, 0) < limit:
                    counts[finding] = counts.get(finding, 0) + 1
                    found.setdefault(finding, {}).setdefault(entry, []).append(way)
        return found
