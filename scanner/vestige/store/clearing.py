"""What a gate asks of a scan file: digests of what was judged, and what must not pass unsaid."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vestige.model import Kind, Problem, Stage

UNKNOWN_CLASS = "unknown"
"""What stands for the SOP class of an object that no table knows."""

_CLASSES = (
    "SELECT count(*) FROM series s JOIN outcome o ON o.series = s.id JOIN entry e"
    " ON e.outcome = o.id WHERE json_extract(s.facts, '$.class') = ?"
)
_ONE_BY_ONE = (
    "SELECT e.id, 'unknown-class' FROM series s JOIN outcome o ON o.series = s.id JOIN entry e"
    " ON e.outcome = o.id WHERE json_extract(s.facts, '$.class') = ?1"
    " UNION ALL SELECT id, 'link' FROM entry WHERE kind = 'link' ORDER BY 1 LIMIT ?2"
)
_EMPTY_ROOTS = (
    "SELECT count(*) FROM entry e LEFT JOIN folder f ON f.id = e.id"
    " WHERE e.parent = 0 AND coalesce(f.files, 0) = 0"
)
_CLEARED = (
    "SELECT e.id, e.parent, e.name, e.kind, d.size, d.sha256 FROM entry e"
    " LEFT JOIN content_digest d ON d.entry = e.id ORDER BY e.id"
)
_WITHOUT = (
    "SELECT count(*) FROM entry e LEFT JOIN content_digest d ON d.entry = e.id"
    " WHERE e.kind = 'file' AND d.entry IS NULL"
)
_OTHERWISE = (
    "SELECT count(DISTINCT p.entry) FROM problem p JOIN entry e ON e.id = p.entry"
    " JOIN outcome o ON o.id = e.outcome WHERE o.state IN ('read', 'skipped')"
    " AND p.code NOT IN (SELECT value FROM json_each(?))"
)


class Cleared(NamedTuple):
    """One entry with the digest of its bytes; `sha256` is empty where none was taken."""

    id: int
    parent: int
    name: bytes
    kind: Kind
    size: int
    sha256: bytes


class Clearing:
    """The part of an open scan file that a gate asks for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def keep(self, digests: Iterable[tuple[int, int, bytes]]) -> None:
        """Keep size and SHA-256 of the bytes of entries, as they were judged."""
        self._db.executemany("INSERT OR REPLACE INTO content_digest VALUES (?, ?, ?)", digests)

    def differing(self, digests: Iterable[tuple[int, int, bytes]]) -> list[int]:
        """The entries of which another digest is kept."""
        query = "SELECT 1 FROM content_digest WHERE entry = ? AND (size, sha256) <> (?, ?)"
        return [one[0] for one in digests if self._db.execute(query, one).fetchone()]

    def entries(self) -> Iterator[Cleared]:
        """All entries in pre-order, with their digests."""
        for number, parent, name, kind, size, sha256 in self._db.execute(_CLEARED):
            yield Cleared(number, parent, bytes(name), Kind(kind), size or 0, bytes(sha256 or b""))

    def without_digest(self) -> int:
        """How many files have no digest."""
        return int(self._db.execute(_WITHOUT).fetchone()[0])

    def of_unknown_class(self) -> int:
        """How many DICOM files are objects of a class that no table knows."""
        return int(self._db.execute(_CLASSES, (UNKNOWN_CLASS,)).fetchone()[0])

    def one_by_one(self, limit: int) -> list[tuple[int, str]]:
        """The first objects of unknown classes, and links, each with the code that says so."""
        return list(self._db.execute(_ONE_BY_ONE, (UNKNOWN_CLASS, limit)))

    def empty_roots(self) -> int:
        """How many roots hold no file at all."""
        return int(self._db.execute(_EMPTY_ROOTS).fetchone()[0])

    def of_kind(self, kind: Kind) -> int:
        """How many entries are of a kind."""
        query = "SELECT count(*) FROM entry WHERE kind = ?"
        return int(self._db.execute(query, (kind.value,)).fetchone()[0])

    def found_at_end(self, problems: Iterable[Problem]) -> None:
        """Keep what was found when the tree was walked again, instead of what was before."""
        self._db.execute("DELETE FROM problem WHERE stage = ?", (Stage.END.value,))
        self._db.executemany(
            "INSERT INTO problem VALUES (?, ?, ?, ?)",
            ((one.entry, one.stage.value, one.code, one.detail) for one in problems),
        )

    def problem_entries(self) -> dict[str, int]:
        """In how many entries each code of a problem stands."""
        query = "SELECT code, count(DISTINCT entry) FROM problem GROUP BY code ORDER BY code"
        return dict(self._db.execute(query))

    def problems_otherwise(self, told: Sequence[str]) -> int:
        """How many entries count as read or skipped, and have a problem of a code not in `told`."""
        return int(self._db.execute(_OTHERWISE, (json.dumps(told),)).fetchone()[0])
