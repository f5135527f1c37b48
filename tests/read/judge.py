"""What pydicom gives of a file: every element that it reads, repeated ones too, until it fails.

A data set of pydicom keeps the last of equal tags, and nothing of a file over which it raises. So
its reader is listened to: each element is noted, with its place, when it comes out of the reader.
"""

import io
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple
from unittest.mock import patch

from pydicom import config, filereader
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement

from vestige.read.raw import END_BYTES, ITEM_BYTES

ENDLESS = 1 << 62
"""The limit of what no length bounds."""

UNDEFINED = 0xFFFFFFFF


class Given(NamedTuple):
    """An element as pydicom read it.

    `vr` is "" where none is written; `value` is None where items were parsed at once. `holder` is
    the offset of the sequence around it, -1 at the top, and `limit` the end of the innermost value
    of defined length around it.
    """

    start: int
    tag: int
    vr: str
    length: int
    value: bytes | None
    holder: int
    item: int
    limit: int


class Judgement(NamedTuple):
    """All that pydicom read, in file order.

    `end` is the offset behind what it read, `error` what it raised, or "". `inner` are the same of
    sequences of defined length, by their offsets: these it opens on their own. `unfinished` are
    the offsets of sequences in which it raised before it could give them, `strange` those of the
    heads that it took for items, whatever their tags.
    """

    given: list[Given]
    end: int
    error: str
    inner: dict[int, tuple[int, str]]
    unfinished: frozenset[int]
    strange: frozenset[int]


def judged(data: bytes) -> Judgement:
    """What pydicom reads of `data`, whatever the bytes."""
    with _listening() as ear:
        error = _raised(lambda: filereader.dcmread(io.BytesIO(data), force=True))
        end, found = ear.top()
        inner: dict[int, tuple[int, str]] = {}
        given = []
        while found:
            one, raw = found.pop()
            given.append(one)
            if raw is not None and raw.value and (one.vr or dictionary(one.tag)) == "SQ":
                end_of, failed, more = ear.opened(one, raw)
                inner[one.start] = (end_of, failed)
                found += more
    strange = frozenset(ear.strange)
    return Judgement(sorted(given), end, error, inner, frozenset(ear.unfinished), strange)


def dictionary(tag: int) -> str:
    """The VR that pydicom has for an element without one, as "US or SS" where it cannot tell."""
    if tag & 0xFFFF == 0:
        return "UL"
    if tag >> 16 & 1:
        return "LO" if 0x10 <= tag & 0xFFFF <= 0xFF else "UN"
    try:
        return dictionary_VR(tag)
    except KeyError:
        return "UN"


def _raised(read: Callable[[], object]) -> str:
    """The name of what a judge raises, whatever it is: it has then given up."""
    try:
        read()
    except Exception as error:  # noqa: BLE001
        return type(error).__name__
    return ""


_Read = RawDataElement | DataElement
_Found = list[tuple[Given, RawDataElement | None]]


class _Part(NamedTuple):
    """One run of pydicom over a data set; `ends` holds where its stream stood in the end."""

    stream: BinaryIO
    holder: int
    item: int
    purpose: str
    elements: list[_Read]
    ends: list[int]

    def given(self, base: int, around: int, item: int, limit: int) -> _Found:
        """What it read; `base` is the offset of the stream, `around` and `item` what holds it."""
        holder = self.holder + base if self.holder >= 0 else around
        number = self.item if self.item >= 0 else item
        return [(_given(one, base, (holder, number, limit)), _raw(one)) for one in self.elements]


def _raw(element: _Read) -> RawDataElement | None:
    return element if isinstance(element, RawDataElement) else None


def _given(element: _Read, base: int, place: tuple[int, int, int]) -> Given:
    raw = _raw(element)
    if raw is None:
        start = getattr(element, "file_tell", None) or 0
        return Given(base + start, int(element.tag), "SQ", UNDEFINED, None, *place)
    start = base + raw.value_tell
    return Given(start, int(raw.tag), raw.VR or "", raw.length, raw.value or b"", *place)


class _Ear:
    """Notes what pydicom's reader of elements yields."""

    def __init__(self) -> None:
        self.elements: Callable[..., Iterator[_Read]] = filereader.data_element_generator
        self.sequence: Callable[..., object] = filereader.read_sequence
        self.unfinished: set[int] = set()
        self._parts: list[_Part] = []
        self.strange: set[int] = set()
        self.item: Callable[..., object] = filereader.read_sequence_item
        self._broken: list[int] = []
        self._odd: list[int] = []
        self._holders: list[list[int]] = []

    def hear_sequence(self, stream: BinaryIO, *arguments: object) -> object:
        """Stands in for `read_sequence`: notes which sequence the next items belong to."""
        start = stream.tell()
        self._holders.append([start, 0])
        try:
            return self.sequence(stream, *arguments)
        except Exception:
            self._broken.append(start)
            raise
        finally:
            self._holders.pop()

    def hear_item(self, stream: BinaryIO, *arguments: object) -> object:
        """Stands in for `read_sequence_item`: notes what is read as an item and is none."""
        at = stream.tell()
        little = bool(arguments[1])
        if (ITEM_BYTES | END_BYTES).get(stream.read(4)) is not little:
            self._odd.append(at)
        stream.seek(at)
        return self.item(stream, *arguments)

    def hear_elements(self, stream: BinaryIO, *arguments: object) -> Iterator[_Read]:
        """Stands in for `data_element_generator`."""
        holder, item = -1, -1
        if self._holders:
            holder, item = self._holders[-1]
            self._holders[-1][1] += 1
        stop = arguments[2] if len(arguments) > 2 else None
        part = _Part(stream, holder, item, getattr(stop, "__name__", ""), [], [])
        self._parts.append(part)
        return _noted(part, self.elements(stream, *arguments))

    def top(self) -> tuple[int, _Found]:
        """The end of what was read of a file, and all of it but for what lies unopened."""
        parts, self._parts = self._parts, []
        metas = [part for part in parts if part.purpose == "_not_group_0002"]
        base, end, found = 0, 0, list[tuple[Given, RawDataElement | None]]()
        for part in parts:
            if any(part is read_anew for read_anew in metas[:-1]):
                continue  # as one without VRs
            if part.stream is not parts[0].stream and not base:
                base = end  # inflated: offsets go on from where the deflated bytes began
            found += part.given(base, -1, -1, ENDLESS)
            if part.holder < 0 and part.ends:
                end = base + part.ends[0]
        self._close(base)
        return end, found

    def _close(self, base: int) -> None:
        self.unfinished |= {base + start for start in self._broken}
        self.strange |= {base + start for start in self._odd}
        self._broken, self._odd = [], []

    def opened(self, one: Given, raw: RawDataElement) -> tuple[int, str, _Found]:
        """What stands in a sequence of defined length, as pydicom opens it when it is asked for."""
        self._parts = []
        value = raw.value or b""
        stream = io.BytesIO(value)
        form = raw.is_implicit_VR, raw.is_little_endian, len(value), "iso8859"
        error = _raised(lambda: self.hear_sequence(stream, *form))
        end = one.start + stream.tell()
        limit = min(one.limit, one.start + len(value))
        found: _Found = []
        for part in self._parts:
            found += part.given(one.start, one.start, -1, limit)
        self._close(one.start)
        return end, error, found


def _noted(part: _Part, elements: Iterator[_Read]) -> Iterator[_Read]:
    try:
        for element in elements:
            part.elements.append(element)
            yield element
    finally:
        part.ends.append(part.stream.tell())


@contextmanager
def _listening() -> Iterator[_Ear]:
    ear = _Ear()
    logging.getLogger("pydicom").disabled = True
    try:
        with (
            patch.object(filereader, "data_element_generator", ear.hear_elements),
            patch.object(filereader, "read_sequence", ear.hear_sequence),
            patch.object(filereader, "read_sequence_item", ear.hear_item),
            config.disable_value_validation(),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            yield ear
    finally:
        logging.getLogger("pydicom").disabled = False
