"""FIFF: the subject, the project and the descriptions of MEG recordings (MNE, Elekta Neuromag).

Tags as of the "Functional Image File Format" (Elekta, NM20568A) and its dictionary: each has a
kind, a type, a length and the place of the next; strings are of type 10.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from struct import Struct

from vestige.read.beside.keyed import text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

_TAG = Struct(">4i")
_FILE_ID, _ID_TYPE, _STRING, _LAST = 100, 31, 10, -1
_FIGURES = frozenset({3, 6})
"""Types of numbers of 32 bits: signed ones, and Julian days."""

_MOST_TAGS = 500_000
_MOST_TEXT = 1 << 20

_NAME, _BIRTH, _SEX = 0x00100010, 0x00100030, 0x00100040
_SUBJECT = {
    401: ("first name", _NAME),
    402: ("middle name", _NAME),
    403: ("last name", _NAME),
    409: ("subject comment", 0),
    410: ("HIS id", 0x00100020),
    212: ("experimenter", 0x00081070),
    503: ("project persons", 0x0040A123),
}
"""Strings of which the attribute is known; all others are free text."""

_BIRTH_DAY, _SEX_KIND, _MEASURED = 404, 405, 204
_NUMBERS = frozenset({_BIRTH_DAY, _SEX_KIND, _MEASURED})
_SEXES = {1: "M", 2: "F"}
_FIRST_DAY, _JULIAN = datetime(1970, 1, 1, tzinfo=UTC), 2_440_588
"""A day and its Julian number."""

_OLDEST = 2_378_497
"""1800 as a Julian day number."""


def is_fiff(readable: Readable) -> bool:
    """Whether a file begins with the tag of its identification."""
    first = readable.first[: _TAG.size]
    return len(first) == _TAG.size and _TAG.unpack(first)[:3] == (_FILE_ID, _ID_TYPE, 20)


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """Texts of all tags, birth dates and sexes of subjects, dates of measurements."""
    others: dict[str, None] = {}
    at, seen = 0, 0
    while 0 <= at <= readable.size - _TAG.size and seen < _MOST_TAGS:
        seen += 1
        kind, form, length, after = _TAG.unpack(readable.read(at, _TAG.size))
        if length < 0:
            yield Lost("damaged")
            break
        if form == _STRING and length:
            text = text_of(readable.read(at + _TAG.size, min(length, _MOST_TEXT)))
            yield from _text(kind, text, others)
        elif form in _FIGURES and kind in _NUMBERS:
            yield from _number(kind, readable.read(at + _TAG.size, min(length, 4)))
        if after == _LAST:
            break
        at = at + _TAG.size + length if after <= at else after
    if seen >= _MOST_TAGS:
        yield Lost("text-budget")
    if others:
        yield told("FIFF", 0, *others)


def _text(kind: int, text: str, others: dict[str, None]) -> Iterator[Part]:
    """A string of which the attribute is known; others are gathered."""
    if text and kind in _SUBJECT:
        name, tag = _SUBJECT[kind]
        yield told(f"FIFF {name}", tag, text)
    elif text:
        others[text] = None


def _number(kind: int, raw: bytes) -> Iterator[Part]:
    value = int.from_bytes(raw, "big", signed=True)
    if kind == _SEX_KIND and value in _SEXES:
        yield told("FIFF sex", _SEX, _SEXES[value])
    elif kind == _BIRTH_DAY and _OLDEST < value < 2 * _JULIAN - _OLDEST:
        date = _FIRST_DAY + timedelta(days=value - _JULIAN)
        yield told("FIFF birth day", _BIRTH, date.strftime("%Y%m%d"))
    elif kind == _MEASURED and value > 0:
        date = _FIRST_DAY + timedelta(seconds=value)
        yield told("FIFF measurement date", 0x00080020, date.strftime("%Y%m%d"))
