"""Pictures: the stored tree to the few parts that a picture of the volume can show.

Two passes, over the directories and then over all entries, in their order and with memory that
does not grow with them.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from vestige.model import GONE, Band, FamilyKind
from vestige.picture import Part, Pictures, Shape, Span
from vestige.review import Ranked
from vestige.run.timeline import DAY, timeline
from vestige.store import Row, Store

LEVELS = 6
"""Folders that may lie inside one another in the picture; what lies deeper is told by number."""

FOLDERS = 100
"""Folders that are told one by one: so many with most entries, and so many with most bytes."""

SPANS = 8
"""Phantom directories whose times are told, the worst ones."""

_ALL = 0
"""The number of what holds all roots; entries begin with 1."""


class Named(Protocol):
    """Masked names and paths of entries."""

    def component(self, row: Row) -> str:
        """The masked name of one entry."""

    def path(self, number: int) -> str:
        """The masked path of an entry, from its root."""


def pictures(store: Store, ranked: Sequence[Ranked], paths: Named, fail_on: Band) -> Pictures:
    """The pictures of a scan; findings that somebody answers for count in none of them."""
    worth = _worth(store, ranked, fail_on)
    kept = _largest(_folders(store, worth))
    parts = _Parts(store, worth, kept)
    written = parts.read()
    days = {(key // _BANDS, Band(key % _BANDS)): count for key, count in written.items()}
    return Pictures(
        tuple(_told(parts.all, ranked, paths, store).parts), timeline(days, _spans(ranked))
    )


def _spans(ranked: Sequence[Ranked]) -> Iterator[Span]:
    """When the files of the worst phantom directories were written."""
    named = [one for one in ranked if one.counts and one.family and _stands(one)]
    for one in named[:SPANS]:
        if one.family and one.family.last_written:
            since, until = one.family.first_written // DAY, one.family.last_written // DAY
            path = one.paths[0] if one.paths else ""
            yield Span(one.number, path, one.risk.band, since, until)


def _stands(one: Ranked) -> bool:
    """Whether it is a phantom directory whose entries lie on the volume."""
    family = one.family
    return family is not None and family.kind is FamilyKind.NAMES and family.headers != GONE


# --- what findings are worth ---------------------------------------------------------------------

_BANDS = len(Band)


@dataclass(frozen=True, slots=True)
class _Worth:
    """What findings are worth, by their place in the ranking: the lower the worse.

    `none` is the place of what was not found; places below `counting` count for the verdict.
    `of_set` are of sets of findings, `in_family` of those of entries that belong to a family, and
    `of_finding` of findings. `bands` are by place; `phantoms` are findings.
    """

    none: int
    of_set: dict[int, int]
    in_family: dict[int, int]
    of_finding: dict[int, int]
    bands: tuple[Band, ...]
    counting: tuple[bool, ...]
    phantoms: frozenset[int]


def _worth(store: Store, ranked: Sequence[Ranked], fail_on: Band) -> _Worth:
    none = len(ranked)
    places = {one.finding.id: place for place, one in enumerate(ranked) if one.counts}
    staying = {one.finding.id for one in ranked if not one.finding.gives_way}
    of_set, in_family = {0: none}, {0: none}
    for number, members in store.sets().items():
        of_set[number] = min((places.get(one, none) for one in members), default=none)
        held = (places.get(one, none) for one in members if one in staying)
        in_family[number] = min(held, default=none)
    return _Worth(
        none=none,
        of_set=of_set,
        in_family=in_family,
        of_finding=places,
        bands=tuple(one.risk.band for one in ranked),
        counting=(*(one.counts and one.risk.band >= fail_on for one in ranked), False),
        phantoms=frozenset(one.finding.id for one in ranked if _stands(one)),
    )


# --- the folders to tell of ----------------------------------------------------------------------


@dataclass(slots=True)
class _Folder:
    """A folder `id`, or several down to `tail` of which each is all that is in the one above."""

    id: int
    tail: int
    last: int
    depth: int
    bytes: int

    @property
    def entries(self) -> int:
        """How many entries it and all below it are."""
        return self.last - self.id + 1


def _folders(store: Store, worth: _Worth) -> Iterator[_Folder]:
    """The folders outside of phantom directories and not too deep, after what lies in them."""
    members = store.outline.families()
    above: list[_Folder] = []
    beyond = 0
    for one in store.outline.directories():
        if one.id <= beyond:
            continue
        while above and one.id > above[-1].last:
            yield above.pop()
        depth = above[-1].depth + 1 if above else 0
        if above and (one.id, one.last) == (above[-1].tail + 1, above[-1].last):
            above[-1].tail = one.id
        elif depth == LEVELS or members.family(one.id) in worth.phantoms:
            beyond = one.last
        else:
            above.append(_Folder(one.id, one.id, one.last, depth, one.bytes))
    yield from reversed(above)


def _largest(folders: Iterable[_Folder]) -> list[_Folder]:
    """The folders with most entries and those with most bytes, in pre-order.

    None is there without the one that holds it: that is as large, and comes first.
    """
    by_entries: list[tuple[int, int, _Folder]] = []
    by_bytes: list[tuple[int, int, _Folder]] = []
    for one in folders:
        for heap, size in ((by_entries, one.entries), (by_bytes, one.bytes)):
            push = heapq.heappush if len(heap) < FOLDERS else heapq.heappushpop
            push(heap, (size, -one.id, one))
    kept = {one.id: one for heap in (by_entries, by_bytes) for _, _, one in heap}
    return [kept[number] for number in sorted(kept)]


# --- what lies in them ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Sum:
    """What some entries come to; `worst` is the place of their worst finding."""

    worst: int
    count: int = 0
    entries: int = 0
    files: int = 0
    bytes: int = 0
    found: int = 0


@dataclass(slots=True)
class _Open:
    """A folder that is told of, with sums of what is told in it by number.

    The key of these is their shape, and the finding of a phantom directory, or the worst band.
    """

    folder: _Folder
    own: _Sum
    sums: dict[tuple[Shape, int], _Sum] = field(default_factory=dict)
    inside: list["_Open"] = field(default_factory=list)


class _Parts:
    """The parts of a volume, summed up as its entries are read."""

    def __init__(self, store: Store, worth: _Worth, kept: Sequence[_Folder]) -> None:
        self._store = store
        self._worth = worth
        self._kept = list(reversed(kept))
        self.all = _Open(_Folder(_ALL, _ALL, 1 << 62, -1, 0), _Sum(worth.none))
        self._above = [self.all]
        self._until = 0
        self._sum = self.all.own
        self._pending: _Sum | None = None

    def read(self) -> Counter[int]:
        """Reads all entries; how many files with findings that count were written on each day.

        The keys are days since 1970, times the number of bands, plus the worst band.
        """
        worth, members, written = (
            self._worth,
            self._store.outline.families(),
            Counter[int](),
        )
        bands, counting = (*worth.bands, Band.INFO), worth.counting
        named = [(1 << 62, worth.none)]
        for number, last, found, day, count, files, size in self._store.outline.leaves(DAY):
            family = members.family(number)
            place = self._of_member(family, found) if family else worth.of_set[found]
            while number > named[-1][0]:
                named.pop()
            if last > number and place < named[-1][1]:
                named.append((last, place))
            if number > self._until:
                self._enter(number, last, (family, place), count)
            into = self._sum
            into.entries += count
            into.worst = min(into.worst, place)
            if files:
                into.files += files
                into.bytes += size
                # What lies in a folder that names somebody is about them, whatever else it says.
                worst = min(place, named[-1][1])
                if counting[worst]:
                    into.found += files
                    written[day * _BANDS + bands[worst]] += files
        self._settle()
        return written

    def _of_member(self, family: int, found: int) -> int:
        worth = self._worth
        return min(worth.in_family[found], worth.of_finding.get(family, worth.none))

    def _enter(self, number: int, last: int, found: tuple[int, int], count: int) -> None:
        """Goes on with the part that begins with this entry, or with so many that are alike."""
        family, place = found
        self._settle()
        while number > self._above[-1].folder.last:
            self._above.pop()
        above = self._above[-1]
        self._until = max(number, last)
        if self._kept and self._kept[-1].id == number:
            made = _Open(self._kept.pop(), _Sum(self._worth.none))
            above.inside.append(made)
            self._above.append(made)
            self._until, self._sum = made.folder.tail, made.own
        elif family in self._worth.phantoms:
            self._sum = self._among(above, Shape.MEMBERS, family, count)
        elif last:
            self._sum = self._pending = _Sum(self._worth.none, 1)
        else:
            self._sum = self._among(above, Shape.FILES, self._band(place), count)

    def _among(self, above: _Open, shape: Shape, key: int, count: int) -> _Sum:
        """The sum of those that some entries belong to, which are so many more of them."""
        found = above.sums.setdefault((shape, key), _Sum(self._worth.none))
        found.count += count
        return found

    def _settle(self) -> None:
        """Counts a folder that is done, and told by number, among those of the same band."""
        done, self._pending = self._pending, None
        if done:
            key = (Shape.REST, self._band(done.worst))
            sums = self._above[-1].sums
            sums[key] = _sum((done, sums[key]) if key in sums else (done,))

    def _band(self, place: int) -> int:
        return self._worth.bands[place] if place < self._worth.none else -1


def _sum(sums: Sequence[_Sum]) -> _Sum:
    """What sums come to together."""
    return _Sum(
        worst=min(each.worst for each in sums),
        count=sum(each.count for each in sums),
        entries=sum(each.entries for each in sums),
        files=sum(each.files for each in sums),
        bytes=sum(each.bytes for each in sums),
        found=sum(each.found for each in sums),
    )


# --- told ----------------------------------------------------------------------------------------


def _told(one: _Open, ranked: Sequence[Ranked], paths: Named, store: Store) -> Part:
    """The part that a folder is, with all parts in it."""
    folder = one.folder
    path = paths.path(folder.tail) if folder.id else ""
    parts = [_told(inside, ranked, paths, store) for inside in one.inside]
    # Files that are all there is in a folder are the folder.
    alone = not parts and len(one.sums) == 1 and next(iter(one.sums))[0] is Shape.FILES
    for (shape, key), total in sorted(() if alone else one.sums.items()):
        family = f"F{key}" if shape is Shape.MEMBERS else ""
        parts.append(replace(_part(shape, total, ranked), path=path, family=family))
    named = range(folder.id, folder.tail + 1) if folder.id else ()
    return replace(
        _part(Shape.FOLDER, _total(one), ranked),
        name="/".join(paths.component(store.row(number)) for number in named),
        path=path,
        parts=tuple(parts),
    )


def _total(one: _Open) -> _Sum:
    """What a folder comes to, with all that is in it."""
    sums = (one.own, *one.sums.values(), *map(_total, one.inside))
    return replace(_sum(sums), count=1)


def _part(shape: Shape, total: _Sum, ranked: Sequence[Ranked]) -> Part:
    """A part without the parts in it."""
    worst = ranked[total.worst] if total.worst < len(ranked) else None
    return Part(
        shape=shape,
        count=total.count,
        entries=total.entries,
        files=total.files,
        bytes=total.bytes,
        found=total.found,
        band=worst.risk.band if worst else None,
        finding=worst.number if worst else "",
    )
