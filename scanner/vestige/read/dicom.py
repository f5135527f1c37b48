"""Raw elements to observations: every text of a DICOM file, with its place; the door of pydicom.

Of pydicom only the dictionaries are used: the bytes are parsed by `header`, the texts decoded by
`charset`, so that no reader can raise or warn with a value in its message.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pydicom._private_dict import private_dictionaries
from pydicom.datadict import dictionary_VR, private_dictionary_VR

from vestige.model import Entry, Observation, Place, Problem, Stage
from vestige.read.carve import pieces, runs
from vestige.read.charset import DEFAULT, codecs_of, decoded, text_throughout
from vestige.read.facts import ObjectFacts, facts
from vestige.read.file import Source
from vestige.read.header import Header, read_header
from vestige.read.places import (
    PREAMBLE,
    TRAILING,
    creator_tag,
    is_creator,
    is_private,
    place,
    step,
)
from vestige.read.raw import FLAWS, LARGE, LOSSES, PIXELS, Element, Span
from vestige.read.unreadable import Unreadable
from vestige.sensitive import Sensitive

__all__ = ["ObjectFacts", "Reading", "examine", "facts", "observations", "problems", "vr_of"]

SEARCHED_BYTES = 4 << 20
"""Bytes of long values that are searched for text in one file; what is beyond is a problem."""

NUMBER_BYTES = 64 << 20
"""Bytes of long decimal strings that are looked through in one file for what is no number."""

SAMPLE_BYTES = 1 << 20
"""Bytes of long samples and tables that are searched; as in pixel data, the rest is no problem."""

_BY_CHARSET = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})
"""VRs whose text follows (0008,0005) (PS3.5 section 6.1.2.3)."""

_TEXT = _BY_CHARSET | {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "TM", "UI", "UR"}
_NUMBERS = frozenset({"US", "SS", "UL", "SL", "FL", "FD", "AT", "SV", "UV"})
_ARRAYS = frozenset({"OW", "OF", "OD", "OL", "OV"})
_DECIMAL = frozenset({"DS", "IS"})
_DIGITS = b"0123456789+-.eE \\\x00"

_ABOUT_PEOPLE = frozenset({0x0010, 0x0016})
"""Groups whose numbers tell of the patient, or where a photograph was taken."""

_CHARACTER_SET = 0x00080005
_SAMPLES = frozenset({0x5000200C, 0x50003000, 0x54001010, 0x60003000})
"""Audio, curves, waveforms and overlays; most repeat in every other group (PS3.5 section 7.6)."""

_REPEATING = 0xFF00FFFF
_AMONG_NUMBERS = re.compile(r"(?=.{8}).*?(?:[^\W\d_]{5}|\d{6})")
"""A text among numbers: shorter ones, and those without a word, chance writes into any table."""

_MEMO_VALUE = 256
_MEMO_OPAQUE = 1024
_TRAILING = -1


@lru_cache(maxsize=1 << 16)
def vr_of(tag: int) -> str:
    """The VR of a tag by the dictionary (PS3.6), of two letters; "UN" if it is not known.

    Where the standard leaves a choice, it is the VR of implicit files (PS3.5 annex A.1).
    """
    if tag & 0xFFFF == 0:
        return "UL"
    if is_private(tag):
        return "LO" if is_creator(tag) else "UN"
    try:
        return _of_choice(dictionary_VR(tag))
    except KeyError:
        return "UN"


def _of_choice(vr: str) -> str:
    if len(vr) == 2:  # noqa: PLR2004 - one VR, and no choice
        return vr
    return "US" if vr == "US or SS" else "OW"


@lru_cache(maxsize=1 << 16)
def _private_vr(tag: int, creator: str) -> str:
    try:
        return _of_choice(private_dictionary_VR(tag, creator))
    except KeyError:
        return "UN"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one DICOM file gives."""

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]
    facts: ObjectFacts


def examine(source: Source, entry: Entry) -> Reading | None:
    """All that the content of a file gives; None if it is no DICOM, Unreadable if reading fails."""
    header = read_header(source, vr_of)
    broken = source.problem
    if header is None:
        if broken is not None:
            raise Unreadable(broken.code, broken.detail)
        return None
    texts = tuple(observations(header))
    about = facts(header)
    found = (*problems(header, entry), source.problem, source.changed(entry))
    return Reading(texts, tuple(one for one in found if one is not None), about)


def problems(header: Header, entry: Entry) -> tuple[Problem, ...]:
    """What of a file was not read or not searched, and from which offset on."""
    found = [
        Problem(entry.id, Stage.READ, flaw.code, f"{FLAWS[flaw.code]} (offset {flaw.offset})")
        for flaw in header.flaws
        if flaw.code in LOSSES
    ]
    cut = _allowances(header)[1]
    if cut:
        detail = f"{cut} bytes of long values were not searched for text"
        found.append(Problem(entry.id, Stage.READ, "budget", detail))
    return tuple(found)


def observations(header: Header) -> Iterator[Observation]:
    """Every text of a file with its place, in file order; equal ones in sequences once.

    Sequences that hold items, private numbers and numbers about the patient or where the image was
    taken give an empty text: that they are there is what a profile judges (PS3.15 annex E). So do
    binary elements in which no text stands.
    """
    reader = _Reader(header)
    yield from _carved(PREAMBLE, header.bytes_of(header.preamble))
    # Equal observations are one object; it is kept here so that no other can take its identity.
    seen: dict[int, Observation] = {}
    for index, element in enumerate(header.elements):
        if element.start == element.end or _technical(element):
            continue
        for observation in reader.element(index, element):
            if element.parent < 0:
                yield observation
            elif id(observation) not in seen:
                seen[id(observation)] = observation
                yield observation
    yield from _carved(TRAILING, header.bytes_of(header.trailing, reader.allowed[_TRAILING]))


def _technical(element: Element) -> bool:
    """Whether an element is a number that says nothing of a person."""
    return (
        element.vr in _NUMBERS
        and not is_private(element.tag)
        and element.tag >> 16 not in _ABOUT_PEOPLE
    )


@dataclass(slots=True)
class _Level:
    """One data set on the way to where the reader stands."""

    parent: int
    item: int
    above: str
    private: bool
    codecs: tuple[str, ...]
    creators: dict[int, str] = field(default_factory=dict)

    def creator(self, tag: int) -> str:
        """The private creator of an element of this data set; "" if it is standard or has none."""
        return self.creators.get(creator_tag(tag), "") if is_private(tag) else ""


class _Reader:
    """Reads the elements of one file in order; a stack holds the data sets that are open."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._levels = [_Level(-1, -1, "", private=False, codecs=DEFAULT)]
        self.allowed = _allowances(header)[0]

    def element(self, index: int, element: Element) -> tuple[Observation, ...]:
        """The observations of one element."""
        level = self._level(element)
        tag, vr = element.tag, element.vr
        if vr == "SQ" and _holds_items(self._header, index):
            creator = level.creator(tag)
            return _present((level.above, tag, vr, creator, level.private or is_private(tag)))
        value = self._value(index, element)
        if is_private(tag):
            return self._private(element, value, level)
        if vr == "UN":
            vr = vr_of(tag)
        if vr in _TEXT:
            if tag == _CHARACTER_SET:
                level.codecs = codecs_of(value)
            key = (level.above, tag, vr, "", level.private)
            return _text(key, _codecs(vr, level), value)
        if vr in _NUMBERS or tag in PIXELS:
            return (
                ()
                if tag >> 16 not in _ABOUT_PEOPLE
                else _present((level.above, tag, vr, "", level.private))
            )
        return _opaque((level.above, tag, vr, "", level.private), level.codecs, value)

    def _value(self, index: int, element: Element) -> bytes:
        if element.end - element.start <= LARGE:
            return self._header.value(element)
        span = (element.start, element.end)
        return self._header.bytes_of(span, self.allowed.get(index, 0))

    def _private(self, element: Element, value: bytes, level: _Level) -> tuple[Observation, ...]:
        tag, vr = element.tag, element.vr
        if is_creator(tag):
            level.creators[tag] = decoded(value, level.codecs, name=False).strip(" \x00")
            return _text((level.above, tag, "LO", "", True), level.codecs, value)
        creator = level.creator(tag)
        if vr == "UN" and creator:
            vr = _private_vr(tag, creator)
        key = (level.above, tag, vr, creator, True)
        if vr in _TEXT:
            return _text(key, _codecs(vr, level), value)
        return _present(key) if vr in _NUMBERS else _opaque(key, level.codecs, value)

    def _level(self, element: Element) -> _Level:
        """The data set that holds the element, opened if it is met for the first time."""
        levels = self._levels
        key = (element.parent, element.item)
        while (levels[-1].parent, levels[-1].item) != key:
            holder = self._header.elements[element.parent]
            top = levels[-1]
            if (top.parent, top.item) == (holder.parent, holder.item):
                levels.append(self._opened(element, holder, top))
            else:
                levels.pop()
        return levels[-1]

    def _opened(self, element: Element, holder: Element, around: _Level) -> _Level:
        tag = holder.tag
        creator = around.creator(tag)
        pointer = step(tag, creator, known=creator in private_dictionaries)
        return _Level(
            element.parent,
            element.item,
            f"{around.above}{pointer}[*]/",
            around.private or is_private(tag),
            around.codecs,
        )


_Key = tuple[str, int, str, str, bool]
"""The pointer above an element, its tag, VR and creator, and whether its place is private."""


def _codecs(vr: str, level: _Level) -> tuple[str, ...]:
    return level.codecs if vr in _BY_CHARSET else DEFAULT


def _holds_items(header: Header, index: int) -> bool:
    following = index + 1
    return following < len(header.elements) and header.elements[following].parent == index


def _is_sampled(tag: int, vr: str) -> bool:
    """Whether a standard element is a table or a series of numbers, in which text hardly stands."""
    return not is_private(tag) and (vr in _ARRAYS or tag & _REPEATING in _SAMPLES)


def _place(key: _Key) -> Place:
    above, tag, vr, creator, private = key
    pointer = above + step(tag, creator, known=creator in private_dictionaries)
    return place(pointer, tag, vr, creator, private=private)


def _text(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    if len(value) <= _MEMO_VALUE:
        return _text_once(key, codecs, value)
    if key[2] in _DECIMAL and not value.translate(None, _DIGITS):
        return _present(key) if is_private(key[1]) else ()
    return _text_of(key, codecs, value)


def _text_of(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    text = decoded(value, codecs, name=key[2] == "PN").strip(" \x00")
    return _observed(_place(key), text) if text else ()


_text_once = lru_cache(maxsize=1 << 15)(_text_of)


def _opaque(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    if len(value) <= _MEMO_OPAQUE:
        return _opaque_once(key, codecs, value)
    return _opaque_of(key, codecs, value)


def _opaque_of(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    """The text that a value of unknown kind is, or else those that stand in it, line by line."""
    whole = text_throughout(value, codecs) if key[2] == "UN" else None
    if whole is not None:
        return _observed(_place(key), whole.strip(" \x00"))
    found = runs(value)
    if _is_sampled(key[1], key[2]):
        found = (text for text in found if _AMONG_NUMBERS.match(text))
    return _observed(_place(key), "\n".join(found))


_opaque_once = lru_cache(maxsize=1 << 13)(_opaque_of)


@lru_cache(maxsize=1 << 15)
def _present(key: _Key) -> tuple[Observation, ...]:
    """That an element is there and not empty."""
    return _observed(_place(key), "")


def _carved(where: Place, data: bytes) -> tuple[Observation, ...]:
    text = "\n".join(runs(data)) if data.strip(b"\x00") else ""
    return _observed(where, text) if text else ()


def _observed(where: Place, text: str) -> tuple[Observation, ...]:
    return tuple(Observation(where, Sensitive(piece)) for piece in pieces(text))


def _allowances(header: Header) -> tuple[dict[int, int], int]:
    """How many bytes of each long value are searched, by index, and how many are not in all.

    The trailing bytes have the index -1. Long values share three budgets, in file order.
    """
    left = {_OPAQUE: SEARCHED_BYTES, _STRING: NUMBER_BYTES, _SAMPLE: SAMPLE_BYTES}
    allowed: dict[int, int] = {}
    cut = 0
    for index, size, kind in _long_values(header):
        allowed[index] = min(size, left[kind])
        left[kind] -= allowed[index]
        cut += size - allowed[index] if kind != _SAMPLE else 0
    return allowed, cut


_OPAQUE, _STRING, _SAMPLE = range(3)
"""The kinds of long values: bytes in which text may stand, decimal strings, samples."""


def _long_values(header: Header) -> Iterator[tuple[int, int, int]]:
    for index in header.large:
        element = header.elements[index]
        tag, vr = element.tag, element.vr
        if vr == "UN" and not is_private(tag):
            vr = vr_of(tag)
        if vr in _NUMBERS or tag in PIXELS or (vr == "SQ" and _holds_items(header, index)):
            continue
        kind = _SAMPLE if _is_sampled(tag, vr) else _STRING if vr in _DECIMAL else _OPAQUE
        yield index, element.end - element.start, kind
    yield _TRAILING, _length(header.trailing), _OPAQUE


def _length(span: Span) -> int:
    return span[1] - span[0]
