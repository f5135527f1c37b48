"""Listing: the names in one directory, and the facts of its entries, through one descriptor.

A directory is opened without following links: one that a link replaces in mid-scan is noticed.
"""

import errno
import hashlib
import marshal
import os
import stat
from collections.abc import Iterable, Sequence
from itertools import compress
from operator import not_
from typing import NamedTuple, TypeGuard

from vestige.model import Kind

_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_NO_ATIME = getattr(os, "O_NOATIME", 0)
"""Keeps the access time as it was; only the owner of a directory may ask for it."""

_CODES = {
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.ENOENT: "vanished",
    errno.ESTALE: "vanished",
    errno.ENOTDIR: "replaced",
    errno.ELOOP: "replaced",
    errno.ENAMETOOLONG: "path-too-long",
}

_OTHER = "io-error"

CODES = frozenset(_CODES.values()) | {_OTHER}
"""The codes of what the system may refuse."""

_FORMAT = 0o170000
"""The bits of a mode that say what an entry is."""

FILE, DIRECTORY, SPECIAL = Kind.FILE.value, Kind.DIRECTORY.value, Kind.SPECIAL.value
PLAIN = frozenset({FILE, Kind.LINK.value})
"""Kinds of what stands in a directory, and of which a walk has nothing to say."""

_SEEN = frozenset({*PLAIN, SPECIAL})
"""What stands in a directory besides directories."""

_FILE = stat.S_IFREG
_NUL = "\0"

_KINDS = {_FILE: FILE, stat.S_IFDIR: DIRECTORY, stat.S_IFLNK: Kind.LINK.value}

AT_ONCE = 512
"""Entries that are looked at together at most, and are one part of a digest."""

Digest = bytes
"""What a directory and all that lies in it, but not below its own directories, is known by."""

_DIGEST = 16
_PLAIN = 2
"""A version of marshal that writes equal values alike, however they came to be."""

Listed = tuple[bytes, str, int, int, int, int]
"""Name, kind, size, time of modification and of change (ns), and inode of one entry."""


class Listing(NamedTuple):
    """The names in a directory, in order, or the problem that kept it from being listed.

    The descriptor stays open until the entries have been looked at; -1 if there is none.
    """

    others: Sequence[bytes] = ()
    folders: Sequence[bytes] = ()
    identity: tuple[int, int] = (0, 0)
    descriptor: int = -1
    code: str = ""
    detail: str = ""


def of(path: bytes, status: os.stat_result) -> Listing:
    """The names in a directory, opened without following links."""
    try:
        descriptor = _open(path)
    except OSError as error:
        return Listing(code=code(error), detail="the directory cannot be opened")
    now = os.fstat(descriptor)
    identity = (now.st_dev, now.st_ino)
    if identity != (status.st_dev, status.st_ino):
        os.close(descriptor)
        return Listing(code="replaced", detail="another directory took its place")
    return _names(descriptor, identity)


def _open(path: bytes) -> int:
    try:
        return os.open(path, _OPEN | _NO_ATIME)
    except PermissionError:
        return os.open(path, _OPEN)


def _names(descriptor: int, identity: tuple[int, int]) -> Listing:
    items: list[os.DirEntry[str]] = []
    refused = ""
    try:
        with os.scandir(descriptor) as listed:
            items.extend(listed)  # what came before an error is kept
    except OSError as error:
        refused = code(error)
    names = [item.name for item in items]
    folders: list[str] = []
    are_folders = _are_folders(items)
    if True in are_folders:
        folders = list(compress(names, are_folders))
        names = list(compress(names, map(not_, are_folders)))
    others, below = _in_order(names), _in_order(folders)
    detail = "the listing broke off; what came before is scanned" if refused else ""
    return Listing(others, below, identity, descriptor, refused, detail)


def _in_order(names: list[str]) -> list[bytes]:
    """Names as the system keeps them, in the order of their bytes."""
    if not names:
        return []
    names.sort()
    # All at once: no name holds a NUL.
    joined = _NUL.join(names)
    found = joined.encode("utf-8", "surrogateescape").split(b"\0")
    if not joined.isascii():
        # What is no UTF-8 stands for itself by a sign that comes behind others.
        found.sort()
    return found


def _are_folders(items: Sequence["os.DirEntry[str]"]) -> list[bool]:
    try:
        return [item.is_dir(follow_symlinks=False) for item in items]
    except OSError:
        return list(map(_is_folder, items))


def _is_folder(item: "os.DirEntry[str]") -> bool:
    try:
        return item.is_dir(follow_symlinks=False)
    except OSError:
        return False


def looked_at(names: Sequence[bytes], descriptor: int) -> list[Listed | str]:
    """The facts of entries of an open directory, or the code of what the system refused."""
    look = os.stat
    try:
        # As `facts` has it, without a call for each of millions of files.
        return [
            (name, FILE, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino)
            if (s := look(name, dir_fd=descriptor, follow_symlinks=False)).st_mode & _FORMAT
            == _FILE
            else facts(name, s)
            for name in names
        ]
    except OSError:
        # Who may list a directory may not always look at what it holds.
        return [_one_looked_at(name, descriptor) for name in names]


def _one_looked_at(name: bytes, descriptor: int) -> Listed | str:
    try:
        return facts(name, os.stat(name, dir_fd=descriptor, follow_symlinks=False))
    except OSError as error:
        return code(error)


def is_plain(found: list[Listed | str]) -> TypeGuard[list[Listed]]:
    """Whether of all entries that were looked at the facts are known, and none is of note."""
    return {one[1] for one in found} <= PLAIN


def _kinds(found: Iterable[Listed | str]) -> set[str]:
    """The kinds of entries; the second letter of the code of what was refused is none."""
    return {one[1] for one in found}


def amounts(listed: Sequence[Listed]) -> tuple[int, int]:
    """How many of some entries are files, and the bytes of these."""
    return [one[1] for one in listed].count(FILE), sum([one[2] for one in listed])


def facts(name: bytes, status: os.stat_result) -> Listed:
    """The facts of one entry; only files have a size."""
    kind = _KINDS.get(status.st_mode & _FORMAT, SPECIAL)
    size = status.st_size if kind == FILE else 0
    return name, kind, size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def digest(own: Listed, listed: list[Listed]) -> Digest:
    """The digest of a directory in which there are at most `AT_ONCE` entries and no directories."""
    told = marshal.dumps((own, []), _PLAIN)
    if listed:
        told += marshal.dumps(listed, _PLAIN)
    return hashlib.blake2b(told, digest_size=_DIGEST).digest()


class Sum:
    """The digest of a directory: of its own facts, and of the names and facts of what it holds."""

    def __init__(self, own: Listed, folders: Sequence[bytes]) -> None:
        self._sum = hashlib.blake2b(digest_size=_DIGEST)
        self._sum.update(marshal.dumps((own, list(folders)), _PLAIN))
        self._whole = True

    def add(self, listed: list[Listed]) -> None:
        """Some entries more, in their order; no directories."""
        self._sum.update(marshal.dumps(listed, _PLAIN))

    def look(self, found: list[Listed | str]) -> None:
        """Some entries more, as they were looked at: a code is of what the system refused."""
        self._sum.update(marshal.dumps(found, _PLAIN))
        if not _kinds(found) <= _SEEN:
            self.void()

    def void(self) -> None:
        """Something could not be seen: the next time may tell more of it."""
        self._whole = False

    def digest(self) -> Digest:
        """The digest; empty if not all could be seen."""
        return self._sum.digest() if self._whole else b""


def code(error: OSError) -> str:
    """The code of the problem that an error of the system is."""
    return _CODES.get(error.errno or 0, _OTHER)
