"""HL7 version 2: messages, one or many in a file, bare or in the frames of MLLP.

Segments and fields as of HL7 v2.5.1, chapters 2 (2.5.4 delimiters, 2.7 escape sequences, table 0211
character sets), 3 (PID, NK1, PV1, MRG), 4 (ORC, OBR), 6 (GT1, IN1), 7 (OBX), 9 (TXA), 15 (STF).
"""

import binascii
import re
from collections import defaultdict
from collections.abc import Generator, Iterator
from typing import NamedTuple

from vestige.read.beside.keyed import day, told
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Readable
from vestige.read.dictionary import label

_NAME, _ID, _BIRTH, _ADDRESS, _PHONE = 0x00100010, 0x00100020, 0x00100030, 0x00101040, 0x00102154
_OTHER_IDS, _OTHER_NAMES, _MOTHER = 0x00101000, 0x00101001, 0x00101060
_ACCESSION, _REFERRING, _READING, _OPERATOR = 0x00080050, 0x00080090, 0x00081060, 0x00081070
_STUDIED, _ADMITTED = 0x00080020, 0x00380020
_PERSON, _VISIT, _SITE, _SEX = 0x0040A123, 0x00380010, 0x00080080, 0x00100040

_FIELDS: dict[str, dict[int, int]] = {
    "PID": {
        2: _ID,
        3: _ID,
        4: _OTHER_IDS,
        5: _NAME,
        6: _MOTHER,
        7: _BIRTH,
        8: _SEX,
        9: _OTHER_NAMES,
        11: _ADDRESS,
        13: _PHONE,
        14: _PHONE,
        18: _VISIT,
        19: _OTHER_IDS,
        20: _OTHER_IDS,
        21: _OTHER_IDS,
    },
    "NK1": {2: _PERSON, 4: _ADDRESS, 5: _PHONE, 6: _PHONE, 16: _BIRTH, 30: _PERSON, 31: _PHONE},
    "PV1": {
        7: _REFERRING,
        8: _REFERRING,
        9: _READING,
        17: _REFERRING,
        19: _VISIT,
        44: _ADMITTED,
        52: _REFERRING,
    },
    "MRG": {1: _OTHER_IDS, 2: _OTHER_IDS, 4: _OTHER_IDS, 7: _OTHER_NAMES},
    "ORC": {10: _OPERATOR, 11: _OPERATOR, 12: _REFERRING, 14: _PHONE},
    "OBR": {
        7: _STUDIED,
        10: _OPERATOR,
        16: _REFERRING,
        17: _PHONE,
        18: _ACCESSION,
        28: _REFERRING,
        32: _READING,
        33: _READING,
        34: _OPERATOR,
        35: _OPERATOR,
    },
    "OBX": {16: _READING, 23: _SITE},
    "GT1": {3: _PERSON, 4: _PERSON, 5: _ADDRESS, 6: _PHONE, 7: _PHONE, 8: _BIRTH, 19: _OTHER_IDS},
    "IN1": {16: _PERSON, 18: _BIRTH, 19: _ADDRESS, 36: _OTHER_IDS, 49: _OTHER_IDS},
    "TXA": {5: _READING, 9: _READING, 10: _REFERRING, 11: _OPERATOR},
    "STF": {2: _OTHER_IDS, 3: _PERSON, 6: _BIRTH, 10: _PHONE, 11: _ADDRESS},
    "ROL": {4: _PERSON},
    "PD1": {3: _SITE, 4: _REFERRING},
    "MSH": {4: _SITE, 6: _SITE, 7: _STUDIED},
    "EVN": {2: _STUDIED, 5: _OPERATOR, 6: _STUDIED},
    "IPC": {1: _ACCESSION},
}
"""The attribute that a field of a segment corresponds to."""

_PERSONS = frozenset({_NAME, _OTHER_NAMES, _MOTHER, _REFERRING, _READING, _OPERATOR, _PERSON})
_CODED_PERSONS = frozenset({_REFERRING, _READING, _OPERATOR})
"""Names that the identifier of the person precedes (XCN, 2.A.88)."""

_BEGIN = re.compile(rb"[\x0b\s\xef\xbb\xbf]{0,8}(?:MSH|FHS|BHS)([^\w\s])([^\w\s]{3,5})(?:\1|\r|\n)")
_ENDS = re.compile(rb"[\r\n\x0b\x1c]+")
_HEADS = frozenset({b"MSH", b"FHS", b"BHS"})
_REST = "^~\\&"
"""Delimiters, where a header leaves them out."""

_MOST_FIELDS = 99
_OBSERVED = 5
"""The value of an observation (OBX-5)."""

_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_PLACES = frozenset({_ADDRESS, _PHONE})
_CHARSETS = {
    "ASCII": "ascii",
    "UNICODE UTF-8": "utf_8",
    "UNICODE": "utf_8",
    "GB 18030-2000": "gb18030",
    **{f"8859/{n}": f"iso8859_{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 15)},
    "ISO IR87": "iso2022_jp",
    "BIG-5": "big5",
    "KS X 1001": "euc_kr",
    "ISO IR14": "shift_jis",
}
_SIMPLE = re.compile(r"\w[\w .,:/+-]*")
"""A value without delimiters."""

_STRETCH = 4 << 20
_MOST = 256 << 20
"""Bytes of messages that are read of one file."""


class _Marks(NamedTuple):
    """The delimiters of a message: of fields, components, repetitions, subcomponents; escape."""

    field: str
    component: str
    repetition: str
    escape: str
    part: str


_Found = dict[tuple[str, int], dict[str, None]]
"""Texts by their pointer and the tag of their attribute."""

_Met = set[tuple[str, int, str]]
"""Values by the segment and the number of the field that they stand in."""

_USUAL = _Marks("|", "^", "~", "\\", "&")


def is_hl7(readable: Readable) -> bool:
    """Whether a file begins with the header of a message or a batch of them."""
    return _BEGIN.match(readable.first) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The fields of all messages, by attribute, and documents that stand in observations."""
    at, left = 0, b""
    state = _Message(_USUAL, "")
    while at < min(readable.size, _MOST):
        data = readable.read(at, _STRETCH)
        if not data:
            break
        at += len(data)
        left += data
        cut = len(left) if at >= readable.size else max(left.rfind(b"\r"), left.rfind(b"\n")) + 1
        if not cut and len(left) > _STRETCH:
            cut = len(left)
        state = yield from _of_segments(left[:cut], state)
        left = left[cut:]
    if at < readable.size:
        yield Lost("text-budget")


class _Message(NamedTuple):
    """What the header of a message says of those that follow."""

    marks: _Marks
    codec: str


def _of_segments(data: bytes, state: _Message) -> Generator[Part, None, _Message]:
    """The values of segments by attribute; returns what the last header said."""
    found: _Found = defaultdict(dict)
    met: _Met = set()
    for raw in _ENDS.split(data):
        is_head = raw[:3] in _HEADS
        if is_head:
            state = _header(raw) or state
        segment = _text(raw, state.codec)
        if not _SEGMENT.fullmatch(segment[:3]):
            if segment.strip():
                found["text", 0][segment] = None
            continue
        fields = segment.split(state.marks.field)
        if is_head:
            fields.insert(1, "")
        yield from _of_fields(fields, state.marks, found, met)
    for (pointer, tag), texts in found.items():
        yield told(f"HL7 {pointer}", tag, *texts)
    return state


def _of_fields(fields: list[str], marks: _Marks, found: _Found, met: _Met) -> Iterator[Part]:
    """Gathers the values of one segment; documents in it are given at once.

    Most values of a file come again and again: those that were `met` are not looked at twice.
    """
    name = fields[0]
    known = _FIELDS.get(name)
    for number, value in enumerate(fields[1:], 1):
        if name == "OBX" and number == _OBSERVED and fields[2] == "ED":
            yield from _document(value, marks)
            continue
        if not value or (name, number, value) in met:
            continue
        met.add((name, number, value))
        tag = known.get(number, 0) if known else 0
        pointer = f"{name}-{number}" if known and number <= _MOST_FIELDS else "other segments"
        for text in _values(value, tag, marks):
            found[pointer, 0 if tag == _PHONE and "@" in text else tag][text] = None


def _header(raw: bytes) -> _Message | None:
    """The delimiters that a header tells, and its character set."""
    text = raw.decode("latin_1")
    mark, rest = text[3:4], text[4:]
    told_marks = rest.partition(mark)[0] if mark else ""
    if not mark:
        return None
    given = list(told_marks + _REST[len(told_marks) :])
    component, repetition, escape, part = given[:4]
    fields = text.split(mark)
    charset = fields[17].partition(repetition)[0] if len(fields) > 17 else ""  # noqa: PLR2004 - MSH-18
    return _Message(_Marks(mark, component, repetition, escape, part), _CHARSETS.get(charset, ""))


def _text(raw: bytes, codec: str) -> str:
    """The text of a segment: as the header says, as UTF-8, or as Windows-1252."""
    for one in (codec, "utf_8") if codec else ("utf_8",):
        try:
            return raw.decode(one)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace")


def _values(value: str, tag: int, marks: _Marks) -> Iterator[str]:
    """The repetitions of a field, each as its attribute would hold it."""
    if _SIMPLE.fullmatch(value):
        yield day(value) if label(tag)[1] == "DA" else value
        return
    for one in value.split(marks.repetition):
        components = [_unescaped(part, marks) for part in one.split(marks.component)]
        text = _fitted(tag, components, marks)
        if any(c.isalnum() for c in text):
            yield text


def _fitted(tag: int, components: list[str], marks: _Marks) -> str:
    vr = label(tag)[1]
    if tag in _PERSONS:
        coded = tag in _CODED_PERSONS and len(components) > 1
        # The family name may have parts: that of the person comes first (FN, 2.A.28).
        parts = components[1:6] if coded else components[:5]
        return "^".join(part.partition(marks.part)[0] for part in parts).rstrip("^")
    if vr == "DA":
        return day(components[0])
    if tag in _PLACES:
        return " ".join(part.replace(marks.part, " ") for part in components if part)
    if tag:
        return components[0].partition(marks.part)[0]
    return " ".join(part for part in components if part)


def _unescaped(text: str, marks: _Marks) -> str:
    """A component with its escape sequences resolved (2.7)."""
    if marks.escape not in text:
        return text
    plain = {
        "F": marks.field,
        "S": marks.component,
        "T": marks.part,
        "R": marks.repetition,
        "E": marks.escape,
        "H": "",
        "N": "",
        ".br": "\n",
        ".sp": "\n",
        ".in": " ",
    }

    def one(found: re.Match[str]) -> str:
        code = found[1]
        if code in plain:
            return plain[code]
        if code[0] == "X" and _HEX.fullmatch(code[1:]):
            return _text(bytes.fromhex(code[1:]), "")
        return " "

    mark = re.escape(marks.escape)
    return re.sub(f"{mark}([^{mark}]{{1,64}}){mark}", one, text)


def _document(value: str, marks: _Marks) -> Iterator[Part]:
    """The document of an observation (ED, 2.A.24), which is a file of its own."""
    components = value.split(marks.component)
    data, coding = components[-1], components[-2] if len(components) > 1 else ""
    if coding.lower() != "base64":
        yield told("HL7 OBX-5", 0, _unescaped(data, marks))
        return
    try:
        yield Inner(b"OBX-5", Held(binascii.a2b_base64(data.encode("ascii", "replace"))))
    except binascii.Error:
        yield Lost("damaged")
