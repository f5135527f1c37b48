"""DICOM: elements to the bytes of a Part 10 file (PS3.5 7, PS3.10 7), in four transfer syntaxes.

It writes what it is told, wrong lengths included: its files are there to be found out.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vestige.planting.value import padding

_LONG = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"})
_UNDEFINED = 0xFFFFFFFF
_SHORT_LIMIT = 0xFFFE
_ITEM = 0xFFFEE000
_ITEM_END = 0xFFFEE00D
_SEQUENCE_END = 0xFFFEE0DD
_PREAMBLE = 128
_META_GROUP = 0x0002
_IMPLEMENTATION = b"2.25.282462386493137170963463389306270941389"
_DEFLATE_LEVEL = 6


class Syntax(StrEnum):
    """The transfer syntaxes that can be written (PS3.5 Annex A)."""

    EXPLICIT_LITTLE = "explicit-little"
    IMPLICIT_LITTLE = "implicit-little"
    EXPLICIT_BIG = "explicit-big"
    DEFLATED = "deflated"

    @property
    def uid(self) -> bytes:
        """Its unique identifier."""
        return b"1.2.840.10008.1.2" + _SUFFIXES[self]


_SUFFIXES = {
    Syntax.EXPLICIT_LITTLE: b".1",
    Syntax.IMPLICIT_LITTLE: b"",
    Syntax.EXPLICIT_BIG: b".2",
    Syntax.DEFLATED: b".1.99",
}


class Form(StrEnum):
    """What surrounds the data set in its file."""

    PART10 = "part10"
    NO_PREAMBLE = "no-preamble"
    NO_META = "no-meta"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Element:
    """A data element: bytes, or the items of a sequence; `length` is a lie to tell, if not -1."""

    tag: int
    vr: str
    value: "bytes | tuple[tuple[Element, ...], ...]"
    length: int = -1


@dataclass(frozen=True, slots=True)
class Writing:
    """How elements are written; `undefined` is of the lengths of sequences and items."""

    syntax: Syntax = Syntax.EXPLICIT_LITTLE
    undefined: bool = False

    @property
    def big(self) -> bool:
        """Whether numbers begin with their most significant byte."""
        return self.syntax is Syntax.EXPLICIT_BIG


def part10(
    elements: Sequence[Element], writing: Writing, form: Form, preamble: bytes = b""
) -> bytes:
    """The bytes of a file with these elements, in ascending order of tags, group 0002 first."""
    raw = data_set((element for element in elements if element.tag >> 16 != _META_GROUP), writing)
    if writing.syntax is Syntax.DEFLATED:
        raw = _deflated(raw)
    if form is Form.BARE:
        return raw
    start = preamble[:_PREAMBLE].ljust(_PREAMBLE, b"\0") + b"DICM"
    if form is Form.NO_META:
        return start + raw
    meta = _meta([element for element in elements if element.tag >> 16 == _META_GROUP], writing)
    return (b"" if form is Form.NO_PREAMBLE else start) + meta + raw


def data_set(elements: Iterable[Element], writing: Writing) -> bytes:
    """The bytes of a data set."""
    return b"".join(_written(element, writing) for element in elements)


def _written(element: Element, writing: Writing) -> bytes:
    if isinstance(element.value, tuple):
        return _sequence(element, element.value, writing)
    value = element.value
    if len(value) % 2:
        value += padding(element.vr)
    length = len(value) if element.length < 0 else element.length
    return _head(element.tag, element.vr, length, writing) + value


def _sequence(element: Element, items: Iterable[Sequence[Element]], writing: Writing) -> bytes:
    content = b"".join(_item(item, writing) for item in items)
    length = len(content) if element.length < 0 else element.length
    if not writing.undefined or element.length >= 0:
        return _head(element.tag, element.vr, length, writing) + content
    end = _bare_head(_SEQUENCE_END, 0, writing)
    return _head(element.tag, element.vr, _UNDEFINED, writing) + content + end


def _item(elements: Sequence[Element], writing: Writing) -> bytes:
    content = data_set(elements, writing)
    if not writing.undefined:
        return _bare_head(_ITEM, len(content), writing) + content
    end = _bare_head(_ITEM_END, 0, writing)
    return _bare_head(_ITEM, _UNDEFINED, writing) + content + end


def _head(tag: int, vr: str, length: int, writing: Writing) -> bytes:
    """Tag, VR and length (PS3.5 7.1.2); a value too long for its VR is UN (PS3.5 6.2.2)."""
    if writing.syntax is Syntax.IMPLICIT_LITTLE:
        return _bare_head(tag, length, writing)
    order = ">" if writing.big else "<"
    if vr not in _LONG and length > _SHORT_LIMIT:
        vr = "UN"
    layout = "HH2s2xL" if vr in _LONG else "HH2sH"
    return struct.pack(order + layout, tag >> 16, tag & 0xFFFF, vr.encode(), length)


def _bare_head(tag: int, length: int, writing: Writing) -> bytes:
    order = ">" if writing.big else "<"
    return struct.pack(f"{order}HHL", tag >> 16, tag & 0xFFFF, length)


def _meta(given: Sequence[Element], writing: Writing) -> bytes:
    """The file meta information (PS3.10 7.1), always explicit and little-endian."""
    ours = {
        0x00020001: Element(0x00020001, "OB", b"\0\1"),
        0x00020010: Element(0x00020010, "UI", writing.syntax.uid),
        0x00020012: Element(0x00020012, "UI", _IMPLEMENTATION),
    }
    every = ours | {element.tag: element for element in given}
    raw = data_set((every[tag] for tag in sorted(every)), Writing())
    size = Element(0x00020000, "UL", struct.pack("<L", len(raw)))
    return data_set((size,), Writing()) + raw


def _deflated(raw: bytes) -> bytes:
    """A raw deflate stream (PS3.5 A.5), of even length."""
    packer = zlib.compressobj(_DEFLATE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(raw) + packer.flush()
    return packed + b"\0" * (len(packed) % 2)
