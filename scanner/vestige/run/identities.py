"""Identities: by what findings are known in later scans, and exactly what they hold in.

Of places and values keyed digests are made: no name, no path and no value is in them.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from struct import Struct
from typing import NamedTuple

from vestige.acceptance import Extent, Identity
from vestige.fingerprint import fingerprint
from vestige.model import Family, Finding, Where
from vestige.store import VALUES_KEPT, HeldFolder, Row, Store

LISTED = 64
"""Entries, directories or values that an acceptance lists; of more it keeps one digest."""

_WIDTH = 8
_LENGTH = Struct(">Q").pack
_OF_DIGEST = _LENGTH(16)
_FOLDER = b"folder"
_MEMO = 100_000

_PARTS = 10_000
"""Combinations of sets in one directory that are remembered."""


# --- where findings stand ------------------------------------------------------------------------


class Places:
    """Keyed digests of where entries stand: of their paths below the root, whatever it is called.

    With several roots the name of each is part of it, and its whole path where two are called
    alike.
    """

    def __init__(self, store: Store, key: bytes) -> None:
        self._store = store
        # Ready to go on from: what is told of a key is reckoned once.
        self._keyed = hashlib.blake2b(digest_size=16, key=key[:64], person=b"vestige place")
        self._of_folder = self._keyed.copy()
        self._of_folder.update(_LENGTH(len(_FOLDER)) + _FOLDER)
        self._memo: dict[int, bytes] = {0: b""}
        roots = store.roots()
        names = [os.path.basename(path) for path in roots.values()]
        alike = len(set(names)) < len(names)
        self._tops = {
            number: b"" if len(roots) == 1 else path if alike else os.path.basename(path)
            for number, path in roots.items()
        }

    def of(self, number: int) -> bytes:
        """The digest of the place of an entry."""
        above: list[Row] = []
        while number not in self._memo:
            above.append(self._store.row(number))
            number = above[-1].parent
        found = self._memo[number]
        if len(self._memo) > _MEMO:
            self._memo = {0: b""}
        for row in reversed(above):
            found = self._memo[row.id] = self.inside(found, row.parent, row.id, row.name)
        return found

    def inside(self, above: bytes, parent: int, number: int, name: bytes) -> bytes:
        """The digest of the place of an entry in a directory whose digest is known."""
        return self.mark(above, name if parent else self._tops.get(number, b""))

    def mark(self, *parts: bytes) -> bytes:
        """A keyed digest of some parts."""
        found = self._keyed.copy()
        found.update(b"".join([_LENGTH(len(part)) + part for part in parts]))
        return found.digest()

    def mark_of_folder(self, place: bytes, sums: bytes) -> bytes:
        """The keyed digest of b"folder", a place and sums, at less than the cost of any parts."""
        found = self._of_folder.copy()
        found.update(_LENGTH(len(place)) + place + _LENGTH(len(sums)) + sums)
        return found.digest()

    def mark_on(self, whole: bytes, folder: bytes) -> bytes:
        """The keyed digest of a digest, or nothing yet, and of one that is added to it."""
        found = self._keyed.copy()
        found.update(_LENGTH(len(whole)) + whole + _OF_DIGEST + folder)
        return found.digest()

    def short(self, *parts: bytes) -> str:
        """The same as a baseline writes it."""
        return self.mark(*parts)[:_WIDTH].hex()

    def of_folders(self, wanted: Iterable[HeldFolder]) -> Iterator[tuple[bytes, list[HeldFolder]]]:
        """What is held by directories, which come in order, each with the digest of its place."""
        stack: list[tuple[int, bytes]] = [(0, b"")]
        directories = self._store.holdings.directories()
        rows: list[HeldFolder] = []
        for one in wanted:
            if rows and rows[0].parent != one.parent:
                yield stack[-1][1], rows
                rows = []
            while stack[-1][0] != one.parent:
                step = next(directories, None)
                if step is None:
                    return
                number, parent, name = step
                while stack[-1][0] != parent:
                    stack.pop()
                stack.append((number, self.inside(stack[-1][1], parent, number, bytes(name))))
            rows.append(one)
        if rows:
            yield stack[-1][1], rows


# --- what findings hold in -----------------------------------------------------------------------


class Found(NamedTuple):
    """A finding that is shown, with its family and its number of entries."""

    finding: Finding
    family: Family | None
    entries: int


Forms = tuple[tuple[str, ...], ...]
"""The same told by digests of its parts, the finest first."""


@dataclass(slots=True)
class _Held:
    """What a finding holds in, while directories are counted."""

    entries: int = 0
    folders: list[str] = field(default_factory=list)
    whole: bytes = b""

    def forms(self, places: Places) -> Forms:
        """The digests of its directories if they are few, and that of all."""
        folders = (tuple(sorted(self.folders)),) if len(self.folders) <= LISTED else ()
        return (*folders, (places.short(b"all", self.whole),))


_Parts = tuple[tuple[frozenset[int], tuple[int, ...]], ...]
"""Findings that hold in the same rows of a directory, with the places of these."""


class _Alike:
    """What findings hold in, counted once for all that have held in the same ever since."""

    def __init__(self, stateful: Mapping[int, bool]) -> None:
        self._stateful = stateful
        together = _Group(set(stateful), _Held())
        self._of = dict.fromkeys(stateful, together)
        self._splits = 0
        self._parts: dict[tuple[int, ...], _Parts] = {}
        self._met: dict[frozenset[int], tuple[int, list[_Held]]] = {}

    def parts(self, row_sets: tuple[int, ...], sets: Mapping[int, Sequence[int]]) -> _Parts:
        """The findings of a directory whose rows have these sets."""
        found = self._parts.get(row_sets)
        if found is None:
            which: dict[int, list[int]] = {}
            for at, one in enumerate(row_sets):
                for number in sets[one]:
                    which.setdefault(number, []).append(at)
            alike: dict[tuple[bool, tuple[int, ...]], set[int]] = {}
            for number, places in which.items():
                alike.setdefault((self._stateful[number], tuple(places)), set()).add(number)
            found = tuple((frozenset(numbers), places) for (_, places), numbers in alike.items())
            if len(self._parts) >= _PARTS:
                self._parts.clear()
                self._met.clear()
            self._parts[row_sets] = found
        return found

    def held(self, findings: frozenset[int]) -> list[_Held]:
        """What these findings, and no others, have held in so far."""
        met = self._met.get(findings)
        if met is not None and met[0] == self._splits:
            return met[1]
        groups: dict[int, tuple[_Group, list[int]]] = {}
        for number in findings:
            group = self._of[number]
            groups.setdefault(id(group), (group, []))[1].append(number)
        found = [self._divided(group, numbers) for group, numbers in groups.values()]
        self._met[findings] = self._splits, found
        return found

    def _divided(self, group: "_Group", wanted: Sequence[int]) -> _Held:
        """What the wanted ones of a group hold in; the others go their own way from here."""
        if len(wanted) == len(group.members):
            return group.held
        group.members.difference_update(wanted)
        own = _Group(set(wanted), replace(group.held, folders=[*group.held.folders]))
        self._of.update(dict.fromkeys(wanted, own))
        self._splits += 1
        return own.held

    def counted(self) -> dict[int, _Held]:
        """What each finding holds in."""
        return {number: group.held for number, group in self._of.items()}


class _Group(NamedTuple):
    """Findings that have held in the same so far."""

    members: set[int]
    held: _Held


class Identities:
    """By what the findings of a scan are known later."""

    def __init__(self, store: Store, key: bytes, printed: str) -> None:
        """`printed` is the fingerprint of the key."""
        self._store = store
        self._places = Places(store, key)
        self._printed = printed

    def of(self, found: Sequence[Found]) -> dict[int, Identity]:
        """The identity of each of the findings, by number."""
        alone = [one for one in found if one.family is None]
        held = self._held(alone)
        for one in found:
            if one.family is not None:
                held[one.finding.id] = self._held_by_family(one, one.family)
        return {
            one.finding.id: Identity(
                self._printed,
                fingerprint(self._fixed(one)),
                Extent(one.entries, held[one.finding.id], self._values_of(one.finding.id)),
            )
            for one in found
            if held.get(one.finding.id)
        }

    def _fixed(self, one: Found) -> Finding:
        """The finding with a digest that stays: that of a family tells its template and place."""
        if one.family is None:
            return one.finding
        template = one.family.template.encode("utf-8", "surrogatepass")
        kind = one.family.kind.value.encode()
        digest = self._places.mark(kind, template, self._places.of(one.family.parent)).hex()
        return replace(one.finding, digest=digest)

    def _held_by_family(self, one: Found, family: Family) -> Forms:
        holdings, number = self._store.holdings, one.finding.id
        members = [member.entry for member in holdings.members(number)]
        if not members:
            row = self._store.row(family.parent)
            state = self._state(row.size, row.mtime_ns) if not self._known(number) else b""
            return ((self._places.short(self._places.of(family.parent), state),),)
        held = _Held()
        for place, rows in self._places.of_folders(holdings.folders_of_family(number)):
            self._count(held, *self._folder(place, rows, stateful=False))
        forms = held.forms(self._places)
        if len(members) > LISTED:
            return forms
        return (tuple(sorted(self._places.short(self._places.of(m), b"") for m in members)), *forms)

    def _held(self, found: Sequence[Found]) -> dict[int, Forms]:
        """What findings without a family hold in."""
        wanted = {one.finding.id: self._is_stateful(one.finding) for one in found}
        sets = _wanted_sets(self._store, wanted)
        alike = _Alike(wanted)
        for place, rows in self._places.of_folders(self._store.holdings.folders(sets)):
            for findings, which in alike.parts(tuple([row.finding_set for row in rows]), sets):
                stateful = wanted[next(iter(findings))]
                its_rows = [rows[at] for at in which]
                entries, folder = self._folder(place, its_rows, stateful=stateful)
                for held in alike.held(findings):
                    self._count(held, entries, folder)
        counted = alike.counted()
        few = {number for number, held in counted.items() if 0 < held.entries <= LISTED}
        listed = self._entries_of({n: stateful for n, stateful in wanted.items() if n in few})
        return {
            number: (*((listed[number],) if number in few else ()), *held.forms(self._places))
            for number, held in counted.items()
            if held.entries
        }

    def _folder(
        self, place: bytes, rows: Sequence[HeldFolder], *, stateful: bool
    ) -> tuple[int, bytes]:
        """How many entries one directory holds, and the digest of what is held."""
        entries = sum([row.entries for row in rows])
        sums = [entries, sum([row.names for row in rows])]
        if stateful:
            sums.append(sum([row.states for row in rows]))
        told = b"".join([one.to_bytes(16, "big", signed=True) for one in sums])
        return entries, self._places.mark_of_folder(place, told)

    def _count(self, held: _Held, entries: int, folder: bytes) -> None:
        """Count what one directory holds."""
        held.entries += entries
        if len(held.folders) <= LISTED:
            held.folders.append(folder[:_WIDTH].hex())
        held.whole = self._places.mark_on(held.whole, folder)

    def _entries_of(self, wanted: Mapping[int, bool]) -> dict[int, tuple[str, ...]]:
        """The digests of all entries of findings that have few."""
        sets = _wanted_sets(self._store, wanted)
        found: dict[int, list[str]] = {number: [] for number in wanted}
        for one in self._store.holdings.entries(sets):
            place = self._places.of(one.entry)
            for number in sets[one.finding_set]:
                state = self._state(one.size, one.mtime_ns) if wanted[number] else b""
                found[number].append(self._places.short(place, state))
        return {number: tuple(sorted(held)) for number, held in found.items()}

    @staticmethod
    def _state(size: int, mtime_ns: int) -> bytes:
        return f"{size} {mtime_ns}".encode()

    def _is_stateful(self, finding: Finding) -> bool:
        """Whether sizes and times of files must tell what values do not: that none was replaced."""
        return finding.where is not Where.PATH and not self._known(finding.id)

    def _known(self, number: int) -> bool:
        """Whether all values of a finding are known."""
        return 0 < self._store.values(number, 0)[0] < VALUES_KEPT

    def _values_of(self, number: int) -> Forms:
        if not self._known(number):
            return ()
        digests = [one.encode() for one in self._store.holdings.values(number)]
        whole = (self._places.short(b"all", *digests),)
        if len(digests) > LISTED:
            return (whole,)
        return (tuple(sorted(self._places.short(one) for one in digests)), whole)


def _wanted_sets(store: Store, wanted: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The sets that hold findings which are wanted, with these alone."""
    asked = frozenset(wanted)
    told = {number: tuple(asked.intersection(held)) for number, held in store.sets().items()}
    return {number: held for number, held in told.items() if held}
