"""Series templates: what the files of one series share byte by byte, and the slots that vary.

Files of a series differ in about ten of their hundred data elements. Bytes that are equal at an
equal structural place are equal elements: a file that has all the runs of a template, in order,
with one whole element in each slot between them, has the elements of the file it was made of,
the slots aside. Whatever is out of the ordinary has no template and is read in full.
"""

from array import array
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from struct import Struct
from typing import Final, Protocol

from vestige.read.casts import OF_A_SERIES, Cast, Casts, Made
from vestige.read.header import DEFLATED, Form, Header
from vestige.read.holders import around
from vestige.read.moved import Moving, moving
from vestige.read.parts import File, Layout, parts_of, values_in
from vestige.read.places import is_creator
from vestige.read.raw import (
    CONCEPT_NAME,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    LARGE,
    LONG_FORM,
    PIXELS,
    SHORT_FORM,
    UNDEFINED,
    Element,
)
from vestige.read.recognise import MAGIC
from vestige.read.slack import SIZES, slack

_SERIES_TAG = b"\x20\x00\x0e\x00"
_LONGEST_UID = 64
_PREAMBLE = 128
_WINDOW = 256
_WINDOWS = 4
"""Bytes in which a UID is looked for around the place where it stood before, and such places."""

_FIXED: Final = frozenset(
    {
        0x00020010,  # Transfer Syntax UID: how everything else is read
        0x00080005,  # Specific Character Set: how texts are decoded
        0x00120062,  # what is said of its de-identification
        0x00120063,
        0x00120064,
        0x00080300,  # which private blocks are said to be safe
        0x00280303,  # what is said of its dates
    }
)
"""Elements on which the reading or the judgement of others depends: they are no slots."""

WHOSE: Final = frozenset({0x00100010, 0x00100020})
"""Patient's Name and Patient ID: slots only where somebody looks whose object it is."""

_HARMLESS = frozenset({"group-length"})
"""Flaws that change nothing of what is read; many tools leave the length of the meta group out."""

_NO_SLOT = frozenset({"SQ"})

_OVERHEAD = 6_000
"""Bytes of a template beside its runs, about."""

_SHORT: Final = 2
_LONG: Final = 4
"""Bytes of a length field."""


class Template:
    """The runs and slots of one series.

    `slots` are the indices of the slots' elements, `rest` the bytes behind the last slot, up to
    the value of the pixel data; `pixels` is its length, 0 if there is none and UNDEFINED if it is
    encapsulated. `layout` tells files of one structure; `head` is of the file of which the template
    was made, `end` where the value of the pixel data begins in the one that matched last.
    """

    __slots__ = (
        "_casts",
        "_file",
        "_moving",
        "_native",
        "_parts",
        "_rest",
        "end",
        "fields",
        "head",
        "layout",
        "pixels",
        "slots",
    )

    def __init__(self, file: File, slots: Sequence[int]) -> None:
        self._file = file
        self._moving: Moving | None = None
        self.layout = file.layout
        self.fields = file.fields
        self.head = file.head
        self.pixels = file.pixels
        self.slots = tuple(slots)
        self._parts, self._rest = parts_of(file, self.slots)
        self.end = len(file.head)
        self._native = -1 if file.pixels == UNDEFINED else file.pixels
        first = self._cast([part.length for part in self._parts if not part.holds])
        self._casts = Casts(Made(self._cast, first, OF_A_SERIES))

    def made(self, most: int) -> Made:
        """Casts that series may share whose files all match: `most` of them are kept."""
        return Made(self._cast, self._casts.last, most)

    def again(self, data: bytes, values: Sequence[bytes], slots: Sequence[int]) -> "Template":
        """The template of a file that matched with these values, with some of the slots."""
        if self._moving is None:
            self._moving = moving(self._file, self.slots)
        return Template(self._moving.to(data, values), slots)

    def match(self, data: bytes, size: int) -> Sequence[bytes] | None:
        """The values of the slots in a file of `size` bytes that begins with `data`.

        None if it is no file of this template. Encapsulated pixels are the caller's to check.
        """
        return self.match_by(self._casts, data, size)

    def match_by(self, casts: Casts, data: bytes, size: int) -> Sequence[bytes] | None:
        """The values of the slots, as `match` gives them, of a file whose series has its casts."""
        # How long the header is follows from the file: slots of that length are likely.
        cut, runs, end = casts.by_size.get(size - self._native, casts.last)
        if len(data) >= end:
            found = cut(data)
            if found[::2] == runs:
                self.end = end
                # Encapsulated pixels are not looked at here.
                return found[1::2] if self._native < 0 or end + self._native == size else None
        return self._match(casts, data, size)

    def _match(self, casts: Casts, data: bytes, size: int) -> Sequence[bytes] | None:
        """The values of the slots, which are of other lengths than those of the file before."""
        found = values_in(data, self._parts)
        if found is None:
            return None
        values, at = found
        if not data.startswith(self._rest, at):
            return None
        at += len(self._rest)
        if at > len(data) or not self._fits(at, size):
            return None
        self.end = at
        casts.met(tuple(map(len, values)))
        return values

    def _fits(self, end: int, size: int) -> bool:
        """Whether a file has the pixels that it should have behind a header of `end` bytes."""
        return self.pixels == UNDEFINED or end + self.pixels == size

    def _cast(self, lengths: Sequence[int]) -> Cast:
        """The cast for values of these lengths."""
        runs = []
        form = ["="]
        run = b""
        lasting = [part.length for part in self._parts if not part.holds]
        place = 0
        for part in self._parts:
            run += part.run
            if part.holds:
                own = slice(part.first, part.last + 1)
                length = part.length + sum(lengths[own]) - sum(lasting[own])
                run += length.to_bytes(part.field, "little")
                continue
            length = lengths[place]
            if part.field:
                run += length.to_bytes(part.field, "little")
            runs.append(run)
            form.append(f"{len(run)}s{length}s")
            run = b""
            place += 1
        form.append(f"{len(self._rest)}s")
        cast = Struct("".join(form))
        return Cast(cast.unpack_from, (*runs, self._rest), cast.size)

    def with_slots(
        self, slots: AbstractSet[int], never: AbstractSet[int] = frozenset()
    ) -> "Template":
        """The template of the same file with these slots, where there can be slots.

        `never` are tags that are none here.
        """
        chosen = [
            index
            for index in sorted(slots)
            if self.fields[index] and self.layout[index][0] not in never
        ]
        return Template(self._file, chosen)

    def value(self, index: int) -> bytes:
        """The value of an element of the file of which the template was made."""
        return self.head[self._file.starts[index] : self._file.ends[index]]

    @property
    def weight(self) -> int:
        """Bytes that it holds, about."""
        return 6 * len(self.head) + _OVERHEAD


class Layered(Protocol):
    """What tells the values of the elements of a file."""

    @property
    def layout(self) -> Layout:
        """Its structure."""

    def value(self, index: int) -> bytes:
        """The value of an element."""


def differing(one: Layered, other: Layered) -> frozenset[int] | None:
    """The elements in which two files differ; None if their structure does."""
    if one.layout != other.layout:
        return None
    return frozenset(
        index
        for index, (_, vr, _, _) in enumerate(one.layout)
        if vr not in _NO_SLOT and one.value(index) != other.value(index)
    )


def series_of(data: bytes) -> bytes:
    """What is likely the Series Instance UID of a file that begins with `data`; b"" if none is."""
    return _uid_at(data, data.find(_SERIES_TAG, _PREAMBLE))


def _uid_at(data: bytes, at: int) -> bytes:
    """The UID of the element at that offset; b"" if it is none."""
    if at < 0 or at + 8 > len(data):
        return b""
    length = data[at + 6] if data[at + 4 : at + 6] == b"UI" else data[at + 4]
    return data[at + 8 : at + 8 + length] if length <= _LONGEST_UID else b""


class Finder:
    """Finds the Series Instance UID where it stood in other files, which is faster."""

    def __init__(self) -> None:
        self._from: list[int] = []

    def near(self, data: bytes) -> bytes:
        """What is likely the UID, where one stood before; b"" if none is there."""
        for start in self._from:
            at = data.find(_SERIES_TAG, start, start + _WINDOW)
            if at >= 0:
                return _uid_at(data, at)
        return b""

    def anywhere(self, data: bytes) -> bytes:
        """What is likely the UID, as `series_of` has it; where it stands is remembered."""
        at = data.find(_SERIES_TAG, _PREAMBLE)
        if at >= 0:
            self._from = [max(at - _WINDOW // 2, _PREAMBLE), *self._from][:_WINDOWS]
        return _uid_at(data, at)


def may_have_template(data: bytes) -> bool:
    """Whether a file that begins with `data` is of the only form that has templates."""
    return data.startswith(MAGIC, _PREAMBLE)


def template_of(header: Header) -> Template | None:
    """The template of a file, without slots; None if the file is out of the ordinary in any way."""
    end = _end(header)
    if end is None:
        return None
    data = header.pages.first
    elements = header.elements
    last = elements[-1]
    file = File(
        layout=tuple([(e.tag, e.vr, e.parent, e.item) for e in elements]),
        starts=array("I", [min(e.start, end) for e in elements]),
        ends=array("I", [min(e.end, end) for e in elements]),
        fields=tuple([_field(header, index, data) for index in range(len(elements))]),
        head=data[:end],
        pixels=last.length if last.tag in PIXELS else 0,
        around=around(elements, data),
    )
    return Template(file, ())


def _end(header: Header) -> int | None:
    """Where the header of an ordinary file ends: at the value of its pixel data, or with it."""
    syntax = header.coding in (EXPLICIT_LITTLE, IMPLICIT_LITTLE) and header.syntax != DEFLATED
    trailing = header.trailing[0] < header.trailing[1]
    if header.form is not Form.PART_10 or not (syntax and header.elements):
        return None
    if trailing or any(flaw.code not in _HARMLESS for flaw in header.flaws):
        return None
    last = header.elements[-1]
    is_pixels = last.tag in PIXELS
    end = last.start if is_pixels else header.size
    if len(header.pixels) != is_pixels or (is_pixels and last.parent >= 0) or slack(header):
        return None
    return end if end <= len(header.pages.first) else None


def _field(header: Header, index: int, data: bytes) -> int:
    """Bytes of the field that holds an element's length, 0 if it may not be a slot.

    A slot is one plain value, read as it stands, on which nothing else depends.
    """
    element = header.elements[index]
    tag, vr, length, start = element.tag, element.vr, element.length, element.start
    if vr == "SQ" or tag in PIXELS or length > LARGE or length != element.end - start:
        return 0
    # An empty value was not read: nothing is known of how one that is not empty would be.
    if length == 0:
        return 0
    if is_creator(tag) or tag in _FIXED or _top(header, element).tag in _FIXED:
        return 0
    if element.parent >= 0 and header.elements[element.parent].tag == CONCEPT_NAME:
        return 0
    # By them it is known where native pixels end, and what stands behind them is searched.
    if tag in SIZES and header.pixels and header.elements[-1].length != UNDEFINED:
        return 0
    return _length_field(header, index, data)


def _top(header: Header, element: Element) -> Element:
    while element.parent >= 0:
        element = header.elements[element.parent]
    return element


def _length_field(header: Header, index: int, data: bytes) -> int:
    """Bytes of the field in which an element's length stands; 0 if it does not stand there."""
    element = header.elements[index]
    raw = element.vr.encode("ascii")
    field = _SHORT if raw in SHORT_FORM else _LONG
    if index < header.meta or header.coding.explicit:
        named = element.start - field - (2 if raw in SHORT_FORM else 4)
        if data[named : named + 2] != raw or not (raw in SHORT_FORM or raw in LONG_FORM):
            return 0
    else:
        field = _LONG
    written = int.from_bytes(data[element.start - field : element.start], "little")
    return field if written == element.length else 0
