"""Hunters: worker processes that search entries for known persons; the dead are replaced."""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple, Protocol

from vestige.model import Entry, Problem, Stage
from vestige.read.held import Digest
from vestige.run.memory import EXHAUSTED, give_up, limit_memory

_WINDOW = 4
"""Batches under way per worker, done ones that wait for earlier ones included."""

_SECONDS = 120.0
_BYTES_A_SECOND = 100_000
"""Time after which a worker counts as stuck: for a batch, and for its bytes, however slow."""

_LOOK_SECONDS = 5.0
_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM})

Batch = tuple[Entry, ...]


class Seen(NamedTuple):
    """Known persons in the content of an entry.

    `source` numbers one of those known, `form` one of all forms; `what` says what kind of content
    it is, `way` how it was reached, and `member`, masked, of which member.
    """

    entry: int
    source: int
    form: int
    strong: bool
    what: str
    way: str
    member: str


@dataclass(frozen=True, slots=True)
class Hunted:
    """What a batch has given: who was seen where, files and bytes searched, and problems.

    `digests` are of the bytes that were searched, where files are held for a clearance.
    """

    seen: tuple[Seen, ...]
    files: int
    bytes: int
    problems: tuple[Problem, ...]
    digests: tuple[Digest, ...] = ()


class Searcher(Protocol):
    """Searches entries; one lives in each worker."""

    def search(self, batch: Batch) -> Hunted:
        """Who is seen in the entries; nothing about one keeps the others from being searched."""
        ...


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    number: int = -1
    batch: Batch = ()
    deadline: float = 0.0


@dataclass(slots=True)
class _Done:
    """What a batch has given; one that killed its worker is done entry by entry."""

    parts: list[tuple[int, Hunted]] = field(default_factory=list)
    left: int = 1


class Hunters:
    """Workers that search batches; what they give comes in the order of the batches."""

    def __init__(self, jobs: int, make: Callable[[], Searcher]) -> None:
        # Forked workers share the known persons, memory and all.
        self._process = multiprocessing.get_context("fork").Process
        self._make = make
        self._workers = [self._start() for _ in range(jobs)]
        self._waiting: deque[tuple[int, Batch]] = deque()
        self._pending: dict[int, _Done] = {}
        self._given = self._taken = 0

    def close(self) -> None:
        """End all workers; those that do not listen are killed."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(timeout=5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def hunt(self, batches: Iterable[Batch]) -> Iterator[Hunted]:
        """What each batch gives, in their order."""
        for batch in batches:
            self._pending[self._given] = _Done()
            self._waiting.append((self._given, batch))
            self._given += 1
            self._hand_out()
            while self._given - self._taken > _WINDOW * len(self._workers):
                self._collect()
                yield from self._ready()
        while self._taken < self._given:
            yield from self._ready()
            if self._taken < self._given:
                self._collect()

    def _ready(self) -> Iterator[Hunted]:
        while self._taken in self._pending and not self._pending[self._taken].left:
            done = self._pending.pop(self._taken)
            self._taken += 1
            for _first, hunted in sorted(done.parts, key=lambda part: part[0]):
                yield hunted

    def _hand_out(self) -> None:
        for index, worker in enumerate(self._workers):
            if worker.number < 0 and self._waiting:
                worker.number, worker.batch = self._waiting.popleft()
                size = sum(entry.size for entry in worker.batch)
                worker.deadline = time.monotonic() + _SECONDS + size / _BYTES_A_SECOND
                try:
                    worker.pipe.send(worker.batch)
                except OSError:
                    self._replace(index, "worker-died")

    def _collect(self) -> None:
        """Wait for a result, a death, or a deadline."""
        busy = [worker for worker in self._workers if worker.number >= 0]
        nearest = min((worker.deadline for worker in busy), default=0.0)
        wait([w.pipe for w in busy], timeout=max(0.0, nearest - time.monotonic()))
        for index, worker in enumerate(self._workers):
            if worker.number < 0:
                continue
            if worker.pipe.poll():
                self._receive(index, worker)
            elif time.monotonic() > worker.deadline:
                self._replace(index, "time-limit")
        self._hand_out()

    def _receive(self, index: int, worker: _Worker) -> None:
        try:
            hunted: Hunted = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(timeout=_LOOK_SECONDS)
            gave_up = worker.process.exitcode == EXHAUSTED
            self._replace(index, "memory-limit" if gave_up else "worker-died")
            return
        self._keep(worker.number, worker.batch, hunted)
        worker.number = -1

    def _keep(self, number: int, batch: Sequence[Entry], hunted: Hunted) -> None:
        done = self._pending[number]
        done.parts.append((batch[0].id, hunted))
        done.left -= 1

    def _replace(self, index: int, code: str) -> None:
        """Put a new worker in the place of one that died, and retry its batch entry by entry."""
        worker = self._workers[index]
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers[index] = self._start()
        if len(worker.batch) > 1:
            self._pending[worker.number].left += len(worker.batch) - 1
            alone = [(worker.number, (entry,)) for entry in worker.batch]
            self._waiting.extendleft(reversed(alone))
            return
        problem = Problem(worker.batch[0].id, Stage.HUNT, code, _DETAILS[code])
        self._keep(worker.number, worker.batch, Hunted((), 0, 0, (problem,)))

    def _start(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        process = self._process(
            target=_work, args=(theirs, ours, self._make, os.getpid()), daemon=True
        )
        # Python drops exceptions that arise while it forks: an interrupt waits until it is done.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        theirs.close()
        return _Worker(process, ours)


_DETAILS = {
    "worker-died": "the process that searched it for known persons died over it",
    "time-limit": "searching it for known persons took longer than the limit for one entry",
    "memory-limit": "searching it for known persons took more memory than the limit for one entry",
}


def _work(pipe: Connection, theirs: Connection, make: Callable[[], Searcher], parent: int) -> None:
    """The life of a worker: search batches until the pipe closes or the parent is gone."""
    # Whoever tells something that nobody takes any more must hear of it: without this, the end
    # that the parent held would be held here as well.
    theirs.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    searcher = make()
    limit_memory()
    while True:
        # It inherits the pipes of its siblings: a killed parent does not close its own.
        while not pipe.poll(_LOOK_SECONDS):
            if os.getppid() != parent:
                return
        try:
            batch: Batch = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(searcher.search(batch))
        except ConnectionError:
            return
        except MemoryError:
            give_up()
