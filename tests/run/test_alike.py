"""Alike: columns of equal numbers are as the lists of which they were told."""

import pickle

import pytest

from vestige.run.alike import Alike, column

EQUAL = [3] * 40


@pytest.mark.parametrize("numbers", [[], [1], EQUAL, [*EQUAL, 4], [4, *EQUAL], [0] * 15])
def test_a_column_is_as_its_list(numbers: list[int]) -> None:
    told = pickle.loads(pickle.dumps(column(numbers)))  # noqa: S301 - what stands here
    assert list(told) == numbers
    assert len(told) == len(numbers)
    assert list(told[2:-1]) == numbers[2:-1]
    assert [told[place] for place in range(-len(numbers), len(numbers))] == numbers * 2


def test_nothing_stands_beyond_its_end() -> None:
    alike = column(EQUAL)
    assert isinstance(alike, Alike)
    with pytest.raises(IndexError):
        alike[len(EQUAL)]
