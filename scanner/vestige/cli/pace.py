"""Progress of custody: calm lines with rate, and with the time left where the end is known."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vestige.cli.screen import err_console

_SECONDS = {True: 1.0, False: 10.0}
"""Between two lines on a terminal, and elsewhere."""

Listener = Callable[[int, int], None]
"""Is told how many entries, and bytes of files, are done."""


@contextmanager
def pace(doing: str, expected: int = 0) -> Iterator[Listener]:
    """A listener that prints a calm line now and then; `expected` bytes are to be done (0: ?)."""
    start = last = time.monotonic()

    def say(entries: int, done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _SECONDS[err_console.is_terminal]:
            return
        last = now
        rate = done / max(1e-9, now - start)
        said = f"{doing}: {entries:,} entries, {done:,} bytes, {rate / 1e6:,.0f} MB/s"
        if expected > done > 0:
            said += f", about {(expected - done) / rate:,.0f} s left"
        err_console.print(said, soft_wrap=True)

    yield say
    passed = time.monotonic() - start
    err_console.print(f"{doing} took {passed:,.1f} s", soft_wrap=True)
