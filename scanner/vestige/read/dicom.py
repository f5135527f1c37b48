"""Raw elements to observations: every text of a DICOM file, with its place; the door of pydicom.

Of pydicom only the dictionaries are used: the bytes are parsed by `header`, the texts decoded by
`charset`, so that no reader can raise or warn with a value in its message.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pydicom._private_dict import private_dictionaries
from pydicom.datadict import dictionary_VR, private_dictionary_VR

from vestige.model import Entry, Observation, Place, Problem, Sensitive, Stage
from vestige.read.carve import runs
from vestige.read.charset import DEFAULT, codecs_of, decoded, text_throughout
from vestige.read.facts import ObjectFacts, facts
from vestige.read.file import Source, Unreadable
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

__all__ = ["ObjectFacts", "Reading", "examine", "facts", "observations", "problems", "vr_of"]

SEARCHED_BYTES = 4 << 20
"""Bytes of long values that are searched for text in one file; what is beyond is a problem."""

NUMBER_BYTES = 64 << 20
"""Bytes of long decimal strings that are looked through in one file for what is no number."""

_BY_CHARSET = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})
"""VRs whose text follows (0008,0005) (PS3.5 section 6.1.2.3)."""

_TEXT = _BY_CHARSET | {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "TM", "UI", "UR"}
_NUMBERS = frozenset({"US", "SS", "UL", "SL", "FL", "FD", "AT", "OF", "OD", "OL", "OV", "SV", "UV"})
_DECIMAL = frozenset({"DS", "IS"})
_DIGITS = b"0123456789+-.eE \\\x00"

_CHARACTER_SET = 0x00080005
_PIXEL_LIKE = frozenset({0x50003000, 0x60003000})
"""Curves and overlays, repeating in every other group from 5000 and 6000 on."""

_REPEATING = 0xFF00FFFF
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
    """Every text of a file with its place, in file order; equal ones in sequences once."""
    reader = _Reader(header)
    yield from _carved(PREAMBLE, header.bytes_of(header.preamble))
    seen: set[int] = set()
    for index, element in enumerate(header.elements):
        if element.start == element.end or element.vr in _NUMBERS:
            continue
        for observation in reader.element(index, element):
            if element.parent >= 0:
                if id(observation) in seen:
                    continue
                seen.add(id(observation))
            yield observation
    yield from _carved(TRAILING, header.bytes_of(header.trailing, reader.allowed[_TRAILING]))


@dataclass(slots=True)
class _Level:
    """One data set on the way to where the reader stands."""

    parent: int
    item: int
    above: str
    private: bool
    codecs: tuple[str, ...]
    creators: dict[int, str] = field(default_factory=dict)


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
        if element.end - element.start > LARGE:
            allowed = self.allowed.get(index, 0)
            value = self._header.bytes_of((element.start, element.end), allowed)
        elif vr == "SQ" and _holds_items(self._header, index):
            return ()
        else:
            value = self._header.value(element)
        if is_private(tag):
            return self._private(element, value, level)
        if vr == "UN":
            vr = vr_of(tag)
        if vr in _TEXT:
            if tag == _CHARACTER_SET:
                level.codecs = codecs_of(value)
            key = (level.above, tag, vr, "", level.private)
            return _text(key, _codecs(vr, level), value)
        if vr in _NUMBERS or not _may_hold_text(tag, vr):
            return ()
        return _opaque((level.above, tag, vr, "", level.private), level.codecs, value)

    def _private(self, element: Element, value: bytes, level: _Level) -> tuple[Observation, ...]:
        tag, vr = element.tag, element.vr
        if is_creator(tag):
            level.creators[tag] = decoded(value, level.codecs, name=False).strip(" \x00")
            return _text((level.above, tag, "LO", "", True), level.codecs, value)
        creator = level.creators.get(creator_tag(tag), "")
        if vr == "UN" and creator:
            vr = _private_vr(tag, creator)
        key = (level.above, tag, vr, creator, True)
        if vr in _TEXT:
            return _text(key, _codecs(vr, level), value)
        return () if vr in _NUMBERS else _opaque(key, level.codecs, value)

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
        creator = around.creators.get(creator_tag(tag), "") if is_private(tag) else ""
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


def _may_hold_text(tag: int, vr: str) -> bool:
    """Whether an element that is no text is searched: words of pixels, curves, tables are not."""
    return vr != "OW" and tag not in PIXELS and tag & _REPEATING not in _PIXEL_LIKE


def _place(key: _Key) -> Place:
    above, tag, vr, creator, private = key
    pointer = above + step(tag, creator, known=creator in private_dictionaries)
    return place(pointer, tag, vr, creator, private=private)


def _text(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    if len(value) <= _MEMO_VALUE:
        return _text_once(key, codecs, value)
    if key[2] in _DECIMAL and not value.translate(None, _DIGITS):
        return ()
    return _text_of(key, codecs, value)


def _text_of(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    text = decoded(value, codecs, name=key[2] == "PN").strip(" \x00")
    return (Observation(_place(key), Sensitive(text)),) if text else ()


_text_once = lru_cache(maxsize=1 << 15)(_text_of)


def _opaque(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    if len(value) <= _MEMO_OPAQUE:
        return _opaque_once(key, codecs, value)
    return _opaque_of(key, codecs, value)


def _opaque_of(key: _Key, codecs: tuple[str, ...], value: bytes) -> tuple[Observation, ...]:
    """The text that a value of unknown kind is, or else those that stand in it."""
    where = _place(key)
    whole = text_throughout(value, codecs) if key[2] == "UN" else None
    if whole is None:
        return _carved(where, value)
    text = whole.strip(" \x00")
    return (Observation(where, Sensitive(text)),) if text else ()


_opaque_once = lru_cache(maxsize=1 << 13)(_opaque_of)


def _carved(where: Place, data: bytes) -> tuple[Observation, ...]:
    if not data.strip(b"\x00"):
        return ()
    return tuple(Observation(where, Sensitive(text)) for text in runs(data))


def _allowances(header: Header) -> tuple[dict[int, int], int]:
    """How many bytes of each long value are searched, by index, and how many are not in all.

    The trailing bytes have the index -1. Long values share two budgets, in file order.
    """
    left = {False: SEARCHED_BYTES, True: NUMBER_BYTES}
    allowed: dict[int, int] = {}
    wanted = 0
    for index, size, decimal in _long_values(header):
        allowed[index] = min(size, left[decimal])
        left[decimal] -= allowed[index]
        wanted += size
    return allowed, wanted - sum(allowed.values())


def _long_values(header: Header) -> Iterator[tuple[int, int, bool]]:
    for index in header.large:
        element = header.elements[index]
        vr, tag = element.vr, element.tag
        if vr in _NUMBERS or (vr == "SQ" and _holds_items(header, index)):
            continue
        if vr in _TEXT or is_private(tag) or _may_hold_text(tag, vr):
            yield index, element.end - element.start, vr in _DECIMAL
    yield _TRAILING, _length(header.trailing), False


def _length(span: Span) -> int:
    return span[1] - span[0]
