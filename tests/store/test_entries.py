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


@pytest.mark.parametrize("kinds", [("file",), ("file", "link"), ("directory", "link"), ()])
def test_the_newest_time_is_that_of_the_files_whoever_is_asked(
    store: Store, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    times = [(-7, 5), (90, -3), (4, 80), (200, 300)]
    facts_of = [(b"x", kind, 0, *pair, 1) for pair in times for kind in kinds]
    for n, one in enumerate(facts_of, 1):
        keep(store, [(n, 0, one, outcome, *NOTHING)])
    expected = 300 if "file" in kinds else 0
    store.index()
    assert store.noted("newest") == expected
    store.close()
    again = Store.open(tmp_path / "scan.sqlite")
    again.note("newest", -1)
    again.index()
    assert again.noted("newest") == expected


def test_times_before_1970_are_told_as_they_are(store: Store) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    keep(store, [(1, 0, (b"x", "file", 0, -9, -8, 1), outcome, *NOTHING)])
    store.index()
    assert store.noted("newest") == -8


def test_what_is_gone_again_counts_no_more(store: Store) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    store.commit()
    keep(store, [(1, 0, (b"x", "file", 0, 9, 9, 1), outcome, 5, 0, 0, "")])
    store.roll_back()
    keep(store, [(1, 0, (b"x", "file", 0, 4, 3, 1), outcome, *NOTHING)])
    keep(store, [(2, 0, (b"y", "file", 0, 8, 8, 1), outcome, *NOTHING)])
    store.reset_from(2)
    store.index()
    assert store.noted("newest") == 4
    assert list(store.copies()) == []


def test_copies_are_known_by_their_instances_also_when_the_file_is_opened_again(
    store: Store, tmp_path: Path
) -> None:
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=True))
    keep(store, [(n, 0, facts(n), outcome, 5 * (n > 1), 0, 0, "") for n in range(1, 4)])
    found = list(store.copies())
    assert [one[:2] for one in found] == [(5, 2), (5, 3)]
    store.close()
    assert list(Store.open(tmp_path / "scan.sqlite").copies()) == found
