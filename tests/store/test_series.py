"""Series: how far each goes, and findings attached to them once all is read."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.entries import keep
from vestige.model import Band, Claim, Kind, State, Where
from vestige.store import Outcome, SeriesFacts, Store

SITE = Claim("elements/site", "A site", Band.HIGH, 0.9, "site", ("GDPR Art. 4(1)",))
NAME = Claim("names/person-name", "A name", Band.CRITICAL, 0.8, "direct", ("GDPR Art. 4(1)",))
CLAIM = Claim("claims/late", "Seen of all", Band.MEDIUM, 0.9, "claim", ("GDPR Recital 26",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "scan.sqlite")
    yield made
    made.close()


def facts(text: str, subject: str = "one") -> SeriesFacts:
    return SeriesFacts(text.encode(), subject, json.dumps({"modality": text}))


def add(store: Store, number: int, kind: Kind, series: int, *findings: int) -> None:
    subject = "one" if series else ""
    outcome = store.outcome(
        Outcome(State.READ, "", findings, subject, series, dicom=kind is Kind.FILE)
    )
    parent = 0 if number == 1 else 1
    keep(store, [(number, parent, (b"%d" % number, kind.value, 10, 0, 0, 0), outcome, 0, 0, 0, "")])


def volume(store: Store) -> tuple[int, int]:
    """A root with four files: two of a series in CT, one of one in MR, and one that is no DICOM."""
    site = store.finding(SITE, Where.HEADER, "(0008,0080)", "", "M****")
    name = store.finding(NAME, Where.PATH, "name", "d", "M****")
    first, second = store.series(facts("CT")), store.series(facts("MR"))
    store.series(facts("US"))
    add(store, 1, Kind.DIRECTORY, 0)
    add(store, 2, Kind.FILE, first, site)
    add(store, 3, Kind.FILE, first, site, name)
    add(store, 4, Kind.FILE, second)
    add(store, 5, Kind.FILE, 0)
    store.left([(1, 5, 4, 40, b"")])
    store.index()
    store.commit()
    return first, second


def test_series_say_how_far_they_go_and_how_bad_their_headers_are(store: Store) -> None:
    first, second = volume(store)
    rows = {row.id: row for row in store.series_rows()}
    assert set(rows) == {first, second}
    assert rows[first][2:] == ({"modality": "CT"}, 2, 2, Band.HIGH)
    assert rows[second][2:] == ({"modality": "MR"}, 4, 1, None)
    assert rows[first].subject == rows[second].subject > 0


def test_an_attached_finding_holds_in_every_file_of_its_series(store: Store) -> None:
    first, _ = volume(store)
    before = store.reaches()
    late = store.finding(CLAIM, Where.HEADER, "(0010,0020)", "", "")
    store.attach(late, [first, 0])
    reaches = store.reaches()
    reach = reaches.pop(late)
    assert (reach.entries, reach.files, reach.bytes, reach.subjects) == (2, 2, 20, 1)
    assert reaches == before
    assert store.first_entries(9)[late] == [2, 3]
    sets = store.sets()
    held = {row.id: sets[row.finding_set] for row in store.rows() if row.finding_set}
    assert {entry for entry, findings in held.items() if late in findings} == {2, 3}
    assert len(held[3]) == 3


def test_entries_without_a_series_are_never_meant_by_one(store: Store) -> None:
    volume(store)
    late = store.finding(CLAIM, Where.HEADER, "(0010,0020)", "", "")
    store.attach(late, [0])
    assert late not in store.reaches()


def test_attaching_twice_is_attaching_once(store: Store) -> None:
    first, second = volume(store)
    late = store.finding(CLAIM, Where.HEADER, "(0010,0020)", "", "")
    store.attach(late, [first])
    store.attach(late, [second, first])
    assert store.reaches()[late].entries == 3
    assert store.first_entries(9)[late] == [2, 3, 4]


def test_a_finding_attached_to_entries_leaves_their_like_alone(store: Store) -> None:
    first, _ = volume(store)
    add(store, 6, Kind.FILE, 0)
    late = store.finding(CLAIM, Where.PATH, "name", "e", "")
    store.attach_to_entries(late, [5, 1])
    assert store.first_entries(9)[late] == [1, 5]
    reach = store.reaches()[late]
    assert (reach.entries, reach.files) == (2, 4)
    assert {row.id: row.files for row in store.series_rows()}[first] == 2


def test_new_outcomes_get_numbers_of_their_own_after_attaching(store: Store) -> None:
    first, _ = volume(store)
    late = store.finding(CLAIM, Where.HEADER, "(0010,0020)", "", "")
    store.attach(late, [first])
    store.attach_to_entries(late, [3])
    add(store, 6, Kind.FILE, first)
    assert store.row(6).finding_set == 0
    assert store.reaches()[late].entries == 2


def test_half_a_correlation_is_forgotten_and_done_again_on_resuming(tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite"
    store = Store.create(path)
    first, _ = volume(store)
    late = store.finding(CLAIM, Where.HEADER, "(0010,0020)", "", "")
    store.attach(late, [first])
    store.roll_back()
    store.close()
    again = Store.open(path)
    assert late not in {finding.id for finding in again.findings()}
    assert again.finding(CLAIM, Where.HEADER, "(0010,0020)", "", "") == late
    again.attach(late, [first])
    again.commit()
    assert again.reaches()[late].entries == 2
    again.close()
    assert Store.open(path).reaches()[late].entries == 2
