"""Locate: where those who are sought stand in a scan, and what is led to from there.

No file is read again but tables in which they are listed: what texts left while they were judged
is asked, and the names of all entries.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from vestige.identity import STRONG, Form, Marker
from vestige.lexicon import Lexicon
from vestige.model import Kind, Where
from vestige.review import Located, Locating, ScanState, Strength
from vestige.run.causes import code
from vestige.run.keys import digests, parts
from vestige.run.paths import Paths
from vestige.run.pseudonyms import Pseudonym, Tables
from vestige.run.review import LIMITS, NO_TRACE
from vestige.run.sought import Sought
from vestige.run.traces import CUT
from vestige.store import Row, SeriesRow, Store
from vestige.text import opaque, readings
from vestige.trace import Kind as Left
from vestige.trace import Trace, form_of, packed, records

_BIRTH_DATE = "(0010,0030)"
_OF_PATIENT = {"patient": "(0010,0020)", "name": "(0010,0010)", "trial": "(0012,0040)"}
"""What is kept of a series that may be a code of its patient, and where it stands."""

_FOLLOWED = ("patient", "trial")
_SHARED = 3
"""Names that may go with one Patient ID, before it is nobody's own."""

_TABLES = 200
"""Tables of the volume that are read again at most."""

_NAMED = frozenset({Form.NAMES, Form.JOINED})
_LEAST_CODE = 4
"""Characters from which on a name of an entry may be somebody's code."""

PLAIN = (
    "A name of plain words alone leaves no trace in free text; it is found as a whole value of "
    "Patient's Name and in names of files and folders."
)
SHORT = "Numbers of fewer than four digits are found as whole values alone."

_NAMESAKE = ", but another birth date stands there"
_ORDER = tuple(Strength)


class Why(NamedTuple):
    """Why a place is told, and how much speaks for it."""

    why: str
    strength: Strength
    shared: bool = False


class _Place(NamedTuple):
    who: str
    where: Where
    place: str


class Search:
    """One search in one scan."""

    def __init__(self, store: Store, key: bytes, lexicon: Lexicon, sought: Sought) -> None:
        self._store = store
        self._key = key
        self._sought = sought
        self._marker = Marker(key, lexicon.ordinary)
        self._tables = Tables(sought, self._marker, lexicon, key)
        self._paths = Paths(store, lexicon)
        self._by_outcome: dict[int, dict[_Place, Why]] = {}
        self._by_entry: dict[int, dict[_Place, Why]] = {}
        self._codes: dict[bytes, dict[str, str]] = {}
        self._marks: dict[bytes, dict[str, str]] = {}
        self._unseen: list[str] = []
        self._series = list(store.series_rows())
        self._outcomes: dict[int, list[int]] = {}
        for series, outcome in store.holdings.outcomes_of_series():
            self._outcomes.setdefault(series, []).append(outcome)
        self._extents = store.traces.extents()

    def locate(self, given: Path | None = None) -> Locating:
        """All places at which those who are sought stand, and all to which these lead.

        `given` is a table that maps persons to pseudonyms. UsageError if it is none.
        """
        listed = self._in_content()
        self._of_whole_values()
        self._follow_headers()
        self._follow_tables(listed, given)
        self._by_codes()
        self._in_names()
        found = sorted(self._told(), key=lambda one: (one.person, one.entry, one.place))
        unseen = (*self._not_seen(), *dict.fromkeys(self._unseen))
        return Locating(self._sought.count, tuple(found), unseen, (*LIMITS, PLAIN, SHORT))

    # --- what stands in files ---

    def _in_content(self) -> set[int]:
        """Ask the traces of all texts; gives the outcomes of tables that list somebody."""
        met: dict[int, tuple[Trace, dict[str, tuple[Form, bool, bytes]]]] = {}
        born: dict[int, frozenset[bytes]] = {}
        for number, trace in self._store.traces.of_kinds(set(Left) - {Left.KEY}):
            if trace.kind is Left.PERSON and trace.place == _BIRTH_DATE:
                born[number] = frozenset(records(trace.marks))
            best = _best(self._sought, records(trace.marks))
            if best:
                met[number] = trace, best
        by_outcome: dict[int, list[int]] = {}
        for one in self._extents.held(met):
            by_outcome.setdefault(one.outcome, []).append(one.trace)
        listed = set()
        for outcome, numbers in by_outcome.items():
            told = [met[number] for number in numbers]
            there = [born[n] for n in self._extents.beside(outcome) if n in born]
            self._judge(outcome, told, frozenset().union(*there))
            if any(trace.kind is Left.LISTED for trace, _ in told):
                listed.add(outcome)
        return listed

    def _judge(
        self,
        outcome: int,
        told: list[tuple[Trace, dict[str, tuple[Form, bool, bytes]]]],
        born: frozenset[bytes],
    ) -> None:
        """Keep what the traces of one outcome tell of each person."""
        forms: dict[str, set[Form]] = {}
        for _, best in told:
            for who, (form, near, _) in best.items():
                if not near:
                    forms.setdefault(who, set()).add(form)
        for trace, best in told:
            for who, (form, near, record) in best.items():
                both = {Form.BIRTH, Form.NAME} <= forms.get(who, set())
                own = self._sought.births.get(who, set())
                other = bool(born and own and born.isdisjoint(own))
                why = self._why(form, record, near=near, both=both, other=other)
                shared = trace.kind is Left.LISTED or trace.where is Where.GHOST
                place = _Place(who, trace.where, trace.place)
                self._keep(self._by_outcome, outcome, place, why._replace(shared=shared))

    def _why(self, form: Form, record: bytes, *, near: bool, both: bool, other: bool) -> Why:
        said = f"by {form.value}"
        if near:
            strength = Strength.LIKELY if form in STRONG else Strength.WEAK
            return Why(f"{said}, with one letter other", strength)
        if record in self._sought.short:
            return Why(f"{said}, a short one", Strength.WEAK)
        if form in _NAMED and other:
            return Why(f"{said}{_NAMESAKE}", Strength.WEAK)
        if form in STRONG:
            return Why(said, Strength.STRONG)
        if both and form in {Form.NAME, Form.BIRTH}:
            return Why("by one name, and the birth date beside it", Strength.STRONG)
        return Why(said, Strength.WEAK)

    def _of_whole_values(self) -> None:
        """Patient IDs and names that are as a whole what is sought, however short or plain."""
        for row in self._series:
            for fact in _OF_PATIENT:
                for who in self._sought.codes.get(_fact(row, fact), ()):
                    why = Why("by the whole value", Strength.STRONG)
                    if fact == "name" and self._is_another(row, who):
                        why = Why(f"{why.why}{_NAMESAKE}", Strength.WEAK)
                    self._keep_series(row, fact, who, why)

    def _is_another(self, row: SeriesRow, who: str) -> bool:
        """Whether the birth date of a series is not that of a person of the same name."""
        own, born = self._sought.days.get(who), _fact(row, "birth")
        return bool(own and born) and born not in (own or ())

    # --- what that leads to ---

    def _follow_headers(self) -> None:
        """From files that are somebody's to their Patient ID, and to all files that bear it."""
        names: dict[bytes, set[bytes]] = {}
        for row in self._series:
            for fact in _FOLLOWED:
                names.setdefault(_fact(row, fact), set()).add(_fact(row, "name"))
        for row in self._series:
            for who, place in self._owners(row):
                for fact in _FOLLOWED:
                    found = _fact(row, fact)
                    if not found:
                        continue
                    if len(names[found] - {b""}) > _SHARED:
                        self._unseen.append(
                            f"What stands in {_OF_PATIENT[fact]} beside a person who is sought "
                            f"stands beside more than {_SHARED} names; it was not followed."
                        )
                        continue
                    why = f"by {_OF_PATIENT[fact]}, which stands beside {place} elsewhere"
                    self._codes.setdefault(found, {}).setdefault(who, why)

    def _owners(self, row: SeriesRow) -> Iterator[tuple[str, str]]:
        """Whose a series is, by what stands openly in its files, and where that stands."""
        for outcome in self._outcomes.get(row.id, ()):
            for one, why in self._by_outcome.get(outcome, {}).items():
                if one.place in _OF_PATIENT.values() and why.strength is Strength.STRONG:
                    yield one.who, one.place

    def _follow_tables(self, listed: set[int], given: Path | None) -> None:
        """From the rows of tables to the codes that stand in them."""
        known = {digest: set(told) for digest, told in self._codes.items()}
        for digest, told in self._sought.codes.items():
            known.setdefault(digest, set()).update(told)
        coded = {
            number
            for number, trace in self._store.traces.of_kinds((Left.KEY,))
            if any(digest in known for digest in digests(trace))
        }
        outcomes = listed | {one.outcome for one in self._extents.held(coded)}
        tables = [entry for entry, _, _ in self._store.holdings.of_outcomes(outcomes)]
        if len(tables) > _TABLES:
            self._unseen.append(f"Of {len(tables):,} tables {_TABLES} were read for pseudonyms.")
        for entry in tables[:_TABLES]:
            found = self._tables.on_volume(self._store, entry, known)
            if found is None:
                self._unseen.append(
                    f"The table {self._paths.path(entry)} cannot be read now as it was scanned: "
                    "pseudonyms in it were not followed."
                )
            self._learn(found or (), f"by pseudonym, via the table {self._paths.path(entry)}")
        if given is not None:
            self._learn(self._tables.given(given, known), "by pseudonym, via the mapping given")

    def _learn(self, found: Iterable[Pseudonym], why: str) -> None:
        for one in found:
            self._codes.setdefault(one.code, {}).setdefault(one.who, why)
            for mark in one.marks:
                self._marks.setdefault(mark, {}).setdefault(one.who, why)

    def _by_codes(self) -> None:
        """Files whose headers carry a Patient ID or pseudonym of those who are sought."""
        for row in self._series:
            for fact in _OF_PATIENT:
                for who, why in self._codes.get(_fact(row, fact), {}).items():
                    strength = Strength.STRONG if "pseudonym" in why else Strength.LIKELY
                    self._keep_series(row, fact, who, Why(why, strength))
        if not self._marks:
            return
        for number, trace in self._store.traces.of_kinds((Left.TEXT, Left.OPEN, Left.PERSON)):
            told = [(w, why) for r in records(trace.marks) for w, why in self._marked(r)]
            for one in self._extents.held((number,) if told else ()):
                for who, why in told:
                    place = _Place(who, trace.where, trace.place)
                    self._keep(self._by_outcome, one.outcome, place, Why(why, Strength.LIKELY))

    def _marked(self, record: bytes) -> Iterable[tuple[str, str]]:
        return self._marks.get(record, {}).items()

    # --- what entries are called ---

    def _in_names(self) -> None:
        above: dict[int, str] = {}
        for row in self._store.rows():
            if not row.parent:
                continue
            found = dict(self._of_name(row.name))
            if row.parent in above:
                for who, why in self._together(above[row.parent], row):
                    _stronger(found, who, why)
            for who, why in found.items():
                self._keep(self._by_entry, row.id, _Place(who, Where.PATH, "name"), why)
            weak = any(why.strength is not Strength.STRONG for why in found.values())
            if row.kind is Kind.DIRECTORY and weak:
                above[row.id] = readings(row.name)[0]

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - it lives as long as the search
    def _of_name(self, name: bytes) -> Mapping[str, Why]:
        """What the name of an entry tells of those who are sought."""
        found: dict[str, Why] = {}
        for text in readings(name):
            for one, why in self._of_text(text):
                _stronger(found, one, why)
            for part in parts(text):
                if len(part) >= _LEAST_CODE:
                    digest = code(part, self._key)
                    for who in self._sought.codes.get(digest, ()):
                        _stronger(found, who, Why("by the whole of it", Strength.STRONG))
                    for who, reason in self._codes.get(digest, {}).items():
                        _stronger(found, who, Why(reason, Strength.LIKELY))
        return found

    def _of_text(self, text: str) -> Iterator[tuple[str, Why]]:
        if opaque(text):
            marks = [mark for part in parts(text) for mark in self._marker.of_number(part)]
        else:
            marks = [sign.mark for sign in self._marker.in_text(text)]
        told = list(records(packed(marks)))
        for who, (form, near, record) in _best(self._sought, told).items():
            yield who, self._why(form, record, near=near, both=False, other=False)
        for record in told:
            for who, why in self._marked(record):
                yield who, Why(why, Strength.LIKELY)

    def _together(self, above: str, row: Row) -> Iterator[tuple[str, Why]]:
        """What a name tells with that of the folder above: one is the surname, one the other."""
        for who, why in self._of_text(f"{above} {readings(row.name)[0]}"):
            if why.strength is Strength.STRONG:
                yield who, Why(f"{why.why}, with the folder above", Strength.STRONG)

    # --- keeping and telling ---

    def _keep_series(self, row: SeriesRow, fact: str, who: str, why: Why) -> None:
        for outcome in self._outcomes.get(row.id, ()):
            place = _Place(who, Where.HEADER, _OF_PATIENT[fact])
            self._keep(self._by_outcome, outcome, place, why)

    @staticmethod
    def _keep(to: dict[int, dict[_Place, Why]], number: int, place: _Place, why: Why) -> None:
        kept = to.setdefault(number, {})
        known = kept.get(place)
        if known is None or _ORDER.index(why.strength) < _ORDER.index(known.strength):
            kept[place] = why

    def _told(self) -> Iterator[Located]:
        for entry, outcome, kind in self._store.holdings.of_outcomes(self._by_outcome):
            for place, why in self._by_outcome[outcome].items():
                yield _located(entry, Kind(kind), place, why)
        for entry, told in self._by_entry.items():
            kind = self._store.row(entry).kind
            for place, why in told.items():
                yield _located(entry, kind, place, why)

    def _not_seen(self) -> Iterator[str]:
        """What the scan did not look at, a sentence each."""
        coverage = self._store.coverage()
        if self._store.noted("state") != ScanState.COMPLETE:
            yield "The scan did not come to its end."
        for count, what in (
            (coverage.unreadable, "could not be read"),
            (coverage.partly, "could be read in part only"),
            (coverage.unexamined, "hold content that was not examined; their names were"),
        ):
            if count:
                yield f"{count:,} {'entry' if count == 1 else 'entries'} {what}."
        if self._store.noted(CUT):
            yield NO_TRACE


def _best(sought: Sought, found: Iterable[bytes]) -> dict[str, tuple[Form, bool, bytes]]:
    """The most telling of marks for each person who may be meant."""
    best: dict[str, tuple[Form, bool, bytes]] = {}
    for who, record, near in sought.met(found):
        one = form_of(record), near, record
        known = best.get(who)
        if known is None or _rank(sought, one) < _rank(sought, known):
            best[who] = one
    return best


_FORMS = tuple(Form)


def _rank(sought: Sought, one: tuple[Form, bool, bytes]) -> tuple[bool, bool, int]:
    form, near, record = one
    return form not in STRONG or record in sought.short, near, _FORMS.index(form)


def _stronger(found: dict[str, Why], who: str, why: Why) -> None:
    known = found.get(who)
    if known is None or _ORDER.index(why.strength) < _ORDER.index(known.strength):
        found[who] = why


def _fact(row: SeriesRow, fact: str) -> bytes:
    return bytes.fromhex(row.facts.get(fact, ""))


def _located(entry: int, kind: Kind, place: _Place, why: Why) -> Located:
    return Located(
        place.who, entry, kind, place.where, place.place, why.why, why.strength, why.shared
    )
