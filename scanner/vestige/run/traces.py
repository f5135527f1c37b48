"""Traces while a worker judges: which texts may speak of somebody, and who is openly named."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import regex

from vestige.identity import Form, Mark, Marker
from vestige.lexicon import Lexicon
from vestige.model import Band, Hit, Observation, Place, Where
from vestige.run.causes import Causes
from vestige.statement import Statement, Tag
from vestige.text import normal, unquoted
from vestige.trace import Kind, Trace, packed

CUT = "traces_cut"
"""Notes in a scan file that some texts left no trace, as too many others had left theirs."""

_PLACE_TRACES = 50_000
_TRACES = 200_000
"""Traces that a worker leaves of texts at one place, and in all: some 300 bytes each."""

_MARKS = 400
"""Marks of one text; what has more is no text that people wrote."""

_LINES = 400
_WHOLE = 1_024
"""Characters up to which a text is marked as one; longer ones, and blobs, line by line."""

_LINE_MEMO = 1 << 16
_BLOBS = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "UN"})
_WITHOUT = frozenset({"AS", "DS", "IS", "SQ", "TM", "UI"})
_DATES = frozenset({"DA", "DT"})
"""VRs of numbers and times, which speak of nobody; dates of standard elements neither."""

_LAST_CREATOR = 0x00FF
_DIGITS = 3
"""Digits from which on it matters which they are: 3.Feb.61 has so many."""

_DIGIT = regex.compile(r"\p{Nd}")
_WORD = regex.compile(r"[\p{L}\p{M}]{2,}")
_STRAYED = regex.compile(r"\p{L}{3}")
_NUMBERS = re.compile(r"[-+\d.,eE\s\\;:/]*")
_DECIMAL = re.compile(r"[^.]*\d\.(?:\d\d?|\d{4,})")
_WHOLE_NUMBER = re.compile(r"\s*\d{6,20}\s*")
"""Shorter ones are short whatever they are."""

_NAME, _ID, _BIRTH = Tag.PATIENT_NAME, Tag.PATIENT_ID, Tag.PATIENT_BIRTH_DATE
_NUMBERED = frozenset({_ID, 0x00101000, 0x00101090})
"""Patient ID, Other Patient IDs, Medical Record Locator."""

_WRITTEN_NAMES = frozenset({0x00100012})
"""Name to Use: a name that is no PN."""

_OPEN = _NUMBERED | _WRITTEN_NAMES | {_BIRTH}
_DIRECT, _STAFF = "direct", "staff"


class Traces:
    """What a worker leaves behind of the texts and the persons that it meets."""

    def __init__(self, causes: Causes, lexicon: Lexicon, *, near: bool = False) -> None:
        self._causes = causes
        self._ordinary = lru_cache(maxsize=1 << 16)(lexicon.ordinary)
        self._marker = Marker(causes.key, self._ordinary, near=near)
        self._persons = Persons(lexicon, causes.key)
        self._of_line = lru_cache(maxsize=_LINE_MEMO)(self._marks)
        self._left: dict[tuple[Where, str], int] = {}
        self._all = 0
        self.cut = False

    def looks_at(self, place: Place) -> bool:
        """Whether texts at a place leave traces. Names of entries are kept, and asked later."""
        vr = place.vr
        if place.where is Where.PATH:
            return place.pointer != "name"
        if vr in _DATES:
            return place.where is Where.PRIVATE
        creator = place.where is Where.PRIVATE and 0 < place.tag & 0xFFFF <= _LAST_CREATOR
        return vr != "SQ" and not creator

    def is_open(self, place: Place) -> bool:
        """Whether persons are openly named or numbered at a place, and each value tells another."""
        return place.vr == "PN" or place.tag in _OPEN

    def varies(self, place: Place, text: str) -> bool:
        """Whether texts of the form of this one leave other traces, as they have other digits."""
        if not self._may_speak(place, text) or len(_DIGIT.findall(text)) < _DIGITS:
            return False
        return place.vr in _BLOBS or len(text) > _WHOLE or not _is_measure(text)

    def of_text(self, place: Place, text: str) -> int | None:
        """The number of the trace that a text leaves; None if it leaves none."""
        if not self._may_speak(place, text):
            return None
        if place.vr in _BLOBS or len(text) > _WHOLE:
            lines = _repaired(text) if place.vr in _BLOBS else text.splitlines()[:_LINES]
            marks = {mark for line in lines for mark in self._of_line(line)}
        else:
            marks = set(self._marks(text))
        if not marks:
            return None
        kept = packed(sorted(marks)[:_MARKS])
        self.cut = self.cut or len(marks) > _MARKS
        kind = Kind.OPEN if self.is_open(place) else Kind.TEXT
        return self._number(Trace(kind, place.where, place.pointer, kept))

    def _may_speak(self, place: Place, text: str) -> bool:
        if not self.looks_at(place):
            return False
        return place.vr not in _WITHOUT or _STRAYED.search(text) is not None

    def _number(self, trace: Trace) -> int | None:
        """The number of a trace; None where too many others were left already."""
        known = self._causes.known_trace(trace)
        if known is not None:
            return known
        at = (trace.where, trace.place)
        left = self._left.get(at, 0)
        if left >= _PLACE_TRACES or self._all >= _TRACES:
            self.cut = True
            return None
        self._left[at] = left + 1
        self._all += 1
        return self._causes.trace(trace)

    def _marks(self, text: str) -> tuple[Mark, ...]:
        """The marks of a text, or of one line; none if it holds plain words and counts alone."""
        if _is_measure(text):
            return ()
        if _NUMBERS.fullmatch(text) is not None and not _WHOLE_NUMBER.fullmatch(text):
            return tuple(self._telling(text))
        strange = any(not self._ordinary(word) for word in _WORD.findall(text))
        if not strange and len(_DIGIT.findall(text)) < _DIGITS:
            return ()
        return tuple(self._telling(text))

    def _telling(self, text: str) -> Iterator[Mark]:
        """The marks of a text, but for short numbers and decimals, by which nobody is known."""
        text = normal(unquoted(text))
        for sign in self._marker.in_text(text):
            mark = sign.mark
            there = text[sign.start : sign.end] if mark.form is Form.NUMBER else ""
            if not there or not (_DECIMAL.fullmatch(there) or is_short(there)):
                yield mark

    # --- persons who are openly named ---

    def of_open(self, observation: Observation, hits: Iterable[Hit]) -> Iterator[int]:
        """The traces of a person whom an element names or numbers, if a table says so."""
        place = observation.place
        kind = _kind(place, hits)
        of_object = place.tag in OF_THE_OBJECT and "/" not in place.pointer
        if kind is None or (of_object and place.where is not Where.BESIDE):
            return
        text = observation.text.reveal()
        marks = self._persons.of_value(place, text)
        if kind is Kind.PERSON and self._persons.is_doubtful(place, text):
            kind = Kind.DOUBTFUL
        if marks:
            yield self._causes.trace(Trace(kind, place.where, place.pointer, packed(marks)))

    def of_object(self, statement: Statement, dirty: frozenset[int]) -> Iterator[int]:
        """The traces of the patient of an object, of whom the elements `dirty` tell openly."""
        texts = {tag: statement.text(tag) if tag in dirty else "" for tag in OF_THE_OBJECT}
        for trace in self._persons.of_patient(texts[_NAME], texts[_ID], texts[_BIRTH]):
            yield self._causes.trace(trace)


OF_THE_OBJECT = frozenset({_NAME, _ID, _BIRTH})
"""Elements that are judged together, where they stand at the top of an object."""


def _kind(place: Place, hits: Iterable[Hit]) -> Kind | None:
    """What somebody is whom an element names; None if the tables do not say that it names one."""
    for hit in hits:
        claim = hit.claim
        if claim.rule.startswith("elements/") and claim.severity >= Band.HIGH:
            if claim.identifies == _DIRECT:
                return Kind.PERSON
            if claim.identifies == _STAFF and place.vr == "PN":
                return Kind.STAFF
    return None


class Persons:
    """Makes the marks of persons, the doubtful ones apart."""

    def __init__(self, lexicon: Lexicon, key: bytes) -> None:
        self._ordinary = lexicon.ordinary
        self._marker = Marker(
            key,
            lambda word: is_vocabulary(lexicon, word),
            listed=lambda word: lexicon.evidence(word).named > 0,
        )
        self.of_person = self._marker.of_person

    def of_value(self, place: Place, text: str) -> frozenset[Mark]:
        """The marks of a person whom one value names or numbers."""
        if place.vr == "DA":
            return self._marker.of_person(birth=text)
        if place.vr == "PN" or place.tag in _WRITTEN_NAMES:
            return self._marker.of_person(text)
        numbers = (one for value in text.split("\\") for one in self._marker.of_number(value))
        return frozenset(numbers) if place.tag in _NUMBERED else frozenset()

    @lru_cache(maxsize=1 << 14)  # noqa: B019 - it lives as long as the worker
    def of_patient(self, name: str, number: str, birth: str) -> tuple[Trace, ...]:
        """The traces of one patient: by the name, by the number, and by the birth date."""
        header = Where.HEADER
        born = self._marker.of_person(birth=birth)
        named = self._marker.of_person(name, "", birth) - born if name else frozenset()
        numbered = frozenset(self._marker.of_number(number))
        # A number alone may be a pseudonym: beside a name or a birth date it is a record number.
        if not name and not birth:
            return ()
        found = (
            (_NAME, Kind.DOUBTFUL if self.is_plain(name) else Kind.PERSON, named),
            (_ID, Kind.DOUBTFUL if is_short(number) else Kind.PERSON, numbered),
            (_BIRTH, Kind.PERSON, born),
        )
        return tuple(
            Trace(kind, header, f"({tag >> 16:04X},{tag & 0xFFFF:04X})", packed(marks))
            for tag, kind, marks in found
            if marks
        )

    def is_doubtful(self, place: Place, text: str) -> bool:
        """Whether others may be called so, or have that number, by chance."""
        if place.tag in _NUMBERED:
            return any(map(is_short, text.split("\\")))
        return place.vr == "PN" and self.is_plain(text)

    def is_plain(self, name: str) -> bool:
        """Whether a name consists of vocabulary alone, as Head^Phantom does."""
        return all(map(self._ordinary, _WORD.findall(name)))


def is_vocabulary(lexicon: Lexicon, word: str) -> bool:
    """Whether a word means something else too: alone it is no evidence of a person."""
    return lexicon.ordinary(word) or lexicon.evidence(word).meaning != 0


_SHORT_NUMBER = 6


def is_short(number: str) -> bool:
    """Whether a number is so short, or so much like a date, that others have it by chance."""
    plain = "".join(filter(str.isalnum, number))
    dated = plain.isdigit() and _DATED.fullmatch(plain) is not None
    return dated or len(plain.lstrip("0")) < _SHORT_NUMBER


@cache
def _stuck() -> "re.Pattern[str]":
    """A letter of another script before Latin ones: in UTF-16 a byte before a text makes it one."""
    return re.compile(r"(?<![^\W\d_])[\u0100-\uffff](?=[A-Za-z])")


def _repaired(text: str) -> list[str]:
    """The lines of a text that stood in bytes, and those whose first letter was taken for two."""
    lines = text.splitlines()[:_LINES]
    if text.isascii():
        return lines
    told = (_stuck().sub(lambda letter: chr(ord(letter.group()) & 0xFF), line) for line in lines)
    return list(dict.fromkeys((*lines, *told)))


def _is_measure(text: str) -> bool:
    """Whether a text consists of numbers that are nobody's, whichever digits they have."""
    if _NUMBERS.fullmatch(text) is None or _WHOLE_NUMBER.fullmatch(text):
        return False
    return not _is_dated(text)


_DATED = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_PARTED = re.compile(r"\d{1,4}([-./ ])\d{1,2}\1\d{1,4}|\d{8}|\d{6}")


def _is_dated(text: str) -> bool:
    """Whether a text of numbers alone may be a date, or a number in parts."""
    return _PARTED.fullmatch(text.strip()) is not None
