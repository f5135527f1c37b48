"""Contents as the scan file keeps them: what files were when they were read, for a later scan.

What is concluded from all entries together is attached to outcomes. A content stays as it was when
the file was read, apart from the name of its entry: so it can be carried over to another scan.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from vestige.account import Account

Said = tuple[int | str, ...]
"""What is said of a content in its order: numbers of findings, negative ones of traces, and as text
those of values."""


class Kept(NamedTuple):
    """A content: what is said of it, whose it is, its series, whether DICOM, and what was not read.

    `subject` and `series` are numbers of the scan file, 0 if there is none.
    """

    said: str
    subject: int
    series: int
    dicom: bool
    reason: str


class Contents:
    """The contents and accounts of an open scan file; equal ones are kept once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        rows = database.execute("SELECT said, subject, series, dicom, reason, id FROM content")
        self._contents = {
            Kept(said, subject, series, bool(dicom), reason): int(number)
            for said, subject, series, dicom, reason, number in rows
        }
        sums = database.execute("SELECT parsed, searched, pixels, opaque, id FROM account")
        self._accounts = {row[:4]: int(row[4]) for row in sums}

    def content(self, kept: Kept) -> int:
        """The number of a content, new or known."""
        number = self._contents.get(kept)
        if number is None:
            done = self._db.execute("INSERT INTO content VALUES (NULL, ?, ?, ?, ?, ?)", kept)
            number = self._contents[kept] = int(done.lastrowid or 0)
        return number

    def account(self, account: Account) -> int:
        """The number of what became of the bytes of a file, new or known."""
        key = (account.parsed, account.searched, account.pixels, account.opaque)
        number = self._accounts.get(key)
        if number is None:
            done = self._db.execute("INSERT INTO account VALUES (NULL, ?, ?, ?, ?)", key)
            number = self._accounts[key] = int(done.lastrowid or 0)
        return number


def written(said: Iterable[int | str]) -> str:
    """What is said of a content as the file keeps it."""
    return json.dumps(list(said), separators=(",", ":"))


def read(said: str) -> Said:
    """What is said of a content, as the file keeps it."""
    return tuple(json.loads(said))
