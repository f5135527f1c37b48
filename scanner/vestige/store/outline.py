"""The outline of the stored tree: its directories, and what was found in each of its entries."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from vestige.store import rows


class Directory(NamedTuple):
    """A directory: its number, the last entry below it, and the files and bytes below it."""

    id: int
    last: int
    files: int
    bytes: int


Leaf = tuple[int, int, int, int, int]
"""An entry: its number, last entry, size, time of modification (ns) and set of findings.

The last entry is that below a directory, and 0 of all others; the size is -1 of what is no file.
"""

_GREATEST = "SELECT coalesce(max(id), 0) FROM entry"
_DIRECTORIES = (
    "SELECT e.id, f.last, f.files, f.bytes FROM entry e LEFT JOIN folder f ON f.id = e.id"
    " WHERE e.kind = 'directory' ORDER BY e.id"
)
_BELOW = "SELECT count(*), coalesce(sum(size), 0) FROM entry WHERE id > ? AND kind = 'file'"
_LEAVES = (
    "SELECT e.id, CASE e.kind WHEN 'directory' THEN coalesce("
    "(SELECT f.last FROM folder f WHERE f.id = e.id), ?1) ELSE 0 END,"
    " CASE e.kind WHEN 'file' THEN e.size ELSE -1 END, e.mtime_ns, o.finding_set"
    " FROM entry e JOIN outcome o ON o.id = e.outcome ORDER BY e.id"
)
_FOUND = (
    f"SELECT {rows.COLUMNS} {rows.FROM} WHERE o.finding_set > 0"  # noqa: S608 - constant text
    " OR e.id IN (SELECT entry FROM family_member) ORDER BY e.id"
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


class Outline:
    """The part of an open scan file that pictures of the volume ask for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

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

    def leaves(self) -> Iterator[Leaf]:
        """All entries in pre-order; an unfinished directory reaches as far as above."""
        return self._db.execute(_LEAVES, (self._greatest(),))

    def found(self) -> Iterator[rows.Row]:
        """The entries in which a finding holds, or that belong to a family, in pre-order."""
        return map(rows.row, self._db.execute(_FOUND))

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
