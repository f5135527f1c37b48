"""Members: files inside entries, as in archives, and what was found in each."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_OF_ENTRY = "SELECT way, finding_set FROM member WHERE entry = ? ORDER BY id"


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
