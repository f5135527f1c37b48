"""xDT: the records of German practices, GDT with devices, BDT of treatment, LDT of laboratories.

Lines as of GDT 2.1 (QMS): three digits of length, four of the field, and the content. The length
counts the whole line with its end; programs that get it wrong are read all the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from vestige.read.beside.keyed import told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable
from vestige.read.dictionary import label

_NAME, _ID, _BIRTH, _SEX = 0x00100010, 0x00100020, 0x00100030, 0x00100040
_ADDRESS, _PHONE, _OTHER_IDS = 0x00101040, 0x00102154, 0x00101000
_PHYSICIAN, _SITE, _STUDIED = 0x00080090, 0x00080080, 0x00080020

_FAMILY, _GIVEN, _CODEPAGE = "3101", "3102", "9206"
_FIELDS = {
    "0203": _SITE,
    "0211": _PHYSICIAN,
    "3000": _ID,
    "3103": _BIRTH,
    "3105": _OTHER_IDS,
    "3106": _ADDRESS,
    "3107": _ADDRESS,
    "3110": _SEX,
    "3112": _ADDRESS,
    "3113": _ADDRESS,
    "3119": _OTHER_IDS,
    "3626": _PHONE,
    "3628": _PHONE,
    "6200": _STUDIED,
    "8432": _STUDIED,
    "8614": _PHYSICIAN,
}
"""The attribute that a field corresponds to."""

_BEGIN = re.compile(rb"\d{3}8000\d{4}\r?\n\d{7}")
_LINE = re.compile(rb"\d{3}(\d{4})([^\r\n]*)")
_CODECS = {"1": "ascii", "2": "cp437", "3": "cp1252"}
_USUAL = "cp1252"
_DAY = re.compile(r"(\d\d)(\d\d)(\d{4})")
_WORDS = re.compile(r"[^\W\d_]{2}")

_MOST = 64 << 20
"""Bytes of records that are read of one file."""


def is_xdt(readable: Readable) -> bool:
    """Whether a file begins with the kind of a record, and another field behind it."""
    return _BEGIN.match(readable.first) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The fields of all records, by attribute, and the contents of others that are words."""
    if readable.size > _MOST:
        yield Lost("text-budget")
    found = _Found()
    for line in _LINE.finditer(readable.read(0, min(readable.size, _MOST))):
        found.meet(line[1].decode("ascii"), line[2])
    for tag, texts in found.texts.items():
        yield told(f"xDT {label(tag)[2]}", tag, *texts)
    if found.words:
        yield told("xDT text", 0, *found.words)


class _Found:
    """The texts of attributes, and words in other fields; names stand in two fields, in order."""

    def __init__(self) -> None:
        self.texts: dict[int, dict[str, None]] = defaultdict(dict)
        self.words: dict[str, None] = {}
        self._family = ""
        self._codec = _USUAL

    def meet(self, field: str, raw: bytes) -> None:
        """Take the content of a field."""
        text = raw.decode(self._codec, "replace").strip()
        if field == _CODEPAGE:
            self._codec = _CODECS.get(text, _USUAL)
        elif field in (_FAMILY, _GIVEN):
            self._name(text, given=field == _GIVEN)
        elif field in _FIELDS:
            self.texts[_FIELDS[field]][_day_first(text)] = None
        elif _WORDS.search(text):
            self.words[text] = None

    def _name(self, text: str, *, given: bool) -> None:
        if given:
            self.texts[_NAME].pop(self._family, None)
            text = f"{self._family}^{text}"
        else:
            self._family = text
        self.texts[_NAME][text] = None


def _day_first(text: str) -> str:
    """A date as DICOM writes it, of one that begins with the day; other texts as they are."""
    day = _DAY.fullmatch(text)
    return f"{day[3]}{day[2]}{day[1]}" if day and day[3][:2] in ("18", "19", "20") else text
