"""Crew: worker processes; batches in, outcomes out in order, the dead replaced."""

import gc
import multiprocessing
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import NamedTuple

from vestige.account import Account
from vestige.run.batch import Examined, lost
from vestige.run.causes import Told
from vestige.run.empties import Packed, packed
from vestige.run.examine import Examiner
from vestige.run.memory import EXHAUSTED, give_up, limit_memory
from vestige.run.repeated import Held, Outcome
from vestige.store import SeriesFacts
from vestige.walk import Siblings

_WINDOW = 8
"""Batches under way per worker, done ones that wait for earlier ones included."""

_BATCH_SECONDS = 60.0
_ENTRY_SECONDS = 2.0
"""Time after which a worker counts as stuck: for a batch, and for each of its entries."""

_PICTURE_SECONDS = 30.0
"""Time for each entry where text is read in pictures."""

_HELD_BYTES = 4 << 20
"""Bytes that a worker reads in a second at least, where it reads files whole."""

_AGAIN_SECONDS = 60.0
"""Time after which a worker counts as stuck that has told that it still reads a long file."""

_LOOK_SECONDS = 5.0

_RARELY = (50_000, 20, 50)
"""How often garbage is looked for: entries make none, memories of texts are no garbage."""

_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM})

_ROOM = 4
"""A batch that is sent ahead may fill one part in so many of a pipe: to wait until a worker takes
it would be in vain where that waits until somebody takes what it has to tell."""

Batch = tuple[Siblings, ...]


class _Given(NamedTuple):
    """A batch, its number in the order of all, and the bytes by which a worker is told of it."""

    number: int
    batch: Batch
    told: memoryview


@dataclass(slots=True)
class _Worker:
    """One process, its pipe, and the batches that it has, that on which it works first.

    `room` is how many bytes the pipe takes for sure though nobody reads them.
    """

    process: BaseProcess
    pipe: Connection
    causes: dict[int, Told] = field(default_factory=dict)
    sets: dict[int, tuple[int, ...]] = field(default_factory=dict)
    series: dict[int, SeriesFacts] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    contents: dict[int, Held] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    room: int = 0
    given: deque[_Given] = field(default_factory=deque)
    deadline: float = 0.0

    def with_told(self, examined: Examined) -> Examined:
        """What a batch has given, with all that the worker has told that nobody has used yet."""
        self.causes.update(examined.causes)
        self.sets.update(examined.sets)
        self.series.update(examined.series)
        self.outcomes.update(examined.outcomes)
        self.contents.update(examined.contents)
        self.accounts.update(examined.accounts)
        return replace(
            examined,
            causes=self.causes,
            sets=self.sets,
            series=self.series,
            outcomes=self.outcomes,
            contents=self.contents,
            accounts=self.accounts,
        )


@dataclass(slots=True)
class _Done:
    """What a batch has given so far; a batch that killed its worker is done entry by entry."""

    batch: Batch
    parts: list[tuple[Batch, Examined]] = field(default_factory=list)
    left: int = 1


class Crew:
    """Workers that examine batches; give it batches, take outcomes in the same order.

    `whole` says that they read files from the first to the last byte, which takes longer, and
    `looking` that they read text in pictures, which takes seconds for each.
    """

    def __init__(
        self,
        jobs: int,
        make: Callable[[], Examiner],
        *,
        whole: bool = False,
        looking: bool = False,
    ) -> None:
        # Forked workers share the loaded catalog, memory and all.
        self._process = multiprocessing.get_context("fork").Process
        self._make = make
        self._whole = whole
        self._entry_seconds = _PICTURE_SECONDS if looking else _ENTRY_SECONDS
        # What is there before the scan stays: nobody need look whether it is garbage.
        gc.freeze()
        gc.set_threshold(*_RARELY)
        self._workers = [self._start() for _ in range(jobs)]
        self._waiting: deque[_Given] = deque()
        self._pending: dict[int, _Done] = {}
        self._given = 0
        self._taken = 0

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

    def give(self, batch: Batch) -> Iterator[tuple[Batch, Examined]]:
        """Hand a batch over; gives the outcomes that are ready, and waits while all is busy."""
        self._pending[self._given] = _Done(batch)
        self._waiting.append(self._to_give(self._given, batch))
        self._given += 1
        self._hand_out()
        while self._given - self._taken > _WINDOW * len(self._workers):
            self._collect()
            yield from self._ready()

    def finish(self) -> Iterator[tuple[Batch, Examined]]:
        """Give the outcomes of all batches that are still under way."""
        while self._taken < self._given:
            yield from self._ready()
            if self._taken < self._given:
                self._collect()

    def _ready(self) -> Iterator[tuple[Batch, Examined]]:
        while self._taken in self._pending and not self._pending[self._taken].left:
            done = self._pending.pop(self._taken)
            self._taken += 1
            yield from sorted(done.parts, key=lambda part: part[0][0].first)

    def _hand_out(self) -> None:
        for index, worker in enumerate(self._workers):
            if self._waiting and not worker.given:
                self._send(index)
        for index, worker in enumerate(self._workers):
            # Who finds the next batch in the pipe need not wait until somebody gives it. The last
            # ones stay at hand for whoever is free.
            if len(self._waiting) <= len(self._workers):
                break
            if len(worker.given) == 1 and len(self._waiting[0].told) <= worker.room:
                self._send(index)

    def _to_give(self, number: int, batch: Batch) -> _Given:
        told = batch if self._whole else tuple(map(packed, batch))
        return _Given(number, batch, ForkingPickler.dumps(_written(told)))

    def _send(self, index: int) -> None:
        """Send the next batch to a worker."""
        worker = self._workers[index]
        worker.given.append(self._waiting.popleft())
        if len(worker.given) == 1:
            self._begin(worker)
        try:
            worker.pipe.send_bytes(worker.given[-1].told)
        except OSError:
            self._replace(index, "worker-died")

    def _begin(self, worker: _Worker) -> None:
        """A worker begins its next batch: its time is counted from now on."""
        batch = worker.given[0].batch
        seconds = _BATCH_SECONDS + self._entry_seconds * _entries(batch)
        seconds += _bytes(batch) / _HELD_BYTES if self._whole else 0
        worker.deadline = time.monotonic() + seconds

    def _collect(self) -> None:
        """Wait for a result, a death, or a deadline."""
        busy = [worker for worker in self._workers if worker.given]
        nearest = min((worker.deadline for worker in busy), default=0.0)
        ready = wait([w.pipe for w in busy], timeout=max(0.0, nearest - time.monotonic()))
        for index, worker in enumerate(self._workers):
            if not worker.given:
                continue
            if worker.pipe in ready:
                self._receive(index, worker)
            elif time.monotonic() > worker.deadline and not worker.pipe.poll():
                self._replace(index, "time-limit")
        self._hand_out()

    def _receive(self, index: int, worker: _Worker) -> None:
        try:
            examined: Examined | None = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(timeout=_LOOK_SECONDS)
            gave_up = worker.process.exitcode == EXHAUSTED
            self._replace(index, "memory-limit" if gave_up else "worker-died")
            return
        if examined is None:
            worker.deadline = max(worker.deadline, time.monotonic() + _AGAIN_SECONDS)
            return
        # What a number stands for was told once; a part that comes late may be due before it.
        number, batch, _ = worker.given.popleft()
        done = self._pending[number]
        done.parts.append((batch, worker.with_told(examined)))
        done.left -= 1
        if worker.given:
            self._begin(worker)

    def _replace(self, index: int, code: str) -> None:
        """Put a new worker in the place of one that died, and retry its batch entry by entry.

        A batch behind that was not begun yet.
        """
        worker = self._workers[index]
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers[index] = self._start()
        number, batch, _ = worker.given.popleft()
        self._waiting.extendleft(reversed(worker.given))
        done = self._pending[number]
        done.left -= 1
        count = _entries(batch)
        if count > 1:
            done.left += count
            alone = [
                self._to_give(number, (siblings.part(place, place + 1),))
                for siblings in batch
                for place in range(len(siblings.listed))
            ]
            self._waiting.extendleft(reversed(alone))
            return
        detail = {
            "worker-died": "the process that examined it died over it",
            "time-limit": "it took longer than the limit for one entry",
            "memory-limit": "it took more memory than the limit for one entry",
        }[code]
        done.parts.append((batch, lost(batch[0].first, code, detail)))

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
        return _Worker(process, ours, room=_room(ours))


def _room(pipe: Connection) -> int:
    """How many bytes a pipe takes for sure though nobody reads them; 0 if it cannot be told."""
    try:
        with socket.socket(fileno=os.dup(pipe.fileno())) as end:
            return end.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // _ROOM
    except OSError:
        return 0


def _entries(batch: Batch) -> int:
    return sum(len(siblings.listed) for siblings in batch)


def _bytes(batch: Batch) -> int:
    return sum(facts[2] for siblings in batch for facts in siblings.listed)


def _written(batch: Sequence[Siblings | Packed]) -> list[Packed | tuple[object, ...]]:
    """A batch as it is sent: plain tuples are written in half the time."""
    return [one if isinstance(one, Packed) else tuple(one) for one in batch]


def _read(sent: Sequence[Packed | tuple[object, ...]]) -> list[Siblings | Packed]:
    """A batch as it was before it was sent."""
    return [one if isinstance(one, Packed) else Siblings._make(one) for one in sent]


def _work(pipe: Connection, theirs: Connection, make: Callable[[], Examiner], parent: int) -> None:
    """The life of a worker: examine batches until the pipe closes or the parent is gone."""
    # Whoever tells something that nobody takes any more must hear of it: without this, the end
    # that the parent held would be held here as well.
    theirs.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    examiner = make()
    examiner.tell_of_long_files(lambda: pipe.send(None))
    gc.set_threshold(*_RARELY)
    limit_memory()
    while True:
        # A worker inherits the pipes of its siblings, so that the end of a killed parent does not
        # close its own: it has to look.
        while not pipe.poll(_LOOK_SECONDS):
            if os.getppid() != parent:
                return
        try:
            batch = _read(pipe.recv())
        except (EOFError, OSError):
            return
        try:
            pipe.send(examiner.examine(batch))
        except ConnectionError:
            return
        except MemoryError:
            give_up()
