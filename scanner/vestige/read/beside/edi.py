"""Messages of insurers and hospitals as segments: X12 (HIPAA's 837, 835, 270...) and EDIFACT.

Segments as of ASC X12N 005010 (NM1, DMG, N3, N4, PER, REF, CLM) and UN/EDIFACT D.96A as hospitals
use it (PNA, NAD, DTM). What stands in other segments is text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vestige.read.beside.keyed import day, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable
from vestige.read.dictionary import label

_NAME, _ID, _BIRTH, _SEX = 0x00100010, 0x00100020, 0x00100030, 0x00100040
_ADDRESS, _PHONE, _PERSON, _OTHER_IDS = 0x00101040, 0x00102154, 0x0040A123, 0x00101000

_X12 = re.compile(rb"ISA([^\w\s]).{60,160}?\1\S([^\w\s]|\r?\n)[\r\n]{0,2}GS\1", re.DOTALL)
_EDIFACT = re.compile(rb"(?:UNA(.)(.).(.).(.)\s{0,2})?UNB[^\w\s]", re.DOTALL)

_PATIENTS = frozenset({"IL", "QC", "74", "03", "P5", "S1"})
"""Who is insured, the patient, and others of the family (X12, element 98)."""

_IDS = {"SY": _OTHER_IDS, "EA": _ID, "EJ": _ID, "1W": _ID, "MI": _ID, "0F": _ID, "IG": _OTHER_IDS}
"""Numbers of a person by their qualifier: social security, medical record, account, member."""

_BORN, _SURNAMES, _GIVEN_NAMES = "329", frozenset({"SU", "FS", "FM"}), frozenset({"FO", "FI"})
_WORDS = re.compile(r"[^\W\d_]{3}")
_LEAST_NAMED = 3
_MOST = 64 << 20


class _Marks(NamedTuple):
    """What ends a segment, parts its elements and their components, and takes a mark literally."""

    segment: str
    element: str
    component: str = ""
    release: str = ""


def is_edi(readable: Readable) -> bool:
    """Whether a file begins with the envelope of messages."""
    first = readable.first[:512].lstrip(b"\xef\xbb\xbf \r\n")
    return bool(_X12.match(first) or _EDIFACT.match(first))


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The persons of all messages, by attribute, and the texts of other segments."""
    length = min(readable.size, _MOST)
    if length < readable.size or not bounds.take(length):
        yield Lost("text-budget")
    data = readable.read(0, length).lstrip(b"\xef\xbb\xbf \r\n")
    x12 = _X12.match(data)
    if x12 is not None:
        found = _segments(_decoded(data), _Marks(x12[2].decode("latin-1"), chr(x12[1][0])))
        yield from _told("X12", found, _X12Reader)
        return
    service = _EDIFACT.match(data)
    marks = _Marks("'", "+", ":", "?")
    if service is not None and service[1]:
        component, element, release, segment = (mark.decode("latin-1") for mark in service.groups())
        marks = _Marks(segment, element, component, release)
    yield from _told("EDIFACT", _segments(_decoded(data), marks), _EdifactReader)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


Segment = list[list[str]]
"""The elements of a segment, each as its components."""


def _segments(text: str, marks: _Marks) -> Iterator[Segment]:
    for one in _split(text, marks.segment, marks.release):
        elements = _split(one.strip("\r\n"), marks.element, marks.release)
        yield [
            [_plain(part, marks.release) for part in _split(each, marks.component, marks.release)]
            for each in elements
        ]


def _split(text: str, mark: str, release: str) -> list[str]:
    if not mark:
        return [text]
    if not release or release not in text:
        return text.split(mark)
    literal = re.escape(release)
    return re.split(rf"(?<!{literal}){re.escape(mark)}", text)


def _plain(text: str, release: str) -> str:
    return text.replace(release, "") if release else text


def _told(kind: str, segments: Iterator[Segment], of: type["_Reader"]) -> Iterator[Part]:
    reader = of()
    for segment in segments:
        reader.meet(segment)
    for tag, texts in reader.found.items():
        name = label(tag)[2] if tag else "text"
        yield told(f"{kind} {name}", tag, *texts)


class _Reader:
    """Collects the texts of segments by attribute; each kind of message has one of its own."""

    def __init__(self) -> None:
        self.found: dict[int, dict[str, None]] = {}

    def meet(self, segment: Segment) -> None:
        """Take a segment."""
        raise NotImplementedError

    def keep(self, tag: int, text: str) -> None:
        """Keep a value of an attribute, unless it is empty."""
        if text.strip():
            self.found.setdefault(tag, {})[text.strip()] = None

    def words(self, parts: Sequence[str]) -> None:
        """Keep the texts of a segment of which nothing is known."""
        for part in parts:
            if _WORDS.search(part):
                self.keep(0, part)


class _X12Reader(_Reader):
    """X12: a segment that names somebody, and those about them that follow."""

    def __init__(self) -> None:
        super().__init__()
        self._of_patient = False

    def meet(self, segment: Segment) -> None:
        """Take a segment."""
        name, *rest = (":".join(element) for element in segment)
        fields = rest + [""] * 10
        if name == "NM1":
            self._named(fields)
        elif name == "DMG":
            self.keep(_BIRTH, day(fields[1]))
        elif name in {"N3", "N4"} and self._of_patient:
            self.keep(_ADDRESS, " ".join(filter(None, fields)))
        elif name == "REF" and fields[0] in _IDS:
            self.keep(_IDS[fields[0]], fields[1])
        elif name == "CLM":
            self.keep(_ID, fields[0])
        elif name == "PER":
            self.keep(_PERSON, fields[1])
            self.keep(_PHONE, fields[3] if fields[2] == "TE" else "")
        elif name not in {"ISA", "GS", "ST"}:
            self.words(rest)

    def _named(self, fields: Sequence[str]) -> None:
        """Who a segment names: entity, whether a person, surname, given names, and an ID."""
        entity, kind, family, given, middle, *_ = fields
        self._of_patient = entity in _PATIENTS
        if kind != "1":
            self.words((family,))
            return
        name = f"{family}^{given} {middle}".rstrip() if given else family
        self.keep(_NAME if self._of_patient else _PERSON, name)
        if self._of_patient and fields[7] in _IDS:
            self.keep(_IDS[fields[7]], fields[8])


class _EdifactReader(_Reader):
    """EDIFACT: names of persons and parties, and dates of birth."""

    def meet(self, segment: Segment) -> None:
        """Take a segment."""
        name = segment[0][0]
        if name == "PNA":
            self._person(segment)
        elif name == "NAD" and len(segment) > _LEAST_NAMED:
            for element in segment[3:]:
                self.keep(_PERSON, " ".join(filter(None, element)))
        elif name == "DTM" and segment[1:] and segment[1][0] == _BORN:
            self.keep(_BIRTH, day(segment[1][1] if len(segment[1]) > 1 else ""))
        elif not name.startswith("UN"):
            self.words([part for element in segment[1:] for part in element])

    def _person(self, segment: Segment) -> None:
        """A person, whose names stand behind their kinds, and whose ID is the second element."""
        pairs = [element for element in segment[1:] if len(element) > 1]
        family = " ".join(one[1] for one in pairs if one[0] in _SURNAMES)
        given = " ".join(one[1] for one in pairs if one[0] in _GIVEN_NAMES)
        self.keep(_NAME, f"{family}^{given}" if given and family else family or given)
        self.keep(_ID, segment[2][0] if len(segment) > 2 else "")  # noqa: PLR2004 - its place
