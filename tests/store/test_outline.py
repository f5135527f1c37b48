"""The outline of a stored tree: directories and entries, finished or not."""

from pathlib import Path

import pytest

from tests.store.test_store import HEADER, add, entry, judged
from vestige.model import Kind, Where
from vestige.store import Store
from vestige.store.outline import Directory


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path / "scan.sqlite")
    found = made.finding(HEADER, Where.HEADER, "(0008,0080)", "", "M****")
    add(
        made,
        [
            judged(entry(1, 0, b"root", Kind.DIRECTORY)),
            judged(entry(2, 1, b"done", Kind.DIRECTORY)),
            judged(entry(3, 2, b"a.dcm"), found),
            judged(entry(4, 1, b"open", Kind.DIRECTORY)),
            judged(entry(5, 4, b"link", Kind.LINK)),
            judged(entry(6, 4, b"b.dcm")),
        ],
    )
    made.left([(2, 3, 1, 7, b"")])
    return made


def test_unfinished_directories_reach_to_the_last_entry(store: Store) -> None:
    assert list(store.outline.directories()) == [
        Directory(1, 6, 2, 14),
        Directory(2, 3, 1, 7),
        Directory(4, 6, 1, 7),
    ]


def test_entries_tell_how_far_they_reach_and_what_was_found(store: Store) -> None:
    told = [(number, last, size, found) for number, last, size, _, found in store.outline.leaves()]
    assert told == [
        (1, 6, -1, 0),
        (2, 3, -1, 0),
        (3, 0, 7, 1),
        (4, 6, -1, 0),
        (5, 0, -1, 0),
        (6, 0, 7, 0),
    ]
    assert [row.id for row in store.outline.found()] == [3]


def test_a_scan_without_entries_has_no_outline(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "empty.sqlite")
    assert list(made.outline.directories()) == []
    assert list(made.outline.leaves()) == []
