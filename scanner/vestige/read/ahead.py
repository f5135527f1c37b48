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

    def glances(self, folder: Folder, files: Sequence[tuple[bytes, int]], length: int) -> "Glances":
        """What is seen of the files of a folder, given by name and size, in their order."""
        return Glances(self._pool, (folder, files, length), self._threads * _WINDOW)


class Glances:
    """Glances at the files of one folder, some of them ahead; those not taken are let go."""

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        wanted: tuple[Folder, Sequence[tuple[bytes, int]], int],
        ahead: int,
    ) -> None:
        self._pool = pool
        self._folder, files, self._length = wanted
        self._files: Iterator[tuple[bytes, int]] = iter(files)
        self._under_way: deque[tuple[bytes, Future[Glance]]] = deque()
        for _ in range(ahead):
            self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for _name, future in self._under_way:
            with suppress(OSError, CancelledError):
                future.cancel()
                os.close(future.result()[0])

    def _begin(self) -> None:
        file = next(self._files, None)
        if file is not None:
            glance = self._folder.glance
            future = self._pool.submit(glance, file[0], self._length, file[1])
            self._under_way.append((file[0], future))

    def at(self, name: bytes, _size: int) -> Glance | None:
        """The glance at the next file; None if it does not open, or is not the next one."""
        if not self._under_way or self._under_way[0][0] != name:
            return None
        _, future = self._under_way.popleft()
        self._begin()
        try:
            return future.result()
        except OSError:
            return None
