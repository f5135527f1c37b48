"""What comes again from batch to batch is told once, and is known by its number from then on."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.run.test_examine import CATALOG, KEY, groups
from tests.run.test_outcomes import image
from vestige import catalog
from vestige.model import State
from vestige.run import numbers as numbers_room
from vestige.run import outcomes as outcomes_room
from vestige.run import repeated as repeated_room
from vestige.run.batch import Examined
from vestige.run.examine import Examiner
from vestige.run.numbers import Numbers
from vestige.run.outcomes import Columns, Outcomes
from vestige.run.repeated import Once, Outcome, Repeated
from vestige.store import Store

ROUNDS = 6


@pytest.fixture
def batches(tmp_path: Path) -> list[Examined]:
    """A folder examined again and again, as the parent of one worker is told of it."""
    (tmp_path / "volume").mkdir()
    for number in range(ROUNDS):
        (tmp_path / "volume" / f"IM{number:02}").write_bytes(image(number))
    (tmp_path / "volume" / "note").write_bytes(b"\x00\x01")
    one = Examiner(CATALOG, catalog.policy("gdpr"), KEY)
    return [one.examine(groups(tmp_path / "volume")) for _ in range(ROUNDS)]


def told_on(batches: list[Examined]) -> list[Examined]:
    """As a crew gives them: with what was told before."""
    first, *others = batches
    for one in others:
        first.causes.update(one.causes)
        first.series.update(one.series)
        first.sets.update(one.sets)
        first.outcomes.update(one.outcomes)
        first.contents.update(one.contents)
        first.accounts.update(one.accounts)
    return [
        replace(
            batch,
            causes=first.causes,
            series=first.series,
            sets=first.sets,
            outcomes=first.outcomes,
            contents=first.contents,
            accounts=first.accounts,
        )
        for batch in batches
    ]


def numbered(batches: list[Examined], store: Store) -> list[tuple[list[int], Columns]]:
    outcomes = Outcomes(store, Numbers(store), None)
    return [outcomes.of(range(len(one.codes)), one, {}) for one in told_on(batches)]


def test_what_was_told_is_not_told_again(batches: list[Examined]) -> None:
    assert batches[0].outcomes
    assert batches[0].contents
    assert batches[0].accounts
    for one in batches[-2:]:
        assert [one.outcomes, one.contents, one.accounts] == [{}, {}, {}]
        assert one.codes == batches[-1].codes
        assert one.account == batches[0].account


def test_each_batch_has_the_numbers_of_the_scan_file(
    batches: list[Examined], tmp_path: Path
) -> None:
    *_, before, last = numbered(batches, Store.create(tmp_path / "scan.sqlite"))
    assert before == last
    assert sum(map(bool, last[1].contents)) >= ROUNDS
    assert sum(map(bool, last[1].accounts)) == ROUNDS


def test_a_worker_that_begins_anew_tells_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: list[Examined]
) -> None:
    expected = numbered(batches, Store.create(tmp_path / "scan.sqlite"))
    monkeypatch.setattr(repeated_room, "REPEATED", 1)
    for room in (outcomes_room, numbers_room):
        monkeypatch.setattr(room, "REPEATED", 2)
        monkeypatch.setattr(room, "_KEPT", 9)
    one = Examiner(CATALOG, catalog.policy("gdpr"), KEY)
    again = [one.examine(groups(tmp_path / "volume")) for _ in range(ROUNDS)]
    assert all(batch.outcomes and batch.accounts for batch in again)
    assert numbered(again, Store.create(tmp_path / "again.sqlite")) == expected


def test_no_number_is_given_twice() -> None:
    once: Once[str] = Once()
    assert [once.number("a"), once.number("b"), once.number("a")] == [1, 2, 1]
    assert once.untold() == {1: "a", 2: "b"}
    once.forget()
    assert (once.number("a"), once.untold()) == (3, {3: "a"})


def test_few_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated_room, "REPEATED", 2)
    known = Repeated()
    for series in range(3):
        known.outcomes.number(Outcome(State.READ, "", 0, "", series, dicom=True))
    known.bound()
    assert not known.outcomes.numbers
