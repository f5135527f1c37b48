"""Siblings: the entries of each directory as the scan file keeps them, after those below it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

_GAP = b"\n"

_SIZE = "SELECT (SELECT count(*) FROM entry), count(*) FROM entry WHERE kind = 'directory'"
_GREATEST = "SELECT coalesce(max(id), 0) FROM entry"
_FACTS = "id, parent, name, kind = 'directory'"
_ENTRIES = f"SELECT {_FACTS} FROM entry ORDER BY id"  # noqa: S608 - constant text
_DIRECTORIES = "SELECT id, parent, name FROM entry WHERE kind = 'directory' ORDER BY id"
_BETWEEN = (
    "SELECT count(*), CAST(group_concat(name, x'0a') AS BLOB) FROM entry WHERE id > ? AND id < ?"
)
_NUMBERED = "SELECT id, name FROM entry WHERE id > ? AND id < ? ORDER BY id"
_PARENTS = "SELECT parent FROM entry WHERE id IN (?, ?)"
_ONE_BY_ONE = f"SELECT {_FACTS} FROM entry WHERE id > ? AND id < ? ORDER BY id"  # noqa: S608 - constant text

_LARGE = 8
"""Entries that directories have on average, from which they are read many at a time."""


class Group(NamedTuple):
    """The entries of one directory: their numbers, and their names in the same order."""

    directory: int
    entries: list[int]
    names: list[bytes]


class Run(NamedTuple):
    """Entries of one directory that follow each other: the number of the first, and their names."""

    parent: int
    first: int
    names: list[bytes]


def sibling_groups(database: sqlite3.Connection) -> Iterator[Group]:
    """Each directory with its entries, after all that lies below it."""
    return _grouped(runs(database))


def runs(database: sqlite3.Connection) -> Iterator[tuple[Run, bool]]:
    """All entries in pre-order, those together that follow each other in one directory.

    Each run with whether it is a directory, which is one by itself.
    """
    entries, directories = database.execute(_SIZE).fetchone()
    if entries < directories * _LARGE:
        return _one_by_one(database.execute(_ENTRIES))
    return _runs(database)


def stretches(
    database: sqlite3.Connection, together: int
) -> Iterator[tuple[Sequence[int], list[bytes]]]:
    """The numbers and names of all entries in pre-order, of so many together."""
    (greatest,) = database.execute(_GREATEST).fetchone()
    for after in range(0, greatest, together):
        until = min(after + together, greatest) + 1
        count, joined = database.execute(_BETWEEN, (after, until)).fetchone()
        names = (joined or b"").split(_GAP)
        if len(names) == count == until - after - 1:
            yield range(after + 1, until), names
        else:
            rows = database.execute(_NUMBERED, (after, until)).fetchall()
            yield [row[0] for row in rows], [bytes(row[1]) for row in rows]


def _grouped(every: Iterable[tuple[Run, bool]]) -> Iterator[Group]:
    """The groups of runs in pre-order, each with whether it is a directory."""
    stack = [Group(0, [], [])]
    for (parent, first, names), is_directory in every:
        group = stack[-1]
        while group.directory != parent:
            yield stack.pop()
            group = stack[-1]
        group.entries.extend(range(first, first + len(names)))
        group.names.extend(names)
        if is_directory:
            stack.append(Group(first, [], []))
    yield from reversed(stack[1:])


def _one_by_one(rows: Iterable[tuple[int, int, bytes, int]]) -> Iterator[tuple[Run, bool]]:
    """Entries as they come; those that follow each other in one directory are one run."""
    names: list[bytes] = []
    above = follows = 0
    for number, parent, name, is_directory in rows:
        if number == follows and parent == above and not is_directory:
            names.append(name)
            follows += 1
            continue
        if names:
            yield Run(above, follows - len(names), names), False
        if is_directory:
            yield Run(parent, number, [name]), True
            names, follows = [], 0
        else:
            names, above, follows = [name], parent, number + 1
    if names:
        yield Run(above, follows - len(names), names), False


def _runs(database: sqlite3.Connection) -> Iterator[tuple[Run, bool]]:
    """Directories one by one, and what lies between each and the next as one run."""
    (greatest,) = database.execute(_GREATEST).fetchone()
    before = 0
    for number, parent, name in chain(database.execute(_DIRECTORIES), ((greatest + 1, 0, b""),)):
        if number > before + 1:
            yield from _between(database, before, number)
        if number <= greatest:
            yield Run(parent, number, [bytes(name)]), True
        before = number


def _between(database: sqlite3.Connection, after: int, until: int) -> Iterator[tuple[Run, bool]]:
    """The entries between two directories, which are of one directory and have names of one line.

    Those of which that is not so come one by one.
    """
    count, joined = database.execute(_BETWEEN, (after, until)).fetchone()
    if not count:
        return
    names = joined.split(_GAP)
    # Entries come in pre-order: once those of one directory have ended, they do not come again.
    parents = set(database.execute(_PARENTS, (after + 1, until - 1)))
    if len(names) == count == until - after - 1 and len(parents) == 1:
        yield Run(parents.pop()[0], after + 1, names), False
    else:
        yield from _one_by_one(database.execute(_ONE_BY_ONE, (after, until)))
