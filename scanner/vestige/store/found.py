"""Found: the entries in which a finding holds, or that belong to a family, in pre-order."""

import sqlite3

from vestige.store import rows

_TELLING = "SELECT id FROM outcome WHERE finding_set > 0"
_COUNT = f"SELECT count(*), (SELECT count(*) FROM entry) FROM entry WHERE outcome IN ({_TELLING})"  # noqa: S608 - constant text
_MEMBERS = "SELECT entry FROM family_member"
_FEW = 8
"""One entry in so many, up to which those that are found are looked for by their outcomes."""


def entries(database: sqlite3.Connection) -> sqlite3.Cursor:
    """The columns of a row of each of them."""
    found, every = database.execute(_COUNT).fetchone()
    telling = f"e.outcome IN ({_TELLING})" if found * _FEW < every else "o.finding_set > 0"
    return database.execute(
        f"SELECT {rows.COLUMNS} {rows.FROM} WHERE {telling} OR e.id IN ({_MEMBERS}) ORDER BY e.id"
    )
