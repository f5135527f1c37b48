"""One step of a benchmark: a command in processes of its own, on so many cores, measured."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0
"""A step is repeated as long as it does not take more seconds in all."""

_TICK = 0.1
_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds on the wall and of CPU, MB, its exit code and output."""

    seconds: float
    cpu: float
    peak: float
    together: float
    code: int
    output: str


def best(step: Callable[[], Run], times: int) -> Run:
    """The shortest of so many runs; long ones are run once."""
    runs = [step()]
    while len(runs) < times and sum(run.seconds for run in runs) + runs[0].seconds < PATIENCE:
        runs.append(step())
    return min(runs, key=lambda run: run.seconds)


def measured(command: Sequence[str], cores: int, accepted: Sequence[int] = (0,)) -> Run:
    """Runs a command on so many cores; ends the benchmark if its exit code is another."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        before = _pin(cores)
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, env=_as_installed())
        _free(before)
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
        if process.returncode not in accepted:
            errors.seek(0)
            told = errors.read().decode(errors="replace")[-500:]
            sys.exit(f"{command[:4]} ended with {process.returncode}: {told}")
        output.seek(0)
        text = output.read().decode(errors="replace")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(
        seconds,
        usage.ru_utime + usage.ru_stime,
        # What the system counts as the peak of a process includes that of whoever started it.
        watch.greatest or usage.ru_maxrss * unit / _MEGABYTE,
        watch.together,
        process.returncode,
        text,
    )


def _as_installed() -> dict[str, str]:
    """The environment, of which nothing keeps Python from keeping what it compiled.

    An installer compiles modules once; a checkout that may not would do it at each start.
    """
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _pin(cores: int) -> set[int]:
    """Keeps this process, and the one it starts next, on so many cores; gives those it had."""
    if sys.platform != "linux":
        return set()
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[-cores:])
    return before


def _free(before: set[int]) -> None:
    if sys.platform == "linux":
        os.sched_setaffinity(0, before)


class _Watch(threading.Thread):
    """Looks at the memory of a process and all below it while they run, where /proc tells."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.greatest = 0.0
        """MB of the greatest process."""
        self.together = 0.0
        """MB of all processes at once; what they share counts once for each."""

    def run(self) -> None:
        """Looks until told to end."""
        while not self._ended.wait(_TICK):
            sizes = list(map(_memory, _below(self._pid)))
            self.greatest = max(self.greatest, *(peak for peak, _ in sizes))
            self.together = max(self.together, sum(now for _, now in sizes))

    def end(self) -> None:
        """Stops looking."""
        self._ended.set()
        self.join()


def _below(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    for one in found:
        with suppress(OSError):  # it has ended meanwhile
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found


def _memory(pid: int) -> tuple[float, float]:
    """MB of a process, at its peak and now."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # it has ended, or there is no /proc
        return 0.0, 0.0
    sizes = dict(line.split(":", 1) for line in lines if line.startswith(("VmHWM", "VmRSS")))
    peak, now = (int(sizes.get(name, "0").split()[0]) for name in ("VmHWM", "VmRSS"))
    return peak * 1024 / _MEGABYTE, now * 1024 / _MEGABYTE
