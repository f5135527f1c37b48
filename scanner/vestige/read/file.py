"""Files of a volume, opened read-only and without being touched in any other way."""

import errno
import os
import stat
from types import TracebackType
from typing import Self

from vestige.model import Entry, Problem, Stage
from vestige.read.unreadable import Unreadable

_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
"""Never through a link, and never waiting for the other end of a FIFO."""

_NO_ATIME = getattr(os, "O_NOATIME", 0)
"""Keeps the access time as it was; only the owner of a file may ask for it."""


class Source:
    """An open regular file; leaving its context closes it. `size` is bytes at the opening."""

    __slots__ = ("_descriptor", "_entry", "_error", "size")

    def __init__(self, entry: Entry, descriptor: int, size: int) -> None:
        self._entry = entry
        self._descriptor = descriptor
        self._error: OSError | None = None
        self.size = size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; what is read afterwards is empty."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer at the end and where the device fails."""
        parts: list[bytes] = []
        while length > 0 and offset < self.size and self._descriptor >= 0:
            try:
                part = os.pread(self._descriptor, length, offset)
            except OSError as error:
                self._error = error
                break
            if not part:
                break
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def changed(self, entry: Entry) -> Problem | None:
        """The problem that the file is not, or no longer, the one that the walk met."""
        try:
            status = os.fstat(self._descriptor)
        except OSError as error:
            return Unreadable.of(error).problem(entry)
        before = (entry.size, entry.mtime_ns, entry.inode)
        now = (status.st_size, status.st_mtime_ns, status.st_ino)
        names = ("size", "time of modification", "inode")
        differing = [name for name, old, new in zip(names, before, now, strict=True) if old != new]
        if not differing:
            return None
        detail = f"{' and '.join(differing)} changed since the walk"
        return Problem(entry.id, Stage.READ, "changed", detail)

    @property
    def problem(self) -> Problem | None:
        """The problem that a read failed, if one did."""
        return None if self._error is None else Unreadable.of(self._error).problem(self._entry)


def open_source(entry: Entry) -> Source:
    """The file of `entry`, which is a regular one; Unreadable if it cannot be read or is none."""
    try:
        descriptor = _descriptor(entry.path)
    except OSError as error:
        raise Unreadable.of(error) from None
    try:
        status = os.fstat(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise Unreadable.of(error) from None
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable("replaced", "it is no regular file any more")
    return Source(entry, descriptor, status.st_size)


def _descriptor(path: bytes) -> int:
    """A descriptor that can only read, opened without following a link or waiting."""
    try:
        return os.open(path, _OPEN | _NO_ATIME)
    except PermissionError as error:
        if error.errno != errno.EPERM or not _NO_ATIME:
            raise
    return os.open(path, _OPEN)
