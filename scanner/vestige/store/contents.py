"""Contents as the scan file keeps them: what files were when they were read, for a later scan.

What is concluded from all entries together is attached to outcomes. A content stays as it was when
the file was read, apart from the name of its entry: so it can be carried over to another scan.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from vestige.account import Account


class Kept(NamedTuple):
    """A content: what is said of it, whose it is, its series, whether DICOM, and what was not read.

    `findings` and `seen` (values) are in the order in which they were met; all are numbers of the
    scan file, `traces` that of a set, and 0 if there is none.
    """

    findings: tuple[int, ...]
    seen: tuple[int, ...]
    traces: int
    subject: int
    series: int
    dicom: bool
    reason: str


_Key = TypeVar("_Key")

_REMEMBERED = 50_000
"""Contents, lists and accounts that are remembered each; one that is met again is kept again."""


class Contents:
    """The contents and accounts of an open scan file; equal ones are kept once as a rule."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        self._lists: dict[str, int] = {}
        self._contents: dict[tuple[object, ...], int] = {}
        self._accounts: dict[tuple[int, int, int, int], int] = {}

    def content(self, kept: Kept) -> int:
        """The number of a content, new or known."""
        lists = (self._list(kept.findings), self._list(kept.seen))
        key = (*lists, *kept[2:5], int(kept.dicom), kept.reason)
        number = self._contents.get(key)
        if number is None:
            query = "INSERT INTO content VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
            number = self._added(self._contents, key, query, key)
        return number

    def _list(self, members: tuple[int, ...]) -> int:
        """The number of a list, new or known; 0 if it is empty."""
        if not members:
            return 0
        written = " ".join(map(str, members))
        number = self._lists.get(written)
        if number is None:
            query = "INSERT INTO list VALUES (NULL, ?)"
            number = self._added(self._lists, written, query, (written,))
        return number

    def account(self, account: Account) -> int:
        """The number of what became of the bytes of a file, new or known."""
        key = (account.parsed, account.searched, account.pixels, account.opaque)
        number = self._accounts.get(key)
        if number is None:
            query = "INSERT INTO account VALUES (NULL, ?, ?, ?, ?)"
            number = self._added(self._accounts, key, query, key)
        return number

    def keep_digests(self, digests: Iterable[tuple[int, int, bytes]]) -> None:
        """Keep the XXH3 of the bytes of entries, of each its number, size and digest."""
        self._db.executemany(
            "INSERT OR REPLACE INTO content_xxh3 VALUES (?, ?)",
            ((entry, xxh3) for entry, _, xxh3 in digests),
        )

    def _added(self, known: dict[_Key, int], key: _Key, query: str, row: tuple[object, ...]) -> int:
        """The number of a row that is new, or forgotten."""
        if len(known) >= _REMEMBERED:
            known.clear()
        number = known[key] = int(self._db.execute(query, row).lastrowid or 0)
        return number


def members(written: str) -> tuple[int, ...]:
    """The members of a list, as the file keeps it."""
    return tuple(map(int, written.split()))
