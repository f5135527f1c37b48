"""The scan file: what goes in comes out, whole batches at a time."""

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.entries import keep
from vestige.account import NO_BYTES, Account
from vestige.model import (
    Band,
    Certainty,
    Claim,
    Entry,
    Family,
    Kind,
    Problem,
    Stage,
    State,
    StoreError,
    UsageError,
    Where,
)
from vestige.store import Outcome, Store, failures
from vestige.store.values import VALUES_KEPT

CLAIM = Claim("names/lone-surname", "A surname", Band.MEDIUM, 0.4, "direct", ("GDPR Art. 4(1)",))
HEADER = Claim("elements/site", "A site", Band.HIGH, 0.9, "site", ("GDPR Art. 4(1)",))


def entry(number: int, parent: int = 0, name: bytes = b"x", kind: Kind = Kind.FILE) -> Entry:
    return Entry(number, parent, name, b"/" + name, kind, 7, 10 + number, 20, 1 << 63)


Judged = tuple[Entry, Outcome]


def judged(one: Entry, *findings: int, state: State = State.READ, subject: str = "") -> Judged:
    return one, Outcome(state, "", findings, subject, 0, dicom=one.kind is Kind.FILE)


def add(store: Store, entries: list[Judged]) -> None:
    for one, outcome in entries:
        facts = (one.name, one.kind.value, one.size, one.mtime_ns, one.ctime_ns, one.inode)
        keep(store, [(one.id, one.parent, facts, store.outcome(outcome), 0, 0, 0, "")])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "scan.sqlite")


def tree(store: Store) -> int:
    """A root with a folder of two files; the finding in the second is given."""
    name = store.finding(CLAIM, Where.PATH, "name", "d1", "Z****")
    header = store.finding(HEADER, Where.HEADER, "(0008,0080)", "", "M****")
    add(
        store,
        [
            judged(entry(1, 0, b"root", Kind.DIRECTORY)),
            judged(entry(2, 1, b"folder", Kind.DIRECTORY), name),
            judged(entry(3, 2, b"a"), header, subject="one"),
            judged(entry(4, 2, b"b"), header, subject="two"),
        ],
    )
    store.left([(2, 4, 2, 14, b""), (1, 4, 2, 14, b"")])
    return name


def test_a_file_is_for_its_owner_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "scan.sqlite"
    Store.create(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(StoreError, match="exists there already"):
        Store.create(path)
    with pytest.raises(StoreError, match="cannot be made"):
        Store.create(tmp_path / "missing" / "scan.sqlite")


def test_what_is_no_scan_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        Store.open(tmp_path / "scan.sqlite")
    (tmp_path / "text").write_bytes(b"no database " * 100)
    with pytest.raises(StoreError, match="no scan file"):
        Store.open(tmp_path / "text")
    with sqlite3.connect(tmp_path / "newer") as database:
        database.execute("CREATE TABLE scan (key)")
        database.execute("CREATE TABLE entry (id)")
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreError, match="schema 99"):
        Store.open(tmp_path / "newer")


def test_a_damaged_file_is_a_store_error(tmp_path: Path) -> None:
    path = tmp_path / "scan.sqlite"
    store = Store.create(path)
    tree(store)
    store.close()
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)
    with pytest.raises(StoreError, match=r"damaged|cannot be read"), failures():
        list(Store.open(path).rows())


@given(name=st.binary(min_size=1, max_size=255), inode=st.integers(0, (1 << 64) - 1))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_and_any_inode_survive(store: Store, name: bytes, inode: int) -> None:
    number = sum(1 for _ in store.rows()) + 1
    one = Entry(number, 0, name, b"/" + name, Kind.FILE, 0, -5, 1 << 62, inode)
    add(store, [judged(one)])
    row = store.row(number)
    assert (row.name, row.mtime_ns, row.ctime_ns, row.inode) == (name, -5, 1 << 62, inode)


def test_findings_are_causes_and_sets_are_kept_once(store: Store) -> None:
    first = tree(store)
    assert store.finding(CLAIM, Where.PATH, "name", "d1", "other mask") == first
    assert store.finding(CLAIM, Where.PATH, "name", "d2", "Z****") != first
    assert [one.id for one in store.findings()] == [1, 2, 3]
    assert store.sets() == {1: (1,), 2: (2,)}
    assert store.first_entries(1) == {1: [2], 2: [3]}
    assert store.first_entries(9) == {1: [2], 2: [3, 4]}


def test_reach_counts_entries_files_bytes_and_subjects(store: Store) -> None:
    tree(store)
    reaches = store.reaches()
    assert (reaches[1].entries, reaches[1].files, reaches[1].bytes) == (1, 2, 14)
    assert (reaches[2].entries, reaches[2].files, reaches[2].subjects) == (2, 2, 2)


def family(members: int) -> Family:
    numbers = (members, 1, 0.9, 2, 14, 1, 13, 14)
    return Family(1, "{word}", Certainty.CERTAIN, *numbers, "clean", ("Z****",))


def test_names_of_members_belong_to_their_family(store: Store) -> None:
    tree(store)
    phantom = store.finding(CLAIM, Where.PATH, "{word}", "f", "Z****")
    store.family(phantom, family(1), [2])
    assert store.families() == {phantom: family(1)}
    assert store.member_of() == {2: phantom}
    assert store.members(phantom) == [2]
    assert 1 not in store.reaches()
    assert store.between() == set()


def test_directories_stand_between_cousins(store: Store) -> None:
    tree(store)
    number = store.finding(CLAIM, Where.PATH, "*/{word}", "f", "Z****")
    store.family(number, replace(family(2), template="*/{word}"), [3, 4])
    assert store.between() == {2}


def test_of_families_that_files_tell_the_largest_counts(store: Store) -> None:
    tree(store)
    told = store.finding(CLAIM, Where.GHOST, "trash: {word}", "f", "Z****")
    store.told_family(told, replace(family(1), parent=3, members=8))
    store.told_family(told, replace(family(1), parent=4, members=9))
    store.told_family(told, replace(family(1), parent=4, members=7))
    assert store.families() == {told: replace(family(1), parent=4, members=9)}
    assert store.member_of() == {}
    store.reset_from(4)
    assert store.families() == {}


def test_names_that_files_tell_do_not_make_headers_dirty(store: Store) -> None:
    tree(store)
    told = store.finding(CLAIM, Where.GHOST, "zip member", "", "Z****")
    store.attach_to_entries(told, [3, 4])
    before = store.dirty_headers([2])
    store.attach_to_entries(
        store.finding(
            replace(CLAIM, severity=Band.CRITICAL), Where.GHOST, "zip member", "", "Z****"
        ),
        [3, 4],
    )
    assert store.dirty_headers([2]) == before


def test_values_are_counted_up_to_a_bound(store: Store) -> None:
    number = tree(store)
    for value in range(VALUES_KEPT + 5):
        store.value(number, f"{value:x}", "Z****")
    store.value(number, "0", "Z****")
    assert store.values(number, 3) == (VALUES_KEPT, ["Z****"])


def test_coverage_adds_up(store: Store) -> None:
    tree(store)
    add(
        store,
        [
            judged(entry(5, 1), state=State.PARTLY),
            judged(entry(6, 1), state=State.UNREADABLE),
            (entry(7, 1), Outcome(State.SKIPPED, "no-reader", (), "", 0, dicom=False)),
            (
                entry(8, 1, b"fifo", Kind.SPECIAL),
                Outcome(State.SKIPPED, "special-file", (), "", 0, dicom=False),
            ),
        ],
    )
    found = store.coverage()
    assert (found.seen, found.read, found.unreadable, found.skipped) == (8, 5, 1, 2)
    assert (found.partly, found.unexamined) == (1, 1)
    assert found.seen == found.read + found.unreadable + found.skipped
    assert not found.complete
    assert store.skipped_counts() == [("no-reader", 1), ("special-file", 1)]


def test_questions_about_a_subtree(store: Store) -> None:
    tree(store)
    assert store.below([2]) == (2, 14, 13, 14)
    assert store.below([3]) == (1, 7, 13, 13)
    assert store.dirty_headers([2]) == store.dirty_headers([1]) == {True}
    assert store.lasts([2, 3]) == {2: 4}
    assert list(store.sibling_groups()) == [(2, [3, 4], [b"a", b"b"]), (1, [2], [b"folder"])]


def test_problems_come_in_the_order_of_entries(store: Store) -> None:
    late = Problem(4, Stage.READ, "truncated", "the file ends")
    early = Problem(3, Stage.WALK, "vanished", "gone")
    store.problems([late, early])
    assert list(store.problem_rows()) == [early, late]
    assert list(store.problem_rows(1)) == [early]
    assert store.problem_counts() == [("truncated", 1), ("vanished", 1)]


def test_a_roll_back_keeps_whole_batches(store: Store) -> None:
    tree(store)
    store.commit()
    add(store, [judged(entry(5, 1))])
    store.roll_back()
    assert [row.id for row in store.rows()] == [1, 2, 3, 4]


def test_a_reopened_file_goes_on_with_the_same_numbers(tmp_path: Path) -> None:
    path = tmp_path / "scan.sqlite"
    store = Store.create(path)
    number = tree(store)
    store.value(number, "v", "Z****")
    store.note("roots", [os.fsencode(tmp_path).hex()])
    store.close()
    again = Store.open(path)
    assert again.finding(CLAIM, Where.PATH, "name", "d1", "Z****") == number
    assert again.values(number, 5) == (1, ["Z****"])
    assert again.roots() == {1: os.fsencode(tmp_path)}
    again.reset_from(1)
    assert again.roots() == {}
    assert again.root_paths() == (os.fsencode(tmp_path),)
    tree(again)
    again.reset_from(3)
    assert [row.id for row in again.rows()] == [1, 2]
    with pytest.raises(StoreError, match="no entry 3"):
        again.row(3)
    again.close()


def test_what_became_of_bytes_is_kept_by_batches(store: Store) -> None:
    tree(store)
    store.account(1, Account(1, 2, 3, 4))
    store.account(3, Account(10, 20, 30, 40))
    assert store.coverage().account == Account(11, 22, 33, 44)
    assert [store.batch_of(number) for number in (1, 2, 3, 4)] == [1, 1, 3, 3]
    assert store.batch_of(5) == 5
    store.reset_from(3)
    assert store.coverage().account == Account(1, 2, 3, 4)
    store.reset_from(1)
    assert store.coverage().account == NO_BYTES
