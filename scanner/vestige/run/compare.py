"""Compare: what is new, gone, moved and as it was between two scans of a volume.

Findings are known again by their fingerprints, places by the names on the way to them, and
directories that were renamed or moved by their inodes. What is missing where the newer scan did not
look is not seen, never gone.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from vestige.comparison import NOWHERE, Amount, Change, Compared, Comparison, Side
from vestige.fingerprint import fingerprint
from vestige.model import Band, UsageError, Where
from vestige.review import Ranked, Review, ScanState
from vestige.run.review import review
from vestige.run.since import scan_file
from vestige.store import Place, Places, Store, failures

_ORDER = {change: number for number, change in enumerate(Change)}
_ALIKE = 0.5
"""Share of the values of a family that must be the same for it to be the same one elsewhere."""

_CAVEATS = {
    "version": "made by another version of Vestige",
    "catalog": "made with other rules, tables or lexicons",
    "policy_digest": "judged by another policy",
    "roster": "made with another roster",
    "hunting": "hunted for known persons in one of the two only",
    "software_as_data": "one of the two judged software like data",
    "cross_file_systems": "one of the two entered other file systems",
}
"""What may make findings come and go though nothing on the volume has changed."""


@dataclass(slots=True)
class _Known:
    """A finding of one scan: its worst rank, and where it stands, with all that is alike."""

    ranked: Ranked
    numbers: set[int] = field(default_factory=set)
    places: dict[bytes, int] = field(default_factory=dict)
    values: set[str] = field(default_factory=set)
    entries: int = 0

    @property
    def amount(self) -> Amount:
        return Amount(self.entries, max(len(self.values), self.ranked.distinct))

    @property
    def is_family(self) -> bool:
        return self.ranked.family is not None


@dataclass(frozen=True, slots=True)
class _Scan:
    """One of the two scans: what is noted of it, its places, and its findings by fingerprint."""

    store: Store
    review: Review
    places: Places
    known: dict[str, _Known]

    @property
    def side(self) -> Side:
        scan = self.review.scan
        total = len(self.review.findings)
        return Side(scan.id, scan.started, scan.roots, scan.version, total)


def compare(
    old: Path,
    new: Path,
    fail_on: Band | None = None,
    decided: Mapping[str, Change] | None = None,
) -> Comparison:
    """What became of findings from one scan to another.

    `decided` are the findings that a baseline knows, by fingerprint: accepted, or expired (an
    acceptance that no longer covers them, for whatever reason).
    UsageError if the two cannot be compared, StoreError if one cannot be read.
    """
    with failures(), closing(_opened(old)) as before, closing(_opened(new)) as after:
        _demand_comparable(before, after)
        was, now = _scan(before), _scan(after)
        gaps = _gaps(was, now)
        rows = _Rows(was, now, decided or {}, trusts_roots=not gaps).rows()
        band = Band.of(str(after.noted("fail_on"))) if fail_on is None else fail_on
        caveats = tuple(_caveats(before, after))
        return Comparison(was.side, now.side, band, tuple(rows), caveats, tuple(gaps))


def _opened(path: Path) -> Store:
    return Store.open(scan_file(path), read_only=True)


def _demand_comparable(old: Store, new: Store) -> None:
    if old.noted("key") != new.noted("key"):
        raise UsageError(
            "the two scans were made with different keys, so that no value of one can be known "
            "again in the other; scan again with the same --key"
        )
    if old.noted("state") != ScanState.COMPLETE:
        raise UsageError("the older scan has not come to its end; go on with it by --resume first")
    ours, theirs = set(old.root_paths()), set(new.root_paths())
    if not ours & theirs and not _inodes(old) & _inodes(new):
        raise UsageError("the two scans are of different roots: there is nothing to compare")


def _inodes(store: Store) -> set[int]:
    return {store.row(number).inode for number in store.roots()}


def _caveats(old: Store, new: Store) -> Iterator[str]:
    for key, said in _CAVEATS.items():
        if old.noted(key) != new.noted(key):
            yield f"The two scans differ: {said}. What is new may have stood there before."
    if old.root_paths() != new.root_paths():
        yield "The roots lie elsewhere now, or are more or fewer: places count from each root."
    if str(new.noted("started")) < str(old.noted("started")):
        yield "By the clock the newer scan is the older one: look whether the two are in order."


def _gaps(old: _Scan, new: _Scan) -> list[str]:
    """Why what is missing is not known to be gone, of the volume as a whole."""
    found = []
    if new.review.scan.state is not ScanState.COMPLETE:
        found.append("The newer scan has not come to its end.")
    if new.review.scan.coverage.files == 0 and old.review.scan.coverage.files:
        found.append("The volume is empty now: an unmounted one looks the same.")
    for way, inode in old.places.roots().items():
        if new.places.roots().get(way) != inode:
            found.append("A root is another directory now, as where a volume is not mounted.")
            break
    return found


def _scan(store: Store) -> _Scan:
    """One scan with its findings, by fingerprint, and their places."""
    told = review(store)
    places = store.places()
    known: dict[str, _Known] = {}
    for ranked in told.findings:
        one = known.setdefault(fingerprint(ranked.finding), _Known(ranked))
        one.numbers.add(ranked.finding.id)
        one.entries += ranked.reach.entries
    _place(store, places, known)
    return _Scan(store, told, places, known)


def _place(store: Store, places: Places, known: Mapping[str, _Known]) -> None:
    by_number = {number: one for one in known.values() for number in one.numbers}
    named = {n for n, one in by_number.items() if one.ranked.finding.where is Where.PATH}
    sets = store.sets()
    in_names = {number: named.intersection(members) for number, members in sets.items()}
    in_content = {
        number: by_number.keys() & set(members) - named for number, members in sets.items()
    }
    _stand(places.of_names(), in_names, by_number)
    _stand(places.of_content(), in_content, by_number)
    digests = places.digests()
    for number, one in by_number.items():
        one.values |= digests.get(number, set())
        family = one.ranked.family
        if family is not None and family.parent in places.directories:
            way, inode = places.directories[family.parent]
            one.places[way] = inode


def _stand(
    found: Iterable[tuple[int, Place]],
    sets: Mapping[int, Iterable[int]],
    known: Mapping[int, _Known],
) -> None:
    for number, place in found:
        for finding in sets.get(number, ()):
            if not known[finding].is_family:
                known[finding].places[place.way] = place.inode


def accepted_in(told: Review) -> frozenset[str]:
    """The fingerprints of which somebody answers for every finding."""
    counting = {fingerprint(one.finding) for one in told.findings if one.counts}
    return frozenset({fingerprint(one.finding) for one in told.findings} - counting)


def lapsed_in(told: Review) -> frozenset[str]:
    """The fingerprints of findings that an acceptance no longer covers."""
    every = ((one.finding, one.accepted) for one in told.findings)
    return frozenset(fingerprint(one) for one, by in every if by is not None and not by.holds)


def decisions(accepted: Iterable[str], expired: Iterable[str]) -> dict[str, Change]:
    """What a baseline says of findings, by fingerprint."""
    return dict.fromkeys(expired, Change.EXPIRED) | dict.fromkeys(accepted, Change.ACCEPTED)


class _Rows:
    """The findings of both scans, and what became of each."""

    def __init__(
        self, old: _Scan, new: _Scan, decided: Mapping[str, Change], *, trusts_roots: bool
    ) -> None:
        self._old = old
        self._new = new
        self._decided = decided
        self._trusts = trusts_roots
        self._now = {place.way: place.inode for place in new.places.directories.values()}
        self._was: dict[int, list[bytes]] = {}
        for place in old.places.directories.values():
            self._was.setdefault(place.inode, []).append(place.way)
        self._unread = new.places.not_read()

    def rows(self) -> list[Compared]:
        """One row for each fingerprint, worst first within each change."""
        pairs = dict(self._pairs())
        rows = [self._both(key, self._old.known[was], now) for key, (was, now) in pairs.items()]
        matched = {was for was, _ in pairs.values()}
        rows += [
            self._row(self._judged(Change.NEW, key), key, None, one)
            for key, one in self._new.known.items()
            if key not in pairs
        ]
        rows += [
            self._row(self._missing(one), key, one, None)
            for key, one in self._old.known.items()
            if key not in matched
        ]
        return sorted(rows, key=lambda row: (_ORDER[row.change], -row.score, row.fingerprint))

    def _pairs(self) -> Iterator[tuple[str, tuple[str, _Known]]]:
        """The findings of the newer scan that the older one has too, by fingerprint or as moved."""
        left = {key: one for key, one in self._old.known.items() if key not in self._new.known}
        for key, one in self._new.known.items():
            if key in self._old.known:
                yield key, (key, one)
                continue
            was = next((old for old, other in left.items() if self._is_moved(other, one)), "")
            if was:
                del left[was]
                yield key, (was, one)

    def _is_moved(self, was: _Known, now: _Known) -> bool:
        """Whether a family is one of the older scan that stood elsewhere."""
        one, other = was.ranked.finding, now.ranked.finding
        same = (one.claim.rule, one.where, one.place) == (
            other.claim.rule,
            other.where,
            other.place,
        )
        if not (same and was.is_family and now.is_family):
            return False
        common = len(was.values & now.values)
        alike = common > _ALIKE * max(len(was.values), len(now.values), 1)
        return alike and all(
            way not in self._now or self._now[way] != i for way, i in was.places.items()
        )

    def _both(self, key: str, was: _Known, now: _Known) -> Compared:
        """What became of a finding that both scans have."""
        gone = {way: inode for way, inode in was.places.items() if way not in now.places}
        come = {way: inode for way, inode in now.places.items() if way not in was.places}
        moved = sum(self._came_from(way, inode, gone) for way, inode in come.items())
        more = len(now.values - was.values)
        if more or len(come) > moved or now.entries > was.entries:
            change = Change.GROWN
        elif come and not was.places.keys() & now.places.keys():
            change = Change.MOVED
        else:
            change = Change.PERSISTING
        first = fingerprint(was.ranked.finding)
        return self._row(self._judged(change, key, first), key, was, now, more)

    def _came_from(self, way: bytes, inode: int, gone: Mapping[bytes, int]) -> bool:
        """Whether what stands at a place stood at another that is gone from there.

        A directory above it may be what was moved.
        """
        if inode in gone.values():
            return True
        above, _, below = way.rpartition(b"/")
        while above:
            froms = self._was.get(self._now.get(above, 0), [])
            if any(old != above and old + b"/" + below in gone for old in froms):
                return True
            above, _, name = above.rpartition(b"/")
            below = name + b"/" + below
        return False

    def _judged(self, change: Change, key: str, was: str = "") -> Change:
        """What a baseline says of it, also by the fingerprint that it had where it stood before.

        An acceptance covers all that is there now, or does not hold: that something which is
        accepted has grown says nothing more. That it has grown says more than that one expired.
        """
        decided = self._decided.get(key) or self._decided.get(was)
        grown = change is Change.GROWN and decided is Change.EXPIRED
        return change if decided is None or grown else decided

    def _missing(self, one: _Known) -> Change:
        """Whether what is missing is gone, or was not looked at."""
        if not self._trusts or not one.places:
            return Change.GONE if self._trusts else Change.UNSEEN
        return Change.UNSEEN if any(map(self._is_unseen, one.places)) else Change.GONE

    def _is_unseen(self, way: bytes) -> bool:
        """Whether the newer scan could not look at a place, or at a directory above it."""
        while way:
            if way in self._now:
                return way in self._unread
            way = way.rpartition(b"/")[0]
        return True

    def _row(
        self, change: Change, key: str, was: _Known | None, now: _Known | None, more: int = 0
    ) -> Compared:
        shown = now or was
        if shown is None:
            raise TypeError("a finding stands in one of the two scans")
        ranked, finding = shown.ranked, shown.ranked.finding
        return Compared(
            change=change,
            fingerprint=key,
            old=was.ranked.number if was else "",
            new=now.ranked.number if now else "",
            band=ranked.risk.band,
            score=ranked.risk.score,
            rule=finding.claim.rule,
            title=finding.claim.title,
            where=finding.where.value,
            place=finding.place,
            masked=finding.masked,
            before=was.amount if was else NOWHERE,
            now=now.amount if now else NOWHERE,
            more=more,
            paths=ranked.paths,
        )
