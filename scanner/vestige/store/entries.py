"""Entries on their way into the scan file: by columns, many rows a statement."""

import sqlite3
from collections.abc import Sequence
from functools import cache
from itertools import chain, compress, islice
from typing import NamedTuple

from vestige.store import tallies
from vestige.store.rows import FILE, GREATEST, Facts

_TOGETHER = 32
"""Rows of one statement: a trip to SQLite costs as much as a row."""

_NOTHING = ("0", "0", "0", "''")
"""What is kept of entries of whose content there is nothing to keep."""

_GIVEN = ("?",) * len(_NOTHING)
_FACTS = 8
"""Columns between the number and what is kept of the content."""


class Entries(NamedTuple):
    """Entries by columns: their numbers, those of their directories, facts, and outcomes.

    Beside them what is kept of their contents: the instance, the content and account, 0 where there
    is none, and what of the content varies from file to file.
    """

    numbers: Sequence[int]
    parents: Sequence[int]
    facts: Sequence[Facts]
    outcomes: Sequence[int]
    instances: Sequence[int]
    contents: Sequence[int]
    accounts: Sequence[int]
    extras: Sequence[str]


class _Amount(NamedTuple):
    """What entries come to: the latest time of a file (ns), and whether one holds an instance.

    The time is that at which it was written or changed, `_NEVER` if none of them is a file.
    """

    newest: int
    instances: bool


_NEVER = -GREATEST - 1
_NONE = _Amount(_NEVER, instances=False)


class Keeping:
    """Keeps entries, and what all of them come to, as long as it has kept all that there are."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        kept = database.execute("SELECT 1 FROM entry LIMIT 1").fetchone()
        self._amount = _NONE if kept is None else None

    def keep(self, entries: Entries) -> None:
        """Write all of them."""
        more = _kept(self._db, entries)
        if self._amount is not None:
            newest = max(self._amount.newest, more.newest)
            self._amount = _Amount(newest, self._amount.instances or more.instances)

    def forget(self) -> None:
        """Some entries are gone: all that are left would have to be asked."""
        self._amount = None

    def newest(self) -> int:
        """The latest time at which a file was written or changed (ns since 1970 UTC); 0 if none."""
        if self._amount is None:
            return tallies.newest(self._db)
        return self._amount.newest if self._amount.newest > _NEVER else 0

    def may_hold_instances(self) -> bool:
        """False if no entry holds an instance of DICOM for sure."""
        return self._amount is None or self._amount.instances


def _kept(database: sqlite3.Connection, entries: Entries) -> _Amount:
    """What entries come to, now that they are written."""
    if not entries.numbers:
        return _NONE
    names, kinds, sizes, modified, changed, inodes = zip(*entries.facts, strict=True)
    if max(inodes) > GREATEST:
        inodes = tuple(one if one <= GREATEST else one - (1 << 64) for one in inodes)
    # The module of SQLite asks of every `bytes` whether it wants to be something else.
    written = map(bytearray, names)
    # A number that is given is looked for; the one behind the last is had for nothing.
    numbers = () if _follow(database, entries.numbers) else (entries.numbers,)
    kept = entries[4:] if any(map(any, entries[4:])) else ()
    facts = (entries.parents, written, kinds, sizes, modified, changed, inodes, entries.outcomes)
    columns = (*numbers, *facts, *kept)
    ends = "?" if numbers else "NULL", *(_GIVEN if kept else _NOTHING)
    width, total = len(columns), len(entries.numbers)
    values = chain.from_iterable(zip(*columns, strict=True))
    whole = islice(values, total // _TOGETHER * _TOGETHER * width)
    for some, rows in ((whole, _TOGETHER), (values, 1)):
        database.executemany(_insert(ends, rows), zip(*[some] * (width * rows), strict=False))
    return _Amount(_newest(kinds, modified, changed), any(entries.instances))


def _newest(kinds: Sequence[str], modified: Sequence[int], changed: Sequence[int]) -> int:
    """The latest time at which a file was written or changed; _NEVER if there is none."""
    if kinds.count(FILE) < len(kinds):
        are_files = [kind == FILE for kind in kinds]
        modified, changed = list(compress(modified, are_files)), list(compress(changed, are_files))
    return max(max(modified, default=_NEVER), max(changed, default=_NEVER))


def _follow(database: sqlite3.Connection, numbers: Sequence[int]) -> bool:
    """Whether they are known to be the numbers behind those that are kept, one after the other."""
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
    return numbers == range(int(last) + 1, int(last) + 1 + len(numbers))


@cache
def _insert(ends: tuple[str, ...], rows: int) -> str:
    """A statement for so many rows that begin and end with these; all between them is given."""
    number, *kept = ends
    row = ",".join((number, *["?"] * _FACTS, *kept))
    return f"INSERT INTO entry VALUES {','.join([f'({row})'] * rows)}"  # noqa: S608 - marks alone
