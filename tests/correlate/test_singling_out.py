"""Singling out: classes of subjects that look alike, reckoned twice."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.correlate import singling_out as module
from vestige.correlate.singling_out import ATTRIBUTES, Crowd, singling_out

Volume = list[tuple[int, Mapping[str, str]]]


def crowd(*facts: Mapping[str, str]) -> Volume:
    return list(enumerate(facts, 1))


def test_unique_and_small_classes_are_counted() -> None:
    pair, trio = {"sex": "F", "age": "a"}, {"sex": "M", "age": "a"}
    found = singling_out(crowd(*[pair] * 2, *[trio] * 6, {"sex": "F", "age": "b"}))
    assert (found.subjects, found.unique, found.below_five) == (9, 1, 3)
    assert found.smallest == ((1, 1), (2, 1), (6, 1))


def test_the_fact_that_singles_out_most_comes_first_and_is_the_best_to_leave_out() -> None:
    found = singling_out(crowd(*({"sex": "FM"[n % 2], "age": str(n)} for n in range(10))))
    assert [one.name for one in found.attributes] == ["age", "sex"]
    assert (found.attributes[0].alone, found.attributes[0].without) == (1.0, 0.0)
    assert (found.attributes[1].alone, found.attributes[1].without) == (0.0, 1.0)
    assert found.removals == (("age", 0.0),)


def test_leaving_out_one_fact_may_not_help_but_two_do() -> None:
    facts = [{"age": str(n), "date": str(n), "sex": "F"} for n in range(8)]
    found = singling_out(crowd(*facts))
    assert [one.left for one in found.removals] == [1.0, 0.0]
    assert {one.name for one in found.removals} == {"age", "date"}


def test_series_of_one_subject_are_taken_together_and_nobody_is_left_out() -> None:
    volume: Volume = [
        (1, {"age": "a", "modality": "CT"}),
        (1, {"age": "a", "modality": "MR"}),
        (2, {"age": "a", "modality": "MR"}),
        (2, {"age": "a", "modality": "CT"}),
        (0, {"age": "z"}),
    ]
    found = singling_out(volume)
    assert (found.subjects, found.unique) == (2, 0)


def test_a_missing_fact_is_a_value() -> None:
    found = singling_out(crowd({"age": "a"}, {"age": "a"}, {}))
    assert found.unique == 1


@pytest.mark.parametrize("shifted", [{"temporal": "MODIFIED"}, {"codes": "113100 113107"}])
def test_shifted_days_single_nobody_out(shifted: Mapping[str, str]) -> None:
    found = singling_out(crowd(*({"date": str(n), "sex": "F", **shifted} for n in range(4))))
    assert (found.unique, [one.name for one in found.attributes]) == (0, ["sex"])
    assert singling_out(crowd(*({"date": str(n)} for n in range(4)))).unique == 4


def test_who_is_alone() -> None:
    people = Crowd()
    for subject, age in ((4, "a"), (7, "b"), (9, "a")):
        people.add(subject, {"age": age})
    assert people.alone() == {7}


def test_nobody_and_nothing() -> None:
    assert singling_out([]).subjects == 0
    found = singling_out(crowd({}, {}))
    assert (found.unique, found.attributes, found.removals) == (0, (), ())


def test_only_so_many_subjects_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SUBJECTS", 3)
    found = singling_out((n, {"age": str(n)}) for n in (1, 2, 3, 4, 1))
    assert found.subjects == 3


@given(
    st.lists(st.dictionaries(st.sampled_from(ATTRIBUTES[:4]), st.sampled_from("xyz")), max_size=30)
)
def test_the_same_as_counting_whole_rows(facts: list[dict[str, str]]) -> None:
    def unique(left_out: str) -> int:
        rows = Counter(tuple(sorted((k, v) for k, v in f.items() if k != left_out)) for f in facts)
        return sum(1 for count in rows.values() if count == 1)

    found = singling_out(crowd(*facts))
    assert found.unique == unique("")
    for one in found.attributes:
        assert round(one.without * len(facts)) == unique(one.name)
