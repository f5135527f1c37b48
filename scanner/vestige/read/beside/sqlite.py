"""Databases in one file: tables of SQLite, read from a copy in memory that nobody else sees.

Nothing is written beside the file and no journal of it is replayed: what had not yet been put into
the database itself is read from its log (see `sqlite_logs`), deleted rows from their pages.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing

from vestige.model import Place
from vestige.read.beside import paths
from vestige.read.beside.headed import place_of_heading
from vestige.read.beside.parts import (
    Bounds,
    Held,
    Inner,
    Listed,
    Lost,
    Part,
    Readable,
    Told,
    beside,
)
from vestige.read.beside.sqlite_pages import Table, columns_of, deleted
from vestige.read.carve import pieces
from vestige.read.mapping import ROWS

SIGN = b"SQLite format 3\0"

_MOST = 256 << 20
"""Bytes of a database at most, for it is held in memory."""

_TABLES, _COLUMNS = 1_000, 256
_ROWS = 5_000
"""Rows that are told at once."""

_SECONDS = 120.0
_STEPS = 100_000
"""Steps of the database's machine between two looks at the clock."""

_FILES = 1_000
"""Values of bytes in one table that are looked at as files."""

_WRITE_AHEAD = b"\2\2"
_PLAIN = b"\1\1"
_VERSIONS = slice(18, 20)
"""Where the format of the journal stands (sqlite.org/fileformat.html, 1.3.3)."""

_NAMES = (
    "SELECT name, rootpage, sql FROM sqlite_master"
    " WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of all tables, each with what its heading announces; files in values inside."""
    if readable.size > _MOST or not bounds.take(readable.size):
        yield Lost("text-budget")
        return
    data = bytearray(readable.read(0, readable.size))
    if data[_VERSIONS] == _WRITE_AHEAD:
        data[_VERSIONS] = _PLAIN
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            held = bytes(data)
            del data
            _prepare(database, held)
            named = database.execute(_NAMES).fetchmany(_TABLES + 1)
            names = [row[0] for row in named]
        except (sqlite3.Error, UnicodeError):
            yield Lost("damaged")
            return
        yield Told(beside("database table name"), [name for name in names if isinstance(name, str)])
        for name in names[:_TABLES]:
            yield from _of_table(database, str(name))
        tables = [Table(root, columns_of(sql)) for _, root, sql in named if isinstance(sql, str)]
        yield from deleted(held, [table for table in tables if table.columns])
        if len(names) > _TABLES:
            yield Lost("text-budget")


def _prepare(database: sqlite3.Connection, data: bytes) -> None:
    """The database opened from bytes, with nothing in it trusted."""
    database.deserialize(data)
    database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    database.execute("PRAGMA cell_size_check = ON")
    until = time.monotonic() + _SECONDS
    database.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)


def _of_table(database: sqlite3.Connection, name: str) -> Iterator[Part]:
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        cursor = database.execute(f"SELECT * FROM {quoted}")  # noqa: S608 - quoted
        headings = [str(column[0]) for column in cursor.description]
        yield Told(beside("database column name"), headings[:_COLUMNS])
        if len(headings) > _COLUMNS:
            yield Lost("text-budget")
        places = [place_of_heading("database column", one) for one in headings[:_COLUMNS]]
        files = _FILES
        listed = [headings[:_COLUMNS]]
        while rows := cursor.fetchmany(_ROWS):
            yield from _columns(places, rows)
            if len(listed) <= ROWS:
                listed += [[_text(cell) for cell in row] for row in rows]
            inside = [one for row in rows for one in row if isinstance(one, bytes) and one]
            yield from (Inner(b"value", Held(one), surely=False) for one in inside[:files])
            files -= min(files, len(inside))
        yield Listed(listed)
    except sqlite3.OperationalError as error:
        interrupted = error.sqlite_errorname == "SQLITE_INTERRUPT"
        yield Lost("text-budget" if interrupted else "damaged")
    except (sqlite3.Error, OverflowError, UnicodeError):
        yield Lost("damaged")


def _columns(places: Sequence[Place], rows: Sequence[Sequence[object]]) -> Iterator[Told]:
    """The distinct texts of each column of some rows."""
    for number, place in enumerate(places):
        texts = dict.fromkeys(_text(row[number]) for row in rows)
        yield Told(place, [piece for text in texts if text for piece in pieces(text)])
        if not place.tag:
            yield from paths.told(texts)


def _text(value: object) -> str:
    """A value as text; "" of what is none."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) else ""
