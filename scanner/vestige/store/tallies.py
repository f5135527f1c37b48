"""Tallies: how the examination of entries ended, and the problems met, counted."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from vestige.account import Account
from vestige.model import Problem, Stage
from vestige.review import Coverage
from vestige.store import rows

_STATES = (
    "SELECT o.state, o.reason, g.n FROM (SELECT outcome, count(*) n FROM entry GROUP BY 1) g"
    " JOIN outcome o ON o.id = g.outcome"
)
_KINDS = (
    "SELECT (SELECT count(*) FROM entry WHERE kind = 'directory'),"
    " (SELECT count(*) FROM entry WHERE kind IN ('link', 'special')), coalesce(sum(size), 0)"
    " FROM entry"
)
_TOTAL = ", ".join(f"coalesce(sum({name}), 0)" for name in Account.__slots__)
_LESSEN = (
    "INSERT INTO outcome (state, reason, finding_set, subject, series, dicom, traces)"
    " SELECT 'partly', reason, finding_set, subject, series, dicom, traces FROM outcome"
    " WHERE state = 'read' AND id = (SELECT outcome FROM entry WHERE id = ?)"
)
_SKIPPED = (
    "SELECT o.reason, count(*) FROM outcome o JOIN entry e ON e.outcome = o.id"
    " WHERE o.state = 'skipped' GROUP BY o.reason ORDER BY 2 DESC, 1"
)


def coverage(database: sqlite3.Connection) -> Coverage:
    """Counts of all entries by how their examination ended, and what became of their bytes."""
    query = f"SELECT {_TOTAL}, coalesce(sum(carried), 0) FROM batch"  # noqa: S608 - constant text
    *account, carried = database.execute(query).fetchone()
    kinds = database.execute(_KINDS).fetchone()
    found = rows.coverage(database.execute(_STATES), kinds, Account(*account))
    return replace(found, carried=carried)


def lessen(database: sqlite3.Connection, entry: int) -> bool:
    """Let an entry that counts as read count as read in part; False if it does not."""
    made = database.execute(_LESSEN, (entry,))
    if made.rowcount:
        query = "UPDATE entry SET outcome = ? WHERE id = ?"
        database.execute(query, (made.lastrowid, entry))
    return bool(made.rowcount)


def newest(database: sqlite3.Connection) -> int:
    """The latest time at which a file was written or changed (ns since 1970 UTC); 0 without any."""
    query = "SELECT coalesce(max(max(mtime_ns, ctime_ns)), 0) FROM entry WHERE kind = 'file'"
    return int(database.execute(query).fetchone()[0])


def problems(database: sqlite3.Connection, limit: int) -> Iterator[Problem]:
    """Problems in the order of their entries, so many at most; -1 for all."""
    query = "SELECT * FROM problem ORDER BY entry, stage, code, detail LIMIT ?"
    for entry, stage, code, detail in database.execute(query, (limit,)):
        yield Problem(entry, Stage(stage), code, detail)


def by_code(database: sqlite3.Connection) -> list[tuple[str, int]]:
    """How many problems of each code, most first."""
    query = "SELECT code, count(*) FROM problem GROUP BY code ORDER BY 2 DESC, 1"
    return list(database.execute(query))


def by_reason(database: sqlite3.Connection) -> list[tuple[str, int]]:
    """How many entries were skipped for each reason, most first."""
    return list(database.execute(_SKIPPED))
