"""Batches through several processes, their results in order, never more than a few waiting."""

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

_AT_ONCE = 64
"""In a batch: enough that what a batch costs does not count, few enough that all have work."""

_AHEAD = 6
"""Batches waiting for each process."""

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

One = TypeVar("One")
Result = TypeVar("Result")


def in_order(
    function: Callable[[list[One]], Result], given: Iterable[One], jobs: int
) -> Generator[Result, None, None]:
    """What `function` gives for each batch of what is given, in order.

    Only so much of what is given is taken as has found a place with a process.
    """
    batches = _batches(given)
    if jobs <= 1:
        yield from map(function, batches)
        return
    method = "fork" if hasattr(os, "fork") else None
    with ProcessPoolExecutor(jobs, get_context(method), _alone) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(function, batch))
                if len(waiting) >= jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _batches(given: Iterable[One]) -> Iterator[list[One]]:
    rest = iter(given)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch


def _alone() -> None:
    """A process that leaves interrupts to the one that started it, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
