"""Files of a volume, opened read-only and without being touched in any other way."""

import errno
import os
import stat
from contextlib import suppress
from types import TracebackType
from typing import Self

from vestige.model import Entry, Problem, Stage
from vestige.read.pages import FIRST
from vestige.read.unreadable import Unreadable

_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
"""Never through a link, and never waiting for the other end of a FIFO."""

_OPEN_FOLDER = (
    getattr(os, "O_PATH", os.O_RDONLY)
    | getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)

_NO_ATIME = getattr(os, "O_NOATIME", 0)
"""Keeps the access time as it was; only the owner of a file may ask for it."""


_RANDOM: int | None = getattr(os, "POSIX_FADV_RANDOM", None)

_BEHIND = 16 << 10
"""Bytes behind what is read from which on it pays to tell the system that they are not wanted."""

_DATA: int | None = getattr(os, "SEEK_DATA", None)
_BLOCK = 512
"""Bytes of a block of a status, whatever those of the file system are."""
_LEAST_HOLES = 1 << 20
"""Bytes of holes in a file from which it pays to ask where they are."""

Glance = tuple[int, bytes, os.stat_result]
"""An open file: its descriptor, its first bytes, and its status after they were read."""

MANY = 4
"""Files from which it pays to open their folder first: each is found by its name then."""


class Folder:
    """The directory of some files; leaving its context closes it. `above` ends in a slash."""

    __slots__ = ("_above", "_descriptor", "_flags", "_many")

    def __init__(self, above: bytes, files: int) -> None:
        self._above = above
        self._many = files >= MANY
        self._descriptor: int | None = None
        self._flags = _OPEN | _NO_ATIME

    def __enter__(self) -> Self:
        if self._many:
            with suppress(OSError):
                self._descriptor = os.open(self._above, _OPEN_FOLDER)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def glance(self, name: bytes, length: int, size: int = 0) -> Glance:
        """The file of that name opened, and its first `length` bytes, in one read.

        `size` is what it is known to have: where that is much more, the system is told that what
        follows is not wanted. A cold disk gives four times as much otherwise.

        OSError as the system says. What is no regular file gives its first bytes like any other,
        if it can be read from an offset: look at the status. Whoever takes the glance closes the
        descriptor.
        """
        path = name if self._descriptor is not None else self._above + name
        try:
            descriptor = os.open(path, self._flags, dir_fd=self._descriptor)
        except PermissionError as error:
            if error.errno != errno.EPERM or not self._flags & _NO_ATIME:
                raise
            # Who does not own a file may not keep its access time as it was.
            self._flags = _OPEN
            descriptor = os.open(path, self._flags, dir_fd=self._descriptor)
        try:
            if size > length + _BEHIND and _RANDOM is not None:
                os.posix_fadvise(descriptor, 0, 0, _RANDOM)
            return descriptor, os.pread(descriptor, length, 0), os.fstat(descriptor)
        except OSError:
            os.close(descriptor)
            raise


def at_length(opened: Glance, length: int) -> Glance:
    """A glance at that many bytes of a file, if there are more than were read; see `glance`.

    As it was if it cannot be read again: whoever reads on is told why.
    """
    descriptor, data, status = opened
    if len(data) >= min(length, status.st_size):
        return opened
    try:
        return descriptor, os.pread(descriptor, length, 0), os.fstat(descriptor)
    except OSError:
        return opened


class Source:
    """An open regular file; leaving its context closes it. `size` is bytes at the opening.

    `first` are the bytes with which it was opened. The zeros of its holes are not asked for: they
    may be a terabyte, of which the system gives half a gigabyte a second.
    """

    __slots__ = ("_descriptor", "_entry", "_error", "_hole", "_sparse", "first", "size")

    def __init__(self, entry: Entry, opened: Glance) -> None:
        self._entry = entry
        self._descriptor, self.first, status = opened
        self._error: OSError | None = None
        self.size = status.st_size
        self._sparse = _DATA is not None and _has_holes(status)
        self._hole = 0, 0

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
        if offset + length <= len(self.first):
            return self.first[offset : offset + length]
        parts: list[bytes] = []
        while length > 0 and offset < self.size and self._descriptor >= 0:
            try:
                hole = self._hole_at(offset) - offset if self._sparse else 0
                part = (
                    bytes(min(length, hole))
                    if hole > 0
                    else os.pread(self._descriptor, length, offset)
                )
            except OSError as error:
                self._error = error
                break
            if not part:
                break
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _hole_at(self, offset: int) -> int:
        """Where the hole around `offset` ends; `offset` if there are data, or nobody can tell."""
        start, end = self._hole
        if not start <= offset < end:
            try:
                end = os.lseek(self._descriptor, offset, _DATA or 0)
            except OSError as error:
                # No data follow, which is so of a file that was cut as well.
                none = error.errno == errno.ENXIO
                end = min(self.size, os.fstat(self._descriptor).st_size) if none else offset
            self._hole = offset, end
        return end

    def changed(self, entry: Entry) -> Problem | None:
        """The problem that the file is not, or no longer, the one that the walk met."""
        try:
            status = os.fstat(self._descriptor)
        except OSError as error:
            return Unreadable.of(error).problem(entry)
        before = (entry.size, entry.mtime_ns, entry.inode)
        now = (status.st_size, status.st_mtime_ns, status.st_ino)
        if before == now:
            return None
        names = ("size", "time of modification", "inode")
        differing = [name for name, old, new in zip(names, before, now, strict=True) if old != new]
        detail = f"{' and '.join(differing)} changed since the walk"
        return Problem(entry.id, Stage.READ, "changed", detail)

    @property
    def problem(self) -> Problem | None:
        """The problem that a read failed, if one did."""
        return None if self._error is None else Unreadable.of(self._error).problem(self._entry)


def _has_holes(status: os.stat_result) -> bool:
    """Whether it pays to ask where the holes of a file are; not every system tells its blocks."""
    blocks = getattr(status, "st_blocks", None)
    return blocks is not None and status.st_size - blocks * _BLOCK >= _LEAST_HOLES


def open_source(entry: Entry, length: int = FIRST) -> Source:
    """The file of `entry`, which is a regular one; Unreadable if it cannot be read or is none."""
    above = entry.path[: len(entry.path) - len(entry.name)]
    with Folder(above, 1) as folder:
        try:
            opened = folder.glance(entry.name, length, entry.size)
        except OSError as error:
            raise Unreadable.of(error) from None
    return source_of(entry, opened)


def source_of(entry: Entry, opened: Glance) -> Source:
    """The file at which somebody has glanced; Unreadable, and closed, if it is no regular one."""
    if not stat.S_ISREG(opened[2].st_mode):
        os.close(opened[0])
        raise Unreadable("replaced", "it is no regular file any more")
    return Source(entry, opened)
