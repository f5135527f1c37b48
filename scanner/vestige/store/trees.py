"""Trees of software as the scan file keeps them."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class SoftwareTree(NamedTuple):
    """Entries `first` to `last`, whose names are judged as those of a kind of software.

    `shown_by` is the directory that shows what they are, 0 if that lies above the root.
    """

    first: int
    last: int
    kind: str
    shown_by: int


def keep(database: sqlite3.Connection, found: Iterable[tuple[int, int, str, int]]) -> None:
    """Keep trees; one that was kept before is kept anew."""
    database.executemany("INSERT OR REPLACE INTO software VALUES (?, ?, ?, ?)", found)


def trees(database: sqlite3.Connection) -> Iterator[SoftwareTree]:
    """All trees, in the order of their entries."""
    query = "SELECT first, last, kind, shown_by FROM software ORDER BY first"
    return map(SoftwareTree._make, database.execute(query))
