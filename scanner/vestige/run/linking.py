"""Linking: pseudonyms that can be reckoned again, and subjects whom what is left singles out.

One file of each subject is read again, as no header value is kept; what is found leaves as a
scheme, a count, and masked values.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

from vestige.anonymity import FEWEST, SinglingOut
from vestige.catalog import Catalog, Policy, Rule, SubjectsMatch
from vestige.correlate.linkage import Linkage, Numbered, Pseudonym, in_order_of_dates, linkage
from vestige.correlate.preimages import Origin, Secret, pairs
from vestige.correlate.singling_out import Crowd
from vestige.detect.checks import plausible_date
from vestige.detect.dummies import Dummies
from vestige.model import Band, Claim, Entry, Place, Where
from vestige.read import dicom
from vestige.read.file import open_source
from vestige.read.unreadable import Unreadable
from vestige.run.aside import Aside
from vestige.run.entry import entry_of
from vestige.sensitive import Sensitive
from vestige.statement import Statement, Tag
from vestige.store import SeriesRow, Store
from vestige.text import readings

_READ = 1_000
"""Subjects of whom a file is read again: a scheme shows in few."""

_FOLDERS, _FILES = 2_000, 500
"""Names of directories, and of all entries, that are tried and looked at as pseudonyms."""

_BESIDE = 10
"""Objects that bear one code, or lie below one name, whose other codes are looked at."""

_SHORTEST_NAME = 16
"""Characters of a digest in a name: shorter ones are what devices call their folders."""

_CODES = {
    Tag.PATIENT_ID: ("patient", "Patient IDs"),
    Tag.PATIENT_NAME: ("name", "Patients' names"),
    Tag.CLINICAL_TRIAL_SUBJECT_ID: ("trial", "Trial subjects' codes"),
    Tag.ACCESSION_NUMBER: ("accession", "Accession numbers"),
}
_UIDS = {
    Tag.STUDY_INSTANCE_UID: ("study", "Study UIDs"),
    Tag.SERIES_INSTANCE_UID: ("series", "Series UIDs"),
    Tag.FRAME_OF_REFERENCE_UID: ("frame", "Frame of reference UIDs"),
    Tag.SOP_INSTANCE_UID: ("", "Instance UIDs"),
}
_ORIGINS = {
    Tag.PATIENT_NAME: Origin.NAME,
    Tag.PATIENT_ID: Origin.NUMBER,
    Tag.ACCESSION_NUMBER: Origin.NUMBER,
    Tag.PATIENT_BIRTH_DATE: Origin.DATE,
}
_OF_A_CODE = frozenset({Tag.PATIENT_ID, Tag.PATIENT_NAME})
_CODE = re.compile(r"(\D*)(\d{1,9})(\D*)")
_PIECES = re.compile(r"[_\s]+")
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_NUMBER = re.compile(r"(?<!\d)\d{4,12}(?!\d)")
_RECKONED = "reckoned"
"""The check that tries what codes may be made from."""

_MOST, _MANY = 0.5, 0.1
"""Shares of unique subjects from which on it is of medium, and of low severity."""

Facts = Mapping[str, str]


class Seen(NamedTuple):
    """One object that was read again: the number of its series, its subject, and what it states.

    `within` are its entry and the directories in which that lies.
    """

    series: int
    subject: int
    facts: Facts
    statement: Statement
    within: frozenset[int]


class Name(NamedTuple):
    """The name of one entry."""

    entry: int
    text: str


class Told(NamedTuple):
    """What one check says: of what, how bad, where, and in which series or entries it holds."""

    title: str
    severity: Band
    where: Where
    place: str
    values: tuple[Sensitive, ...]
    holds: Callable[[int, int, Facts], bool]
    entries: tuple[int, ...] = ()


class Subjects:
    """All that checks look at: objects and names that were read, and the crowd of all subjects."""

    def __init__(self, catalog: Catalog) -> None:
        self._dummies = Dummies(catalog)
        self.seen: list[Seen] = []
        self.names: list[Name] = []
        self.crowd = Crowd()
        self._reckoned: Aside[Linkage] | None = None

    @cached_property
    def singling_out(self) -> SinglingOut:
        """How far the crowd is singled out, once all series are in it."""
        return self.crowd.singling_out()

    @cached_property
    def held(self) -> list["_Held"]:
        """The pseudonyms, each with where it stands, once all objects and names are here."""
        return [*_held_by_objects(self), *_held_by_names(self)]

    def reckon_aside(self, seconds: float) -> None:
        """Begin to reckon pseudonyms again in a process beside this one."""
        self._reckoned = Aside(partial(self._linkage, seconds))

    def linkage(self, seconds: float) -> Linkage:
        """By which schemes pseudonyms can be reckoned again from what is here."""
        return self._linkage(seconds) if self._reckoned is None else self._reckoned.result()

    def _linkage(self, seconds: float) -> Linkage:
        codes = [Pseudonym(Sensitive(one.text), tuple(_beside(one))) for one in self.held]
        return linkage(codes, _secrets(self), seconds)

    def tells(self, tag: Tag, text: str) -> bool:
        """Whether a value of an object may tell of somebody: it is no dummy."""
        vr = {Tag.PATIENT_NAME: "PN", Tag.PATIENT_BIRTH_DATE: "DA"}.get(tag, "LO")
        return not self._dummies.is_word(Place(Where.HEADER, "", tag, vr), text)


def begun(
    store: Store, catalog: Catalog, policy: Policy, seconds: float, *, aside: bool
) -> Subjects:
    """All that rules about subjects look at; what is reckoned long may begin beside this process.

    Nothing of it hangs on what is found in all entries together.
    """
    subjects = _subjects(store, catalog)
    if aside and any(match.check == _RECKONED for _, match in _rules(catalog, policy)):
        subjects.reckon_aside(seconds)
    return subjects


def link(
    store: Store, subjects: Subjects, asked: tuple[Catalog, Policy], key: bytes, seconds: float
) -> None:
    """Keep what the rules about subjects say, and how far subjects are singled out."""
    if subjects.singling_out.subjects >= FEWEST:
        store.note("singling_out", subjects.singling_out.noted())
    for rule, _ in _rules(*asked):
        for told in told_by(rule, subjects, seconds):
            _keep(store, rule, told, key)


def _rules(catalog: Catalog, policy: Policy) -> Iterator[tuple[Rule, SubjectsMatch]]:
    for rule in catalog.rules:
        if isinstance(rule.match, SubjectsMatch) and policy.counts(rule.id):
            yield rule, rule.match


def told_by(rule: Rule, subjects: Subjects, seconds: float) -> tuple[Told, ...]:
    """What a rule about subjects says; KeyError if there is no such check."""
    check = rule.match.check if isinstance(rule.match, SubjectsMatch) else ""
    return tuple(_CHECKS[check](rule, subjects, seconds))


def _subjects(store: Store, catalog: Catalog) -> Subjects:
    subjects = Subjects(catalog)
    chosen: dict[tuple[object, ...], SeriesRow] = {}
    for row in store.series_rows():
        subjects.crowd.add(row.subject, row.facts)
        key = (row.subject, row.facts.get("name"), row.facts.get("birth"))
        if len(chosen) < _READ:
            chosen.setdefault(key, row)
    subjects.seen.extend(_read_again(store, chosen.values()))
    subjects.names.extend(_names(store))
    return subjects


def _read_again(store: Store, rows: Iterable[SeriesRow]) -> Iterator[Seen]:
    roots = store.roots()
    for row in rows:
        statement = _statement(entry_of(store, row.first, roots))
        if statement is not None:
            within = frozenset(_way_up(store, row.first))
            yield Seen(row.id, row.subject, row.facts, statement, within)


def _statement(entry: Entry) -> Statement | None:
    """What the object states now; None if it is there no more."""
    try:
        with open_source(entry) as source:
            reading = dicom.examine(source, entry)
    except Unreadable:
        return None
    except Exception:  # noqa: BLE001 - it was read before; what it is now must not end the scan
        return None
    return reading.statement if reading is not None else None


def _way_up(store: Store, number: int) -> Iterator[int]:
    while number:
        yield number
        number = store.row(number).parent


def _names(store: Store) -> Iterator[Name]:
    found = dict(islice(store.directories(), _FOLDERS))
    found.update((row.id, row.name) for row in islice(store.rows(), _FILES))
    return (Name(entry, readings(name)[0]) for entry, name in found.items())


def _keep(store: Store, rule: Rule, told: Told, key: bytes) -> None:
    claim: Claim = replace(rule.claim, title=told.title, severity=told.severity)
    masked = told.values[0].masked if told.values else ""
    number = store.finding(claim, told.where, told.place, "", masked)
    for value in told.values:
        store.value(number, value.digest(key), value.masked)
    if told.entries:
        store.attach_to_entries(number, told.entries)
    series = store.series_facts()
    store.attach(number, [one for one, subject, facts in series if told.holds(one, subject, facts)])


# --- pseudonyms that can be reckoned again -------------------------------------------------------


class _Held(NamedTuple):
    """Where one pseudonym stands: its element (None: a name), and in what."""

    tag: Tag | None
    text: str
    owners: list[Seen]
    entries: list[int]


def _reckoned(rule: Rule, subjects: Subjects, seconds: float) -> Iterator[Told]:
    held = subjects.held
    for weakness in subjects.linkage(seconds).weaknesses:
        of_tag: dict[Tag | None, list[_Held]] = {}
        for index in weakness.pseudonyms:
            of_tag.setdefault(held[index].tag, []).append(held[index])
        origins = " and ".join(sorted(weakness.origins))
        for tag, ones in of_tag.items():
            what = ({**_CODES, **_UIDS}[tag][1]) if tag is not None else "Names of folders or files"
            title = f"{what} can be reckoned from {origins}: {weakness.scheme.words}"
            yield _told(rule, title, tag, ones)


def _told(rule: Rule, title: str, tag: Tag | None, ones: Sequence[_Held]) -> Told:
    values = tuple(Sensitive(one.text) for one in ones)
    if tag is None:
        entries = tuple(sorted({entry for one in ones for entry in one.entries}))
        return Told(title, rule.severity, Where.PATH, "name", values, _nowhere, entries)
    fact = {**_CODES, **_UIDS}[tag][0]
    owners = [owner for one in ones for owner in one.owners]
    numbers = {owner.series for owner in owners}
    digests = {owner.facts[fact] for owner in owners if fact in owner.facts}

    def holds(series: int, _subject: int, facts: Facts) -> bool:
        return series in numbers or (fact in facts and facts[fact] in digests)

    place = f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
    return Told(title, rule.severity, Where.HEADER, place, values, holds)


def _nowhere(_series: int, _subject: int, _facts: Facts) -> bool:
    return False


def _held_by_objects(subjects: Subjects) -> Iterable[_Held]:
    found: dict[tuple[Tag, str], _Held] = {}
    for seen in subjects.seen:
        for tag in (*_CODES, *_UIDS):
            text = seen.statement.text(tag)
            if text:
                found.setdefault((tag, text), _Held(tag, text, [], [])).owners.append(seen)
    return found.values()


def _held_by_names(subjects: Subjects) -> Iterable[_Held]:
    """The codes in names of entries; their owners are the objects at or below them."""
    below: dict[int, list[Seen]] = {}
    for seen in subjects.seen:
        for entry in seen.within:
            below.setdefault(entry, []).append(seen)
    found: dict[str, _Held] = {}
    for name in subjects.names:
        for text in dict.fromkeys(_codes_in(name.text)):
            held = found.setdefault(text, _Held(None, text, [], []))
            held.entries.append(name.entry)
            held.owners.extend(below.get(name.entry, ()))
    return found.values()


def _codes_in(name: str) -> Iterator[str]:
    """The parts of a name that may be digests; UIDs stand in headers too, and are read there."""
    stem = _EXTENSION.sub("", name)
    for part in (stem, *_PIECES.split(stem), *stem.split("-", 1)[1:]):
        if len(part) >= _SHORTEST_NAME and "." not in part:
            yield part


def _beside(held: _Held) -> Iterator[Sensitive]:
    """The codes that stand beside a pseudonym: what is made from them tells nothing new."""
    for owner in held.owners[:_BESIDE]:
        for tag in (Tag.PATIENT_ID, Tag.CLINICAL_TRIAL_SUBJECT_ID):
            value = owner.statement.value(tag)
            if value is not None and tag != held.tag:
                yield value


def _secrets(subjects: Subjects) -> Iterator[Secret]:
    """What pseudonyms may be made from: names and numbers in headers and of entries."""
    for seen in subjects.seen:
        about = seen.statement
        for tag, origin in _ORIGINS.items():
            value = about.value(tag)
            # What an object that was de-identified calls its subject is a pseudonym itself.
            ours = tag in _OF_A_CODE and about.answer(Tag.PATIENT_IDENTITY_REMOVED) == "YES"
            if value is not None and not ours and subjects.tells(tag, value.reveal()):
                yield Secret(value, origin)
        name, birth = about.value(Tag.PATIENT_NAME), about.value(Tag.PATIENT_BIRTH_DATE)
        if name is not None and birth is not None:
            yield from pairs(name, birth)
    for one in subjects.names:
        stem = _EXTENSION.sub("", one.text)
        if not stem.isdigit():
            yield Secret(Sensitive(stem), Origin.NAME)
        for number in _NUMBER.findall(stem):
            yield Secret(Sensitive(number), Origin.NUMBER)


# --- codes in the order of dates -----------------------------------------------------------------


def _numbered(rule: Rule, subjects: Subjects, _seconds: float) -> Iterator[Told]:
    groups: dict[tuple[str, str], list[tuple[Numbered, Seen]]] = {}
    for seen in subjects.seen:
        code = _CODE.fullmatch(seen.statement.text(Tag.PATIENT_ID))
        day = seen.statement.text(Tag.STUDY_DATE)[:8]
        if code and len(day) == len("20000101") and plausible_date(day):
            ordinal = date(int(day[:4]), int(day[4:6]), int(day[6:])).toordinal()
            one = Numbered(int(code[2]), ordinal)
            groups.setdefault((code[1], code[3]), []).append((one, seen))
    for group in groups.values():
        if in_order_of_dates([one for one, _ in group]):
            numbers = {seen.subject for _, seen in group}
            values = tuple(Sensitive(seen.statement.text(Tag.PATIENT_ID)) for _, seen in group)
            yield Told(rule.title, rule.severity, Where.HEADER, "(0010,0020)", values, _of(numbers))


def _of(subjects: set[int] | frozenset[int]) -> Callable[[int, int, Facts], bool]:
    def holds(_series: int, subject: int, _facts: Facts) -> bool:
        return subject in subjects

    return holds


# --- singling out --------------------------------------------------------------------------------


def _singled_out(rule: Rule, subjects: Subjects, _seconds: float) -> Iterator[Told]:
    found = subjects.singling_out
    if found.subjects < FEWEST or found.share < _MANY:
        return
    severity = rule.severity if found.share >= _MOST else min(rule.severity, Band.LOW)
    yield Told(rule.title, severity, Where.HEADER, _left(found), (), _of(subjects.crowd.alone()))


def _left(found: SinglingOut) -> str:
    return ", ".join(one.name for one in found.attributes)


_CHECKS: Mapping[str, Callable[[Rule, Subjects, float], Iterator[Told]]] = {
    _RECKONED: _reckoned,
    "numbered-by-date": _numbered,
    "singled-out": _singled_out,
}
