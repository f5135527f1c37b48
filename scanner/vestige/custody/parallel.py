"""Batches through several processes, their results in order, never more than a few waiting."""

import ctypes
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Generic, NamedTuple, TypeVar

_AT_ONCE, _MOST = 64, 1024
"""In a batch: at first, and where it is quickly done, so that what a batch costs does not count."""

_SECONDS = 0.05
"""That a batch is meant to take: short enough that all have work until the end."""

_LONGEST = 0.5
"""Seconds after which a process gives back what it has done of a batch, and the rest undone."""

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

    Only so much of what is given is taken as has found a place with a process. Results are those
    of parts of batches: where one takes long, it comes alone.
    """
    size = _Size()
    batches = _batches(given, size)
    if jobs <= 1:
        for batch in batches:
            yield from _alone_done(function, batch)
        return
    method = "fork" if hasattr(os, "fork") else None
    with ProcessPoolExecutor(jobs, get_context(method), _alone, (os.getpid(),)) as pool:
        waiting: deque[Future[_Done[One, Result]]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(_done, function, batch))
                while len(waiting) >= jobs * _AHEAD:
                    yield from _next(pool, function, waiting, size)
            while waiting:
                yield from _next(pool, function, waiting, size)
        finally:
            for future in waiting:
                future.cancel()


class _Done(NamedTuple, Generic[One, Result]):
    """What a process has done of a batch: its results, in how many seconds, and what is left."""

    results: list[Result]
    done: int
    seconds: float
    left: list[One]


class _Size:
    """How many are given to a process at once, by how long the last ones took."""

    def __init__(self) -> None:
        self.now = _AT_ONCE

    def heard(self, done: int, seconds: float) -> None:
        """Some were done in so many seconds."""
        self.now = max(1, min(_MOST, int(done * _SECONDS / max(seconds, 1e-6))))


def _batches(given: Iterable[One], size: _Size) -> Iterator[list[One]]:
    rest = iter(given)
    while batch := list(islice(rest, size.now)):
        yield batch


def _next(
    pool: ProcessPoolExecutor,
    function: Callable[[list[One]], Result],
    waiting: "deque[Future[_Done[One, Result]]]",
    size: _Size,
) -> Iterator[Result]:
    """The results of the batch that comes next; what is left of it comes then, shared out anew."""
    done = waiting.popleft().result()
    size.heard(done.done, done.seconds)
    left = [pool.submit(_done, function, batch) for batch in _batches(done.left, size)]
    waiting.extendleft(reversed(left))
    yield from done.results


def _done(function: Callable[[list[One]], Result], batch: list[One]) -> "_Done[One, Result]":
    """A batch in parts, each twice as large as the last; none is begun when time is over."""
    results: list[Result] = []
    begun, at, part = time.monotonic(), 0, 1
    seconds = 0.0
    while at < len(batch) and seconds < _LONGEST:
        results.append(function(batch[at : at + part]))
        at, part = at + part, 2 * part
        seconds = time.monotonic() - begun
    return _Done(results, min(at, len(batch)), seconds, batch[at:])


def _alone_done(function: Callable[[list[One]], Result], batch: list[One]) -> Iterator[Result]:
    left = batch
    while left:
        done = _done(function, left)
        yield from done.results
        left = done.left


def _alone(parent: int) -> None:
    """A process that leaves interrupts to the one that started it, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        # It may have gone before that was said.
        if os.getppid() != parent:
            os._exit(1)
