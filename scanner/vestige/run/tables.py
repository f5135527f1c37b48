"""Tables of persons while a worker reads, and what they map to once all is read."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from vestige.catalog import Catalog, KnownMatch, Policy, Rule
from vestige.columns import is_study_code
from vestige.identity import Form, Mark
from vestige.lexicon import Lexicon
from vestige.model import Band, Claim, Entry, Where
from vestige.read import mapping
from vestige.read.file import Source
from vestige.read.mapping import Table
from vestige.run.causes import Causes, code
from vestige.run.traces import Persons, is_short
from vestige.spelled_dates import dates
from vestige.store import Store
from vestige.text import TokenKind, readings, tokens
from vestige.trace import Kind, Trace, packed, records

PLACE = "table"
MAPPING = "mapping-table"
"""The check that rules about tables name."""

_CODES = 20_000
_LOOKED_AT = 200
_MANY = 0.5
"""Share of the names of a column called "name" that must be names of people."""

_FEWEST_CODES = 2
_FACTS = ("patient", "name", "trial", "study", "series", "accession")


class Tables:
    """Reads tables of persons, and leaves them as traces."""

    def __init__(self, causes: Causes, lexicon: Lexicon) -> None:
        self._causes = causes
        self._lexicon = lexicon
        self._persons = Persons(lexicon, causes.key)

    def read(self, source: Source, entry: Entry) -> tuple[int, ...]:
        """The traces of a table; none if it is none.

        Errors of reading are the source's to tell.
        """
        if not mapping.may_be_table(entry.name, source.first):
            return ()
        cut = source.size > mapping.BYTES
        return self._of(mapping.table(source.read(0, min(source.size, mapping.BYTES)), cut=cut))

    def of_rows(self, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
        """The traces of a table given by rows, headings first; none if it names nobody."""
        return self._of(mapping.table_of_rows(rows))

    def _of(self, found: Table | None) -> tuple[int, ...]:
        if found is None or (found.labelled and not self._are_names(found)):
            return ()
        return tuple(dict.fromkeys(self.left(found)))

    def left(self, found: Table) -> Iterator[int]:
        """The traces of a table: of each person, and of each column of codes."""
        for person in found.persons:
            marks = frozenset(self._marks(*(text.reveal() for text in person)))
            if marks:
                yield self._causes.trace(Trace(Kind.LISTED, Where.TABLE, PLACE, packed(marks)))
        for column, cells in enumerate(found.codes, 1):
            codes = (self._causes.code(cell.reveal()) for cell in cells[:_CODES])
            kept = packed(Mark(Form.NUMBER, one) for one in codes)
            yield self._causes.trace(Trace(Kind.CODE, Where.TABLE, f"column {column}", kept))

    def _marks(self, name: str, number: str, birth: str) -> Iterator[Mark]:
        """The marks of one row; names of plain words, and short numbers, tell of nobody."""
        if name and not self._persons.is_plain(name):
            days = [day.day.strftime("%Y%m%d") for day in dates(birth)][:2]
            for day in days or [""]:
                yield from self._persons.of_person(name, "", day)
        for one in number.split("\\"):
            if not (is_short(one) or is_study_code(one)):
                yield from self._persons.of_person("", one, "")

    def _are_names(self, found: Table) -> bool:
        """Whether what stands in a column that is called "name" are names of people."""
        names = [person.name.reveal() for person in found.persons[:_LOOKED_AT]]
        likely = sum(map(self._is_name, names))
        return likely >= max(_MANY * len(names), 1)

    def _is_name(self, name: str) -> bool:
        """Whether two words are there at least of which people are called, and no number."""
        words = [piece.text for piece in tokens(name) if piece.kind is TokenKind.WORD]
        strange = [word for word in words if not self._lexicon.ordinary(word)]
        named = any(self._lexicon.evidence(word).named for word in strange)
        return named and len(words) > 1 and not any(c.isdigit() for c in name)


# --- what tables map to --------------------------------------------------------------------------


def judge_tables(store: Store, catalog: Catalog, policy: Policy, key: bytes) -> None:
    """Keep what the rule about tables of persons says: they map to codes of the volume, or not."""
    listed = {number: _known_by(one) for number, one in store.traces.of_kinds((Kind.LISTED,))}
    for rule in catalog.rules:
        asked = isinstance(rule.match, KnownMatch) and rule.match.check == MAPPING
        if listed and asked and policy.counts(rule.id):
            _judge(store, rule, listed, key)


def _judge(store: Store, rule: Rule, listed: Mapping[int, str], key: bytes) -> None:
    columns = dict(store.traces.of_kinds((Kind.CODE,)))
    extents = store.traces.extents()
    beside = {one.outcome: extents.beside(one.outcome) for one in extents.held(listed)}
    volume = codes_of_volume(store, key) if columns else set()
    found: dict[Claim, list[int]] = {}
    for outcome in sorted(beside):
        of_table = (columns[one] for one in beside[outcome] if one in columns)
        maps = any(is_mapped(trace, volume) for trace in of_table)
        found.setdefault(claim_of(rule, maps=maps), []).append(outcome)
    for claim, tables in found.items():
        number = store.finding(claim, Where.TABLE, PLACE, "", "")
        for one in {trace for outcome in tables for trace in beside[outcome] if trace in listed}:
            store.value(number, listed[one], "a person")
        store.attach_to_outcomes(number, tables)


def _known_by(person: Trace) -> str:
    """What one person is known by, in this scan and in others with the same key."""
    return hashlib.blake2b(person.marks, digest_size=16).hexdigest()


def claim_of(rule: Rule, *, maps: bool) -> Claim:
    """What is told of a table: that it maps persons to codes of the volume, or lists persons."""
    if maps:
        return rule.claim
    title = "A table that names or numbers persons stands on the volume"
    return replace(rule.claim, title=title, severity=min(rule.severity, Band.HIGH))


def is_mapped(column: Trace, volume: set[bytes]) -> bool:
    """Whether codes of a column occur on the volume; of a short one, the one that it has."""
    codes = [record[1:] for record in records(column.marks)]
    met = sum(one in volume for one in codes)
    return met >= _FEWEST_CODES or 0 < len(codes) <= 2 * met


def codes_of_volume(store: Store, key: bytes) -> set[bytes]:
    """The keyed digests of what may be a code: in headers, and in names of entries."""
    found = {
        bytes.fromhex(row.facts[fact])
        for row in store.series_rows()
        for fact in _FACTS
        if fact in row.facts
    }
    names = dict.fromkeys(row.name for row in store.rows())
    found.update(code(part, key) for name in names for part in parts(readings(name)[0]))
    return found


def parts(name: str) -> Iterable[str]:
    """A name, its stem, and the pieces of it that a code may be."""
    pieces = tokens(name)
    unique = (p.text for p in pieces if p.kind in {TokenKind.UUID, TokenKind.UID, TokenKind.HEX})
    ending = [p.start for p in pieces if p.kind is TokenKind.EXTENSION][:1]
    stem = name[: ending[0]] if ending else name
    return dict.fromkeys((name, stem, *unique, *stem.split("_")))
