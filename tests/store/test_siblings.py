"""Siblings: each directory with its entries, read one by one or many at a time."""

import random
import sqlite3
from collections.abc import Iterator

import pytest

from vestige.store.siblings import Group, sibling_groups, stretches

Kept = tuple[int, int, bytes, str]


def kept(chance: random.Random, directories: int, files: int) -> list[Kept]:
    """The entries of a tree in pre-order; some names have two lines, some folders were replaced."""
    found: list[Kept] = []

    def enter(parent: int, depth: int) -> None:
        number = len(found) + 1
        found.append((number, parent, b"folder-%d" % number, "directory"))
        for _ in range(chance.randrange(files)):
            kind = "directory" if chance.random() < 0.01 else "file"
            name = b"two\nlines" if chance.random() < 0.01 else b"%d \xff" % len(found)
            found.append((len(found) + 1, number, name, kind))
        for _ in range(chance.randrange(3) if depth else 3):
            if len(found) < directories * files and depth < 6:
                enter(number, depth + 1)

    enter(0, 0)
    enter(0, 0)
    return found


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, parent, name BLOB, kind TEXT)")
    yield connection
    connection.close()


@pytest.mark.parametrize("files", [3, 60])
def test_groups_are_those_of_the_parents_after_what_is_below(
    database: sqlite3.Connection, files: int
) -> None:
    entries = kept(random.Random(files), 40, files)  # noqa: S311 - a tree, no secret
    database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
    groups = list(sibling_groups(database))
    assert {one.directory: (one.entries, one.names) for one in groups} == {
        number: (
            [one for one, parent, _, _ in entries if parent == number],
            [name for _, parent, name, _ in entries if parent == number],
        )
        for number, _, _, kind in entries
        if kind == "directory"
    }
    done: set[int] = set()
    folders = {number for number, _, _, kind in entries if kind == "directory"}
    for one in groups:
        assert folders.intersection(one.entries) <= done
        done.add(one.directory)


def test_nothing_is_given_of_an_empty_file(database: sqlite3.Connection) -> None:
    assert list(sibling_groups(database)) == []
    database.execute("INSERT INTO entry VALUES (1, 0, x'61', 'directory')")
    assert list(sibling_groups(database)) == [Group(1, [], [])]


@pytest.mark.parametrize("together", [1, 7, 100, 100_000])
def test_stretches_are_all_entries_in_their_order(
    database: sqlite3.Connection, together: int
) -> None:
    rows = kept(random.Random(together), 10, 30)  # noqa: S311 - a test, no secret
    left = [row for row in rows if row[0] % 40 and not 200 < row[0] < 320]
    database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", left)
    told = [pair for one in stretches(database, together) for pair in zip(*one, strict=True)]
    assert told == [(number, name) for number, _, name, _ in left]


def test_without_entries_there_are_no_stretches(database: sqlite3.Connection) -> None:
    assert list(stretches(database, 10)) == []
