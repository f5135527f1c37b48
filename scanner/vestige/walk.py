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
from typing import NamedTuple

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

_FORMAT = 0o170000
"""The bits of a mode that say what an entry is."""

_FILE, _DIRECTORY, _SPECIAL = Kind.FILE.value, Kind.DIRECTORY.value, Kind.SPECIAL.value
_KINDS = {stat.S_IFREG: _FILE, stat.S_IFDIR: _DIRECTORY, stat.S_IFLNK: Kind.LINK.value}

SPECIAL = "special-file"
OTHER_FILE_SYSTEM = "other-file-system"
LOOP = "loop"
_OTHER = "io-error"

CODES = frozenset(_CODES.values()) | {LOOP, _OTHER}
"""The codes of the problems that a walk meets."""

SKIPS = frozenset({SPECIAL, OTHER_FILE_SYSTEM})
"""The reasons for which a walk skips an entry."""


_AT_ONCE = 512
"""Entries that are given together at most."""

Listed = tuple[bytes, str, int, int, int, int]
"""Name, kind, size, time of modification and of change (ns), and inode of one entry."""


@dataclass(frozen=True, slots=True)
class Met:
    """The state that the walk alone gives an entry; `reason` says why one is skipped."""

    state: State
    reason: str = ""
    problem: Problem | None = None


class Siblings(NamedTuple):
    """Entries of one directory that follow each other, numbered from `first`.

    `above` is what stands before their names in their paths, `met` what the walk alone knows of
    them, by their place in `listed`; `fraction` is how far along the tree the walk is.
    """

    first: int
    parent: int
    above: bytes
    listed: list[Listed]
    met: dict[int, Met]
    fraction: float

    def entry(self, place: int) -> Entry:
        """The entry at one place in `listed`."""
        name, kind, size, mtime_ns, ctime_ns, inode = self.listed[place]
        path, times = self.above + name, (mtime_ns, ctime_ns)
        number = self.first + place
        return Entry(number, self.parent, name, path, Kind(kind), size, *times, inode)

    def entries(self) -> list[Entry]:
        """All of them."""
        return [self.entry(place) for place in range(len(self.listed))]

    def part(self, begin: int, end: int) -> "Siblings":
        """Those from one place in `listed` to another."""
        met = {place - begin: said for place, said in self.met.items() if begin <= place < end}
        return self._replace(first=self.first + begin, listed=self.listed[begin:end], met=met)


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

    id: int
    below: bytes
    identity: tuple[int, int]
    folders: deque[bytes]
    start: float
    width: float
    count: int = 0
    next: int = 0
    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Listing:
    """The names in a directory, in order, or the problem that kept it from being listed.

    The descriptor stays open until the entries have been looked at; -1 if there is none.
    """

    others: list[bytes] = field(default_factory=list)
    folders: list[bytes] = field(default_factory=list)
    identity: tuple[int, int] = (0, 0)
    descriptor: int = -1
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


def walk(
    root_paths: Sequence[bytes], *, cross_file_systems: bool = False
) -> Iterator[Siblings | Left]:
    """Entries of all roots, numbered from 1, each directory followed by what lies in it."""
    number = 0
    for index, root in enumerate(root_paths):
        share = (index / len(root_paths), 1 / len(root_paths))
        for event in _Walk(root, number, share, cross=cross_file_systems).events():
            if isinstance(event, Siblings):
                number = event.first + len(event.listed) - 1
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

    def events(self) -> Iterator[Siblings | Left]:
        """Every entry below the root, and every directory again when it is done."""
        try:
            status = os.lstat(self._root)
        except OSError as error:
            raise UsageError(f"a root cannot be read ({_code(error)})") from None
        self._device = status.st_dev
        name = os.path.basename(self._root)
        yield from self._enter(self._root[: -len(name)] if name else b"", name or self._root)
        while self._stack:
            level = self._stack[-1]
            if level.folders:
                level.next += 1
                yield from self._enter(level.below, level.folders.popleft())
            else:
                yield self._leave()

    def _enter(self, above: bytes, name: bytes) -> Iterator[Siblings | Left]:
        """A directory, and what lies in it but directories."""
        self._last += 1
        number, (start, width) = self._last, self._reach()
        path = above + name
        try:
            status = os.lstat(path)
        except OSError as error:
            yield self._lost(above, name, _code(error), start)
            yield Left(number, number, 0, 0)
            return
        if not stat.S_ISDIR(status.st_mode):
            problem = Problem(number, Stage.WALK, "replaced", "it is no directory any more")
            met = {0: Met(State.UNREADABLE, "", problem)}
            yield Siblings(number, self._parent, above, [_of(name, status)], met, start)
            return
        skip = self._skip(status)
        listing = _Listing() if skip else _list(path, status)
        try:
            met = {0: _met_directory(number, skip, listing)}
            yield Siblings(number, self._parent, above, [_of(name, status)], met, start)
            below = path if path.endswith(b"/") else path + b"/"
            folders = deque(listing.folders)
            level = _Level(number, below, listing.identity, folders, start, width, len(folders))
            self._stack.append(level)
            yield from self._others(level, listing)
        finally:
            if listing.descriptor >= 0:
                os.close(listing.descriptor)

    @property
    def _parent(self) -> int:
        return self._stack[-1].id if self._stack else 0

    def _others(self, level: _Level, listing: _Listing) -> Iterator[Siblings | Left]:
        """The entries of a directory but its directories, some at a time."""
        for begin in range(0, len(listing.others), _AT_ONCE):
            names = listing.others[begin : begin + _AT_ONCE]
            listed = _looked_at(names, listing.descriptor)
            first = self._last + 1
            self._last += len(names)
            found = self._siblings(first, level.below, names, listed, level.start)
            sizes = [facts[2] for facts in found.listed if facts[1] == _FILE]
            level.files += len(sizes)
            level.bytes += sum(sizes)
            yield found
            for place in found.met:
                if found.listed[place][1] == _DIRECTORY:
                    yield Left(first + place, first + place, 0, 0)

    def _siblings(
        self,
        first: int,
        above: bytes,
        names: Sequence[bytes],
        listed: Sequence[Listed | str],
        fraction: float,
    ) -> Siblings:
        """Entries with what is known of them: facts, or the code of what the system refused."""
        met: dict[int, Met] = {}
        facts: list[Listed] = []
        for place, (name, found) in enumerate(zip(names, listed, strict=True)):
            if isinstance(found, str):
                facts.append((name, _FILE, 0, 0, 0, 0))
                met[place] = _refused(first + place, found)
                continue
            facts.append(found)
            if found[1] == _SPECIAL:
                met[place] = Met(State.SKIPPED, SPECIAL)
            elif found[1] == _DIRECTORY:
                problem = Problem(
                    first + place, Stage.WALK, "replaced", "a directory took its place"
                )
                met[place] = Met(State.UNREADABLE, "", problem)
        return Siblings(first, self._parent, above, facts, met, fraction)

    def _lost(self, above: bytes, name: bytes, code: str, fraction: float) -> Siblings:
        """A directory that was listed, and that the system then refused."""
        met = {0: _refused(self._last, code)}
        listed: list[Listed] = [(name, _DIRECTORY, 0, 0, 0, 0)]
        return Siblings(self._last, self._parent, above, listed, met, fraction)

    def _leave(self) -> Left:
        level = self._stack.pop()
        if self._stack:
            self._stack[-1].files += level.files
            self._stack[-1].bytes += level.bytes
        return Left(level.id, self._last, level.files, level.bytes)

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
    """The names in a directory, opened without following links."""
    try:
        descriptor = _open(path)
    except OSError as error:
        return _Listing(code=_code(error), detail="the directory cannot be opened")
    now = os.fstat(descriptor)
    identity = (now.st_dev, now.st_ino)
    if identity != (status.st_dev, status.st_ino):
        os.close(descriptor)
        return _Listing(code="replaced", detail="another directory took its place")
    return _names(descriptor, identity)


def _open(path: bytes) -> int:
    try:
        return os.open(path, _OPEN | _NO_ATIME)
    except PermissionError:
        return os.open(path, _OPEN)


def _names(descriptor: int, identity: tuple[int, int]) -> _Listing:
    others: list[bytes] = []
    folders: list[bytes] = []
    code = ""
    try:
        with os.scandir(descriptor) as listed:
            for item in listed:
                name = item.name.encode("utf-8", "surrogateescape")
                (folders if _is_folder(item) else others).append(name)
    except OSError as error:
        code = _code(error)
    others.sort()
    folders.sort()
    detail = "the listing broke off; what came before is scanned" if code else ""
    return _Listing(others, folders, identity, descriptor, code, detail)


def _is_folder(item: "os.DirEntry[str]") -> bool:
    try:
        return item.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _looked_at(names: Sequence[bytes], descriptor: int) -> list[Listed | str]:
    """The facts of entries of an open directory, or the code of what the system refused."""
    found: list[Listed | str] = []
    for name in names:
        try:
            status = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
        except OSError as error:
            # Who may list a directory may not always look at what it holds.
            found.append(_code(error))
        else:
            found.append(_of(name, status))
    return found


def _of(name: bytes, status: os.stat_result) -> Listed:
    kind = _KINDS.get(status.st_mode & _FORMAT, _SPECIAL)
    size = status.st_size if kind == _FILE else 0
    return name, kind, size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _refused(number: int, code: str) -> Met:
    detail = "it was listed, but the system says no more of it"
    return Met(State.UNREADABLE, "", Problem(number, Stage.WALK, code, detail))


def _met_directory(number: int, skip: str, listing: _Listing) -> Met:
    if skip == LOOP:
        problem = Problem(number, Stage.WALK, LOOP, "the directory is one of its own parents")
        return Met(State.UNREADABLE, "", problem)
    if skip:
        return Met(State.SKIPPED, skip)
    if not listing.code:
        return Met(State.READ)
    problem = Problem(number, Stage.WALK, listing.code, listing.detail)
    partly = bool(listing.others or listing.folders)
    return Met(State.PARTLY if partly else State.UNREADABLE, "", problem)


def _code(error: OSError) -> str:
    return _CODES.get(error.errno or 0, _OTHER)
