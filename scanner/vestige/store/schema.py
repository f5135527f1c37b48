"""The tables of a scan file, and connections to it: the only door of SQLite."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from vestige.model import StoreError, UsageError

SCHEMA_VERSION = 6

_SCHEMA = """
CREATE TABLE scan (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rule (id TEXT PRIMARY KEY, why TEXT NOT NULL, remedy TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, name BLOB NOT NULL, kind TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL, outcome INTEGER NOT NULL, instance INTEGER NOT NULL,
    content INTEGER NOT NULL, account INTEGER NOT NULL, extra TEXT NOT NULL
);
CREATE INDEX entry_directory ON entry (id) WHERE kind = 'directory';
CREATE INDEX entry_strange ON entry (kind) WHERE kind IN ('link', 'special');
CREATE INDEX entry_root ON entry (id) WHERE parent = 0;
CREATE TABLE content (
    id INTEGER PRIMARY KEY, findings INTEGER NOT NULL, seen INTEGER NOT NULL,
    traces INTEGER NOT NULL, subject INTEGER NOT NULL, series INTEGER NOT NULL,
    dicom INTEGER NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE list (id INTEGER PRIMARY KEY, members TEXT NOT NULL);
CREATE TABLE account (
    id INTEGER PRIMARY KEY, parsed INTEGER NOT NULL, searched INTEGER NOT NULL,
    pixels INTEGER NOT NULL, opaque INTEGER NOT NULL
);
CREATE TABLE outcome (
    id INTEGER PRIMARY KEY, state TEXT NOT NULL, reason TEXT NOT NULL,
    finding_set INTEGER NOT NULL, subject INTEGER NOT NULL, series INTEGER NOT NULL,
    dicom INTEGER NOT NULL, traces INTEGER NOT NULL
);
CREATE TABLE trace (
    id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, place_kind TEXT NOT NULL, place TEXT NOT NULL,
    marks BLOB NOT NULL
);
CREATE TABLE trace_set (id INTEGER NOT NULL, trace INTEGER NOT NULL, PRIMARY KEY (id, trace))
    WITHOUT ROWID;
CREATE TABLE series (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, subject INTEGER NOT NULL,
    facts TEXT NOT NULL
);
CREATE TABLE batch (
    first INTEGER PRIMARY KEY, parsed INTEGER NOT NULL, searched INTEGER NOT NULL,
    pixels INTEGER NOT NULL, opaque INTEGER NOT NULL, carried INTEGER NOT NULL
);
CREATE TABLE folder (
    id INTEGER PRIMARY KEY, last INTEGER NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL,
    digest BLOB NOT NULL
);
CREATE TABLE software (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL, kind TEXT NOT NULL, shown_by INTEGER NOT NULL
);
CREATE VIEW examined AS
    SELECT e.id, e.parent, e.name, e.kind, e.size, e.mtime_ns, e.ctime_ns, e.inode,
        o.state, o.reason, o.finding_set, o.subject, o.series, o.dicom, f.last, f.files, f.bytes
    FROM entry e JOIN outcome o ON o.id = e.outcome LEFT JOIN folder f ON f.id = e.id;
CREATE TABLE finding (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, title TEXT NOT NULL, severity INTEGER NOT NULL,
    certainty REAL NOT NULL, identifies TEXT NOT NULL, basis TEXT NOT NULL,
    place_kind TEXT NOT NULL, place TEXT NOT NULL, digest TEXT NOT NULL, masked TEXT NOT NULL,
    explanation TEXT NOT NULL DEFAULT ''
);
CREATE TABLE finding_set (id INTEGER NOT NULL, finding INTEGER NOT NULL, PRIMARY KEY (id, finding))
    WITHOUT ROWID;
CREATE TABLE value (
    id INTEGER PRIMARY KEY, finding INTEGER NOT NULL, digest TEXT NOT NULL, masked TEXT NOT NULL,
    explanation TEXT NOT NULL, UNIQUE (finding, digest)
);
CREATE TABLE subject (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
CREATE TABLE problem (
    entry INTEGER NOT NULL, stage TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX problem_entry ON problem (entry);
CREATE TABLE content_digest (
    entry INTEGER PRIMARY KEY, size INTEGER NOT NULL, sha256 BLOB NOT NULL
);
CREATE TABLE member (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, way BLOB NOT NULL,
    finding_set INTEGER NOT NULL, traces INTEGER NOT NULL
);
CREATE INDEX member_entry ON member (entry);
CREATE TABLE content_xxh3 (entry INTEGER PRIMARY KEY, xxh3 BLOB NOT NULL);
CREATE TABLE family (
    finding INTEGER PRIMARY KEY, parent INTEGER NOT NULL, template TEXT NOT NULL,
    verdict TEXT NOT NULL, members INTEGER NOT NULL, distinct_names INTEGER NOT NULL,
    share REAL NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL,
    subjects INTEGER NOT NULL, first_written INTEGER NOT NULL, last_written INTEGER NOT NULL,
    headers TEXT NOT NULL, examples TEXT NOT NULL, kind TEXT NOT NULL
);
CREATE TABLE family_member (
    finding INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (finding, entry)
) WITHOUT ROWID;
CREATE INDEX family_member_entry ON family_member (entry);
"""

OF_VOLUME = (
    *("entry", "outcome", "content", "list", "account", "trace", "trace_set", "series", "batch"),
    *("folder", "software", "finding", "finding_set", "value", "subject", "problem", "family"),
    *("family_member", "content_digest", "content_xxh3", "member"),
)
"""The tables of what was found on a volume; those of the scan and its rules aside."""

FROM_ENTRY = (
    "DELETE FROM batch WHERE first >= ?",
    "DELETE FROM entry WHERE id >= ?",
    "DELETE FROM folder WHERE id >= ?",
    "DELETE FROM software WHERE last >= ?",
    "DELETE FROM problem WHERE entry >= ?",
    "DELETE FROM family WHERE parent >= ?",
    "DELETE FROM content_digest WHERE entry >= ?",
    "DELETE FROM content_xxh3 WHERE entry >= ?",
    "DELETE FROM member WHERE entry >= ?",
)
"""What forgets the entries from one number on."""

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def make(path: Path, notes: Mapping[str, str], rules: Iterable[tuple[str, str, str]]) -> None:
    """A new scan file for its owner alone; it appears whole, so that an interrupt leaves no half.

    StoreError if it cannot be made, or stands there already.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        os.close(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _NO_FOLLOW, 0o600))
        with closing(sqlite3.connect(aside)) as database:
            database.executescript(_SCHEMA)
            database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            database.executemany("INSERT INTO scan VALUES (?, ?)", notes.items())
            database.executemany("INSERT INTO rule VALUES (?, ?, ?)", rules)
            database.commit()
        if os.path.lexists(path):
            raise StoreError("a scan file exists there already; scan into another folder")
        aside.rename(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the scan file cannot be made ({error.__class__.__name__})") from None
    finally:
        with suppress(OSError):
            os.unlink(aside)


def opened(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to an existing scan file; UsageError or StoreError says what is wrong.

    A file that is opened `read_only` is not changed, and may lie where nothing can be written.
    """
    if not os.path.isfile(path):
        raise UsageError("the scan file does not exist; give a scan.sqlite or its folder")
    try:
        connection = _connected(path, read_only=read_only)
    except sqlite3.Error:
        raise StoreError("the scan file cannot be opened; look at its permissions") from None
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not read_only:
            _prepare(connection)
        is_ours = _is_ours(connection)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(_unreadable(error)) from None
    if is_ours and version == SCHEMA_VERSION:
        return connection
    connection.close()
    if not is_ours:
        raise StoreError("that is no scan file of Vestige: it is another database")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"the scan file is of schema {version}, made by a newer Vestige; this one reads "
            f"{SCHEMA_VERSION}: use the newer one"
        )
    raise StoreError(
        f"the scan file is of schema {version}, made by an older Vestige; this one reads "
        f"{SCHEMA_VERSION}: scan anew with this one"
    )


def _connected(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return sqlite3.connect(path)
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _is_ours(connection: sqlite3.Connection) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('scan', 'entry')"
    return bool(connection.execute(query).fetchone()[0] == len(("scan", "entry")))


_BUSY = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED"})
_BROKEN_OFF = frozenset({"SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY", "SQLITE_CANTOPEN"})


def _unreadable(error: sqlite3.Error) -> str:
    """What is told of a scan file that cannot be read."""
    name = getattr(error, "sqlite_errorname", "")
    if name in _BUSY:
        return "the scan file is being written by a scan; wait until that has ended"
    if name in _BROKEN_OFF:
        return "the scan file was left by a scan that was killed; go on with that by --resume first"
    return "that is no scan file of Vestige, or it is damaged"


_CACHE = 16_384
"""Kibibytes of a scan file that a writer holds in memory."""


def _prepare(connection: sqlite3.Connection) -> None:
    # One writer, whole batches a transaction: the rollback journal is crash-safe and leaves one
    # file, where WAL would leave three.
    connection.execute("PRAGMA synchronous = NORMAL")
    # What is added between two commits stays in memory until then.
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")


@contextmanager
def failures() -> Iterator[None]:
    """Turns what SQLite says of a full disk or a damaged file into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", error.__class__.__name__)
        raise StoreError(
            f"the scan file cannot be read or written ({name}): look at the disk and its space; "
            "an interrupted scan goes on with --resume"
        ) from None
