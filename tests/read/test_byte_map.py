from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.build import (
    DEFLATED,
    UNDEFINED,
    explicit,
    header_of,
    item,
    part_10,
    patient,
    private,
)
from tests.read.mutate import mutant
from tests.read.sources import folders
from tests.read.test_slack import HIDDEN, sizes
from vestige.account import Account
from vestige.read.byte_map import Fate, account, byte_map, searched
from vestige.read.dicom import (
    NUMBER_BYTES,
    OF_ALL,
    SAMPLE_BYTES,
    SEARCHED_BYTES,
    values,
    vr_of,
)
from vestige.read.header import Header, read_header
from vestige.read.pages import Held
from vestige.read.ways import SEARCHING, carved

SEQUENCE_END = b"\xfe\xff\xdd\xe0" + bytes(4)


def demand_whole(header: Header, size: int) -> None:
    """The ranges tile the file exactly, and their sums are the account."""
    at = 0
    for one in byte_map(header):
        assert one.start == at < one.end, one
        at = one.end
    assert at == size == header.size
    assert sums(header) == totals(header)


def sums(header: Header) -> Account:
    found = ((index, way) for index, way, _ in values(header, OF_ALL))
    return account(header, searched(found))


def totals(header: Header) -> Account:
    lengths = dict.fromkeys(Fate, 0)
    for start, end, fate, _ in byte_map(header):
        lengths[fate] += end - start
    return Account(*lengths.values())


def ranges(data: bytes) -> list[tuple[str, str, int]]:
    header = header_of(data, vr_of)
    demand_whole(header, header.size)
    return [(one.fate.value, one.what, one.end - one.start) for one in byte_map(header)]


def real() -> Iterator[Path]:
    for folder in folders():
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_every_byte_of_every_real_file_is_accounted_for() -> None:
    seen = 0
    for path in real():
        data = path.read_bytes()
        header = read_header(Held(data), vr_of)
        if header is not None:
            seen += 1
            demand_whole(header, header.size if header.syntax == DEFLATED else len(data))
    assert seen > 50


def test_every_byte_of_mutants_is_accounted_for() -> None:
    chance = Random(11)  # noqa: S311 - chance, not secrecy
    for _ in range(1_500):
        data = mutant(chance).data
        header = read_header(Held(data), vr_of)
        if header is not None:
            demand_whole(header, header.size if header.syntax == DEFLATED else len(data))


@given(st.binary(max_size=400))
def test_every_byte_of_anything_behind_a_meta_group_is_accounted_for(rest: bytes) -> None:
    data = part_10(patient() + rest)
    demand_whole(header_of(data, vr_of), len(data))


def test_what_is_searched_is_what_the_reader_searches() -> None:
    chance = Random(12)  # noqa: S311 - chance, not secrecy
    for _ in range(500):
        header = read_header(Held(mutant(chance).data), vr_of)
        if header is None:
            continue
        looked = sum(
            len(value)
            for index, way, value in values(header, OF_ALL)
            if way.read in (*SEARCHING, carved) and 0 <= index < len(header.elements)
        )
        told = sum(
            one.end - one.start
            for one in byte_map(header)
            if one.fate is Fate.SEARCHED and one.what not in ("preamble", "trailing")
        )
        assert told == looked


def test_the_parts_of_an_image_have_names() -> None:
    padding = explicit(0xFFFCFFFC, "OB", bytes(16))
    pixels = explicit(0x7FE00010, "OW", bytes(32) + HIDDEN)
    late = explicit(0x7FE10010, "LO", b"MAKER ")
    blob = private(b"MAKER ", explicit(0x00291001, "OB", bytes(10)))
    data = part_10(patient() + sizes(4, 4) + blob + pixels + late + padding) + b"appended"
    assert ranges(data) == [
        ("searched", "preamble", 128),
        ("parsed", "file meta", 4 + 12 + 28),
        ("parsed", "data set", len(patient() + sizes(4, 4) + blob) - 10),
        ("searched", "value", 10),
        ("parsed", "data set", 12),
        ("pixels", "pixels", 32),
        ("searched", "slack", len(HIDDEN)),
        ("parsed", "after the pixels", len(late) + 12),
        ("searched", "padding", 16),
        ("searched", "trailing", 8),
    ]


def test_fragments_are_pixels_and_their_delimiter_is_parsed() -> None:
    fragments = item(b"") + item(bytes(40))
    pixels = explicit(0x7FE00010, "OB", fragments, length=UNDEFINED) + SEQUENCE_END
    assert ranges(part_10(patient() + pixels))[-2:] == [
        ("pixels", "pixels", len(fragments)),
        ("parsed", "data set", 8),
    ]


@pytest.mark.parametrize(
    ("element", "limit"),
    [
        (lambda size: private(b"MAKER ", explicit(0x00291001, "OB", bytes(size))), SEARCHED_BYTES),
        (lambda size: explicit(0x0040A160, "UT", b"a" * size), SEARCHED_BYTES),
        (lambda size: explicit(0x54001010, "OW", bytes(size)), SAMPLE_BYTES),
        (lambda size: explicit(0x30060050, "UN", b"1" * size), NUMBER_BYTES),
    ],
)
def test_what_is_beyond_a_budget_is_opaque(element: Callable[[int], bytes], limit: int) -> None:
    data = part_10(patient() + element(limit + 100))
    assert [size for fate, _, size in ranges(data) if fate == "opaque"] == [100]


def test_bytes_of_a_sequence_that_are_no_items_are_opaque() -> None:
    odd = item(explicit(0x00080100, "SH", b"A1")) + b"no item at all "[:14]
    data = part_10(patient() + explicit(0x00081140, "SQ", odd))
    assert ("opaque", "unparsed", 14) in ranges(data)
