"""Hunters that die, hang or are many: nothing is lost, and the order stays."""

import os
import signal
import time

import pytest

from vestige.model import Entry, Kind
from vestige.run import hunters
from vestige.run.hunters import Batch, Hunted, Hunters


class Fatal:
    """Dies over entries called "kill", sleeps over those called "hang"."""

    def search(self, batch: Batch) -> Hunted:
        for entry in batch:
            if entry.name == b"kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if entry.name == b"swell":
                bytearray(1 << 40)
            if entry.name == b"hang":
                time.sleep(600)
        return Hunted((), len(batch), batch[0].id, ())


def batch(first: int, *names: bytes) -> Batch:
    return tuple(
        Entry(number, 0, name, name, Kind.FILE, 0, 0, 0, 0)
        for number, name in enumerate(names, first)
    )


def run(*batches: Batch) -> list[Hunted]:
    crew = Hunters(2, Fatal)
    try:
        return list(crew.hunt(batches))
    finally:
        crew.close()


def test_what_batches_give_comes_in_their_order() -> None:
    found = run(*(batch(1 + 2 * number, b"a", b"b") for number in range(40)))
    assert [one.bytes for one in found] == list(range(1, 81, 2))


def test_an_entry_that_kills_its_hunter_is_a_problem_and_nothing_else_is_lost() -> None:
    found = run(batch(1, b"a", b"kill", b"b"), batch(4, b"c"))
    assert sum(one.files for one in found) == 3
    assert [(p.entry, p.code) for one in found for p in one.problems] == [(2, "worker-died")]


def test_an_entry_that_takes_all_memory_is_a_problem_and_nothing_else_is_lost() -> None:
    found = run(batch(1, b"a", b"swell", b"b"), batch(4, b"c"))
    assert sum(one.files for one in found) == 3
    assert [(p.entry, p.code) for one in found for p in one.problems] == [(2, "memory-limit")]


def test_an_entry_that_hangs_runs_into_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunters, "_SECONDS", 0.5)
    found = run(batch(1, b"hang"), batch(2, b"a"))
    assert [(p.entry, p.code) for one in found for p in one.problems] == [(1, "time-limit")]
