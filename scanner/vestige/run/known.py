"""Known persons of a volume: harvested where they stand openly, and sought everywhere else.

The traces that texts and persons left while they were judged are joined in the scan file, and with
the names of all entries: no file is read again.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vestige.catalog import Catalog, KnownMatch, Policy, Rule
from vestige.catalog.roster import Roster
from vestige.correlate.known import (
    NOBODY,
    Group,
    Meeting,
    Origin,
    Persons,
    Source,
    Target,
    by_form,
    groups,
    title,
)
from vestige.correlate.many import is_uuid
from vestige.digits import form_of
from vestige.identity import Marker
from vestige.model import Certainty, FamilyKind, Where
from vestige.run import traces
from vestige.run.paths import Paths
from vestige.store import Extents, Store
from vestige.text import TokenKind, normal, opaque, readings, tokens, unquoted
from vestige.trace import SOURCES, packed, records
from vestige.trace import Kind as Left

_LONGEST_MEMO = 200_000
"""Names of entries whose marks are remembered: files of many folders are called alike."""

_LETTERED_DATE = re.compile(r"[A-Za-z]{2,3}[-_. ]?(?:19|20)\d{6}(?!\d).*")
"""A name that programs give too, as CT_20200131, and that may be initials with a birth date."""

_NUMBER = re.compile(r"(?<![\d.])\d{5,20}(?![\d.]*\d\.)")
_UNIQUE = re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}|(?:\d+\.){4}|[a-f]\d[0-9a-f]{20}")
_FAMILIES = frozenset({Certainty.CERTAIN, Certainty.LIKELY})


def know(store: Store, catalog: Catalog, policy: Policy, key: bytes, roster: Roster | None) -> None:
    """Keep what is said of persons who are known from one place and stand at another."""
    rules = {
        rule.match.check: rule
        for rule in catalog.rules
        if isinstance(rule.match, KnownMatch) and policy.counts(rule.id)
    }
    persons = persons_of(store, catalog, key, roster)
    if not persons or rules.keys().isdisjoint(CHECKS.values()):
        return
    near = roster is not None and roster.near
    marker = Marker(key, catalog.lexicon.ordinary, near=near)
    extents = store.traces.extents()
    met = tuple(_meetings(store, persons, marker, extents))
    shown = Shown(store, catalog, met, extents)
    found = [(group, one, shown.example(group, one)) for group, one in groups(met).items()]
    # What is attached to entries gives them outcomes of their own: those of content come first.
    for group, meetings, example in sorted(found, key=lambda one: one[0].what != ""):
        rule = rules.get(CHECKS[group.is_strong])
        if rule is not None:
            _keep(store, rule, group, meetings, title(group, example))


def persons_of(store: Store, catalog: Catalog, key: bytes, roster: Roster | None) -> Persons:
    """All who are known: in elements, tables, families of names, and the roster."""
    persons = Persons(NOBODY if roster is None else roster)
    # Numbers of traces are other ones where a scan was resumed: nothing may depend on their order.
    for source, marks in sorted(_sources(store, catalog, key), key=_by_person):
        persons.add(source, marks)
    return persons


CHECKS = {True: "named", False: "maybe-named"}
"""The checks that rules about known persons name: for strong meetings, and for weak ones."""


# --- who is known --------------------------------------------------------------------------------


def _sources(store: Store, catalog: Catalog, key: bytes) -> Iterator[tuple[Source, list[bytes]]]:
    for number, trace in store.traces.of_kinds(SOURCES):
        origin = Origin.TABLE if trace.where is Where.TABLE else Origin.HEADER
        marks = list(records(trace.marks))
        yield Source(number, trace.kind, origin, trace.place, _who(marks)), marks
    yield from _after_whom(store, catalog, key)


def _by_person(one: tuple[Source, list[bytes]]) -> tuple[object, ...]:
    source = one[0]
    return source.kind, source.origin, source.place, source.who


def _who(marks: Sequence[bytes]) -> str:
    return hashlib.blake2b(b"".join(marks), digest_size=16).hexdigest()


def _after_whom(store: Store, catalog: Catalog, key: bytes) -> Iterator[tuple[Source, list[bytes]]]:
    """The persons after whom the members of families are named."""
    persons = traces.Persons(catalog.lexicon, key)
    for finding, family in store.families().items():
        if family.verdict not in _FAMILIES or family.kind is not FamilyKind.NAMES:
            continue
        members = store.members(finding)
        entries = frozenset(members)
        for member in members:
            name = _words(readings(store.row(member).name)[0], catalog)
            marks = list(records(packed(persons.of_person(name))))
            if marks:
                who = _who(marks)
                source = Source(member, Left.PERSON, Origin.NAMES, family.template, who, entries)
                yield source, marks


def _words(name: str, catalog: Catalog) -> str:
    """The words of a name that are no vocabulary."""
    pieces = tokens(normal(unquoted(name)))
    words = (piece.text for piece in pieces if piece.kind is TokenKind.WORD)
    return " ".join(word for word in words if not catalog.lexicon.ordinary(word))


# --- where they stand too ------------------------------------------------------------------------


class _Text(NamedTuple):
    """A trace that bears marks of somebody who is known."""

    number: int
    kind: Left
    where: Where
    place: str
    marks: tuple[bytes, ...]


def _meetings(
    store: Store, persons: Persons, marker: Marker, extents: Extents
) -> Iterator[Meeting]:
    total, texts = 0, []
    for number, trace in store.traces.of_kinds((Left.TEXT, Left.OPEN)):
        total += 1
        marks = persons.in_marks(records(trace.marks))
        if marks:
            texts.append(_Text(number, trace.kind, trace.where, trace.place, marks))
    persons.forget_frequent((text.marks for text in texts), total)
    targets = [*_in_content(extents, texts), *_in_names(store, persons, marker)]
    found = (persons.meeting(target) for target in targets)
    return (one for one in found if one is not None)


def _in_content(extents: Extents, texts: Sequence[_Text]) -> Iterator[Target]:
    held = extents.held(text.number for text in texts)
    by_number = {text.number: text for text in texts}
    for one in held:
        text = by_number[one.trace]
        is_open = text.kind is Left.OPEN
        # Of a file that names somebody openly, as a table does, the naming is no second place.
        alone = is_open or text.where is Where.BESIDE
        own = frozenset(extents.beside(one.outcome)) if alone else frozenset[int]()
        about = (text.where, text.place, "", text.marks)
        yield Target(one.outcome, *about, is_open, own, text.number)


def _in_names(store: Store, persons: Persons, marker: Marker) -> Iterator[Target]:
    """The names of entries that bear marks of somebody who is known."""
    names = NameMarks(persons, marker)
    found: list[tuple[int, bytes, str, tuple[bytes, ...]]] = []
    for (parent, first, listed), is_folder in store.outline.names():
        marked = names.of_siblings(listed, parent)
        if marked and parent:
            what = "folders" if is_folder else "files"
            places = ((place, name) for place, name in enumerate(listed) if name in marked)
            found.extend((first + place, name, what, marked[name]) for place, name in places)
    forms = {form_of(name): marks for _, name, _, marks in found}
    persons.forget_frequent(forms.values(), len(names.forms))
    for number, _, what, marks in found:
        yield Target(number, Where.PATH, "name", what, marks)


class NameMarks:
    """The marks of known persons in names of entries; those that can hold none are passed over."""

    def __init__(self, persons: Persons, marker: Marker) -> None:
        self._persons = persons
        self._marker = marker
        self._numbers = persons.has_numbers()
        self._known: set[bytes] = set()
        self._told: dict[bytes, tuple[bytes, ...]] = {}
        self._before: tuple[tuple[int, bytes], int] = (0, b""), 0
        self.forms: set[bytes] = set()

    def of_siblings(self, names: Sequence[bytes], parent: int) -> dict[bytes, tuple[bytes, ...]]:
        """Those names that bear marks that are somebody's; they come in the order of entries."""
        known, told = self._known, self._told
        fresh = [name for name in names if name not in known]
        marked = {name: marks for name in fresh if (marks := self._of(name, parent))}
        found = {**marked, **{name: told[name] for name in told.keys() & names}} if told else marked
        if fresh and len(known) < _LONGEST_MEMO:
            known.update(fresh)
            told.update(marked)
        return found

    def _of(self, name: bytes, parent: int) -> tuple[bytes, ...]:
        text = readings(name)[0]
        if is_uuid(text):
            return ()
        if opaque(text) and not _LETTERED_DATE.fullmatch(text):
            return self._of_number(text, (parent, form_of(name)))
        self.forms.add(form_of(name))
        marks = (s.mark for one in readings(name) for s in self._marker.in_text(one))
        return self._persons.in_marks(records(packed(marks)))

    def _of_number(self, text: str, alike: tuple[int, bytes]) -> tuple[bytes, ...]:
        """The marks of a name of digits; of names that count up none is the number of anybody."""
        if not self._numbers or _UNIQUE.search(text):
            return ()
        numbers = [match.group() for match in _NUMBER.finditer(text)]
        if not numbers:
            return ()
        last = int(numbers[-1])
        counts = alike == self._before[0] and last - self._before[1] <= 1
        self._before = alike, last
        if counts:
            return ()
        marks = (mark for number in numbers for mark in self._marker.of_number(number))
        return self._persons.in_marks(records(packed(marks)))


# --- what is told --------------------------------------------------------------------------------


class Shown:
    """Masked paths of the files in which persons are openly named."""

    def __init__(
        self, store: Store, catalog: Catalog, met: Iterable[Meeting], extents: Extents
    ) -> None:
        named = frozenset(m.target.number for m in met if m.target.where is Where.PATH)
        self._paths = Paths(store, catalog.lexicon, named)
        self._extents = extents

    def example(self, group: Group, meetings: Iterable[Meeting]) -> str:
        """The path of the first file that names one of them, and how many more do."""
        if group.origin is Origin.ROSTER:
            return ""
        numbers = {meeting.source.number for meeting in meetings}
        if group.origin is Origin.NAMES:
            return self._paths.path(min(numbers))
        held = self._extents.held(numbers)
        path = self._paths.path(min(one.first for one in held))
        more = sum({one.outcome: one.entries for one in held}.values()) - 1
        return f"{path} and {more:,} more" if more else path


def _keep(store: Store, rule: Rule, group: Group, meetings: Sequence[Meeting], told: str) -> None:
    severity = min(rule.severity, max(one.severity for one in meetings))
    claim = replace(rule.claim, title=told, severity=severity)
    most_telling = by_form(meetings)[0].form
    number = store.finding(claim, group.where, group.place, "", most_telling.value)
    for who, form in _persons(meetings).items():
        store.value(number, who, form)
    numbers = {one.target.number for one in meetings}
    if group.where is Where.PATH and group.what:
        store.attach_to_entries(number, numbers)
    else:
        store.attach_to_outcomes(number, numbers)
        store.within.attach(number, numbers, (one.target.trace for one in meetings))


def _persons(meetings: Iterable[Meeting]) -> Mapping[str, str]:
    """The persons of meetings, each with the form in which it stands there."""
    found: dict[str, str] = {}
    for one in by_form(meetings):
        found.setdefault(one.source.who, one.form.value)
    return found
