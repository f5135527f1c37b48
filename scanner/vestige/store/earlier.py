"""An earlier scan file, opened to be read alone: what it kept of files, for a scan that goes on."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vestige.account import Account
from vestige.model import Finding, Problem, Stage, StoreError
from vestige.store import contents, rows, schema, traces
from vestige.store.rows import SeriesFacts
from vestige.trace import Trace


class Known(NamedTuple):
    """A file as the earlier scan knew it: its entry, facts, and what was kept of it.

    `facts` are size, times of modification and of change (ns), and inode; `digest` is the XXH3 of
    its bytes, empty if none was kept or asked for.
    """

    entry: int
    facts: tuple[int, int, int, int]
    content: int
    dicom: bool
    reason: str
    partly: bool
    instance: int
    account: int
    extra: str
    digest: bytes = b""


class Directory(NamedTuple):
    """A directory as the earlier scan knew it."""

    entry: int
    parent: int
    name: bytes
    inode: int


class Content(NamedTuple):
    """A content as the earlier scan kept it: what is said of it, whose it is, and its series.

    `findings`, `seen` (values) and `traces` are numbers there.
    """

    findings: tuple[int, ...]
    seen: tuple[int, ...]
    traces: tuple[int, ...]
    subject: str
    series: int
    dicom: bool
    reason: str


class Value(NamedTuple):
    """One value of a finding; without a digest it stands for all that were not counted."""

    finding: int
    digest: str
    masked: str
    explanation: str


_OF_FILE = (
    "SELECT e.parent, e.kind, e.name, e.id, e.size, e.mtime_ns, e.ctime_ns, e.inode, e.content,"
    " c.dicom, c.reason, EXISTS (SELECT 1 FROM problem p WHERE p.entry = e.id"
    " AND p.stage <> 'hunt'), e.instance, e.account, e.extra"
)
_FROM = " FROM entry e LEFT JOIN content c ON c.id = e.content"
_BELOW = " WHERE e.id > ? ORDER BY e.id"
_FILES = _OF_FILE + _FROM + _BELOW
_DIGESTED = (
    f"{_OF_FILE}, coalesce(x.xxh3, x''){_FROM} LEFT JOIN content_xxh3 x ON x.entry = e.id{_BELOW}"
)


class Earlier:
    """The scan file of an earlier scan; it is never changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> "Earlier":
        """An existing scan file; UsageError or StoreError says what is wrong with it."""
        return cls(schema.opened(path, read_only=True))

    def close(self) -> None:
        """Close it."""
        self._db.close()

    def noted(self, key: str) -> object:
        """A fact of the scan; None if it was not noted."""
        row = self._db.execute("SELECT value FROM scan WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def all_noted(self) -> dict[str, object]:
        """All facts of the scan."""
        rows_noted = self._db.execute("SELECT key, value FROM scan")
        return {key: json.loads(value) for key, value in rows_noted}

    def hold(self) -> None:
        """Keep everybody from writing the file until it is closed."""
        self._db.execute("BEGIN")
        self._db.execute("SELECT count(*) FROM scan").fetchone()

    def digests(self) -> list[bytes]:
        """The digests of all directories, in their order."""
        query = "SELECT digest FROM folder ORDER BY id"
        return [bytes(row[0]) for row in self._db.execute(query)]

    def codes(self) -> set[str]:
        """The codes of all problems."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT code FROM problem")}

    def seen(self) -> int:
        """How many entries the scan has seen."""
        return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def directories(self) -> Iterator[Directory]:
        """All directories, roots among them."""
        query = "SELECT id, parent, name, inode FROM entry WHERE kind = 'directory' ORDER BY id"
        for entry, parent, name, inode in self._db.execute(query):
            yield Directory(entry, parent, bytes(name), inode % (1 << 64))

    def files(self, directory: int, *, digests: bool = False) -> dict[bytes, Known]:
        """The files in a directory of which a content was kept, by name; with their digests."""
        found: dict[bytes, Known] = {}
        rows_found = self._db.execute(_DIGESTED if digests else _FILES, (directory,))
        for parent, kind, name, entry, *rest in rows_found:
            if parent != directory or kind == rows.DIRECTORY:
                break
            size, mtime_ns, ctime_ns, inode, content, dicom, reason, partly, *of_bytes = rest
            if content:
                facts = (size, mtime_ns, ctime_ns, inode % (1 << 64))
                ended = (bool(dicom), reason, bool(partly))
                found[bytes(name)] = Known(entry, facts, content, *ended, *of_bytes)
        return found

    def content(self, number: int) -> Content:
        """One content."""
        query = (
            "SELECT coalesce(f.members, ''), coalesce(v.members, ''), c.traces,"
            " coalesce(s.digest, ''), c.series, c.dicom, c.reason FROM content c"
            " LEFT JOIN list f ON f.id = c.findings LEFT JOIN list v ON v.id = c.seen"
            " LEFT JOIN subject s ON s.id = c.subject WHERE c.id = ?"
        )
        findings, seen, traces, subject, series, dicom, reason = self._one(query, number)
        read = contents.members
        told = (read(findings), read(seen), self._set(traces), subject)
        return Content(*told, series, bool(dicom), reason)

    def _set(self, number: int) -> tuple[int, ...]:
        query = "SELECT trace FROM trace_set WHERE id = ? ORDER BY trace"
        return tuple(row[0] for row in self._db.execute(query, (number,)))

    def finding(self, number: int) -> Finding:
        """One finding."""
        return rows.finding(self._one("SELECT * FROM finding WHERE id = ?", number))

    def trace(self, number: int) -> Trace:
        """One trace."""
        query = "SELECT kind, place_kind, place, marks FROM trace WHERE id = ?"
        return traces.trace(self._one(query, number))

    def value(self, number: int) -> Value:
        """One value."""
        query = "SELECT finding, digest, masked, explanation FROM value WHERE id = ?"
        return Value(*self._one(query, number))

    def series(self, number: int) -> SeriesFacts:
        """What was kept of one series."""
        query = (
            "SELECT x.digest, coalesce(s.digest, ''), x.facts FROM series x"
            " LEFT JOIN subject s ON s.id = x.subject WHERE x.id = ?"
        )
        digest, subject, facts = self._one(query, number)
        return SeriesFacts(bytes(digest), subject, facts)

    def account(self, number: int) -> Account:
        """What became of the bytes of a file."""
        query = "SELECT parsed, searched, pixels, opaque FROM account WHERE id = ?"
        return Account(*self._one(query, number))

    def problems(self, entry: int, now: int) -> Iterator[Problem]:
        """The problems that one entry had, as those of the entry that it is now."""
        query = "SELECT stage, code, detail FROM problem WHERE entry = ? AND stage <> 'hunt'"
        for stage, code, detail in self._db.execute(query, (entry,)):
            yield Problem(now, Stage(stage), code, detail)

    def _one(self, query: str, number: int) -> tuple[Any, ...]:
        row = self._db.execute(query, (number,)).fetchone()
        if row is None:
            raise StoreError("the earlier scan file is damaged; scan without --since")
        return tuple(row)
