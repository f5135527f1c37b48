import zlib

import pytest

from tests.read.build import (
    BIG,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    ITEM_END,
    codes,
    explicit,
    header_of,
    implicit,
    item,
    part_10,
    patient,
    sequence,
    tag_bytes,
    values,
    vr_of,
)
from vestige.read.header import Form, read_header
from vestige.read.pages import Held

NAME = 0x00100010
WANTED = [b"Probe^Paula"]
BIG_PATIENT = b"".join(
    explicit(tag, vr, value, order=">")
    for tag, vr, value in (
        (0x00080005, "CS", b"ISO_IR 100"),
        (0x00080060, "CS", b"MR"),
        (NAME, "PN", b"Probe^Paula"),
    )
)
IMPLICIT_PATIENT = b"".join(
    implicit(tag, value)
    for tag, value in ((0x00080005, b"ISO_IR 100"), (0x00080060, b"MR"), (NAME, b"Probe^Paula"))
)


def test_part_10_has_preamble_meta_and_data_set() -> None:
    header = header_of(part_10(patient()))
    assert (header.form, header.syntax, header.preamble) == (Form.PART_10, EXPLICIT, (0, 128))
    assert header.meta == 2
    assert [e.tag for e in header.elements[2:]] == [0x00080005, 0x00080060, NAME, 0x00100020]
    assert values(header, {NAME}) == WANTED
    assert header.flaws == ()
    assert header.trailing == (header.size, header.size)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (part_10(patient())[132:], Form.NO_PREAMBLE),
        (part_10(patient())[128:], Form.NO_PREAMBLE),
        (patient(), Form.BARE),
        (IMPLICIT_PATIENT, Form.BARE),
        (BIG_PATIENT, Form.BARE),
        (part_10(BIG_PATIENT, BIG), Form.PART_10),
        (part_10(IMPLICIT_PATIENT, IMPLICIT), Form.PART_10),
        (bytes(128) + b"DICM" + patient(), Form.PART_10),
    ],
)
def test_every_form_of_file_is_read(data: bytes, form: Form) -> None:
    header = header_of(data)
    assert header.form is form
    assert values(header, {NAME}) == WANTED


@pytest.mark.parametrize(
    "data_set", [patient(), IMPLICIT_PATIENT, BIG_PATIENT], ids=["explicit", "implicit", "big"]
)
@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, BIG, "1.2.3", "no uid"])
def test_a_wrong_transfer_syntax_does_not_hide_the_data_set(data_set: bytes, syntax: str) -> None:
    assert values(header_of(part_10(data_set, syntax)), {NAME}) == WANTED


def test_a_file_without_bytes_is_empty_and_others_are_no_dicom() -> None:
    assert header_of(b"").form is Form.EMPTY
    contents = (
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04",
        b"Probe^Paula\n" * 50,
        bytes(4096),
        b"\x08\x00",
    )
    for other in contents:
        assert read_header(Held(other + bytes(200)), vr_of) is None


def test_a_wrong_group_length_is_an_oddity_only() -> None:
    data = bytearray(part_10(patient()))
    data[132 + 8] ^= 0x40
    header = header_of(bytes(data))
    assert codes(header) == {"group-length"}
    assert values(header, {NAME}) == WANTED


def test_deflated_data_sets_are_inflated_into_one_address_space() -> None:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = squeezer.compress(patient()) + squeezer.flush()
    header = header_of(part_10(squeezed + b"left behind", DEFLATED))
    assert values(header, {NAME}) == WANTED
    assert values(header, {0x00020010}) == [DEFLATED.encode()]
    assert header.bytes_of(header.trailing) == b"left behind"


def test_a_zlib_stream_in_place_of_a_raw_one_is_inflated_too() -> None:
    header = header_of(part_10(zlib.compress(patient()), DEFLATED))
    assert values(header, {NAME}) == WANTED


def test_a_data_set_that_only_claims_to_be_deflated_is_read_as_it_is() -> None:
    header = header_of(part_10(patient(), DEFLATED))
    assert values(header, {NAME}) == WANTED
    assert "bad-deflate" in codes(header)


def test_a_cut_deflated_data_set_gives_what_came_before_the_cut() -> None:
    squeezer = zlib.compressobj(0, zlib.DEFLATED, -15)
    squeezed = squeezer.compress(patient()) + squeezer.flush()
    header = header_of(part_10(squeezed[:-12], DEFLATED))
    assert values(header, {NAME}) == WANTED
    assert "truncated" in codes(header)


def test_what_stands_behind_pixel_data_is_read_and_pixel_data_is_not() -> None:
    pixels = explicit(0x7FE00010, "OW", bytes(100_000))
    private = explicit(0x7FE30010, "LO", b"MAKER") + explicit(0x7FE31001, "LO", b"Probe^Paula")
    data = part_10(patient() + pixels + private + b"appended")
    asked: list[tuple[int, int]] = []

    class Watched(Held):
        __slots__ = ()

        def read(self, offset: int, length: int) -> bytes:
            asked.append((offset, length))
            return super().read(offset, length)

    header = read_header(Watched(data), vr_of)
    assert header is not None
    assert values(header, {0x7FE31001}) == WANTED
    assert header.bytes_of(header.trailing) == b"appended"
    assert codes(header) == {"trailing-bytes"}
    start, end = header.pixels[0]
    assert end - start == 100_000
    assert sum(length for _, length in asked) <= 3 * 16384


def test_encapsulated_pixel_data_is_skipped_by_fragments() -> None:
    fragments = item(b"") + item(b"\xfe\xff\xdd\xe0" * 5000) + item(b"ab")
    pixels = explicit(0x7FE00010, "OB", fragments, length=0xFFFFFFFF)
    end = b"\xfe\xff\xdd\xe0" + bytes(4)
    last = explicit(0xFFFCFFFC, "OB", b"Probe^Paula ")
    header = header_of(part_10(patient() + pixels + end + last))
    assert values(header, {0xFFFCFFFC}) == [b"Probe^Paula "]
    assert header.flaws == ()


def test_paths_name_sequences_and_items() -> None:
    inner = sequence(0x00101002, item(b""), item(explicit(NAME, "PN", b"Probe^Paula")))
    header = header_of(part_10(sequence(0x00081140, item(inner), closed=False)))
    found = next(e for e in header.elements if e.tag == NAME)
    assert header.path(found) == "(0008,1140)[0]/(0010,1002)[1]/(0010,0010)"
    assert header.value(found) == WANTED[0]


def test_zeros_at_the_end_are_trailing_and_no_flaw() -> None:
    header = header_of(part_10(patient() + bytes(2000)))
    assert header.trailing[1] - header.trailing[0] == 2000
    assert header.flaws == ()


def test_text_at_the_end_is_trailing_in_every_coding() -> None:
    note = b"copied for Paula Probe, ward 7\n" * 20
    for data_set, syntax in ((patient(), EXPLICIT), (IMPLICIT_PATIENT, IMPLICIT)):
        header = header_of(part_10(data_set + note, syntax))
        assert header.bytes_of(header.trailing) == note


def test_missing_delimiters_lose_nothing_that_follows() -> None:
    for end in (b"", ITEM_END):
        open_item = tag_bytes(0xFFFEE000) + b"\xff" * 4 + explicit(0x00080060, "CS", b"MR") + end
        first = explicit(0x00081140, "SQ", open_item, length=0xFFFFFFFF)
        header = header_of(part_10(first + explicit(NAME, "PN", b"Probe^Paula")))
        assert values(header, {NAME}) == WANTED
        assert "missing-delimiter" in codes(header)


def test_a_stray_delimiter_before_the_data_set_tells_nothing_of_its_coding() -> None:
    header = header_of(bytes(128) + b"DICM" + b"\xfe\xff\x0d\xe0" + bytes(4) + patient())
    assert values(header, {0x00100010}) == WANTED
    assert header.coding.explicit


def test_a_command_set_with_vrs_is_read_with_them() -> None:
    command = explicit(0x00000002, "UI", b"1.2.840.10008.1.1")
    header = header_of(part_10(command + patient()))
    assert values(header, {0x00000002}) == [b"1.2.840.10008.1.1"]
    assert values(header, {0x00100010}) == WANTED
