"""Subtrees as the scan file keeps them: what lies at or below an entry."""

import sqlite3
from collections.abc import Iterator

_BELOW = (
    "SELECT count(*), coalesce(sum(size), 0), coalesce(min(mtime_ns), 0),"
    " coalesce(max(mtime_ns), 0) FROM entry WHERE id BETWEEN ? AND ? AND kind = 'file'"
)
_DICOM = (
    "SELECT coalesce(max(o.dicom), 0) FROM entry e JOIN outcome o ON o.id = e.outcome"
    " WHERE e.id BETWEEN ? AND ?"
)
_WORST = (
    "SELECT coalesce(max(f.severity), -1) FROM (SELECT DISTINCT o.finding_set s FROM entry e"
    " JOIN outcome o ON o.id = e.outcome WHERE e.id BETWEEN ? AND ?) JOIN finding_set x ON x.id = s"
    " JOIN finding f ON f.id = x.finding"
    " WHERE f.place_kind <> 'path' AND f.identifies NOT IN ('claim', 'pixels')"
)
_COPIES = (
    "SELECT e.instance, e.id, e.parent, o.finding_set FROM entry e"
    " JOIN outcome o ON o.id = e.outcome WHERE e.instance IN (SELECT instance FROM entry"
    " WHERE instance <> 0 GROUP BY 1 HAVING count(*) > 1) ORDER BY 1, 2"
)


def copies(database: sqlite3.Connection) -> Iterator[tuple[int, int, int, int]]:
    """Files whose instance others hold too: digest, entry, parent, and set of findings."""
    return database.execute(_COPIES)


def below(database: sqlite3.Connection, number: int) -> tuple[int, int, int, int]:
    """Files, bytes, first and last time written (ns) at or below an entry."""
    found = database.execute(_BELOW, span(database, number)).fetchone()
    return int(found[0]), int(found[1]), int(found[2]), int(found[3])


def header_severities(database: sqlite3.Connection, number: int) -> tuple[bool, int]:
    """Whether DICOM lies at or below an entry, and the worst severity in its elements, or -1.

    Claims and pixels are no elements: what they tell does not make a header dirty.
    """
    at = span(database, number)
    dicom = database.execute(_DICOM, at).fetchone()[0]
    return bool(dicom), int(database.execute(_WORST, at).fetchone()[0])


def span(database: sqlite3.Connection, number: int) -> tuple[int, int]:
    """The first and the last entry of a subtree."""
    last = database.execute("SELECT last FROM folder WHERE id = ?", (number,)).fetchone()
    return number, last[0] if last else number
