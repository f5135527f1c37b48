"""Families as the scan file keeps them, with their members."""

import sqlite3
from collections.abc import Sequence

from vestige.model import Family
from vestige.store import rows


def keep(
    database: sqlite3.Connection, finding: int, family: Family, members: Sequence[int]
) -> None:
    """Keep the family of a finding, and the entries that are its members."""
    database.execute(
        "INSERT OR REPLACE INTO family VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (finding, *rows.of_family(family)),
    )
    database.executemany(
        "INSERT OR IGNORE INTO family_member VALUES (?, ?)",
        [(finding, member) for member in members],
    )


def keep_largest(database: sqlite3.Connection, finding: int, family: Family) -> None:
    """Keep a family without entries, unless a larger one of the same finding is kept."""
    query = "SELECT members FROM family WHERE finding = ?"
    known = database.execute(query, (finding,)).fetchone()
    if known is None or known[0] < family.members:
        keep(database, finding, family, ())
