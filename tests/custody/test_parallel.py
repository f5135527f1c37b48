"""Results come in order, and no more is taken than finds a place."""

import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from vestige.custody.parallel import in_order


def squares(batch: list[int]) -> list[int]:
    return [one * one for one in batch]


def process(batch: list[int]) -> int:
    return os.getpid() + 0 * len(batch)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    found = [one for batch in in_order(squares, range(1000), jobs) for one in batch]
    assert found == [one * one for one in range(1000)]


def test_the_work_is_done_elsewhere() -> None:
    assert os.getpid() not in set(in_order(process, range(1000), 2))


def test_little_is_taken_ahead() -> None:
    taken = 0

    def given() -> Iterator[int]:
        nonlocal taken
        for number in range(1_000_000):
            taken += 1
            yield number

    with closing(in_order(squares, given(), 2)) as results:
        next(results)
    assert taken < 2_000
