"""Whatever the bytes: nothing raises, the work is bounded, and what was lost is said."""

import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.build import (
    DEFLATED,
    IMPLICIT,
    JPEG,
    codes,
    explicit,
    header_of,
    implicit,
    item,
    part_10,
    patient,
    private,
    sequence,
    tag_bytes,
)
from vestige.model import Entry, Kind, Observation
from vestige.read.dicom import SEARCHED_BYTES, observations, problems, vr_of
from vestige.read.header import Header, read_header
from vestige.read.pages import Held
from vestige.read.raw import DEEPEST, FLAWS, LOSSES, MOST_ELEMENTS
from vestige.read.stated import statement
from vestige.statement import Statement

ENTRY = Entry(7, 1, b"n", b"/n", Kind.FILE, 0, 0, 0, 0)
INNER = sequence(0x00081140, item(patient(b"Probe^Peter")), item(b"", closed=False), closed=False)
PRIVATE = private(
    b"SIEMENS CSA HEADER",
    explicit(0x00291010, "OB", b"\x1b$BPaula\0"),
    sequence(0x00291140),
)
SEEDS = (
    part_10(patient() + INNER + explicit(0x7FE00010, "OW", bytes(64)) + b"tail of text"),
    part_10(patient() + sequence(0x00091001, item(implicit(0x00100010, b"P")), vr="UN")),
    part_10(
        patient()
        + explicit(0x7FE00010, "OB", item(b"") + item(bytes(40)), length=0xFFFFFFFF)
        + b"\xfe\xff\xdd\xe0\x00\x00\x00\x00"
        + explicit(0xFFFCFFFC, "OB", bytes(8)),
        JPEG,
    ),
    part_10(
        implicit(0x00080005, b"ISO 2022 IR 87")
        + implicit(0x00090010, b"MAKER")
        + implicit(0x00091010, item(implicit(0x00100010, b"\x1b$B;3ED\x1b(B^x")))
        + implicit(0x00100010, b"Probe^Paula"),
        IMPLICIT,
    ),
    part_10(zlib.compress(patient() + INNER)[2:-4], DEFLATED),
    patient(),
    part_10(
        patient()
        + sequence(0x00400275, item(PRIVATE, closed=False), item(patient(b"\xe9\x1b-F\xc1")))
        + PRIVATE
        + explicit(0x60003000, "OW", bytes(40))
    ),
)


def _whole(data: bytes) -> Header | None:
    """Reads all that there is to read of `data`, and checks what must hold of everything."""
    header = read_header(Held(data), vr_of)
    if header is None:
        return None
    for number, element in enumerate(header.elements):
        assert 0 <= element.start <= element.end <= header.size
        assert -1 <= element.parent < number
        header.path(element)
    assert header.trailing[0] <= header.trailing[1]
    assert codes(header) <= FLAWS.keys()
    assert all(isinstance(one, Observation) for one in observations(header))
    assert isinstance(statement(header), Statement)
    for problem in problems(header, ENTRY):
        assert problem.code in LOSSES | {"budget"}
        assert " " in problem.detail
    return header


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_mutations_never_raise(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    given_up = 0
    for _ in range(600):
        data = bytearray(SEEDS[seed])
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            match chance.randrange(5):
                case 0:
                    data[at] ^= 1 << chance.randrange(8)
                case 1:
                    del data[at:]
                case 2:
                    data[at : at + 4] = struct.pack("<L", chance.choice((0xFFFFFFFF, 1 << 31, 9)))
                case 3:
                    data[at : at + 2] = chance.choice(
                        (b"\xff\xff", b"SQ", b"UN", b"\xfe\xff", b"\x1b$")
                    )
                case _:
                    data[at:at] = chance.randbytes(chance.randrange(12))
            if not data:
                break
        given_up += _whole(bytes(data)) is None
    assert given_up < 550, "mutants that nobody reads test nothing"


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_behind_the_magic_word_are_read(data: bytes) -> None:
    assert _whole(bytes(128) + b"DICM" + data) is not None
    assert _whole(part_10(data)) is not None
    assert _whole(part_10(data, IMPLICIT)) is not None
    assert _whole(part_10(data, DEFLATED)) is not None


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_dicom_or_not(data: bytes) -> None:
    _whole(data)


@pytest.mark.parametrize("end", range(0, len(SEEDS[0]), 7))
def test_every_cut_is_read_up_to_the_cut(end: int) -> None:
    header = _whole(SEEDS[0][:end])
    assert header is None or len(header.elements) <= len(header_of(SEEDS[0]).elements)


def test_a_file_that_ends_inside_the_head_of_its_pixels_is_truncated() -> None:
    whole = part_10(patient() + explicit(0x7FE00010, "OW", bytes(64)))
    start = whole.index(b"\xe0\x7f\x10\x00")
    for end in range(start + 1, start + 12):
        header = _whole(whole[:end])
        assert header is not None
        assert "truncated" in codes(header), end - start


def _ended(data: bytes) -> Header:
    """The header of a file whose bound it is that reading comes to an end."""
    header = _whole(data)
    assert header is not None
    return header


def test_ten_thousand_sequences_in_each_other_are_not_followed() -> None:
    opened = (
        tag_bytes(0x00081140) + b"SQ\x00\x00" + b"\xff" * 4 + tag_bytes(0xFFFEE000) + b"\xff" * 4
    )
    header = _ended(part_10(opened * 10_000))
    assert "nesting-too-deep" in codes(header)
    assert len(header.elements) < DEEPEST + 5
    assert header.trailing[1] - header.trailing[0] > 150_000


def test_defined_sequences_in_each_other_are_not_followed() -> None:
    nested = explicit(0x00100010, "PN", b"Probe^Paula")
    for _ in range(300):
        nested = sequence(0x00081140, item(nested))
    header = _ended(part_10(nested + explicit(0x00104000, "LT", b"after")))
    assert "nesting-too-deep" in codes(header)
    texts = {o.text.reveal() for o in observations(header)}
    assert "after" in texts
    assert any("Probe^Paula" in text for text in texts)


def test_unknown_values_too_deep_in_each_other_are_told() -> None:
    nested = implicit(0x00100020, b"40127733")
    for _ in range(100):
        nested = implicit(0x00091010, item(nested))
    header = _ended(part_10(explicit(0x00091010, "UN", nested[8:])))
    assert "nesting-too-deep" in codes(header)
    assert len(header.elements) - header.meta == DEEPEST + 1
    assert any("40127733" in o.text.reveal() for o in observations(header))


def test_unknown_values_in_each_other_are_parsed_once() -> None:
    nested = implicit(0x00100010, b"Probe^Paula") + b"bad"
    for _ in range(2000):
        nested = implicit(0x00091001, item(nested))
    _ended(part_10(nested, IMPLICIT))


@pytest.mark.parametrize("vr", ["OB", "UT", "UN", "SQ"])
def test_lengths_of_four_gigabytes_read_nothing_that_is_not_there(vr: str) -> None:
    lying = explicit(0x00104000, vr, b"a few bytes", length=0xFFFFFFFE)
    header = _ended(part_10(patient() + lying))
    assert "truncated" in codes(header)
    assert problems(header, ENTRY)


def test_a_million_tiny_elements_are_read_and_one_more_than_the_limit_is_not() -> None:
    tiny = b"".join(explicit(0x00091000 + n, "LO", b"") for n in range(4096))
    header = read_header(Held(part_10(tiny * 256)), vr_of)
    assert header is not None
    assert len(header.elements) == 2 + (1 << 20)
    header = read_header(Held(part_10(tiny * 512)), vr_of)
    assert header is not None
    assert "too-many-elements" in codes(header)
    assert len(header.elements) < MOST_ELEMENTS + 50_000


def test_a_million_empty_items_and_stray_delimiters_end() -> None:
    items = explicit(0x00081140, "SQ", item(b"") * (1 << 21))
    assert "too-many-elements" in codes(_ended(part_10(items)))
    stray = (tag_bytes(0xFFFEE00D) + bytes(4)) * (1 << 21)
    assert "too-many-elements" in codes(_ended(part_10(patient() + stray)))


def test_fragments_without_end_are_bounded() -> None:
    endless = explicit(0x7FE00010, "OB", item(b"") * (1 << 20), length=0xFFFFFFFF)
    header = _ended(part_10(patient() + endless, JPEG))
    assert "too-many-fragments" in codes(header)


def test_a_deflate_bomb_is_stopped() -> None:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = explicit(0x00091001, "OB", bytes(1 << 20))
    bomb = b"".join(squeezer.compress(block) for _ in range(200)) + squeezer.flush()
    assert len(bomb) < 300_000
    header = _ended(part_10(bomb, DEFLATED))
    assert "deflate-bomb" in codes(header)
    assert header.size <= (64 << 20) + 1000


def test_a_file_that_gives_fewer_bytes_than_it_promised_is_flawed() -> None:
    class Shrunk(Held):
        __slots__ = ()

    source = Shrunk(part_10(patient()))
    source.size += 1000
    header = read_header(source, vr_of)
    assert header is not None
    assert "short-read" in codes(header)


def test_hostile_bytes_are_searched_to_their_end() -> None:
    units = (b"\x41\x00", b"\x00\x41", b"\x20", b"A\xc3", b"1-", b"\x04\x41\x00", b"A\n")
    for unit in units:
        value = unit * (SEARCHED_BYTES // len(unit))
        data = part_10(private(b"SIEMENS CSA HEADER", explicit(0x00291010, "OB", value)))
        assert list(observations(header_of(data, vr_of)))
