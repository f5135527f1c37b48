"""What a gate asks of a scan file."""

import hashlib
from pathlib import Path

import pytest

from tests.entries import keep
from vestige.model import Kind, Problem, Stage, State
from vestige.store import UNKNOWN_CLASS, Outcome, SeriesFacts, Store

SHA = hashlib.sha256(b"x").digest()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two roots, of which the second holds nothing: a folder, two files, a link."""
    store = Store.create(tmp_path / "scan.sqlite")
    plain = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    facts = SeriesFacts(b"d" * 16, "", f'{{"class": "{UNKNOWN_CLASS}"}}')
    odd = store.outcome(Outcome(State.READ, "", (), "", store.series(facts), dicom=True))
    partly = store.outcome(Outcome(State.PARTLY, "", (), "", 0, dicom=True))
    entries = [
        (1, 0, b"one", Kind.DIRECTORY, plain),
        (2, 1, b"a", Kind.FILE, odd),
        (3, 1, b"b", Kind.FILE, partly),
        (4, 1, b"c", Kind.LINK, plain),
        (5, 0, b"two", Kind.DIRECTORY, plain),
    ]
    keep(
        store,
        [
            (number, parent, (name, kind.value, 1, 2, 3, 4), outcome, 0, 0, 0, "")
            for number, parent, name, kind, outcome in entries
        ],
    )
    store.left([(1, 4, 2, 2, b""), (5, 5, 0, 0, b"")])
    return store


def test_entries_come_with_their_digests(store: Store) -> None:
    store.clearing.keep([(2, 1, SHA)])
    told = [(one.id, one.kind, one.size, one.sha256) for one in store.clearing.entries()]
    assert told == [
        (1, Kind.DIRECTORY, 0, b""),
        (2, Kind.FILE, 1, SHA),
        (3, Kind.FILE, 0, b""),
        (4, Kind.LINK, 0, b""),
        (5, Kind.DIRECTORY, 0, b""),
    ]
    assert store.clearing.without_digest() == 1
    store.reset_from(2)
    assert [one.id for one in store.clearing.entries()] == [1]
    store.close()


def test_other_bytes_are_told(store: Store) -> None:
    store.clearing.keep([(2, 1, SHA), (3, 1, SHA)])
    asked = [(2, 1, SHA), (3, 2, SHA), (4, 1, SHA)]
    assert store.clearing.differing(asked) == [3]
    assert store.clearing.differing([(2, 1, SHA[::-1])]) == [2]
    store.close()


def test_what_must_not_pass_unsaid_is_counted(store: Store) -> None:
    clearing = store.clearing
    assert clearing.of_unknown_class() == 1
    assert clearing.one_by_one(10) == [(2, "unknown-class"), (4, "link")]
    assert clearing.one_by_one(1) == [(2, "unknown-class")]
    assert clearing.empty_roots() == 1
    assert (clearing.of_kind(Kind.LINK), clearing.of_kind(Kind.SPECIAL)) == (1, 0)
    store.close()


def test_problems_are_counted_by_entries_and_by_what_the_coverage_does_not_say(
    store: Store,
) -> None:
    store.problems(
        [
            Problem(2, Stage.HUNT, "io-error", "x"),
            Problem(2, Stage.READ, "budget", "x"),
            Problem(3, Stage.READ, "budget", "x"),
            Problem(3, Stage.READ, "budget", "y"),
            Problem(3, Stage.READ, "truncated", "y"),
        ]
    )
    clearing = store.clearing
    assert clearing.problem_entries() == {"budget": 2, "io-error": 1, "truncated": 1}
    assert clearing.problems_otherwise(("budget",)) == 1
    assert clearing.problems_otherwise(("budget", "io-error")) == 0
    clearing.found_at_end([Problem(1, Stage.END, "added", "x")])
    clearing.found_at_end([Problem(4, Stage.END, "vanished", "x")])
    assert "added" not in clearing.problem_entries()
    assert clearing.problem_entries()["vanished"] == 1
    store.close()


def test_what_is_done_again_loses_its_digest(store: Store) -> None:
    store.clearing.keep([(2, 1, SHA), (3, 1, SHA)])
    store.reset_from(3)
    assert [one.id for one in store.clearing.entries() if one.sha256] == [2]
    store.close()
