"""Results come in order, and no more is taken than finds a place."""

import os
import time
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


def slow(batch: list[int]) -> tuple[list[int], int]:
    """Whatever is a multiple of a hundred takes long."""
    time.sleep(sum(0.6 for one in batch if one % 100 == 0))
    return batch, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_takes_long_comes_alone_and_in_order(jobs: int) -> None:
    found = list(in_order(slow, range(210), jobs))
    assert [one for batch, _ in found for one in batch] == list(range(210))
    assert [0] in [batch for batch, _ in found]
    assert len({process for _, process in found}) == jobs


def test_what_is_quickly_done_comes_in_larger_batches() -> None:
    found = list(in_order(squares, range(60_000), 2))
    assert sum(map(len, found)) == 60_000
    assert max(map(len, found)) > 256
