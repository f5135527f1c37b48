"""Hunting: one more pass over a volume, for known persons in what no reader looked at.

It is asked for with `--hunt`, and follows when all else is told. Files without a reader are
searched whole, of DICOM files the bytes that no element accounts for, of all entries the extended
attributes. That somebody was looked for in a file does not make the file read: coverage stays.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vestige.catalog import Catalog, KnownMatch, Policy, Rule
from vestige.catalog.roster import Roster
from vestige.correlate.hunt import Known
from vestige.correlate.known import Group, Meeting, Origin, Source, Target, title
from vestige.identity import Form, Marker
from vestige.model import Entry, Kind, Problem, Stage, Where
from vestige.review import Hunt
from vestige.run.hunters import Batch, Hunted, Hunters, Seen
from vestige.run.known import Shown, persons_of
from vestige.run.search import Searching, sources
from vestige.sensitive import Sensitive
from vestige.store import Store

CHECKS = {True: "hunted", False: "hunted-trace"}
"""The checks that rules name: for strong sightings, and for single words."""

_BATCH_ENTRIES, _BATCH_BYTES = 256, 16 << 20
"""Entries and bytes of one batch; a longer file is a batch of its own."""

_FORMS = tuple(Form)

_OTHER_BYTES = "other bytes stood in it when it was hunted through than when it was judged"

Heard = Callable[[int, int, float], None]
"""Told how far the hunt is: entries and bytes, and the share of all bytes."""


class Hunting(NamedTuple):
    """A hunt as it was asked for; `clearing` demands the bytes that were judged before."""

    catalog: Catalog
    policy: Policy
    key: bytes
    roster: Roster | None
    jobs: int
    clearing: bool = False


def hunt(store: Store, asked: Hunting, heard: Heard) -> None:
    """Keep who of the known persons is seen where; notes what was searched."""
    rules: dict[str, Rule] = {
        rule.match.check: rule
        for rule in asked.catalog.rules
        if isinstance(rule.match, KnownMatch) and asked.policy.counts(rule.id)
    }
    persons = persons_of(store, asked.catalog, asked.key, asked.roster)
    known = persons.marks()
    every = sources(known)
    found = _Found(store, every)
    if known:
        _pass(store, asked, known, found, heard)
    found.keep(rules, Shown(store, asked.catalog, (), store.traces.extents()), asked.key)
    persons_known = len({one.who for one in every if one.origin is not Origin.ROSTER})
    if asked.roster is not None:
        persons_known += asked.roster.people
    told = Hunt(files=found.files, bytes=found.bytes, persons=persons_known)
    store.note("hunt", told.noted())


def _pass(store: Store, asked: Hunting, known: Known, found: "_Found", heard: Heard) -> None:
    ordinary = asked.catalog.lexicon.ordinary
    own = _own(store, known)

    def make() -> Searching:
        marker = Marker(asked.key, ordinary)
        return Searching(known, marker, ordinary, own, holds=asked.clearing)

    total = max(1, sum(row.size for row in store.rows() if row.kind is Kind.FILE))
    hunters = Hunters(asked.jobs, _forked(make))
    try:
        for hunted in hunters.hunt(_batches(_entries(store))):
            found.add(hunted)
            heard(found.files, found.bytes, min(1.0, found.bytes / total))
    finally:
        hunters.close()


def _forked(make: Callable[[], Searching]) -> Callable[[], Searching]:
    """What is made once, before workers are forked: they share it, and each learns for itself."""
    made = make()
    return lambda: made


def _own(store: Store, known: Known) -> Mapping[int, frozenset[int]]:
    """The tables' traces that each entry holds: a table does not give away whom it lists."""
    numbers = {
        one.number for borne in known.values() for one in borne if one.origin is Origin.TABLE
    }
    found: dict[int, set[int]] = {}
    for held in store.traces.extents().held(numbers):
        found.setdefault(held.first, set()).add(held.trace)
    return {entry: frozenset(traces) for entry, traces in found.items()}


def _entries(store: Store) -> Iterator[Entry]:
    """All entries, each with its path as the system knows it."""
    roots = store.roots()
    above: dict[int, bytes] = {}
    for row in store.rows():
        path = roots[row.id] if not row.parent else above[row.parent] + b"/" + row.name
        if row.kind is Kind.DIRECTORY:
            while above and next(reversed(above)) != row.parent:
                above.popitem()
            above[row.id] = path.rstrip(b"/") if len(path) > 1 else b""
        facts = (row.kind, row.size, row.mtime_ns, row.ctime_ns, row.inode)
        yield Entry(row.id, row.parent, row.name, path, *facts)


def _batches(entries: Iterator[Entry]) -> Iterator[Batch]:
    waiting: list[Entry] = []
    size = 0
    for entry in entries:
        if waiting and (len(waiting) >= _BATCH_ENTRIES or size + entry.size > _BATCH_BYTES):
            yield tuple(waiting)
            waiting, size = [], 0
        waiting.append(entry)
        size += entry.size
    if waiting:
        yield tuple(waiting)


class _Found:
    """What a hunt has found so far, and what it has searched."""

    def __init__(self, store: Store, every: Sequence[Source]) -> None:
        self._store = store
        self._every = every
        self._groups: dict[Group, list[Seen]] = {}
        self.files = self.bytes = 0

    def add(self, hunted: Hunted) -> None:
        """Take what a batch has given."""
        self.files += hunted.files
        self.bytes += hunted.bytes
        self._store.problems(hunted.problems)
        self._store.problems(
            Problem(entry, Stage.HUNT, "changed", _OTHER_BYTES)
            for entry in self._store.clearing.differing(hunted.digests)
        )
        for one in hunted.seen:
            source = self._every[one.source]
            told = (Where.CONTENT, one.way, one.what, one.strong)
            group = Group(source.origin, source.kind, source.place, *told)
            self._groups.setdefault(group, []).append(one)

    def keep(self, rules: Mapping[str, Rule], shown: Shown, key: bytes) -> None:
        """Keep a finding for each kind of source and place, in an order of their own."""
        for group, seen in sorted(self._groups.items(), key=lambda one: one[0]):
            rule = rules.get(CHECKS[group.is_strong])
            if rule is not None:
                self._keep(rule, group, seen, shown, key)

    def _keep(
        self, rule: Rule, group: Group, seen: Sequence[Seen], shown: Shown, key: bytes
    ) -> None:
        meetings = [self._meeting(group, one) for one in seen]
        severity = min(rule.severity, max(one.severity for one in meetings))
        told = title(group, shown.example(group, meetings))
        claim = replace(rule.claim, title=told, severity=severity)
        first = _said(seen[0])
        number = self._store.finding(claim, group.where, place(group.what, group.place), "", first)
        for one, meeting in zip(seen, meetings, strict=True):
            digest = Sensitive(f"{meeting.source.who} {one.member}").digest(key)
            self._store.value(number, digest, _said(one))
        self._store.attach_to_entries(number, {one.entry for one in seen})

    def _meeting(self, group: Group, one: Seen) -> Meeting:
        target = Target(one.entry, group.where, group.place, group.what, ())
        return Meeting(target, self._every[one.source], _FORMS[one.form])


def place(what: str, way: str) -> str:
    """How a place is written: the kind of content, and the way into it."""
    return f"{what}: {way}"


def _said(one: Seen) -> str:
    """The form in which somebody is seen, and the masked member."""
    form = _FORMS[one.form].value
    return f"{form} in {one.member}" if one.member else form
