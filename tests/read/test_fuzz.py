"""Any bytes into the readers: observations or problems, never an exception, and bounded work.

Data sets are built with random nesting, VRs and lengths that lie, then damaged. In CI the same few
hundred cases run each time; `pytest tests/read/test_fuzz.py --hypothesis-profile=wide` seeks more.
"""

import struct
import zlib
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.read.build import (
    BIG,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    ITEM_END,
    JPEG,
    SEQUENCE_END,
    part_10,
    tag_bytes,
)
from tests.read.ranges import wrong
from vestige.model import Entry, Kind, Observation
from vestige.read.dicom import Reading, examine, observations, vr_of
from vestige.read.file import Source
from vestige.read.header import read_header
from vestige.read.pages import FIRST, Held
from vestige.read.raw import LONG_FORM, LOSSES, SHORT_FORM

EXAMPLES = 8 * settings.default.max_examples if settings.default else 800
ENTRY = Entry(7, 1, b"n", b"/n", Kind.FILE, 0, 0, 0, 0)

MOST_READ = 100
"""How often a byte may be read: once for each depth of values that may be sequences, and some."""

tags = st.one_of(
    st.sampled_from(
        (
            0x00000000,
            0x00020010,
            0x00080005,
            0x00081140,
            0x00090010,
            0x00091001,
            0x00100010,
            0x00101002,
            0x00120064,
            0x00290010,
            0x00291010,
            0x00400275,
            0x54000100,
            0x7FE00010,
            0xFFFAFFFA,
            0xFFFCFFFC,
            0xFFFEE000,
            0xFFFEE00D,
            0xFFFEE0DD,
        )
    ),
    st.integers(0, 0xFFFFFFFF),
)
vrs = st.one_of(
    st.sampled_from(sorted((*SHORT_FORM, *LONG_FORM))),
    st.sampled_from((b"ZZ", b"??", b"\0\0", b"  ", b"lo", b"S\xc8")),
)
lies = st.one_of(
    st.none(),
    st.none(),
    st.none(),
    st.sampled_from((0, 1, 7, 8, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)),
    st.integers(0, 64),
)
texts = st.one_of(
    st.sampled_from(
        (b"", b"Probe^Paula", b"ISO 2022 IR 87\\ISO_IR 192", b"\x1b$B;3ED", b"\xff\xfe")
    ),
    st.binary(max_size=24),
)


def _written(content: bytes, head: tuple[int, bytes, int | None], form: str) -> bytes:
    """An element, or one without VR, in one of the orders of bytes."""
    tag, vr, lie = head
    order = ">" if form == BIG else "<"
    length = len(content) if lie is None else lie
    if form == IMPLICIT:
        return tag_bytes(tag) + struct.pack("<L", length) + content
    if vr in SHORT_FORM:
        return tag_bytes(tag, order) + vr + struct.pack(f"{order}H", length & 0xFFFF) + content
    return tag_bytes(tag, order) + vr + bytes(2) + struct.pack(f"{order}L", length) + content


def _item(content: bytes, lie: int | None, closed: bytes) -> bytes:
    length = len(content) if lie is None else lie
    return tag_bytes(0xFFFEE000) + struct.pack("<L", length) + content + closed


def data_sets(form: str) -> SearchStrategy[bytes]:
    """Data sets in one coding, with sequences in each other."""
    heads = st.tuples(tags, vrs, lies)
    leaves = st.builds(_written, texts, heads, st.just(form))
    ends = st.sampled_from((b"", ITEM_END, SEQUENCE_END, ITEM_END + SEQUENCE_END))

    def within(inner: SearchStrategy[bytes]) -> SearchStrategy[bytes]:
        items = st.lists(st.builds(_item, inner, lies, ends), max_size=3).map(b"".join)
        holders = st.tuples(tags, st.sampled_from((b"SQ", b"SQ", b"UN", b"OB")), lies)
        held = st.builds(_written, items, holders, st.just(form))
        return st.lists(st.one_of(leaves, held), max_size=5).map(b"".join)

    return st.recursive(leaves, within, max_leaves=12)


def _file(syntax: str) -> SearchStrategy[bytes]:
    if syntax == DEFLATED:
        return data_sets(EXPLICIT).map(lambda data: part_10(zlib.compress(data)[2:-4], DEFLATED))
    return data_sets(syntax).map(lambda data: part_10(data, syntax))


files = st.one_of(
    *(_file(syntax) for syntax in (EXPLICIT, IMPLICIT, BIG, DEFLATED, JPEG)),
    data_sets(EXPLICIT),
    data_sets(IMPLICIT),
)
damages = st.lists(
    st.tuples(
        st.integers(0, 1 << 16),
        st.sampled_from(("flip", "cut", "delete", "insert", "double")),
        st.binary(min_size=1, max_size=12),
    ),
    max_size=4,
)


def _damaged(data: bytes, damages: list[tuple[int, str, bytes]]) -> bytes:
    for place, kind, piece in damages:
        at = place % (len(data) + 1)
        match kind:
            case "flip":
                changed = bytes(one ^ two for one, two in zip(data[at:], piece, strict=False))
                data = data[:at] + changed + data[at + len(changed) :]
            case "cut":
                data = data[:at]
            case "delete":
                data = data[:at] + data[at + len(piece) :]
            case "insert":
                data = data[:at] + piece + data[at:]
            case _:
                data = data[:at] + data[at // 2 :]
    return data


class _Counted(Held):
    """Bytes that are read as a file is, and counted."""

    problem = None

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.given = 0

    def read(self, offset: int, length: int) -> bytes:
        part = super().read(offset, length)
        self.given += len(part)
        return part

    def changed(self, _entry: Entry) -> None:
        """Nothing changes."""


def _examined(data: bytes) -> None:
    """Examines bytes as a file, and checks what must hold of all of them."""
    source = _Counted(data)
    reading = examine(cast("Source", source), ENTRY)
    assert source.given <= MOST_READ * len(data) + FIRST
    header = read_header(Held(data), vr_of)
    assert (reading is None) is (header is None)
    if header is None or reading is None:
        return
    assert isinstance(reading, Reading)
    assert wrong(header) == ""
    assert len(header.elements) <= header.size // 8
    assert all(isinstance(one, Observation) for one in observations(reading.header))
    lost = {flaw.code for flaw in header.flaws} & LOSSES
    assert lost <= {problem.code for problem in reading.problems}


@given(files)
@settings(max_examples=EXAMPLES)
def test_any_data_set_is_examined(data: bytes) -> None:
    _examined(data)


@given(files, damages)
@settings(max_examples=EXAMPLES)
def test_any_damage_is_survived(data: bytes, damages: list[tuple[int, str, bytes]]) -> None:
    _examined(_damaged(data, damages))


@given(st.binary(max_size=600), st.sampled_from((EXPLICIT, IMPLICIT, BIG, DEFLATED, JPEG)))
@settings(max_examples=EXAMPLES)
def test_any_bytes_are_examined(data: bytes, syntax: str) -> None:
    _examined(data)
    _examined(bytes(128) + b"DICM" + data)
    _examined(part_10(data, syntax))
