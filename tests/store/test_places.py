"""Places: the same names make the same way, whatever the numbers of entries are."""

from pathlib import Path

import pytest

from tests.entries import keep
from vestige.model import Band, Claim, State, Where
from vestige.store import Outcome, Place, Store

CLAIM = Claim("names/surname", "A surname", Band.HIGH, 0.9, "direct", ("GDPR Art. 4(1)",))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.create(tmp_path / "scan.sqlite")
    named = store.finding(CLAIM, Where.PATH, "name", "d1", "Z****")
    header = store.finding(CLAIM, Where.HEADER, "(0010,0010)", "", "Z****")
    store.value(header, "v1", "Z****")

    def outcome(*findings: int, state: State = State.READ) -> int:
        return store.outcome(Outcome(state, "", findings, "", 0, dicom=False))

    rows = [
        (1, 0, b"root", "directory", outcome()),
        (2, 1, b"folder", "directory", outcome(named)),
        (3, 2, b"a", "file", outcome(header)),
        (4, 2, b"b", "file", outcome(named, header)),
        (5, 0, b"other", "directory", outcome(state=State.UNREADABLE)),
        (6, 1, b"c", "file", outcome(state=State.UNREADABLE)),
    ]
    keep(
        store,
        [
            (number, parent, (name, kind, 1, 2, 3, 90 + number), found, 0, 0, 0, "")
            for number, parent, name, kind, found in rows
        ],
    )
    return store


def test_names_and_contents_have_their_places(store: Store) -> None:
    places = store.places()
    assert places.roots() == {b"0": 91, b"1": 95}
    assert {place for _, place in places.of_names()} == {
        Place(b"0/folder", 92),
        Place(b"0/folder/b", 94),
    }
    assert {place for number, place in places.of_content() if place.way != b"0"} == {
        Place(b"0/folder", 92)
    }
    assert places.digests() == {2: {"v1"}}


def test_what_could_not_be_read_is_told_by_its_directory(store: Store) -> None:
    assert store.places().not_read() == {b"0", b"1"}
    assert store.way(4) == b"0/folder/b"
    assert store.way(5) == b"1"
