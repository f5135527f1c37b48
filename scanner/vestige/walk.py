"""Walk: roots to numbered entries and problems, in one order on every machine.

Directories are opened once, without following links, and listed through their descriptor: a
directory that a link replaces in mid-scan is noticed, not followed. In a directory all other
entries come first, by name as bytes, then the directories with what lies below them: ids are
numbered in pre-order, so that a subtree is one range of ids.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, permutations
from typing import NamedTuple

from vestige import listing, met
from vestige.carried import NONE_CARRIED, Carried
from vestige.chosen import EVERYTHING, Chosen
from vestige.grounds import Tree, begun, ground_above
from vestige.listing import AT_ONCE, Digest, Listed, Listing
from vestige.met import Met
from vestige.model import Entry, Kind, State, UsageError
from vestige.software import NOWHERE, Ground

CODES = listing.CODES | {met.LOOP}
"""The codes of the problems that a walk meets."""

SKIPS = frozenset({met.SPECIAL, met.OTHER_FILE_SYSTEM})
"""The reasons for which a walk skips an entry."""


class Siblings(NamedTuple):
    """Entries of one directory that follow each other, numbered from `first`.

    `above` is what stands before their names in their paths, `met` what the walk alone knows of
    them, by their place in `listed`; `fraction` is how far along the tree the walk is, `software`
    the kind of the tree of software in which they lie ("": none); `carried` are those that an
    earlier scan has read, by their place; `empty` that all of them are files that hold nothing.
    """

    first: int
    parent: int
    above: bytes
    listed: list[Listed]
    met: dict[int, Met]
    fraction: float
    software: str = ""
    carried: Mapping[int, Carried] = NONE_CARRIED
    empty: bool = False

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
        carried = {at - begin: one for at, one in self.carried.items() if begin <= at < end}
        part = self._replace(first=self.first + begin, listed=self.listed[begin:end], met=met)
        return part._replace(carried=carried) if self.carried else part

    def runs(self) -> Iterator["Siblings"]:
        """They in parts, of which all entries are carried over or none is."""
        if not self.carried:
            yield self
            return
        places = range(len(self.listed))
        for _, run in groupby(places, lambda place: place in self.carried):
            begin, *rest = run
            yield self.part(begin, (rest[-1] if rest else begin) + 1)


class Left(NamedTuple):
    """A directory whose subtree is done: its last id, and the files and bytes below it.

    `tree` is the tree of software that it is the top of, if it is. `digest` is of the directory and
    of the facts of what it holds, empty if something of that could not be seen.
    """

    id: int
    last: int
    files: int
    bytes: int
    digest: Digest = b""
    tree: Tree | None = None


@dataclass(slots=True)
class _Level:
    """A directory on the way from the root to where the walk stands."""

    id: int
    below: bytes
    identity: tuple[int, int]
    folders: deque[bytes]
    start: float
    width: float
    ground: Ground
    sum: listing.Sum
    count: int = 0
    next: int = 0
    files: int = 0
    bytes: int = 0


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
    root_paths: Sequence[bytes],
    *,
    cross_file_systems: bool = False,
    software_as_data: bool = False,
    only: Chosen = EVERYTHING,
) -> Iterator[Siblings | Left]:
    """Entries of all roots, numbered from 1, each directory followed by what lies in it.

    With `software_as_data` no tree is taken for one of software; `only` are the files that are met.
    """
    number = 0
    given = _Given(cross_file_systems, software_as_data, only)
    for index, root in enumerate(root_paths):
        share = (index / len(root_paths), 1 / len(root_paths))
        below = _Walk(root, number, share, given)
        yield from below.events()
        number = below.last


class _Given(NamedTuple):
    """Whether other file systems are entered, and whether software is told from data."""

    cross: bool
    as_data: bool
    only: Chosen = EVERYTHING


class _Walk:
    """The walk below one root; a stack stands for recursion, so that depth has no limit.

    `last` is the number of the entry that was met last.
    """

    def __init__(self, root: bytes, last: int, share: tuple[float, float], given: _Given) -> None:
        self._root = root
        self.last = last
        self._share = share
        self._given = given
        self._above = NOWHERE if given.as_data else ground_above(root)
        self._stack: list[_Level] = []
        self._entered: set[tuple[int, int]] = set()
        self._device = 0

    def events(self) -> Iterator[Siblings | Left]:
        """Every entry below the root, and every directory again when it is done."""
        # A root that went away since it was looked for is met as unreadable on the way in.
        with suppress(OSError):
            self._device = os.lstat(self._root).st_dev
        yield from self._enter(*self._given.only.top(self._root))
        while self._stack:
            level = self._stack[-1]
            if level.folders:
                level.next += 1
                yield from self._enter(level.below, level.folders.popleft())
            else:
                yield self._leave()

    def _enter(self, above: bytes, name: bytes) -> Iterable[Siblings | Left]:
        """A directory, and what lies in it but directories."""
        self.last = number = self.last + 1
        path = above + name
        try:
            status = os.lstat(path)
        except OSError as error:
            lost = self._lost(above, name, listing.code(error), self._reach()[0])
            return lost, Left(number, number, 0, 0)
        own = listing.facts(name, status)
        if own[1] != listing.DIRECTORY:
            known = {0: met.replaced(number, "it is no directory any more")}
            return (self._together(number, above, [own], known, self._reach()[0]),)
        skip = self._skip(status)
        names = Listing() if skip else listing.of(path, status)
        if self._stack and not (skip or names.code or names.folders):
            plain = self._plain(number, above, names, own, met.listed(status.st_uid))
            if plain:
                os.close(names.descriptor)
                return plain
        known = met.directory(number, skip, names, status.st_uid)
        return self._opened(number, above, names, own, known)

    def _plain(
        self, number: int, above: bytes, names: Listing, own: Listed, known: dict[int, Met]
    ) -> tuple[Siblings | Left, ...]:
        """A directory without others and of no note, as stores have many, at once; () if not."""
        level, given = self._stack[-1], self._given
        kind = level.ground.kind
        if level.ground.ahead or len(names.others) > AT_ONCE:
            return ()
        if not (kind or given.as_data or begun(own[0], names) is None):
            return ()
        below = b"%b%b/" % (above, own[0])
        others = given.only.names(self._root, below, names.others)
        listed = listing.looked_at(others, names.descriptor)
        if not listing.is_plain(listed):
            return ()
        files, size = listing.amounts(listed)
        level.files += files
        level.bytes += size
        self.last = last = number + len(listed)
        start = self._reach()[0]
        itself = Siblings(number, level.id, above, [own], known, start, kind)
        left = Left(number, last, files, size, listing.digest(own, listed))
        if not listed:
            return itself, left
        empty = not size and files == len(listed)
        told = (number + 1, number, below, listed, _NOTHING_MET, start, kind, NONE_CARRIED, empty)
        return itself, Siblings(*told), left

    def _opened(
        self, number: int, above: bytes, names: Listing, own: Listed, known: dict[int, Met]
    ) -> Iterator[Siblings | Left]:
        """A directory of any kind, and what lies in it but directories, some at a time."""
        try:
            reach = self._reach()
            yield self._together(number, above, [own], known, reach[0])
            level = self._level(number, above + own[0], names, reach, own)
            self._stack.append(level)
            self._entered.add(level.identity)
            if names.descriptor < 0 or names.code:
                level.sum.void()
            yield from self._others(level, names)
        finally:
            if names.descriptor >= 0:
                os.close(names.descriptor)

    @property
    def _ground(self) -> Ground:
        """What the entries now given lie in."""
        return self._stack[-1].ground if self._stack else self._above

    def _level(
        self, number: int, path: bytes, names: Listing, reach: tuple[float, float], own: Listed
    ) -> _Level:
        """A directory with what is known of it before its entries are given."""
        name = os.path.basename(path)
        ground = self._ground.below(name)
        if not ground.kind and not self._given.as_data:
            ground = ground.at(begun(name, names), number)
        below = path if path.endswith(b"/") else path + b"/"
        folders = deque(self._given.only.names(self._root, below, names.folders))
        total = listing.Sum(own, names.folders)
        return _Level(number, below, names.identity, folders, *reach, ground, total, len(folders))

    def _together(
        self, first: int, above: bytes, listed: list[Listed], met: dict[int, Met], fraction: float
    ) -> Siblings:
        parent = self._stack[-1].id if self._stack else 0
        return Siblings(first, parent, above, listed, met, fraction, self._ground.kind)

    def _others(self, level: _Level, names: Listing) -> Iterator[Siblings | Left]:
        """The entries of a directory but its directories, some at a time."""
        others = self._given.only.names(self._root, level.below, names.others)
        for begin in range(0, len(others), AT_ONCE):
            part = others[begin : begin + AT_ONCE]
            listed = listing.looked_at(part, names.descriptor)
            first = self.last + 1
            self.last += len(part)
            found = self._siblings(first, level.below, part, listed, level.start)
            files, size = listing.amounts(found.listed)
            level.files += files
            level.bytes += size
            level.sum.add(found.listed)
            if files == len(part) and not (size or found.met):
                yield found._replace(empty=True)
                continue
            if any(one.state is not State.SKIPPED for one in found.met.values()):
                level.sum.void()
            yield found
            for place in found.met:
                if found.listed[place][1] == listing.DIRECTORY:
                    yield Left(first + place, first + place, 0, 0)

    def _siblings(
        self,
        first: int,
        above: bytes,
        names: Sequence[bytes],
        listed: list[Listed | str],
        fraction: float,
    ) -> Siblings:
        """Entries with what is known of them: facts, or the code of what the system refused."""
        known: dict[int, Met] = {}
        if listing.is_plain(listed):
            return self._together(first, above, listed, known, fraction)
        facts: list[Listed] = []
        for place, (name, found) in enumerate(zip(names, listed, strict=True)):
            if isinstance(found, str):
                facts.append((name, listing.FILE, 0, 0, 0, 0))
                known[place] = met.refused(first + place, found)
                continue
            facts.append(found)
            if found[1] == listing.SPECIAL:
                known[place] = Met(State.SKIPPED, met.SPECIAL)
            elif found[1] == listing.DIRECTORY:
                known[place] = met.replaced(first + place, "a directory took its place")
        return self._together(first, above, facts, known, fraction)

    def _lost(self, above: bytes, name: bytes, code: str, fraction: float) -> Siblings:
        """A directory that was listed, and that the system then refused."""
        own = (name, listing.DIRECTORY, 0, 0, 0, 0)
        return self._together(self.last, above, [own], {0: met.refused(self.last, code)}, fraction)

    def _leave(self) -> Left:
        level = self._stack.pop()
        self._entered.discard(level.identity)
        if self._stack:
            self._stack[-1].files += level.files
            self._stack[-1].bytes += level.bytes
        told = level.sum.digest(), self._tree(level)
        return Left(level.id, self.last, level.files, level.bytes, *told)

    def _tree(self, level: _Level) -> Tree | None:
        """The tree of software of which a directory is the top, if it is."""
        kind, shown_by, _ = level.ground
        if not kind or (self._stack and self._ground.kind):
            return None
        # A root inside a tree of software has a name of software, too.
        first = level.id if self._ground.kind else level.id + 1
        return Tree(first, self.last, kind, shown_by) if first <= self.last else None

    def _reach(self) -> tuple[float, float]:
        """Where the directory now entered begins on the way through the tree, and its width."""
        if not self._stack:
            return self._share
        level = self._stack[-1]
        width = level.width / level.count
        return level.start + width * (level.next - 1), width

    def _skip(self, status: os.stat_result) -> str:
        """Why a directory is not entered; "" if it is."""
        if status.st_dev != self._device and not self._given.cross:
            return met.OTHER_FILE_SYSTEM
        identity = (status.st_dev, status.st_ino)
        return met.LOOP if identity in self._entered else ""


# One for all of them is written once for a batch.
_NOTHING_MET: dict[int, Met] = {}
