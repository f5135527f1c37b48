"""Workers that die, hang or are many: nothing is lost, and the order stays."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from vestige import catalog
from vestige.listing import Listed
from vestige.model import Kind, State
from vestige.run import crew as crews
from vestige.run.batch import Examined
from vestige.run.crew import Batch, Crew
from vestige.run.empties import Packed
from vestige.run.examine import Examiner
from vestige.walk import Siblings

KEY = b"k" * 32
CATALOG, POLICY = catalog.load(), catalog.policy("gdpr")


class Fatal(Examiner):
    """Dies over "kill", sleeps long over "hang", a little over "slow"; else a real examiner.

    Over "long" it tells more than a pipe holds.
    """

    def examine(self, groups: Sequence[Siblings | Packed]) -> Examined:
        sent = [one.siblings if isinstance(one, Packed) else one for one in groups]
        for name in (listed[0] for siblings in sent for listed in siblings.listed):
            if name == b"kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if name == b"hang":
                time.sleep(600)
            if name == b"swell":
                bytearray(1 << 40)
            if name == b"slow":
                time.sleep(2)
            if name == b"long":
                return replace(super().examine(groups), codes=[0] * (1 << 22))
            if name == b"telling":
                self._tell_for_two_seconds()
        return super().examine(groups)

    def _tell_for_two_seconds(self) -> None:
        for _ in range(20):
            time.sleep(0.1)
            if self._beside.beat is not None:
                self._beside.beat()


def fatal() -> Examiner:
    return Fatal(CATALOG, POLICY, KEY)


def folders(*names: bytes, first: int = 1) -> Batch:
    listed: list[Listed] = [(name, Kind.DIRECTORY.value, 0, 0, 0, 0) for name in names]
    return (Siblings(first, 0, b"/", listed, {}, 0.0),)


def run(crew: Crew, batches: Sequence[Batch]) -> list[tuple[int, State, tuple[str, ...]]]:
    """Entry, state and problem codes, in the order in which they came."""
    parts = [part for batch in batches for part in crew.give(batch)]
    parts.extend(crew.finish())
    crew.close()
    found = []
    for batch, examined in parts:
        numbers = [one.first + at for one in batch for at in range(len(one.listed))]
        for number, code in zip(numbers, examined.codes, strict=True):
            codes = tuple(p.code for p in examined.problems if p.entry == number)
            found.append((number, examined.outcomes[code].state, codes))
    return found


def test_outcomes_come_in_the_order_of_the_batches() -> None:
    batches = [folders(b"a", b"b", first=1 + 2 * number) for number in range(60)]
    found = run(Crew(3, fatal), batches)
    assert [number for number, _, _ in found] == list(range(1, 121))
    assert {state for _, state, _ in found} == {State.READ}


def test_an_entry_that_takes_all_memory_is_a_problem_and_nothing_else_is_lost() -> None:
    found = run(Crew(2, fatal), [folders(b"a", b"swell", b"b"), folders(b"c", first=4)])
    lost = {number: codes for number, _, codes in found if codes}
    assert (len(found), lost) == (4, {2: ("memory-limit",)})


def test_an_entry_that_kills_its_worker_is_a_problem_and_nothing_else_is_lost() -> None:
    batches = [
        folders(b"a", b"kill", b"b"),
        folders(b"c", first=4),
        folders(b"kill", first=5),
        folders(b"d", first=6),
    ]
    found = run(Crew(2, fatal), batches)
    assert [number for number, _, _ in found] == [1, 2, 3, 4, 5, 6]
    lost = {number: codes for number, state, codes in found if state is State.UNREADABLE}
    assert lost == {2: ("worker-died",), 5: ("worker-died",)}


def test_a_worker_that_dies_with_two_batches_loses_neither() -> None:
    crew = Crew(1, fatal)
    batches = [
        folders(b"slow", b"kill", first=1),
        folders(b"a", b"kill", b"b", first=3),
        *(folders(b"c", first=number) for number in range(6, 9)),
    ]
    parts = [part for batch in batches for part in crew.give(batch)]
    assert [one.number for one in crew._workers[0].given] == [0, 1]
    parts.extend(crew.finish())
    crew.close()
    found = [(batch[0].first, examined) for batch, examined in parts]
    assert [number for number, _ in found] == list(range(1, 9))
    lost = {number: one.problems[0].code for number, one in found if one.problems}
    assert lost == {2: "worker-died", 4: "worker-died"}


def test_the_time_of_a_batch_is_counted_from_when_it_is_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crews, "_BATCH_SECONDS", 3.5)
    monkeypatch.setattr(crews, "_ENTRY_SECONDS", 0.0)
    found = run(Crew(1, fatal), [folders(b"slow", first=number) for number in range(1, 5)])
    assert [(number, codes) for number, _, codes in found] == [(n, ()) for n in range(1, 5)]


def test_what_might_fill_a_pipe_is_not_sent_ahead() -> None:
    crew = Crew(1, fatal)
    long = tuple(b"%d" % number * 60 for number in range(2_000))
    batches = [folders(b"long"), *(folders(*long, first=2 + n * 2_000) for n in range(3))]
    parts = [part for batch in batches for part in crew.give(batch)]
    assert len(crew._workers[0].given) == 1
    parts.extend(crew.finish())
    crew.close()
    assert len(parts) == len(batches)


def test_an_entry_that_hangs_runs_into_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "_BATCH_SECONDS", 0.3)
    monkeypatch.setattr(crews, "_ENTRY_SECONDS", 0.1)
    found = run(Crew(1, fatal), [folders(b"a", b"hang"), folders(b"b", first=3)])
    assert [(number, codes) for number, _, codes in found] == [
        (1, ()),
        (2, ("time-limit",)),
        (3, ()),
    ]


@pytest.mark.parametrize(("whole", "codes"), [(True, ()), (False, ("time-limit",))])
def test_whoever_reads_files_whole_has_time_for_their_bytes(
    monkeypatch: pytest.MonkeyPatch, codes: tuple[str, ...], *, whole: bool
) -> None:
    monkeypatch.setattr(crews, "_BATCH_SECONDS", 0.3)
    monkeypatch.setattr(crews, "_ENTRY_SECONDS", 0.1)
    monkeypatch.setattr(crews, "_HELD_BYTES", 1 << 20)
    listed: list[Listed] = [(b"slow", Kind.DIRECTORY.value, 60 << 20, 0, 0, 0)]
    found = run(Crew(1, fatal, whole=whole), [(Siblings(1, 0, b"/", listed, {}, 0.0),)])
    assert [one for _, _, one in found] == [codes]


def test_whoever_tells_that_a_long_file_is_still_read_has_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("_BATCH_SECONDS", "_AGAIN_SECONDS"):
        monkeypatch.setattr(crews, name, 0.5)
    monkeypatch.setattr(crews, "_ENTRY_SECONDS", 0.1)
    found = run(Crew(1, fatal), [folders(b"telling"), folders(b"hang", first=2)])
    assert [codes for _, _, codes in found] == [(), ("time-limit",)]


ORPHANS = """
import os, signal, sys, time
from tests.run.test_crew import Crew, fatal, folders
crew = Crew(2, fatal)
for number, name in enumerate(sys.argv[1:], 1):
    list(crew.give(folders(name.encode(), first=number)))
print(*(worker.process.pid for worker in crew._workers), flush=True)
time.sleep(len(sys.argv) - 1)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("given", [(), ("long", "long")])
def test_workers_end_when_their_parent_does(given: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ORPHANS, *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    workers = [int(pid) for pid in done.stdout.split()]
    assert len(workers) == 2
    deadline = time.monotonic() + 30
    while any(map(_lives, workers)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(map(_lives, workers))


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"
