import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from vestige.model import Band
from vestige.store import schema, subtree


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A root with a folder of two images and a text beside it."""
    path = tmp_path / "scan.sqlite"
    schema.make(path, {}, ())
    opened = schema.opened(path)
    rows = [
        (1, 0, b"root", "directory", 0, 1, 1, 1, 1),
        (2, 1, b"folder", "directory", 0, 1, 1, 2, 1),
        (3, 2, b"a", "file", 7, 13, 1, 3, 2),
        (4, 2, b"b", "file", 9, 11, 1, 4, 3),
        (5, 1, b"note", "file", 100, 99, 1, 5, 1),
    ]
    opened.executemany("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,0,0,0,'')", rows)
    opened.executemany("INSERT INTO folder VALUES (?,?,?,?,x'')", [(1, 5, 3, 116), (2, 4, 2, 16)])
    outcomes = [
        (1, "read", "", 0, 0, 0, 0),
        (2, "read", "", 1, 0, 0, 1),
        (3, "read", "", 2, 0, 0, 1),
    ]
    opened.executemany("INSERT INTO outcome VALUES (?,?,?,?,?,?,?,0)", outcomes)
    opened.executemany("INSERT INTO finding_set VALUES (?,?)", [(1, 1), (2, 1), (2, 2), (2, 3)])
    for number, severity, identifies, place in (
        (1, Band.LOW, "quasi", "header"),
        (2, Band.CRITICAL, "claim", "header"),
        (3, Band.CRITICAL, "direct", "path"),
    ):
        row = (number, "r", "t", int(severity), 0.5, identifies, "[]", place, "p", "", "", "")
        opened.execute("INSERT INTO finding VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
    yield opened
    opened.close()


def test_what_lies_below_is_counted(database: sqlite3.Connection) -> None:
    assert subtree.below(database, [1]) == (3, 116, 11, 99)
    assert subtree.below(database, [2]) == (2, 16, 11, 13)
    assert subtree.below(database, [3]) == (1, 7, 13, 13)
    assert subtree.below(database, [5, 2]) == (3, 116, 11, 99)
    assert subtree.below(database, []) == (0, 0, 0, 0)


def test_claims_and_names_make_no_header_dirty(database: sqlite3.Connection) -> None:
    assert subtree.dirty_headers(database, [2]) == {False}
    assert subtree.dirty_headers(database, [5]) == frozenset()


def test_headers_are_told_of_each_entry(database: sqlite3.Connection) -> None:
    row = (4, "r", "t", int(Band.HIGH), 0.5, "direct", "[]", "header", "p", "", "", "")
    database.execute("INSERT INTO finding VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
    database.execute("INSERT INTO finding_set VALUES (2, 4)")
    assert subtree.dirty_headers(database, [3, 4]) == {False, True}
    assert subtree.dirty_headers(database, [2]) == {True}


def test_directories_know_their_last_entry(database: sqlite3.Connection) -> None:
    assert subtree.lasts(database, [1, 2, 3]) == {1: 5, 2: 4}
