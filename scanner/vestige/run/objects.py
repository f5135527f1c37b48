"""Objects: what is said of a DICOM file as a whole, and what is kept of its series."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from vestige.catalog import Catalog, Policy
from vestige.catalog.policy import METHOD_CODES
from vestige.detect.checks import plausible_date
from vestige.detect.claims import Said
from vestige.detect.dummies import Dummies
from vestige.detect.faces import shows_head
from vestige.detect.objects import Beside, ObjectHit, ObjectRules
from vestige.model import Band, Place, Where
from vestige.read.dictionary import is_sop_class
from vestige.run.causes import Cause, Causes
from vestige.run.traces import OF_THE_OBJECT, Traces
from vestige.statement import Statement, Tag
from vestige.store import UNKNOWN_CLASS, SeriesFacts

_DIGESTED = {
    "study": Tag.STUDY_INSTANCE_UID,
    "series": Tag.SERIES_INSTANCE_UID,
    "frame": Tag.FRAME_OF_REFERENCE_UID,
    "patient": Tag.PATIENT_ID,
    "name": Tag.PATIENT_NAME,
    "birth": Tag.PATIENT_BIRTH_DATE,
    "trial": Tag.CLINICAL_TRIAL_SUBJECT_ID,
    "accession": Tag.ACCESSION_NUMBER,
    "date": Tag.STUDY_DATE,
    "sex": Tag.PATIENT_SEX,
    "age": Tag.PATIENT_AGE,
    "size": Tag.PATIENT_SIZE,
    "weight": Tag.PATIENT_WEIGHT,
    "ethnic": Tag.ETHNIC_GROUP,
    "institution": Tag.INSTITUTION_NAME,
    "station": Tag.STATION_NAME,
    "serial": Tag.DEVICE_SERIAL_NUMBER,
    "model": Tag.MANUFACTURER_MODEL_NAME,
    "description": Tag.STUDY_DESCRIPTION,
    "part": Tag.BODY_PART_EXAMINED,
}
"""What of a series is kept as a keyed digest, so that equal values are known to be equal."""

_ANSWERS = {
    "features": Tag.RECOGNIZABLE_VISUAL_FEATURES,
    "removed": Tag.PATIENT_IDENTITY_REMOVED,
}
"""What is kept as it stands, if it is YES or NO."""

_OTHER = "other"
"""Stands for a SOP class that no rule about volumes asks for: any text may be written there."""

_PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
"""Where an image has its pixels: an object with them is of some class (PS3.3 C.7.6.3)."""

_NUMBERS = {
    "thickness": (Tag.SLICE_THICKNESS, re.compile(r"\d{1,3}(?:\.\d{0,6})?")),
    "spacing": (Tag.SPACING_BETWEEN_SLICES, re.compile(r"\d{1,3}(?:\.\d{0,6})?")),
    "frames": (Tag.NUMBER_OF_FRAMES, re.compile(r"\d{1,5}")),
}
"""What is kept as it stands, if it can be what it says: millimetres, and a number of frames."""

_WRITTEN = json.JSONEncoder(sort_keys=True).encode
"""Writes equal facts alike; made once, as there is an object of it for each call of `dumps`."""

_ACQUIRED = frozenset({"2D", "3D"})
_ORIGIN_DAYS = 1 << 20
_REMEMBERED = 10_000
"""Texts of elements whose digests are remembered."""

_SETS = 1_000
"""Sets of causes in elements of which is remembered what is said of objects that have them."""


class Content(NamedTuple):
    """What is said of a file: causes in the order of its elements, then those of the whole object.

    `subject` is the digest of whose it is, `series` the number of what is kept of its series, 0 if
    nothing is. Of what is no image `reason` says why the rest was not examined, if it was not.
    """

    causes: tuple[int, ...]
    subject: str
    series: int
    dicom: bool = True
    reason: str = ""


class Whole(NamedTuple):
    """What is said of an object as a whole: causes and traces, and the number of its series."""

    causes: tuple[int, ...]
    subject: str
    series: int

    def content(self, causes: Sequence[int]) -> Content:
        """What is said of a file, of whose elements the causes are said."""
        return Content(tuple(dict.fromkeys((*causes, *self.causes))), self.subject, self.series)


class _Found(NamedTuple):
    """The object rules beside what was found in elements, and which of those tell who it is."""

    rules: Beside
    openly: frozenset[int]


def with_more(content: Content, named: tuple[int, ...], beside: tuple[int, ...]) -> Content:
    """A content with what is said of the name, and of what the system keeps of the entry."""
    if not (named or beside):
        return content
    return content._replace(causes=tuple(dict.fromkeys((*named, *content.causes, *beside))))


class Objects:
    """The object rules with the causes of a worker."""

    def __init__(
        self, catalog: Catalog, policy: Policy, causes: Causes, traces: Traces | None = None
    ) -> None:
        self._traces = traces
        self._rules = ObjectRules(catalog, policy)
        self._dummies = Dummies(catalog)
        self._volumes = frozenset(catalog.tables.head_volumes)
        self._causes = causes
        self._digests: dict[tuple[int, str], str] = {}
        self._days: dict[str, int] = {}
        self._found: dict[tuple[int, ...], _Found] = {}
        self._numbers: dict[tuple[int, str], int] = {}

    def content(self, causes: Sequence[int], statement: Statement, subject: str) -> Content:
        """What is said of a file, of whose elements the causes are said."""
        return self.whole(loud(causes), statement, subject).content(causes)

    def whole(self, causes: tuple[int, ...], statement: Statement, subject: str) -> Whole:
        """What is said of an object as a whole, of whose elements these `loud` causes are said."""
        beside = self._beside(causes)
        found = [self._number(hit) for hit in beside.rules.hits(statement)]
        if self._traces is not None:
            found += self._traces.of_object(statement, beside.openly)
        series = self._causes.series(self.facts(statement, subject))
        return Whole(tuple(found), subject, series)

    def _beside(self, causes: tuple[int, ...]) -> "_Found":
        """The rules beside these causes, which many objects have in common."""
        found = self._found.get(causes)
        if found is None:
            if len(self._found) >= _SETS:
                self._found.clear()
            told = [self._causes.known[number] for number in causes]
            said = tuple([Said(one.claim, one.place) for one in told])
            found = self._found[causes] = _Found(self._rules.beside(said), openly(said))
        return found

    def _number(self, hit: ObjectHit) -> int:
        """The number of the cause that a rule has found."""
        number = self._numbers.get((hit.order, hit.pointer))
        if number is None:
            cause = Cause(hit.claim, Where.HEADER, hit.pointer, "")
            number = self._numbers[hit.order, hit.pointer] = self._causes.number(cause)
        return number

    def subject(self, statement: Statement) -> str:
        """The keyed digest of whoever the object says it is of; "" if it does not say."""
        who = statement.value(Tag.PATIENT_ID) or statement.value(Tag.PATIENT_NAME)
        return self._causes.digest(who) if who else ""

    def facts(self, statement: Statement, subject: str) -> SeriesFacts:
        """What is kept of the series of an object."""
        facts = {}
        for key, text in zip(_DIGESTED, statement.texts(_DIGESTED.values()), strict=True):
            told = self._told(_DIGESTED[key], text) if text else ""
            if told:
                facts[key] = told
        facts.update(self._kind(statement))
        facts.update(_stated(statement))
        facts.update(self._day(statement))
        facts.update(_shown(statement))
        written = _WRITTEN(facts)
        digest = hashlib.blake2b(f"{subject} {written}".encode(), digest_size=16).digest()
        return SeriesFacts(digest, subject, written)

    def _told(self, tag: int, text: str) -> str:
        """The digest of what stands in an element; "" of what is a dummy."""
        found = self._digests.get((tag, text))
        if found is None:
            if len(self._digests) >= _REMEMBERED:
                self._digests.clear()
            found = "" if self._is_dummy(tag, text) else self._digest(text)
            self._digests[tag, text] = found
        return found

    def _kind(self, statement: Statement) -> Iterator[tuple[str, str]]:
        """SOP class and modality, as they stand where a table names them and not else."""
        sop_class = statement.text(Tag.SOP_CLASS_UID)
        if sop_class:
            known = _OTHER if is_sop_class(sop_class) else UNKNOWN_CLASS
            yield "class", sop_class if sop_class in self._volumes else known
        elif not statement.holds.isdisjoint(_PIXELS):
            yield "class", UNKNOWN_CLASS
        modality = next(iter(statement.words(Tag.MODALITY)), "")
        if modality:
            yield "modality", modality if modality in self._volumes else self._digest(modality)

    def _day(self, statement: Statement) -> dict[str, str]:
        """The day of a study: its weekday, and its distance from a secret day of its subject.

        Differences between studies of one subject stay; the day itself is not kept.
        """
        text = statement.text(Tag.STUDY_DATE)[:8]
        if not (len(text) == len("20000101") and plausible_date(text)):
            return {}
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        distance = day.toordinal() - self._secret_day(statement.text(Tag.PATIENT_ID))
        return {"weekday": str(day.weekday()), "day": str(distance)}

    def _secret_day(self, patient: str) -> int:
        """A day of a patient that nobody knows who has not the key."""
        found = self._days.get(patient)
        if found is None:
            if len(self._days) >= _REMEMBERED:
                self._days.clear()
            origin = self._digest("day " + patient)
            found = self._days[patient] = int(origin[:8], 16) % _ORIGIN_DAYS
        return found

    def _digest(self, text: str) -> str:
        return self._causes.code(text).hex()

    def _is_dummy(self, tag: int, text: str) -> bool:
        return self._dummies.is_word(Place(Where.HEADER, "", tag, _VR.get(tag, "LO")), text)


def loud(causes: Sequence[int]) -> tuple[int, ...]:
    """The causes among some that are neither traces nor values: judgements rest on them alone."""
    return tuple([number for number in causes if number >= 0])


_BIRTH = "(0010,0030)"
_NAMING = {f"({tag >> 16:04X},{tag & 0xFFFF:04X})": int(tag) for tag in OF_THE_OBJECT}


def openly(said: Sequence[Said]) -> frozenset[int]:
    """Which elements openly say whose object it is: neither a dummy nor a code of a study."""
    return frozenset(
        _NAMING[one.pointer]
        for one in said
        if one.pointer in _NAMING and one.claim.identifies == "direct"
        # The first of a month may be a date of which the day was taken, and may be a birth date.
        if one.claim.severity >= (Band.MEDIUM if one.pointer == _BIRTH else Band.HIGH)
        if one.claim.rule.startswith("elements/")
    )


def _stated(statement: Statement) -> Iterator[tuple[str, str]]:
    """What an object states in words, codes and numbers that cannot be anything else."""
    for key, tag in _ANSWERS.items():
        if statement.answer(tag):
            yield key, statement.answer(tag)
    if statement.dates:
        yield "temporal", statement.dates
    codes = sorted(statement.codes & METHOD_CODES)
    if codes:
        yield "codes", " ".join(codes)
    for key, (tag, expected) in _NUMBERS.items():
        if expected.fullmatch(statement.text(tag)):
            yield key, statement.text(tag)


def _shown(statement: Statement) -> Iterator[tuple[str, str]]:
    """What of a series is kept to know volumes in which a face may be."""
    if shows_head(statement):
        yield "head", "1"
    acquired = statement.text(Tag.MR_ACQUISITION_TYPE)
    if acquired in _ACQUIRED:
        yield "acquired", acquired


_VR: Mapping[int, str] = {
    Tag.PATIENT_NAME: "PN",
    Tag.PATIENT_BIRTH_DATE: "DA",
    Tag.STUDY_DATE: "DA",
    Tag.PATIENT_AGE: "AS",
    Tag.PATIENT_SEX: "CS",
}
"""VRs of those elements of a statement that are no text (PS3.6)."""
