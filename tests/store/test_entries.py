"""Entries go into the scan file many at a time, and come out one by one as they were."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.entries import keep
from vestige.model import State
from vestige.store import Entries, Facts, Outcome, Store
from vestige.store.rows import GREATEST

NOTHING = (0, 0, 0, "")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "scan.sqlite")


def facts(number: int) -> Facts:
    return (b"\xff%d" % number, "file", number % 3, 10**18 + number, 10**18 - number, number)


def kept(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path / "scan.sqlite")) as database:
        return list(database.execute("SELECT * FROM entry ORDER BY id"))


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 64, 101])
@pytest.mark.parametrize("content", [NOTHING, (-5, 2, 3, "7 -1")])
def test_no_entry_is_lost_or_changed_however_many_they_are(
    store: Store, tmp_path: Path, count: int, content: tuple[int, int, int, str]
) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    of_entry = {
        number: content if number == count // 2 + 1 else NOTHING for number in range(1, count + 1)
    }
    if count:
        keep(store, [(n, n - 1, facts(n), outcome, *one) for n, one in of_entry.items()])
    else:
        store.add(Entries((), (), (), (), (), (), (), ()))
    store.close()
    assert kept(tmp_path) == [(n, n - 1, *facts(n), outcome, *one) for n, one in of_entry.items()]


def test_entries_have_their_numbers_whether_these_follow_what_is_kept_or_not(
    store: Store, tmp_path: Path
) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    parts = [range(1, 41), range(41, 44), range(50, 90), range(90, 130), (48, 45, 46)]
    for numbers in map(list, parts):
        keep(store, [(n, n - 1, facts(n), outcome, *NOTHING) for n in numbers])
    store.close()
    every = sorted(number for part in parts for number in part)
    assert kept(tmp_path) == [(n, n - 1, *facts(n), outcome, *NOTHING) for n in every]


def test_inodes_of_64_bits_come_out_as_they_were(store: Store) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    inodes = [1, GREATEST, GREATEST + 1, (1 << 64) - 1]
    keep(
        store,
        [
            (n, 0, (b"x", "file", 0, 0, 0, one), outcome, *NOTHING)
            for n, one in enumerate(inodes, 1)
        ],
    )
    assert [row.inode for row in store.rows()] == inodes
