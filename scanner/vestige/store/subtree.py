"""Subtrees as the scan file keeps them: what lies at or below entries."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vestige.model import Band

_SPANS = (
    "WITH span (first, last) AS (SELECT m.value, coalesce(f.last, m.value)"
    " FROM json_each(?) m LEFT JOIN folder f ON f.id = m.value)"
)
_FILES = (
    f"{_SPANS} SELECT count(*), coalesce(sum(e.size), 0), coalesce(min(e.mtime_ns), 0),"  # noqa: S608 - constant text
    " coalesce(max(e.mtime_ns), 0) FROM span s CROSS JOIN entry e"
    " ON e.id BETWEEN s.first AND s.last WHERE e.kind = 'file'"
)
_DIRTY = (
    "SELECT o.id FROM outcome o WHERE o.finding_set IN (SELECT x.id FROM finding_set x"
    " JOIN finding f ON f.id = x.finding WHERE f.severity >= ?"
    " AND f.place_kind NOT IN ('path', 'ghost') AND f.identifies NOT IN ('claim', 'pixels'))"
)
_HEADERS = (
    f"{_SPANS}, dirty (id) AS ({_DIRTY}),"  # noqa: S608 - constant text
    " dicom (id) AS (SELECT id FROM outcome WHERE dicom > 0)"
    " SELECT DISTINCT told.dirty FROM (SELECT s.first,"
    " max(e.outcome IN (SELECT id FROM dicom)) AS dicom,"
    " max(e.outcome IN (SELECT id FROM dirty)) AS dirty"
    " FROM span s CROSS JOIN entry e ON e.id BETWEEN s.first AND s.last GROUP BY s.first) told"
    " WHERE told.dicom ORDER BY 1"
)
_LAST = "SELECT id, last FROM folder WHERE id IN (SELECT value FROM json_each(?))"

_BETWEEN = (
    "WITH RECURSIVE up (id, top) AS (SELECT e.parent, f.parent FROM family f"
    " JOIN family_member m ON m.finding = f.finding JOIN entry e ON e.id = m.entry"
    " WHERE substr(f.template, 1, 2) = '*/'"
    " UNION SELECT e.parent, up.top FROM up JOIN entry e ON e.id = up.id"
    " WHERE up.id > up.top AND e.parent > 0)"
    " SELECT DISTINCT id FROM up WHERE id > top"
)
_COPIES = (
    "SELECT e.instance, e.id, e.parent, o.finding_set FROM entry e"
    " JOIN outcome o ON o.id = e.outcome WHERE e.instance IN (SELECT instance FROM entry"
    " WHERE instance <> 0 GROUP BY 1 HAVING count(*) > 1) ORDER BY 1, 2"
)
_INSTANCE = "SELECT 1 FROM entry WHERE instance <> 0 LIMIT 1"


def copies(database: sqlite3.Connection) -> Iterator[tuple[int, int, int, int]]:
    """Files whose instance others hold too: digest, entry, parent, and set of findings."""
    return iter(()) if database.execute(_INSTANCE).fetchone() is None else database.execute(_COPIES)


class Below(NamedTuple):
    """What lies at or below entries: files, bytes, and first and last time written (ns)."""

    files: int
    bytes: int
    first_written: int
    last_written: int


def below(database: sqlite3.Connection, entries: Iterable[int]) -> Below:
    """What lies at or below entries of which none is below another."""
    found = database.execute(_FILES, (_listed(entries),)).fetchone()
    return Below(*map(int, found))


def dirty_headers(database: sqlite3.Connection, entries: Iterable[int]) -> frozenset[bool]:
    """Whether DICOM elements below each entry hold a finding of medium severity or worse.

    Entries without DICOM say nothing. Claims and pixels are no elements: what they tell does not
    make a header dirty.
    """
    rows = database.execute(_HEADERS, (_listed(entries), int(Band.MEDIUM)))
    return frozenset(bool(row[0]) for row in rows)


def lasts(database: sqlite3.Connection, entries: Iterable[int]) -> dict[int, int]:
    """The last entry below each of the entries that is a directory."""
    return dict(database.execute(_LAST, (_listed(entries),)))


def between(database: sqlite3.Connection) -> set[int]:
    """The directories between the members of families and those that hold these directories."""
    return {row[0] for row in database.execute(_BETWEEN)}


def way(database: sqlite3.Connection, number: int) -> bytes:
    """The names from a root down to an entry: of the root its place among the roots."""
    found: list[bytes] = []
    while number:
        last = number
        query = "SELECT parent, name FROM entry WHERE id = ?"
        number, name = database.execute(query, (last,)).fetchone()
        found.append(bytes(name))
    query = "SELECT count(*) FROM entry WHERE parent = 0 AND id < ?"
    found[-1:] = [b"%d" % database.execute(query, (last,)).fetchone()[0]]
    return b"/".join(reversed(found))


def _listed(entries: Iterable[int]) -> str:
    return json.dumps(sorted(entries))
