"""Acceptances: by what findings are known in later scans, and which of them somebody answers for.

An acceptance covers what was there when it was made, and never more: every entry and every value
that was not accepted lets the finding count again, and so does a worse band.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from vestige.catalog.baseline import Baseline, Grant
from vestige.fingerprint import fingerprint
from vestige.model import Family, Finding, UsageError, Where
from vestige.review import (
    Acceptance,
    Accepting,
    Extent,
    Identity,
    Ranked,
    ScanState,
    Scope,
    Standing,
)
from vestige.sensitive import Sensitive
from vestige.store import VALUES_KEPT, HeldFolder, Row, Store

LISTED = 64
"""Entries, directories or values that an acceptance lists; of more it keeps one digest."""

WARN_DAYS = 14
"""Days before the last one on which an acceptance is said to expire soon."""

_WIDTH = 8
_MEMO = 100_000


def key_print(key: bytes) -> str:
    """What tells one key from another, and nothing of it; scan files note it too."""
    return Sensitive("vestige").digest(key)


def today() -> date:
    """The day in UTC, by which all acceptances end."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Answering:
    """The key of a scan, and the baseline that its findings are held against, on a day."""

    key: bytes = field(repr=False)
    baseline: Baseline | None = None
    today: date = field(default_factory=today)


# --- where findings stand ------------------------------------------------------------------------


class Places:
    """Keyed digests of where entries stand: of their paths below the root, whatever it is called.

    With several roots the name of each is part of it, and its whole path where two are called
    alike.
    """

    def __init__(self, store: Store, key: bytes) -> None:
        self._store = store
        self._key = key[:64]
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
        found = hashlib.blake2b(digest_size=16, key=self._key, person=b"vestige place")
        for part in parts:
            found.update(len(part).to_bytes(8, "big") + part)
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


class Identities:
    """By what the findings of a scan are known later."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store = store
        self._places = Places(store, key)
        self._key = key

    def of(self, found: Sequence[Found]) -> dict[int, Identity]:
        """The identity of each of the findings, by number."""
        alone = [one for one in found if one.family is None]
        held = self._held(alone)
        for one in found:
            if one.family is not None:
                held[one.finding.id] = self._held_by_family(one, one.family)
        printed = key_print(self._key)
        return {
            one.finding.id: Identity(
                printed,
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
            self._add(held, place, rows, stateful=False)
        forms = held.forms(self._places)
        if len(members) > LISTED:
            return forms
        return (tuple(sorted(self._places.short(self._places.of(m), b"") for m in members)), *forms)

    def _held(self, found: Sequence[Found]) -> dict[int, Forms]:
        """What findings without a family hold in."""
        wanted = {one.finding.id: self._is_stateful(one.finding) for one in found}
        sets = _wanted_sets(self._store, wanted)
        counted = {number: _Held() for number in wanted}
        folders = self._store.holdings.folders(sets)
        for place, rows in self._places.of_folders(folders):
            by_finding: dict[int, list[HeldFolder]] = {}
            for row in rows:
                for number in sets[row.finding_set]:
                    by_finding.setdefault(number, []).append(row)
            for number, its_rows in by_finding.items():
                self._add(counted[number], place, its_rows, stateful=wanted[number])
        few = {number for number, held in counted.items() if 0 < held.entries <= LISTED}
        listed = self._entries_of({n: stateful for n, stateful in wanted.items() if n in few})
        return {
            number: (*((listed[number],) if number in few else ()), *held.forms(self._places))
            for number, held in counted.items()
            if held.entries
        }

    def _add(
        self, held: _Held, place: bytes, rows: Sequence[HeldFolder], *, stateful: bool
    ) -> None:
        """Count the entries of one directory."""
        entries = sum(row.entries for row in rows)
        sums = [entries, sum(row.names for row in rows)]
        if stateful:
            sums.append(sum(row.states for row in rows))
        told = b"".join(one.to_bytes(16, "big", signed=True) for one in sums)
        held.entries += entries
        folder = self._places.mark(b"folder", place, told)
        if len(held.folders) <= LISTED:
            held.folders.append(folder[:_WIDTH].hex())
        held.whole = self._places.mark(held.whole, folder)

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


# --- what is accepted ----------------------------------------------------------------------------


def answered(
    store: Store, answering: Answering, ranked: Sequence[Ranked]
) -> tuple[tuple[Ranked, ...], Accepting | None]:
    """The findings with their identities and acceptances, and what became of the baseline.

    UsageError if the key is not that of the scan, PolicyError if it is not that of the baseline.
    """
    printed = key_print(answering.key)
    if store.noted("key") != printed:
        raise UsageError("the scan was made under another key; name its key file with --key")
    found = [Found(one.finding, one.family, one.reach.entries) for one in ranked]
    identities = Identities(store, answering.key).of(found)
    known = tuple(replace(one, identity=identities.get(one.finding.id)) for one in ranked)
    if answering.baseline is None:
        return known, None
    answering.baseline.demand_key(printed)
    judge = _Judge(store, answering.baseline, answering.today, Places(store, answering.key))
    judged = tuple(replace(one, accepted=judge.acceptance(one)) for one in known)
    return judged, judge.accepting(is_whole=_is_whole(store))


def _is_whole(store: Store) -> bool:
    """Whether the scan saw all, so that what it did not find is not there."""
    return store.noted("state") == ScanState.COMPLETE and not store.coverage().unreadable


class _Judge:
    """Holds findings against the acceptances of a baseline."""

    def __init__(self, store: Store, baseline: Baseline, day: date, places: Places) -> None:
        self._store = store
        self._baseline = baseline
        self._day = day
        self._places = places
        self._met: Counter[Grant] = Counter()
        self._by_print: dict[tuple[str, str], list[Grant]] = {}
        self._below: dict[str, list[Grant]] = {}
        for grant in baseline.grants:
            if grant.scope is Scope.BELOW:
                self._below.setdefault(grant.rule, []).append(grant)
            else:
                self._by_print.setdefault((grant.rule, grant.fingerprint), []).append(grant)
        self._spans = Spans(store) if self._below else None

    def acceptance(self, one: Ranked) -> Acceptance | None:
        """The acceptance of a finding that says most for it; None if there is none."""
        if one.identity is None:
            return None
        rule = one.finding.claim.rule
        direct = self._by_print.get((rule, one.identity.fingerprint), ())
        above = self._grants_above(one) if rule in self._below else ()
        told = []
        for grant in (*direct, *above):
            self._met[grant] += 1
            told.append(self._told(grant, one, one.identity.extent))
        order = tuple(Standing)
        return min(
            told, key=lambda a: (order.index(a.standing), -a.until.toordinal()), default=None
        )

    def _grants_above(self, one: Ranked) -> Iterator[Grant]:
        """The acceptances of a rule below a directory that holds all of a finding."""
        if self._spans is None:
            return
        above = {self._places.of(n).hex() for n in self._spans.folders_above(one)}
        for grant in self._below[one.finding.claim.rule]:
            if grant.fingerprint in above:
                yield grant

    def _told(self, grant: Grant, one: Ranked, extent: Extent) -> Acceptance:
        if self._day > grant.until:
            return _shown(grant, Standing.EXPIRED, f"The acceptance ended on {grant.until}.")
        if one.risk.band > grant.band:
            return _shown(
                grant,
                Standing.WORSE,
                f"It was accepted as {grant.band.word}, and is {one.risk.band.word} now.",
            )
        grown = _grown(grant, extent) if grant.scope is not Scope.BELOW else ""
        if grown:
            return _shown(grant, Standing.OUTGROWN, grown)
        if grant.until - self._day <= timedelta(days=WARN_DAYS):
            days = (grant.until - self._day).days
            left = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
            return _shown(grant, Standing.SOON, f"The acceptance ends {left}, on {grant.until}.")
        return _shown(grant, Standing.HOLDS)

    def accepting(self, *, is_whole: bool) -> Accepting:
        """What became of the baseline as a whole."""
        unneeded = [grant for grant in self._baseline.grants if not self._met[grant] and is_whole]
        detail = "Nothing that it covers was found."
        return Accepting(
            self._baseline.name,
            self._baseline.digest,
            len(self._baseline.grants),
            tuple(_shown(grant, Standing.UNNEEDED, detail) for grant in unneeded),
        )


def _grown(grant: Grant, extent: Extent) -> str:
    """What is there that was not accepted, in a sentence; "" if nothing is."""
    if not _is_within(extent.places, grant.held):
        return (
            f"It holds where it was not accepted: {_entries(grant.entries)} accepted, "
            f"{_entries(extent.entries)} now, and not all of them the same."
        )
    if not _is_within(extent.found or ((),), grant.values):
        return "It holds values that were not accepted."
    return ""


def _is_within(forms: Forms, accepted: Sequence[str]) -> bool:
    """Whether all parts were accepted, in the form in which they were."""
    known = set(accepted)
    return any(known.issuperset(form) for form in forms)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _shown(grant: Grant, standing: Standing, detail: str = "") -> Acceptance:
    return Acceptance(
        grant.decision,
        grant.scope,
        grant.rule,
        grant.by,
        grant.because,
        grant.accepted_on,
        grant.until,
        standing,
        detail,
    )


class Spans:
    """Between which entries findings hold."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._families = store.holdings.spans_of_families()
        self._findings: dict[int, tuple[int, int]] = {}
        sets = store.sets()
        for number, (first, last) in store.holdings.spans().items():
            for finding in sets.get(number, ()):
                known = self._findings.get(finding, (first, last))
                self._findings[finding] = min(first, known[0]), max(last, known[1])

    def folders_above(self, one: Ranked) -> list[int]:
        """The directories at or below which all of a finding holds, the innermost first."""
        first, last = self._span(one)
        above: list[int] = []
        number = first
        while number:
            above.append(number)
            number = self._store.row(number).parent
        lasts = self._store.lasts(above)
        return [number for number in above if number in lasts and lasts[number] >= last]

    def _span(self, one: Ranked) -> tuple[int, int]:
        number = one.finding.id
        if one.family is None:
            return self._findings.get(number, (0, 0))
        parent = one.family.parent
        return self._families.get(number, (parent, parent))
