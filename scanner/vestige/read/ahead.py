"""Files read ahead: threads that open and read the next files while one is judged.

Worth it where each opening waits for a network or a disk; where files are in memory it costs time.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Self

from vestige.read.file import Folder, Glance

_WINDOW = 2
"""Files that are open ahead for each thread."""


class Ahead:
    """Threads that glance at files ahead of their turn."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, "reader")

    def glances(self, folder: Folder, names: Sequence[bytes], length: int) -> "Glances":
        """What is seen of the files of a folder, in the order of their names."""
        return Glances(self._pool, (folder, names, length), self._threads * _WINDOW)


class Glances:
    """Glances at the files of one folder, some of them ahead; those not taken are let go."""

    def __init__(
        self, pool: ThreadPoolExecutor, files: tuple[Folder, Sequence[bytes], int], ahead: int
    ) -> None:
        self._pool = pool
        self._folder, names, self._length = files
        self._names: Iterator[bytes] = iter(names)
        self._under_way: deque[Future[Glance]] = deque()
        for _ in range(ahead):
            self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._under_way:
            with suppress(OSError, CancelledError):
                future.cancel()
                os.close(future.result()[0])

    def _begin(self) -> None:
        name = next(self._names, None)
        if name is not None:
            glance = self._folder.glance
            self._under_way.append(self._pool.submit(glance, name, self._length))

    def next(self) -> Glance | None:
        """The glance at the next file; None if it does not open, or gives nothing."""
        future = self._under_way.popleft()
        self._begin()
        try:
            return future.result()
        except OSError:
            return None
