"""Members: files inside entries, as in archives, and what was found in each."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

_OF_ENTRY = "SELECT way, finding_set FROM member WHERE entry = ? ORDER BY id"

_ALL = "SELECT entry, way, finding_set FROM member ORDER BY entry, id"


class Member(NamedTuple):
    """A file inside an entry: its way from there, as `b"!/dir/IM1"`, and its finding set."""

    way: bytes
    findings: int


class Members:
    """The files inside the entries of an open scan file in which something was found."""

    def __init__(
        self, database: sqlite3.Connection, set_of: Callable[[tuple[int, ...]], int]
    ) -> None:
        self._db = database
        self._set_of = set_of

    def keep(self, members: Iterable[tuple[int, bytes, tuple[int, ...]]]) -> None:
        """Keep members: of each its entry, its way from there, and the findings in it."""
        self._db.executemany(
            "INSERT INTO member VALUES (NULL, ?, ?, ?)",
            ((entry, way, self._set_of(findings)) for entry, way, findings in members),
        )

    def of(self, entry: int) -> Iterator[Member]:
        """The members of one entry, in the order of the container."""
        return map(Member._make, self._db.execute(_OF_ENTRY, (entry,)))

    def entries(self) -> frozenset[int]:
        """The entries that have members."""
        return frozenset(row[0] for row in self._db.execute("SELECT DISTINCT entry FROM member"))

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
