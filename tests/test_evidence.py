"""The values of custody: what a sample shows, and what breaks a proof."""

from itertools import combinations

import pytest

from vestige.evidence import Apart, Comparison, Deletion, Difference, Sample, State, Witness
from vestige.model import Kind

WITNESS = Witness(0, 0, 0)


def held(*apart: Apart, in_place: bool = False, sample: Sample | None = None) -> Comparison:
    first = tuple(Difference(one, b"x") for one in apart)
    counts = {one: apart.count(one) for one in Apart}
    return Comparison((1, 1), (1, 1), 1, counts, first, in_place, sample)


@pytest.mark.parametrize(("files", "of", "altered"), [(3, 8, 2), (1, 8, 1), (8, 8, 1), (5, 10, 4)])
def test_a_sample_shows_an_alteration_as_often_as_counting_says(
    files: int, of: int, altered: int
) -> None:
    draws = list(combinations(range(of), files))
    shown = sum(any(one < altered for one in draw) for draw in draws)
    assert Sample(files, of, "s").detects(altered / of) == pytest.approx(shown / len(draws))


def test_attributes_break_the_proof_in_place_alone() -> None:
    assert held().holds
    assert held(Apart.ATTRIBUTES).holds
    assert not held(Apart.ATTRIBUTES, in_place=True).holds
    assert held(Apart.UNLINKED, in_place=True).holds
    for apart in set(Apart) - {Apart.ATTRIBUTES, Apart.UNLINKED}:
        assert not held(apart).holds
    assert (held(Apart.EXTRA, Apart.ATTRIBUTES).counting, held(Apart.EXTRA).differing) == (1, 1)


def test_a_deletion_holds_only_with_rest_and_whole_copy() -> None:
    good = held()
    assert Deletion("E1", 5, 0, good, good, WITNESS).holds
    sampled = held(sample=Sample(1, 9, "s"))
    for remaining, rest, copy in (
        (1, good, good),
        (0, None, good),
        (0, good, None),
        (0, held(Apart.EXTRA), good),
        (0, good, held(Apart.CHANGED)),
        (0, good, sampled),
    ):
        assert not Deletion("E1", 5, remaining, rest, copy, WITNESS).holds


def test_a_directory_sorts_as_its_files_do() -> None:
    numbers = (0,) * 9
    folder, file = State(b"a", Kind.DIRECTORY, *numbers), State(b"a.b", Kind.FILE, *numbers)
    assert sorted([folder, file], key=lambda one: one.order) == [file, folder]
