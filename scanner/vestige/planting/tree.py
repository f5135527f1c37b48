"""The ground in which entries are planted: one directory, out of which no path leads."""

import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from vestige.model import UsageError, VestigeError

_FIRST_TIME = 1_546_300_800
"""The start of 2019, in seconds since 1970 UTC."""

_SPAN = 3 * 365 * 86_400
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
_TYPES = {"fifo": stat.S_IFIFO, "socket": stat.S_IFSOCK}


class Ground:
    """An empty directory that fills; modes and times of directories are set when it closes.

    Every entry is reached from its directory's descriptor, name by name, without following
    links: paths may be longer than the system takes, and nothing outside is ever touched.
    """

    def __init__(self, target: Path, seed: int) -> None:
        self._seed = seed
        self._root = _opened(target)
        self._folders: dict[bytes, int] = {b"": _FOLDER_MODE}
        self._parent = b""
        self._descriptor = os.dup(self._root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            for path in reversed(self._folders):
                self._settle(path)
        finally:
            os.close(self._descriptor)
            os.close(self._root)

    def file(self, path: bytes, content: bytes, mode: int = -1) -> None:
        """A file with this content."""
        parent, name = self._place(path)
        with _told():
            descriptor = os.open(name, _NEW_FILE, 0o600, dir_fd=parent)
            try:
                _write(descriptor, content)
                os.fchmod(descriptor, _FILE_MODE if mode < 0 else mode)
            finally:
                os.close(descriptor)
            self._date(path, name, parent)

    def attribute(self, path: bytes, name: str, value: bytes) -> None:
        """An extended attribute of a file; VestigeError where the file system keeps none."""
        parent, last = self._place(path)
        with _told():
            descriptor = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
            try:
                os.setxattr(descriptor, name, value)
            finally:
                os.close(descriptor)

    def folder(self, path: bytes, mode: int = -1) -> None:
        """A directory, with those above it."""
        self._place(path + b"/-")
        self._folders[path] = _FOLDER_MODE if mode < 0 else mode

    def link(self, path: bytes, target: bytes) -> None:
        """A symbolic link; nothing looks whether its target exists."""
        parent, name = self._place(path)
        with _told():
            os.symlink(target, name, dir_fd=parent)
            self._date(path, name, parent)

    def hard_link(self, path: bytes, target: bytes) -> None:
        """A second name of a file that is already there."""
        above, target_name = self._place(target)
        source = os.dup(above)
        try:
            parent, name = self._place(path)
            with _told():
                os.link(
                    target_name, name, src_dir_fd=source, dst_dir_fd=parent, follow_symlinks=False
                )
        finally:
            os.close(source)

    def special(self, path: bytes, what: str, mode: int = -1) -> None:
        """A FIFO or a socket."""
        parent, name = self._place(path)
        with _told():
            os.mknod(name, _TYPES[what] | (_FILE_MODE if mode < 0 else mode), dir_fd=parent)
            self._date(path, name, parent)

    def _place(self, path: bytes) -> tuple[int, bytes]:
        """The descriptor of the directory of `path`, made if need be, and the last name."""
        parent, slash, name = path.rpartition(b"/")
        if slash and not parent:
            raise VestigeError("a path of a recipe is absolute, or leads out of the volume")
        if parent != self._parent:
            descriptor = self._descend(parent)
            os.close(self._descriptor)
            self._descriptor, self._parent = descriptor, parent
        if name in (b"", b".", b".."):
            raise VestigeError("a path of a recipe has an empty name, or leads out of the volume")
        return self._descriptor, name

    def _descend(self, path: bytes) -> int:
        descriptor = os.dup(self._root)
        reached = b""
        for name in path.split(b"/") if path else ():
            if name in (b"", b".", b".."):
                os.close(descriptor)
                raise VestigeError("a path of a recipe is absolute, or leads out of the volume")
            reached = reached + b"/" + name if reached else name
            above = descriptor
            try:
                with _told():
                    self._make(reached, name, above)
                    descriptor = os.open(name, _DIRECTORY, dir_fd=above)
            finally:
                os.close(above)
        return descriptor

    def _make(self, path: bytes, name: bytes, above: int) -> None:
        if path not in self._folders:
            os.mkdir(name, 0o700, dir_fd=above)
            self._folders[path] = _FOLDER_MODE

    def _settle(self, path: bytes) -> None:
        """Give a directory its times and its mode, those below it first."""
        descriptor = self._descend(path)
        try:
            seconds = self._time(path)
            os.utime(descriptor, (seconds, seconds))
            os.fchmod(descriptor, self._folders[path])
        finally:
            os.close(descriptor)

    def _date(self, path: bytes, name: bytes, parent: int) -> None:
        seconds = self._time(path)
        os.utime(name, (seconds, seconds), dir_fd=parent, follow_symlinks=False)

    def _time(self, path: bytes) -> int:
        """When an entry was written: some time in three years, the same for the same seed."""
        return _FIRST_TIME + zlib.crc32(path, self._seed & 0xFFFFFFFF) % _SPAN


def _opened(target: Path) -> int:
    """The target, made if need be; UsageError if it holds something already."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise UsageError(f"the target cannot be made: {error.strerror}") from None
    if os.listdir(descriptor):
        os.close(descriptor)
        raise UsageError("the target is not empty; give a new folder")
    return descriptor


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the system refuses into an error that names no path."""
    try:
        yield
    except FileExistsError:
        raise VestigeError("a recipe plants two entries at one path") from None
    except OSError as error:
        raise VestigeError(f"an entry cannot be planted: {error.strerror}") from None
