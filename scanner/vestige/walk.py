"""Walk: roots to numbered entries and problems, in one order on every machine.

Directories are opened once, without following links, and listed through their descriptor: a
directory that a link replaces in mid-scan is noticed, not followed. In a directory all other
entries come first, by name as bytes, then the directories with what lies below them: ids are
numbered in pre-order, so that a subtree is one range of ids.
"""

import errno
import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from vestige.model import Entry, Kind, Problem, Stage, State, UsageError

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

SPECIAL = "special-file"
OTHER_FILE_SYSTEM = "other-file-system"
LOOP = "loop"
_OTHER = "io-error"

CODES = frozenset(_CODES.values()) | {LOOP, _OTHER}
"""The codes of the problems that a walk meets."""

SKIPS = frozenset({SPECIAL, OTHER_FILE_SYSTEM})
"""The reasons for which a walk skips an entry."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as the walk meets it, with the state that the walk alone gives it, if any.

    `reason` says why an entry is skipped; `fraction` is how far along the tree the walk is.
    """

    entry: Entry
    state: State | None
    reason: str
    problem: Problem | None
    fraction: float


@dataclass(frozen=True, slots=True)
class Left:
    """A directory whose subtree is done: its last id, and the files and bytes below it."""

    id: int
    last: int
    files: int
    bytes: int


@dataclass(slots=True)
class _Level:
    """A directory on the way from the root to where the walk stands."""

    entry: Entry
    identity: tuple[int, int]
    folders: deque[tuple[bytes, os.stat_result]]
    start: float
    width: float
    count: int = 0
    next: int = 0
    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Blank:
    """What is known of an entry that was listed, and whose status the system then refused."""

    kind: Kind
    code: str


@dataclass(frozen=True, slots=True)
class _Listing:
    """What lies in a directory, in order, or the problem that kept it from being listed."""

    others: list[tuple[bytes, os.stat_result | _Blank]] = field(default_factory=list)
    folders: list[tuple[bytes, os.stat_result]] = field(default_factory=list)
    identity: tuple[int, int] = (0, 0)
    code: str = ""
    detail: str = ""


def roots(paths: Sequence[str | os.PathLike[str]]) -> tuple[bytes, ...]:
    """The real paths of the roots, in the order given; UsageError if one is no folder."""
    found: list[bytes] = []
    for number, path in enumerate(paths, 1):
        real = os.path.realpath(os.fsencode(path))
        which = f"root {number}" if len(paths) > 1 else "the root"
        if not os.path.lexists(real):
            raise UsageError(f"{which} does not exist; give the folder to scan")
        if not os.path.isdir(real):
            raise UsageError(f"{which} is a file, not a folder; give the folder that holds it")
        found.append(real)
    for one, other in permutations(found, 2):
        if os.path.commonpath((one, other)) == other:
            raise UsageError("one root lies inside another; give each volume once")
    return tuple(found)


def walk(root_paths: Sequence[bytes], *, cross_file_systems: bool = False) -> Iterator[Seen | Left]:
    """Entries of all roots, numbered from 1, each directory followed by what lies in it."""
    number = 0
    for index, root in enumerate(root_paths):
        share = (index / len(root_paths), 1 / len(root_paths))
        for event in _Walk(root, number, share, cross=cross_file_systems).events():
            if isinstance(event, Seen):
                number = event.entry.id
            yield event


class _Walk:
    """The walk below one root; a stack stands for recursion, so that depth has no limit."""

    def __init__(self, root: bytes, last: int, share: tuple[float, float], *, cross: bool) -> None:
        self._root = root
        self._last = last
        self._share = share
        self._cross = cross
        self._stack: list[_Level] = []
        self._device = 0

    def events(self) -> Iterator[Seen | Left]:
        """Every entry below the root, and every directory again when it is done."""
        try:
            status = os.lstat(self._root)
        except OSError as error:
            raise UsageError(f"a root cannot be read ({_code(error)})") from None
        self._device = status.st_dev
        yield from self._enter(os.path.basename(self._root) or self._root, status)
        while self._stack:
            level = self._stack[-1]
            if level.folders:
                level.next += 1
                yield from self._enter(*level.folders.popleft())
            else:
                yield self._leave()

    def _enter(self, name: bytes, status: os.stat_result) -> Iterator[Seen | Left]:
        self._last += 1
        parent = self._stack[-1].entry if self._stack else None
        entry = _entry(self._last, parent, name, status, self._root)
        start, width = self._reach()
        skip = self._skip(status)
        listing = _Listing() if skip else _list(entry.path, status)
        yield _seen_directory(entry, skip, listing, start)
        level = _Level(entry, listing.identity, deque(listing.folders), start, width)
        level.count = len(listing.folders)
        self._stack.append(level)
        for other_name, other_status in listing.others:
            self._last += 1
            seen = _seen_other(self._last, entry, other_name, other_status, start)
            level.files += seen.entry.kind is Kind.FILE
            level.bytes += seen.entry.size
            yield seen
            if seen.entry.kind is Kind.DIRECTORY:
                yield Left(self._last, self._last, 0, 0)

    def _leave(self) -> Left:
        level = self._stack.pop()
        if self._stack:
            self._stack[-1].files += level.files
            self._stack[-1].bytes += level.bytes
        return Left(level.entry.id, self._last, level.files, level.bytes)

    def _reach(self) -> tuple[float, float]:
        """Where the directory now entered begins on the way through the tree, and its width."""
        if not self._stack:
            return self._share
        level = self._stack[-1]
        width = level.width / level.count
        return level.start + width * (level.next - 1), width

    def _skip(self, status: os.stat_result) -> str:
        """Why a directory is not entered; "" if it is."""
        if status.st_dev != self._device and not self._cross:
            return OTHER_FILE_SYSTEM
        identity = (status.st_dev, status.st_ino)
        return LOOP if any(level.identity == identity for level in self._stack) else ""


def _list(path: bytes, status: os.stat_result) -> _Listing:
    """The entries of a directory, opened without following links."""
    try:
        descriptor = _open(path)
    except OSError as error:
        return _Listing(code=_code(error), detail="the directory cannot be opened")
    try:
        now = os.fstat(descriptor)
        identity = (now.st_dev, now.st_ino)
        if identity != (status.st_dev, status.st_ino):
            return _Listing(code="replaced", detail="another directory took its place")
        return _entries(descriptor, identity)
    finally:
        os.close(descriptor)


def _open(path: bytes) -> int:
    try:
        return os.open(path, _OPEN | _NO_ATIME)
    except PermissionError:
        return os.open(path, _OPEN)


def _entries(descriptor: int, identity: tuple[int, int]) -> _Listing:
    others: list[tuple[bytes, os.stat_result | _Blank]] = []
    folders: list[tuple[bytes, os.stat_result]] = []
    code = ""
    try:
        with os.scandir(descriptor) as listed:
            for item in listed:
                status = _status(item)
                name = os.fsencode(item.name)
                if isinstance(status, os.stat_result) and stat.S_ISDIR(status.st_mode):
                    folders.append((name, status))
                else:
                    others.append((name, status))
    except OSError as error:
        code = _code(error)
    others.sort(key=lambda pair: pair[0])
    folders.sort(key=lambda pair: pair[0])
    detail = "the listing broke off; what came before is scanned" if code else ""
    return _Listing(others, folders, identity, code, detail)


def _status(item: "os.DirEntry[str]") -> os.stat_result | _Blank:
    """The status of a listed entry; who may list a directory may not always look at what it holds.

    What kind of entry it is, the listing itself may have said.
    """
    try:
        return item.stat(follow_symlinks=False)
    except OSError as error:
        code = _code(error)
    try:
        folder = item.is_dir(follow_symlinks=False)
    except OSError:
        folder = False
    return _Blank(Kind.DIRECTORY if folder else Kind.FILE, code)


def _entry(
    number: int, parent: Entry | None, name: bytes, status: os.stat_result, root: bytes
) -> Entry:
    return Entry(
        id=number,
        parent=parent.id if parent else 0,
        name=name,
        path=os.path.join(parent.path, name) if parent else root,
        kind=_kind(status.st_mode),
        size=status.st_size if stat.S_ISREG(status.st_mode) else 0,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
    )


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.DIRECTORY
    return Kind.LINK if stat.S_ISLNK(mode) else Kind.SPECIAL


def _seen_directory(entry: Entry, skip: str, listing: _Listing, fraction: float) -> Seen:
    if skip == LOOP:
        problem = Problem(entry.id, Stage.WALK, LOOP, "the directory is one of its own parents")
        return Seen(entry, State.UNREADABLE, "", problem, fraction)
    if skip:
        return Seen(entry, State.SKIPPED, skip, None, fraction)
    if not listing.code:
        return Seen(entry, State.READ, "", None, fraction)
    problem = Problem(entry.id, Stage.WALK, listing.code, listing.detail)
    partly = bool(listing.others or listing.folders)
    return Seen(entry, State.PARTLY if partly else State.UNREADABLE, "", problem, fraction)


def _seen_other(
    number: int, parent: Entry, name: bytes, status: os.stat_result | _Blank, fraction: float
) -> Seen:
    """A file, a link, a special file, or an entry of which no more than its name is known."""
    if isinstance(status, _Blank):
        path = os.path.join(parent.path, name)
        entry = Entry(number, parent.id, name, path, status.kind, 0, 0, 0, 0)
        detail = "it was listed, but the system says no more of it"
        problem = Problem(number, Stage.WALK, status.code, detail)
        return Seen(entry, State.UNREADABLE, "", problem, fraction)
    entry = _entry(number, parent, name, status, b"")
    if entry.kind is Kind.SPECIAL:
        return Seen(entry, State.SKIPPED, SPECIAL, None, fraction)
    return Seen(entry, None, "", None, fraction)


def _code(error: OSError) -> str:
    return _CODES.get(error.errno or 0, _OTHER)
