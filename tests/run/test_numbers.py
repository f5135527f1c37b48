"""Numbers: what workers tell gets its number once, in the order in which it is told."""

from pathlib import Path

import pytest

from vestige.account import NO_BYTES
from vestige.model import Band, Claim, Where
from vestige.run import numbers as numbers_room
from vestige.run.batch import Examined
from vestige.run.causes import Cause, Told, Value
from vestige.run.numbers import Numbers, Own
from vestige.run.repeated import Held
from vestige.store import SeriesFacts, Store
from vestige.trace import Kind, Trace

CLAIM = Claim("elements/name", "A name", Band.HIGH, 0.9, "direct", ("GDPR Art. 4(1)",))
TOLD: dict[int, Told] = {
    0: Cause(CLAIM, Where.HEADER, "(0010,0010)", "", "of another value"),
    1: Cause(CLAIM, Where.HEADER, "(0010,0020)", ""),
    -1: Value(0, "d1", "Z****", "of the first"),
    -2: Value(0, "d2", "Q****"),
    -3: Trace(Kind.TEXT, Where.HEADER, "(0010,0010)", b"123456789"),
}


SETS = {0: (), 1: (1, 0, -2, -1, -3), 2: (0, -1), 3: (0,)}


def examined(causes: dict[int, Told]) -> Examined:
    series = {1: SeriesFacts(b"digest", "whose", "{}")}
    return Examined([], {}, {**SETS}, causes, (), (), series, NO_BYTES, [], [], {}, (), [], [], {})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "scan.sqlite")


def test_findings_come_in_their_order_with_the_first_value(store: Store) -> None:
    numbers = Numbers(store)
    batch = examined(TOLD)
    found = numbers.of_set(batch, 1)
    assert found == ((1, 2), (1,), (1, 2))
    first = {finding.id: finding for finding in store.findings()}
    assert first[2].masked == "Q****"
    assert first[2].explanation == "of another value"
    assert numbers.of_set(batch, 2).findings == (2,)
    assert numbers.of_set(batch, 0) == ((), (), ())
    assert (numbers.of_set(batch, 1), sorted(batch.sets)) == (found, [0, 3])
    assert store.values(2, 9) == (2, ["Q****", "Z****"])


def test_what_varies_is_kept_apart_and_series_are_told_once(store: Store) -> None:
    numbers, batch = Numbers(store), examined(TOLD)
    content = Held(2, "whose", 1, dicom=True, reason="")
    number = numbers.content(batch, content)
    assert numbers.content(batch, content) == number
    assert numbers.series(batch.series, 1) == 1
    assert numbers.series(batch.series, 0) == 0
    assert numbers.own(batch, (-2, -3)) == Own((1,), "2 -1")


def test_a_new_finding_shows_the_first_value_though_it_differs_from_file_to_file(
    store: Store,
) -> None:
    numbers, batch = Numbers(store), examined(TOLD)
    assert numbers.of_set(batch, 3, own=(-2,)).findings == (1,)
    assert next(store.findings()).masked == "Q****"


def test_of_many_sets_those_told_first_are_forgotten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers_room, "SETS", 2)
    monkeypatch.setattr(numbers_room, "_SETS_KEPT", 2)
    numbers, batch = Numbers(store), examined(TOLD)
    for number in (1, 2, 3):
        numbers.of_set(batch, number)
    batch.sets[1] = (0,)
    assert numbers.of_set(batch, 1).seen == ()
