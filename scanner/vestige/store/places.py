"""Places of findings in the tree, by names and not by numbers: two scans can be compared."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

_DIRECTORIES = "SELECT id, parent, name, inode FROM entry WHERE kind = 'directory' ORDER BY id"
_IN_NAMES = (
    "SELECT o.finding_set, e.id, e.parent, e.name, e.kind, e.inode FROM entry e"
    " JOIN outcome o ON o.id = e.outcome WHERE o.finding_set > 0"
    " AND o.finding_set IN (SELECT x.id FROM finding_set x JOIN finding f ON f.id = x.finding"
    " WHERE f.place_kind = 'path') AND e.id NOT IN (SELECT entry FROM family_member)"
)
_IN_CONTENT = (
    "SELECT DISTINCT o.finding_set, e.parent FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE o.finding_set > 0"
)
_NOT_READ = (
    "SELECT e.id FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE e.kind = 'directory' AND o.state <> 'read'"
    " UNION SELECT e.parent FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE e.kind <> 'directory' AND o.state IN ('unreadable', 'partly')"
)


class Place(NamedTuple):
    """One place: the names on the way to it, below its root, and the inode of what stands there."""

    way: bytes
    inode: int


class Places:
    """The places of one scan; a root is known by its place among the roots."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        self.directories: dict[int, Place] = {}
        roots = 0
        for number, parent, name, inode in database.execute(_DIRECTORIES):
            if parent:
                way = self.directories[parent].way + b"/" + bytes(name)
            else:
                way, roots = b"%d" % roots, roots + 1
            self.directories[number] = Place(way, inode)

    def of_content(self) -> Iterator[tuple[int, Place]]:
        """Sets of findings, each with the directories that hold entries of that set."""
        for number, parent in self._db.execute(_IN_CONTENT):
            if parent in self.directories:
                yield number, self.directories[parent]

    def of_names(self) -> Iterator[tuple[int, Place]]:
        """Sets of findings in names, each with the entries of that set that are in no family."""
        for number, entry, parent, name, kind, inode in self._db.execute(_IN_NAMES):
            if kind == "directory":
                yield number, self.directories[entry]
            else:
                yield number, Place(self.directories[parent].way + b"/" + bytes(name), inode)

    def not_read(self) -> set[bytes]:
        """The ways to directories of which not all that they hold could be read."""
        found = (row[0] for row in self._db.execute(_NOT_READ))
        return {self.directories[number].way for number in found if number in self.directories}

    def roots(self) -> dict[bytes, int]:
        """The inodes of the roots, by their ways."""
        ways = self.directories.values()
        return {one.way: one.inode for one in ways if b"/" not in one.way}

    def digests(self) -> dict[int, set[str]]:
        """The keyed digests of the values of findings."""
        found: dict[int, set[str]] = {}
        for number, digest in self._db.execute("SELECT finding, digest FROM value"):
            if digest:
                found.setdefault(number, set()).add(digest)
        return found
