"""DICOM bytes to raw elements: the file format, its transfer syntax, and what it holds.

Nothing here raises, whatever the bytes; what is wrong with them becomes a `Flaw`. The walk over the
elements is in `parse`, the recognition of DICOM by content in `recognise`.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from vestige.read.heads import SHORTEST, is_vr_shaped
from vestige.read.pages import Held, Pages, Readable
from vestige.read.parse import Walk
from vestige.read.raw import (
    END_BYTES,
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    ITEM_BYTES,
    ITEM_END_BYTES,
    UNDEFINED,
    Coding,
    Element,
    Flaw,
    Span,
)
from vestige.read.recognise import MAGIC, bare_coding, begins_with_meta, likely_coding

VALUE_LIMIT = 16 << 20
"""Bytes of one value that are handed out at most."""

INFLATED_LIMIT = 64 << 20
"""Bytes to which a deflated data set may grow; a header of that size describes no image."""

_DEFLATED_STEP = 64 << 10
_TAIL_LIMIT = 1 << 20
_PREAMBLE = 128
_LOOKED_FOR_ZEROS = 4096

_DELIMITERS = frozenset({*ITEM_BYTES, *ITEM_END_BYTES, *END_BYTES})
"""What is no element, and tells nothing of how the first one is written."""

_META_LENGTH = 0x00020000
_TRANSFER_SYNTAX = 0x00020010
_IMPLICIT = "1.2.840.10008.1.2"
_BIG_ENDIAN = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
_UID = re.compile(rb"[0-9.]{1,64}")


class Form(StrEnum):
    """How a file holds its data set (PS3.10 section 7)."""

    EMPTY = "empty"
    PART_10 = "part 10"
    NO_PREAMBLE = "no preamble"
    BARE = "bare data set"


@dataclass(frozen=True, slots=True)
class Header:
    """The raw elements of one file, in file order, and what else its bytes are.

    Offsets count bytes of the file; in a deflated file those past the file meta group count
    bytes of the data set as it was before (PS3.5 section A.5). The first `meta` elements are of
    group 0002. `large` are indices of long values, `pixels` the ranges of pixel data, `trailing`
    what follows the last element, `gaps` bytes of sequences that nobody parsed. `syntax` is the
    transfer syntax UID as written, `coding` how the data set is really encoded.
    """

    form: Form
    size: int
    syntax: str
    coding: Coding
    preamble: Span
    meta: int
    elements: tuple[Element, ...]
    large: tuple[int, ...]
    pixels: tuple[Span, ...]
    trailing: Span
    flaws: tuple[Flaw, ...]
    gaps: tuple[Span, ...]
    pages: Pages

    def value(self, element: Element) -> bytes:
        """The value of an element as it stands, its first 16 MiB at most."""
        return self.pages.slice(element.start, min(element.end, element.start + VALUE_LIMIT))

    def bytes_of(self, span: Span, limit: int = VALUE_LIMIT) -> bytes:
        """The first `limit` bytes of a range."""
        return self.pages.slice(span[0], min(span[1], span[0] + limit))

    def path(self, element: Element) -> str:
        """Where an element stands, with the numbers of its items: "(0040,0275)[0]/(0040,0007)"."""
        parts = [shown(element.tag)]
        while element.parent >= 0:
            number = element.item
            element = self.elements[element.parent]
            parts.append(f"{shown(element.tag)}[{number}]")
        return "/".join(reversed(parts))


def shown(tag: int) -> str:
    """A tag as the standard writes it: "(0010,0010)"."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def read_header(source: Readable, vr_of: Callable[[int], str]) -> Header | None:
    """The header of a DICOM file; None if the content is no DICOM.

    `vr_of` gives the VR of a tag where the file does not write it, "UN" if it is not known.
    """
    pages = Pages(source)
    opening = _opening(pages, vr_of)
    if opening is None:
        return None
    form, start = opening
    walk = Walk(pages, vr_of)
    if form is Form.EMPTY:
        return _header(walk, form, _Contents("", EXPLICIT_LITTLE, 0, (0, 0)))
    body = _meta(walk, start) if form is not Form.BARE else start
    meta = len(walk.elements)
    syntax = _syntax(walk)
    end = pages.size
    if syntax == DEFLATED:
        end = _inflate(walk, source, body)
    shaped = is_vr_shaped(walk.pages.peek(body, 6)[4:6])
    form_of = EXPLICIT_LITTLE if shaped else IMPLICIT_LITTLE
    body = walk.group(body, 0x0000, form_of, rising=True)
    coding = _coding(walk, body, syntax)
    rest = walk.top(body, end, coding)
    return _header(walk, form, _Contents(syntax, coding, meta, (rest, walk.pages.size)))


@dataclass(frozen=True, slots=True)
class _Contents:
    syntax: str
    coding: Coding
    meta: int
    trailing: Span


def _header(walk: Walk, form: Form, contents: _Contents) -> Header:
    trailing = contents.trailing
    if any(walk.pages.slice(trailing[0], min(trailing[1], trailing[0] + _LOOKED_FOR_ZEROS))):
        walk.flaw("trailing-bytes", trailing[0])
    return Header(
        form=form,
        size=walk.pages.size,
        syntax=contents.syntax,
        coding=contents.coding,
        preamble=(0, _PREAMBLE) if form is Form.PART_10 else (0, 0),
        meta=contents.meta,
        elements=tuple(walk.elements),
        large=tuple(walk.large),
        pixels=tuple(walk.pixels),
        trailing=trailing,
        flaws=tuple(Flaw(code, offset) for code, offset in walk.flaws.items()),
        gaps=tuple(walk.gaps),
        pages=walk.pages,
    )


def _opening(pages: Pages, vr_of: Callable[[int], str]) -> tuple[Form, int] | None:
    """The form of a file and the offset of its first element."""
    first = pages.bytes
    if pages.size == 0:
        return Form.EMPTY, 0
    if first[_PREAMBLE : _PREAMBLE + len(MAGIC)] == MAGIC:
        return Form.PART_10, _PREAMBLE + len(MAGIC)
    start = len(MAGIC) if first.startswith(MAGIC) else 0
    if begins_with_meta(first, start, pages.size, vr_of):
        return Form.NO_PREAMBLE, start
    coding = bare_coding(first, pages.size, vr_of)
    return None if coding is None else (Form.BARE, 0)


def _meta(walk: Walk, start: int) -> int:
    """Reads the file meta group, explicit little endian by PS3.10 section 7.1; gives its end."""
    first = walk.pages.peek(start, 6)
    if first[:2] != b"\x02\x00":
        walk.flaw("no-meta", start)
        return start
    coding = EXPLICIT_LITTLE if is_vr_shaped(first[4:6]) else IMPLICIT_LITTLE
    if not coding.explicit:
        walk.flaw("implicit-meta", start)
    end = walk.group(start, 0x0002, coding, rising=False)
    _check_group_length(walk, end)
    return end


def _check_group_length(walk: Walk, end: int) -> None:
    if not walk.elements or walk.elements[0].tag != _META_LENGTH:
        walk.flaw("group-length", end)
        return
    length = walk.elements[0]
    value = walk.pages.slice(length.start, min(length.end, length.start + 4))
    if int.from_bytes(value, "little") != end - length.end:
        walk.flaw("group-length", length.start)


def _syntax(walk: Walk) -> str:
    """The transfer syntax UID; "" if there is none that is a UID."""
    for element in walk.elements:
        if element.tag == _TRANSFER_SYNTAX:
            raw = walk.pages.slice(element.start, min(element.end, element.start + 80))
            raw = raw.strip(b"\x00 ")
            if _UID.fullmatch(raw):
                return raw.decode("ascii")
            walk.flaw("bad-syntax", element.start)
    return ""


def _coding(walk: Walk, start: int, syntax: str) -> Coding:
    """How the data set from `start` is encoded: as declared, unless its bytes belie it."""
    first = walk.pages.peek(start, 1024)
    while first[:4] in _DELIMITERS:
        first = first[SHORTEST:]
    if not syntax:
        return likely_coding(first, walk.pages.size - start, walk.vr_of) or _guess(first)
    declared = {_IMPLICIT: IMPLICIT_LITTLE, _BIG_ENDIAN: EXPLICIT_BIG}.get(syntax, EXPLICIT_LITTLE)
    if len(first) < SHORTEST or _agrees(first, declared):
        return declared
    room = walk.pages.size - start
    coding = likely_coding(first, room, walk.vr_of)
    if coding is None:
        shaped = is_vr_shaped(first[4:6]) == declared.explicit
        coding = declared if shaped else _guess(first)
    length = coding.plain(first, 0)[2]
    if declared.explicit and not coding.explicit and room < length < UNDEFINED:
        return declared
    if coding is not declared:
        walk.flaw("other-syntax", start)
    return coding


def _agrees(first: bytes, coding: Coding) -> bool:
    """Whether the first element looks as `coding` has it; no data set begins at group 0100."""
    low, high = (first[0], first[1]) if coding.little else (first[1], first[0])
    return is_vr_shaped(first[4:6]) == coding.explicit and (high == 0 or low != 0)


def _guess(first: bytes) -> Coding:
    if not is_vr_shaped(first[4:6]):
        return IMPLICIT_LITTLE
    return EXPLICIT_BIG if first[0] == 0 and first[1] != 0 else EXPLICIT_LITTLE


def _inflate(walk: Walk, source: Readable, start: int) -> int:
    """Puts the inflated data set in place of the deflated one; gives the offset of its end."""
    parts, used, code = _inflated(source, start, -zlib.MAX_WBITS)
    if not parts and code:
        parts, used, code = _inflated(source, start, zlib.MAX_WBITS)
    if code:
        walk.flaw(code, used)
    if not parts:
        return walk.pages.size
    data = source.read(0, start) + b"".join(parts)
    rest = source.read(used, _TAIL_LIMIT)
    if source.size - used > _TAIL_LIMIT and not code:
        walk.flaw("long-tail", used)
    walk.pages = Pages(Held(data if code else data + rest))
    return len(data)


def _inflated(source: Readable, start: int, bits: int) -> tuple[list[bytes], int, str]:
    """Inflated parts, the offset behind what they came from, and the code of a flaw or ""."""
    inflater = zlib.decompressobj(bits)
    parts: list[bytes] = []
    room = INFLATED_LIMIT
    at, chunk = start, b""
    while room > 0 and not inflater.eof:
        if not chunk:
            chunk = source.read(at, _DEFLATED_STEP)
            at += len(chunk)
            if not chunk:
                return parts, at, "truncated"
        try:
            part = inflater.decompress(chunk, room)
        except zlib.error:
            return parts, at - len(chunk), "bad-deflate"
        if part:
            parts.append(part)
        room -= len(part)
        chunk = inflater.unconsumed_tail
    return parts, at - len(inflater.unused_data), "" if inflater.eof else "deflate-bomb"
