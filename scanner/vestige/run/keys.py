"""Keys: what tables undo once all is read, told by what stands in names and headers of the volume.

Of a table that may be a key a worker leaves its columns and digests of its codes; which of these
stand on the volume, and with how many files, is known at the end.
"""

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vestige.catalog import Catalog, KnownMatch, Policy, Rule
from vestige.correlate.codes import codes_in, is_short, plain, spellings
from vestige.correlate.key_columns import UID, Column, Side
from vestige.correlate.keys import Key, key, named
from vestige.key_table import KeyTable
from vestige.model import Band, Claim, Where
from vestige.model import Kind as Of
from vestige.run.causes import code
from vestige.store import Store
from vestige.text import TokenKind, readings, tokens
from vestige.trace import Kind, Trace

MAPPING = "mapping-table"
"""The check that rules about tables name."""

PLACE = "table"
NOTED = "keys"
"""Under what a scan file keeps what its keys undo."""

_MOST = 200
"""Keys that are told one by one; what is beyond is told as one."""

_FACTS = ("patient", "name", "trial", "study", "series", "accession", "frame")
_DIGEST = 8
_UNLINKED = "A table that maps persons to codes stands on the volume; no code of it was found here"
_LISTED = "A table that names or numbers persons stands on the volume"
_FORMER = "A table that maps former UIDs or paths to those of this volume stands on it"
_DOUBTFUL = "A table that may map persons to codes of this volume stands on it"
_LESS_SURE = 0.6


# --- what a worker leaves ------------------------------------------------------------------------


def trace_of(columns: Sequence[Column], key: bytes) -> Trace:
    """The trace of a table that may be a key: its columns, and digests of their codes."""
    told, marks = [], []
    for one in columns:
        distinct: dict[bytes, bytes] = {}
        lengths = set[int]()
        for text in one.codes:
            bare = plain(text)
            if bare:
                lengths.add(len(bare))
                own = code(bare, key)
                distinct.setdefault(own, b"".join((own, *_as_values(text, key))))
        marks += sorted(distinct.values())
        short = all(is_short(plain(text)) for text in one.codes)
        side = one.side.value if one.side is not None else ""
        about = (side, one.sure, one.coded, len(distinct), sorted(lengths), short)
        told.append((one.number, one.heading, *about))
    return Trace(Kind.KEY, Where.TABLE, json.dumps(told), b"".join(marks))


def _as_values(text: str, key: bytes) -> tuple[bytes, ...]:
    """The digests of a code as headers have it: as a value, or as the UID of an instance."""
    if UID.fullmatch(text):
        raw = hashlib.blake2b(text.encode("ascii"), key=key, digest_size=_DIGEST).digest()
        return code(text, key), raw
    return tuple(code(one, key) for one in spellings(text))


class _Coded(NamedTuple):
    """A column as it was left: its codes are groups of digests, any of which may be met."""

    column: Column
    codes: tuple[tuple[bytes, ...], ...]
    lengths: frozenset[int]


_EACH = 3
_SIZE = _EACH * _DIGEST


def digests(trace: Trace) -> Iterator[bytes]:
    """The digests of all codes that a table left, in all spellings."""
    return (trace.marks[at : at + _DIGEST] for at in range(0, len(trace.marks), _DIGEST))


def _left(trace: Trace) -> tuple[_Coded, ...]:
    """The columns of a trace; none if it was left by another version."""
    if not trace.place.startswith("["):
        return ()
    found, at = [], 0
    for number, heading, side, sure, coded, count, lengths, short in json.loads(trace.place):
        raw = trace.marks[at : at + count * _SIZE]
        at += count * _SIZE
        groups = tuple(
            tuple(raw[start + part : start + part + _DIGEST] for part in range(0, _SIZE, _DIGEST))
            for start in range(0, len(raw), _SIZE)
        )
        # Codes themselves are not kept: it is known how many there are, and whether all are short.
        standing = ("0" if short else "0000a",) * count
        what = Side(side) if side else None
        column = Column(number, heading, what, sure, coded, standing)
        found.append(_Coded(column, groups, frozenset(lengths)))
    return tuple(found)


# --- what stands on the volume -------------------------------------------------------------------


class Volume:
    """Where codes that tables hold stand on the volume: in names of entries, and in headers."""

    def __init__(self) -> None:
        self.entries: dict[bytes, list[int]] = defaultdict(list)
        self.series: dict[bytes, list[int]] = defaultdict(list)

    def has(self, group: Iterable[bytes]) -> bool:
        """Whether a code stands there in any of its spellings."""
        return any(one in self.entries or one in self.series for one in group)


def volume(
    tables: Iterable[Sequence[_Coded]], store: Store, key: bytes, aside: frozenset[int]
) -> Volume:
    """Where the codes of tables stand; in the names of tables themselves they are not sought."""
    coded = [one for table in tables for one in table]
    wanted = {digest for one in coded for group in one.codes for digest in group}
    lengths = frozenset(length for one in coded for length in one.lengths)
    found = Volume()
    for entry, met in _in_names(store, wanted, lengths, key):
        if entry not in aside:
            found.entries[met].append(entry)
    for entry, _, instance in store.outline.files():
        raw = instance.to_bytes(_DIGEST, "little", signed=True)
        if instance and raw in wanted:
            found.entries[raw].append(entry)
    for series in store.series_rows():
        for fact in _FACTS:
            told = bytes.fromhex(series.facts.get(fact, ""))
            if told in wanted:
                found.series[told].append(series.id)
    return found


def _in_names(
    store: Store, wanted: set[bytes], lengths: frozenset[int], key: bytes
) -> Iterator[tuple[int, bytes]]:
    """Entries in whose names codes stand, roots aside, with the digests of these."""
    of_name: dict[tuple[bytes, bool], tuple[bytes, ...]] = {}
    for row in store.rows():
        folder = row.kind is Of.DIRECTORY
        met = of_name.get((row.name, folder)) if row.parent else ()
        if met is None:
            texts = dict.fromkeys(codes_in(readings(row.name)[0], lengths, folder=folder))
            digests = dict.fromkeys(code(text, key) for text in texts)
            met = of_name[row.name, folder] = tuple(one for one in digests if one in wanted)
        for one in met:
            yield row.id, one


class _Files:
    """How many files lie under codes."""

    def __init__(self, store: Store) -> None:
        self._files: list[int] = []
        self._of_series: dict[int, list[int]] = defaultdict(list)
        for entry, series, _ in store.outline.files():
            self._files.append(entry)
            if series:
                self._of_series[series].append(entry)
        self._lasts = store.lasts

    def under(self, entries: Iterable[int], series: Iterable[int]) -> int:
        """How many files are such entries, lie below them, or belong to such series."""
        found = sorted(set(entries))
        lasts = self._lasts(found)
        covered = count = 0
        spans: list[tuple[int, int]] = []
        for entry in found:
            if entry > covered:
                covered = lasts.get(entry) or entry
                spans.append((entry, covered))
                count += bisect_right(self._files, covered) - bisect_left(self._files, entry)
        starts = [first for first, _ in spans]
        others = {one for number in set(series) for one in self._of_series[number]}
        return count + sum(not _within(one, spans, starts) for one in others)


def _within(entry: int, spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, entry) - 1
    return at >= 0 and entry <= spans[at][1]


# --- what is told --------------------------------------------------------------------------------


def judge_tables(store: Store, catalog: Catalog, policy: Policy, key: bytes) -> None:
    """Keep what the rule about tables says: of persons whom they list, and codes that they undo."""
    rules = [rule for rule in catalog.rules if _asks(rule) and policy.counts(rule.id)]
    listed = {number: _known_by(one) for number, one in store.traces.of_kinds((Kind.LISTED,))}
    tables = {number: _left(one) for number, one in store.traces.of_kinds((Kind.KEY,))}
    tables = {number: one for number, one in tables.items() if one}
    if not rules or not (listed or tables):
        return
    judged = _Judged(store, listed, tables, key)
    for rule in rules:
        judged.tell(rule)


def _asks(rule: Rule) -> bool:
    return isinstance(rule.match, KnownMatch) and rule.match.check == MAPPING


def _known_by(person: Trace) -> str:
    """What one person is known by, in this scan and in others with the same key."""
    return hashlib.blake2b(person.marks, digest_size=16).hexdigest()


class _Told(NamedTuple):
    """What is told of a table, and the outcomes that hold it."""

    claim: Claim
    place: str
    digest: str
    told: KeyTable | None
    explanation: str


class _Judged:
    """All tables of a volume, with what they undo."""

    def __init__(
        self,
        store: Store,
        listed: Mapping[int, str],
        tables: Mapping[int, Sequence[_Coded]],
        key: bytes,
    ) -> None:
        self._store = store
        self._listed = listed
        extents = store.traces.extents()
        held = extents.held((*listed, *tables))
        self._beside = {one.outcome: extents.beside(one.outcome) for one in held}
        self._tables = tables
        self._key = key
        aside = frozenset(one.first for one in held if one.trace in tables)
        self._volume = volume(tables.values(), store, key, aside) if tables else Volume()
        self._files = _Files(store) if tables else None
        self._keys = {number: self._undoes(one) for number, one in tables.items()}

    def _undoes(self, table: Sequence[_Coded]) -> tuple[Key, KeyTable] | None:
        hits = {
            one.column.number: [group for group in one.codes if self._volume.has(group)]
            for one in table
        }
        found = key([one.column for one in table], {n: len(met) for n, met in hits.items()})
        if found is None or self._files is None:
            return None
        met = [digest for group in hits[found.column.number] for digest in group]
        entries = (entry for digest in met for entry in self._volume.entries.get(digest, ()))
        series = (one for digest in met for one in self._volume.series.get(digest, ()))
        files = self._files.under(entries, series) if found.linked else 0
        told = KeyTable(
            sides=tuple(side.value for side in found.sides),
            columns=named(found.told),
            codes=named((found.column,)),
            linked=found.linked,
            of=found.codes,
            files=files,
            sure=found.sure,
            former=found.former,
        )
        return found, told

    def tell(self, rule: Rule) -> None:
        """Keep the findings of a rule, the keys that undo most first."""
        found: dict[_Told, list[int]] = defaultdict(list)
        for outcome in sorted(self._beside):
            found[self._told(rule, outcome)].append(outcome)
        ordered = sorted(found, key=_order)
        notes: dict[str, dict[str, object]] = {}
        for one in ordered:
            number = self._keep(one, found[one])
            if one.told is not None and len(notes) < _MOST:
                notes[str(number)] = one.told.noted()
        if notes:
            self._store.note(NOTED, notes)

    def _keep(self, one: _Told, outcomes: Sequence[int]) -> int:
        store = self._store
        number = store.finding(one.claim, Where.TABLE, one.place, one.digest, "", one.explanation)
        traces = {trace for outcome in outcomes for trace in self._beside[outcome]}
        for trace in sorted(traces & self._listed.keys()):
            store.value(number, self._listed[trace], "a person")
        store.attach_to_outcomes(number, outcomes)
        return number

    def _told(self, rule: Rule, outcome: int) -> _Told:
        """What is told of the tables of a file: the one that undoes most, or that it lists some."""
        beside = self._beside[outcome]
        keys = [found for one in beside if (found := self._keys.get(one)) is not None]
        listing = any(one in self._listed for one in beside)
        keys = [one for one in keys if one[0].linked or listing]
        if not keys:
            return _Told(_claim(rule, None), PLACE, "", None, "")
        best, told = max(
            keys, key=lambda one: (one[1].linked, one[0].sure, one[1].of, one[1].columns)
        )
        digest = self._digest([one for one in beside if one in self._tables])
        place = f"{told.columns} > {told.codes}"
        return _Told(_claim(rule, best), place, digest, told, told.words)

    def _digest(self, traces: Iterable[int]) -> str:
        """What the tables of a file are known by, in this scan and in others with the same key."""
        groups = (
            digest
            for trace in traces
            for one in self._tables[trace]
            for group in one.codes
            for digest in group[:1]
        )
        return hashlib.blake2b(b"".join(sorted(groups)), key=self._key, digest_size=16).hexdigest()


def _order(one: _Told) -> tuple[object, ...]:
    told = one.told
    return (-told.linked, -told.of, one.place, one.digest) if told else (1, 0, "", "")


def _claim(rule: Rule, found: Key | None) -> Claim:
    """What is told of a table: that it maps persons to codes of the volume, or lists persons."""
    claim = rule.claim
    if found is None:
        return replace(claim, title=_LISTED, severity=min(claim.severity, Band.HIGH))
    if not found.linked:
        return replace(claim, title=_UNLINKED, severity=min(claim.severity, Band.HIGH))
    if not found.sure:
        least, doubt = min(claim.severity, Band.HIGH), min(claim.certainty, _LESS_SURE)
        return replace(claim, title=_DOUBTFUL, severity=least, certainty=doubt)
    return replace(claim, title=_FORMER) if found.former else claim


def noted(store: Store) -> dict[int, KeyTable]:
    """What the keys of a scan undo, by their findings."""
    kept = store.noted(NOTED)
    if not isinstance(kept, dict):
        return {}
    return {int(number): KeyTable.of_noted(one) for number, one in kept.items()}


# --- codes in names ------------------------------------------------------------------------------


def parts(name: str) -> Iterable[str]:
    """A name, its stem, and the pieces of it that a code may be."""
    pieces = tokens(name)
    unique = (p.text for p in pieces if p.kind in {TokenKind.UUID, TokenKind.UID, TokenKind.HEX})
    ending = [p.start for p in pieces if p.kind is TokenKind.EXTENSION][:1]
    stem = name[: ending[0]] if ending else name
    return dict.fromkeys((name, stem, *unique, *stem.split("_")))
