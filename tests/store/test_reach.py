"""Reach counts every file once, however often a name is repeated below it."""

from pathlib import Path

import pytest

from tests.entries import keep
from vestige.model import Band, Certainty, Claim, Family, Kind, State, Where
from vestige.store import Outcome, Store

CLAIM = Claim("names/person-name", "A name", Band.HIGH, 0.8, "direct", ("GDPR Art. 4(1)",))


def add(store: Store, number: int, parent: int, kind: Kind, *findings: int) -> None:
    outcome = store.outcome(Outcome(State.READ, "", findings, "", 0, dicom=False))
    keep(store, [(number, parent, (b"x", kind.value, 2, 0, 0, 0), outcome, 0, 0, 0, "")])


def test_a_name_in_a_folder_and_in_the_files_below_it_counts_files_once(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    name = store.finding(CLAIM, Where.PATH, "name", "d", "C****")
    add(store, 1, 0, Kind.DIRECTORY)
    add(store, 2, 1, Kind.DIRECTORY, name)
    add(store, 3, 2, Kind.FILE, name)
    add(store, 4, 2, Kind.FILE, name)
    add(store, 5, 1, Kind.DIRECTORY, name)
    add(store, 6, 5, Kind.FILE)
    store.left([(2, 4, 2, 4, b""), (5, 6, 1, 2, b""), (1, 6, 3, 6, b"")])
    reach = store.reaches()[name]
    store.close()
    assert (reach.entries, reach.files, reach.bytes) == (4, 3, 6)


def test_findings_in_content_and_names_of_one_file_count_apart(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    name = store.finding(CLAIM, Where.PATH, "name", "d", "C****")
    header = store.finding(CLAIM, Where.HEADER, "(0010,0010)", "", "C****")
    add(store, 1, 0, Kind.DIRECTORY)
    add(store, 2, 1, Kind.FILE, name, header)
    store.left([(1, 2, 1, 2, b"")])
    found = store.reaches()
    store.close()
    assert {(r.entries, r.files, r.bytes) for r in found.values()} == {(1, 1, 2)}
    assert set(found) == {name, header}


@pytest.mark.parametrize("empty", [0, 20])
def test_few_and_many_that_hold_something_are_counted_alike(tmp_path: Path, empty: int) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    header = store.finding(CLAIM, Where.HEADER, "(0010,0010)", "", "C****")
    add(store, 1, 0, Kind.DIRECTORY)
    add(store, 2, 1, Kind.FILE, header)
    add(store, 3, 1, Kind.LINK, header)
    add(store, 4, 1, Kind.FILE, header)
    for number in range(5, 5 + empty):
        add(store, number, 1, Kind.FILE)
    store.index()
    reach = store.reaches()[header]
    store.close()
    assert (reach.entries, reach.files, reach.bytes) == (3, 2, 4)


def test_a_family_says_it_all_but_who_its_members_are_elsewhere(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    linked = Claim("linkage/known-person", "A person", Band.CRITICAL, 0.9, "direct", ())
    name = store.finding(CLAIM, Where.PATH, "name", "d", "C****")
    known = store.finding(linked, Where.PATH, "name", "", "names")
    family = store.finding(CLAIM, Where.PATH, "{word}", "", "")
    add(store, 1, 0, Kind.DIRECTORY)
    add(store, 2, 1, Kind.FILE, name, known)
    add(store, 3, 1, Kind.FILE, name)
    add(store, 4, 1, Kind.FILE, name, known)
    store.left([(1, 4, 3, 6, b"")])
    told = (2, 2, 1.0, 2, 4, 2, 0, 0, "clean", ())
    store.family(family, Family(1, "{word}", Certainty.CERTAIN, *told), (2, 3))
    reaches = store.reaches()
    store.close()
    assert (reaches[name].entries, reaches[known].entries) == (1, 2)
