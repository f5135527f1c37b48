"""Progress of a scan: a bar on a terminal, calm lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from vestige.cli.screen import err_console
from vestige.run.scan import Listener
from vestige.run.scan import Progress as Done

_CALM_SECONDS = 10.0
"""Between two lines of progress where there is no terminal."""
_BAR_SECONDS = 0.2
_NOISE = 0.01
"""Share of the tree before which any guess at the time left is noise."""


@contextmanager
def progress() -> Iterator[Listener]:
    """A listener that shows a bar on a terminal and calm lines elsewhere; at the end one line."""
    pace = _Pace()
    if err_console.is_terminal:
        with _bar(pace) as listener:
            yield listener
    else:
        yield _calm_lines(pace)
    err_console.print(pace.done(), soft_wrap=True)


def _calm_lines(pace: "_Pace") -> Listener:
    def line(done: Done) -> None:
        if pace.due(done, _CALM_SECONDS):
            err_console.print(f"{pace.doing}: {pace.said(done)}", soft_wrap=True)

    return line


@contextmanager
def _bar(pace: "_Pace") -> Iterator[Listener]:
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
    )
    # Without a thread of its own: workers are forked while the bar stands.
    with Progress(*columns, console=err_console, auto_refresh=False, transient=True) as bar:
        task = bar.add_task("scan", total=1.0, said="")

        def draw(done: Done) -> None:
            if pace.due(done, _BAR_SECONDS):
                bar.update(task, completed=done.fraction, said=pace.said(done), refresh=True)

        yield draw


class _Pace:
    """Rate and time left, from the entries done and the place in the tree."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._last = self._start
        self._entries = 0
        self._scanned = 0.0
        self.doing = "scanning"

    def due(self, done: Done, seconds: float) -> bool:
        """Whether so many seconds have passed since it last was."""
        now = time.monotonic()
        if not done.hunting:
            self._entries = done.entries
        elif self.doing != "hunting":
            self.doing, self._scanned, self._start = "hunting", self._passed(), now
        if now - self._last < seconds:
            return False
        self._last = now
        return True

    def said(self, done: Done) -> str:
        """Entries, rate, and time left as far as the tree so far lets one guess."""
        passed = self._passed()
        said = f"{done.entries:,} entries, {done.entries / passed:,.0f}/s"
        if done.hunting:
            said = f"{done.entries:,} files, {done.bytes / passed / 1e6:,.1f} MB/s"
        if done.fraction > _NOISE:
            left = passed * (1 - done.fraction) / done.fraction
            said += f", about {left:,.0f} s left"
        return said

    def done(self) -> str:
        """Entries, time and rate of the whole."""
        passed = self._scanned or self._passed()
        rate = self._entries / passed
        return f"scanned {self._entries:,} entries in {passed:,.1f} s ({rate:,.0f}/s)"

    def _passed(self) -> float:
        return max(1e-9, time.monotonic() - self._start)
