"""Subtrees as the scan file keeps them: what lies at or below an entry."""

import sqlite3

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
    " WHERE f.place_kind NOT IN ('path', 'ghost') AND f.identifies NOT IN ('claim', 'pixels')"
)


def below(database: sqlite3.Connection, number: int) -> tuple[int, int, int, int]:
    """Files, bytes, first and last time written (ns) at or below an entry."""
    found = database.execute(_BELOW, _range(database, number)).fetchone()
    return int(found[0]), int(found[1]), int(found[2]), int(found[3])


def header_severities(database: sqlite3.Connection, number: int) -> tuple[bool, int]:
    """Whether DICOM lies at or below an entry, and the worst severity in its elements, or -1.

    Claims and pixels are no elements: what they tell does not make a header dirty.
    """
    span = _range(database, number)
    dicom = database.execute(_DICOM, span).fetchone()[0]
    return bool(dicom), int(database.execute(_WORST, span).fetchone()[0])


def _range(database: sqlite3.Connection, number: int) -> tuple[int, int]:
    """The first and the last entry of a subtree."""
    last = database.execute("SELECT last FROM folder WHERE id = ?", (number,)).fetchone()
    return number, last[0] if last else number
