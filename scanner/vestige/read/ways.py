"""Ways of reading: how the value of an element becomes observations, by its tag, VR and creator."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from vestige.model import Observation, Place
from vestige.read.carve import pieces, runs
from vestige.read.charset import DEFAULT, decoded, is_printable, text_throughout
from vestige.read.dictionary import is_known, label, private_vr, vr_of
from vestige.read.packed import stream_start
from vestige.read.places import (
    PREAMBLE,
    SLACK,
    TRAILING,
    is_private,
    place,
    reread,
    step,
    within,
)
from vestige.read.raw import PADDING, PIXELS
from vestige.read.readings import LONGEST, readings
from vestige.read.unfold import Unfolded, is_written, kind_of, unfolded
from vestige.sensitive import Sensitive

_BY_CHARSET = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})
"""VRs whose text follows (0008,0005) (PS3.5 section 6.1.2.3)."""

_TEXT = _BY_CHARSET | {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "TM", "UI", "UR"}
NUMBERS = frozenset({"US", "SS", "UL", "SL", "FL", "FD", "AT", "SV", "UV"})
"""VRs of binary numbers."""

DECIMALS = frozenset({"DS", "IS"})
"""VRs of numbers written as text."""

_WRITTEN = frozenset({"LO", "LT", "ST", "UC", "UT"})
"""VRs of texts in which markup, JSON or base64 may stand."""

_PARTED = frozenset({"LO", "UC"})
"""Those of which a backslash ends a value: some scanners cut a long text up so."""

DOCUMENT = 0x00420011
"""Encapsulated Document (PS3.3 section C.24.2)."""

_VALUES = frozenset(
    {
        *(0x0040A120, 0x0040A121, 0x0040A122, 0x0040A123, 0x0040A124, 0x0040A160),
        *(0x0040A30A, 0x00080100, 0x00080104),
    }
)
"""Values of content items: DateTime, Date, Time, Person Name, UID, Text, Numeric Value, codes."""

_STL_HEAD, _STL_FACET = 84, 50
"""Bytes of a binary STL file: head with the number of facets, and each facet."""

_ARRAYS = frozenset({"OW", "OF", "OD", "OL", "OV"})
_DIGITS = b"0123456789+-.eE \\\x00"

_ABOUT_PEOPLE = frozenset({0x0010, 0x0016})
"""Groups whose numbers tell of the patient, or where a photograph was taken."""

_SAMPLES = frozenset({0x5000200C, 0x50003000, 0x54001010, 0x60003000})
"""Audio, curves, waveforms and overlays; most repeat in every other group (PS3.5 section 7.6)."""

_REPEATING = 0xFF00FFFF
_AMONG_NUMBERS = re.compile(r"(?=.{8}).*?(?:[^\W\d_]{5}|\d{6})")
"""A text among numbers: shorter ones, and those without a word, chance writes into any table."""

_ESCAPE = b"\x1b"
_PRIVATE_NUMBERS_FROM = 256
"""Bytes from which private decimal strings are a table, of which only is said that it is there."""


class Way(NamedTuple):
    """How the value of an element becomes observations: by which function, and at which place."""

    read: Callable[["Way", bytes], tuple[Observation, ...]]
    place: Place
    codecs: tuple[str, ...]

    def observed(self, value: bytes) -> tuple[Observation, ...]:
        """The observations of one value."""
        return self.read(self, value)


def nothing(_way: Way, _value: bytes) -> tuple[Observation, ...]:
    """Nothing: the value says nothing of a person."""
    return ()


def presence(way: Way, _value: bytes) -> tuple[Observation, ...]:
    """That an element is there and not empty."""
    return (Observation(way.place, Sensitive("")),)


def decimal(way: Way, value: bytes) -> tuple[Observation, ...]:
    """What is no number in decimal strings of which no table asks whether they are there."""
    return text(way, value) if is_odd(value) else ()


def is_odd(value: bytes) -> bool:
    """Whether anything but numbers stands in a decimal string."""
    return bool(value.translate(None, _DIGITS))


def text(way: Way, value: bytes) -> tuple[Observation, ...]:
    """The text of a value, in pieces if it is long, and what else it may say."""
    where = way.place
    if len(value) > _PRIVATE_NUMBERS_FROM and where.vr in DECIMALS and not is_odd(value):
        return presence(way, value) if is_private(where.tag) else ()
    found = decoded(value, way.codecs, name=where.vr == "PN").strip(" \x00")
    observed = _observed(where, found) if found else ()
    if found and opens(way, value):
        inside = _unfolded_text(where, value, found)
        observed = (*observed, *(_inside(where, inside) if inside else ()))
    if value.isascii() and _ESCAPE not in value:
        return observed
    return (*observed, *_reread(way, value, found))


def opens(way: Way, value: bytes) -> bool:
    """Whether a text may be a container; the same for two that differ in digits alone."""
    return way.read is text and way.place.vr in _WRITTEN and is_written(value)


def _unfolded_text(where: Place, value: bytes, found: str) -> Unfolded | None:
    if stream_start(value) >= 0:
        return unfolded(value)
    if where.vr in _PARTED:
        found = found.replace("\\", "")
    return unfolded(found.encode("utf-8", "replace"))


def opaque(way: Way, value: bytes) -> tuple[Observation, ...]:
    """The text that a value of unknown kind is, or else those that stand in it, line by line."""
    where = way.place
    if where.tag == PADDING and not value.strip(b"\x00"):
        return ()
    inside = unfolded(value)
    if inside is None:
        return _searched(way, value)
    return (*_searched(way, inside.rest), *_inside(where, inside))


def _searched(way: Way, value: bytes) -> tuple[Observation, ...]:
    """The text that bytes are, or those that stand in them."""
    where = way.place
    whole = text_throughout(value, way.codecs) if where.vr == "UN" else None
    if whole is not None:
        whole = whole.strip(" \x00")
        return (*_observed(where, whole), *_reread(way, value, whole))
    further = _reread(way, value, "") if len(value) <= LONGEST and is_printable(value) else ()
    found = runs(value)
    if is_sampled(where.tag, where.vr):
        found = (run for run in found if _AMONG_NUMBERS.match(run))
    return (*_observed(where, "\n".join(found)), *further)


def _inside(where: Place, inside: Unfolded) -> tuple[Observation, ...]:
    """What stands inside a value, and what of it could not be read."""
    found: dict[Observation, None] = {}
    for steps, tag, told in inside.parts:
        there = within(where, steps, label(tag))
        found.update(dict.fromkeys(_observed(there, told)))
    for steps, code in inside.losses:
        there = within(where, steps, label(0))
        found[Observation(there, Sensitive(""), code)] = None
    return tuple(found)


def document(way: Way, value: bytes) -> tuple[Observation, ...]:
    """What stands in an encapsulated document: PDF, CDA, or models as text or as numbers."""
    if _is_mesh(value):
        head = "\n".join(runs(value[:_STL_HEAD]))
        rest = "\n".join(run for run in runs(value[_STL_HEAD:]) if _AMONG_NUMBERS.match(run))
        return _observed(way.place, f"{head}\n{rest}".strip())
    found = opaque(way, value)
    empty = not value.strip(b"\x00")
    if empty or kind_of(value) in _DOCUMENTS or text_throughout(value, ("utf_8",)) is not None:
        return found
    return (*found, Observation(way.place, Sensitive(""), "document-unread"))


_DOCUMENTS = frozenset({"PDF", "XML"})
SEARCHING = frozenset({opaque, document})
"""How values are read whose bytes are searched for text."""


def _is_mesh(value: bytes) -> bool:
    """Whether a value is a binary STL file, padding aside."""
    facets = int.from_bytes(value[_STL_HEAD - 4 : _STL_HEAD], "little")
    return 0 <= len(value) - _STL_HEAD - _STL_FACET * facets <= 1 and len(value) >= _STL_HEAD


def creating(way: Way, value: bytes) -> tuple[Observation, ...]:
    """The text of a private creator that no dictionary lists."""
    found = decoded(value, way.codecs, name=False).strip(" \x00")
    return () if is_known(found) else text(way, value)


def carved(way: Way, value: bytes) -> tuple[Observation, ...]:
    """The texts in bytes that belong to no element."""
    found = "\n".join(runs(value))
    return _observed(way.place, found) if found else ()


def _reread(way: Way, value: bytes, found: str) -> tuple[Observation, ...]:
    """What else a value may say than what was found in it; a name is judged by its presence."""
    if way.place.vr == "PN":
        return ()
    further = readings(value.rstrip(b" \x00"), found, way.codecs)
    return tuple(one for text in further for one in _observed(reread(way.place), text))


def _observed(where: Place, found: str) -> tuple[Observation, ...]:
    return tuple(Observation(where, Sensitive(piece)) for piece in pieces(found))


BEFORE = Way(carved, PREAMBLE, DEFAULT)
BEHIND = Way(carved, TRAILING, DEFAULT)
BEHIND_PIXELS = Way(carved, SLACK, DEFAULT)
"""How the preamble is read, what follows the last element, and what follows native pixels."""


@lru_cache(maxsize=1 << 16)
def is_technical(tag: int) -> bool:
    """Whether binary numbers at a tag say nothing of a person."""
    return not is_private(tag) and tag >> 16 not in _ABOUT_PEOPLE


def is_sampled(tag: int, vr: str) -> bool:
    """Whether a standard element is a table or a series of numbers, in which text hardly stands."""
    return not is_private(tag) and (vr in _ARRAYS or tag & _REPEATING in _SAMPLES)


@lru_cache(maxsize=1 << 16)
def standard(
    above: str,
    tag: int,
    vr: str,
    codecs: tuple[str, ...],
    private_judged: tuple[bool, bool],
    *,
    counted: bool = False,
) -> Way:
    """The way of a standard element that holds no items.

    `above` is the pointer to the data set that holds it; the flags say whether that lies in a
    private sequence, and whether a table judges that a number is there. With `counted` the policy
    judges that of any number.
    """
    private, judged = private_judged
    if vr == "UN":
        vr = vr_of(tag)
    where = place(above + step(tag, "", known=False), tag, vr, "", private=private)
    if vr in _TEXT:
        plain = vr in DECIMALS and not judged
        return Way(decimal if plain else text, where, codecs if vr in _BY_CHARSET else DEFAULT)
    if vr in NUMBERS or tag in PIXELS:
        return Way(presence if counted or not is_technical(tag) else nothing, where, codecs)
    return Way(document if tag == DOCUMENT else opaque, where, codecs)


@lru_cache(maxsize=1 << 14)
def of_concept(way: Way, concept: str) -> Way:
    """The way of a value that is of a concept, as "121029 DCM"."""
    where = way.place
    if where.tag not in _VALUES:
        return way
    pointer = f"{where.pointer} {concept}"
    return way._replace(place=replace(where, pointer=pointer, concept=concept))


@lru_cache(maxsize=1 << 16)
def private(above: str, tag: int, vr: str, creator: str, codecs: tuple[str, ...]) -> Way:
    """The way of a private element that holds no items; "" if nobody reserved its block."""
    if vr == "UN" and creator:
        vr = private_vr(tag, creator)
    where = _private_place(above, tag, vr, creator)
    if vr in _TEXT:
        return Way(text, where, codecs if vr in _BY_CHARSET else DEFAULT)
    return Way(presence if vr in NUMBERS else opaque, where, codecs)


@lru_cache(maxsize=1 << 16)
def reserving(above: str, tag: int, codecs: tuple[str, ...]) -> Way:
    """The way of a private creator."""
    return Way(creating, _private_place(above, tag, "LO", ""), codecs)


@lru_cache(maxsize=1 << 16)
def holding(above: str, tag: int, creator: str, *, private: bool) -> Way:
    """The way of a sequence with items: that it is there."""
    pointer = above + step(tag, creator, known=is_known(creator))
    return Way(presence, place(pointer, tag, "SQ", creator, private=private), DEFAULT)


def _private_place(above: str, tag: int, vr: str, creator: str) -> Place:
    pointer = above + step(tag, creator, known=is_known(creator))
    return place(pointer, tag, vr, creator, private=True)
