"""Weight: where on a volume findings of some severity lie, by the entries in which they hold."""

import json
import sqlite3
from collections.abc import Iterable

from vestige.model import Band

_HEAVY = (
    "SELECT o.id FROM outcome o WHERE o.finding_set IN (SELECT x.id FROM finding_set x"
    " JOIN finding f ON f.id = x.finding WHERE f.severity >= ?)"
)
_HEAVY_FILES = (
    f"SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(?2)) AND kind = 'file'"  # noqa: S608 - constant text
    f" AND outcome IN ({_HEAVY.replace('?', '?1')}) ORDER BY id"
)
_NAMED = f"SELECT id, name FROM entry WHERE kind = 'file' AND outcome IN ({_HEAVY}) LIMIT ?"  # noqa: S608 - constant text
_WITH_HEAVY = (
    f"WITH heavy (id) AS ({_HEAVY}) SELECT f.id FROM folder f"  # noqa: S608 - constant text
    " WHERE f.id IN (SELECT value FROM json_each(?2))"
    " AND (EXISTS (SELECT 1 FROM entry e WHERE e.id BETWEEN f.id AND f.last"
    " AND e.outcome IN (SELECT id FROM heavy))"
    " OR EXISTS (SELECT 1 FROM family_member m JOIN finding g ON g.id = m.finding"
    " WHERE m.entry BETWEEN f.id AND f.last AND g.severity >= ?1))"
)


class Weight:
    """The part of an open scan file that tells where grave findings lie."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def files(self, severity: Band, of: Iterable[int]) -> list[int]:
        """Those of some entries that are files in which a finding of that severity or more holds.

        They come in order.
        """
        found = self._db.execute(_HEAVY_FILES, (int(severity), json.dumps(list(of))))
        return [row[0] for row in found]

    def few(self, severity: Band, most: int) -> tuple[list[int], list[bytes]] | None:
        """The numbers and names of all files in which one holds; None if there are more."""
        found = self._db.execute(_NAMED, (int(severity), most + 1)).fetchall()
        if len(found) > most:
            return None
        found.sort()
        return [row[0] for row in found], [bytes(row[1]) for row in found]

    def folders(self, severity: Band, of: Iterable[int]) -> set[int]:
        """Those of some folders at or below which such a finding holds; none may hold another."""
        found = self._db.execute(_WITH_HEAVY, (int(severity), json.dumps(sorted(of))))
        return {row[0] for row in found}
