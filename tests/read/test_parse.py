import struct

import pytest

from tests.read.build import (
    EXPLICIT,
    IMPLICIT,
    ITEM_END,
    SEQUENCE_END,
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
)

NAME = 0x00100010
PLAIN = explicit(NAME, "PN", b"Probe^Paula")
BARE = implicit(NAME, b"Probe^Paula")


@pytest.mark.parametrize(
    ("data_set", "syntax"),
    [
        (sequence(0x00081140, item(PLAIN)), EXPLICIT),
        (sequence(0x00081140, item(PLAIN, closed=False), closed=False), EXPLICIT),
        (sequence(0x00081140, item(PLAIN), closed=False), EXPLICIT),
        (sequence(0x00081140, item(BARE), closed=False), EXPLICIT),
        (sequence(0x00091001, item(BARE), vr="UN"), EXPLICIT),
        (sequence(0x00091001, item(PLAIN), vr="UN"), EXPLICIT),
        (sequence(0x00091001, item(BARE, closed=False), closed=False, vr="UN"), EXPLICIT),
        (sequence(0x00081140, item(sequence(0x00091001, item(PLAIN)))), EXPLICIT),
        (implicit(0x00091001, item(BARE)), IMPLICIT),
        (implicit(0x00081140, item(BARE)), IMPLICIT),
        (
            implicit(0x00091001, item(BARE, closed=False), length=0xFFFFFFFF)
            + b"\xfe\xff\xdd\xe0"
            + bytes(4),
            IMPLICIT,
        ),
    ],
)
def test_sequences_are_parsed_however_they_are_written(data_set: bytes, syntax: str) -> None:
    header = header_of(part_10(data_set, syntax))
    found = next(e for e in header.elements if e.tag == NAME)
    assert header.value(found) == b"Probe^Paula"
    assert header.elements[found.parent].vr == "SQ"
    assert found.item == 0
    assert header.flaws == ()


def test_items_are_numbered_and_empty_ones_count() -> None:
    header = header_of(
        part_10(sequence(0x00081140, item(b""), item(PLAIN), item(b""), item(PLAIN)))
    )
    assert [e.item for e in header.elements if e.tag == NAME] == [1, 3]


def test_what_only_begins_like_items_stays_opaque() -> None:
    value = item(BARE) + b"and more"
    header = header_of(part_10(explicit(0x00091001, "UN", value) + PLAIN))
    opaque = next(e for e in header.elements if e.tag == 0x00091001)
    assert (opaque.vr, header.value(opaque)) == ("UN", value)
    assert [e.parent for e in header.elements if e.tag == NAME] == [-1]
    assert header.flaws == ()


@pytest.mark.parametrize("raw", [b"C\x13", b"lo", b"S\xc8"])
def test_an_empty_element_with_a_damaged_vr_hides_nothing(raw: bytes) -> None:
    odd = struct.pack("<HH", 0x0008, 0x1030) + raw + bytes(2)
    header = header_of(part_10(explicit(0x00080060, "CS", b"MR") + odd + PLAIN + bytes(9000)))
    assert values(header, {NAME}) == [b"Probe^Paula"]
    assert codes(header) == {"odd-vr"}


@pytest.mark.parametrize("raw", [b"??", b"  ", b"-\xff"])
@pytest.mark.parametrize("form", ["HL", "H"])
@pytest.mark.parametrize("before", [b"", explicit(0x00080060, "CS", b"MR")])
def test_a_vr_that_is_none_does_not_lose_its_neighbours(
    raw: bytes, form: str, before: bytes
) -> None:
    length = struct.pack("<H", 6) if form == "H" else struct.pack("<HL", 0, 6)
    odd = struct.pack("<HH", 0x0008, 0x1030) + raw + length + b"a plan"
    header = header_of(part_10(before + odd + PLAIN))
    assert values(header, {NAME}) == [b"Probe^Paula"]
    assert values(header, {0x00081030}) == [b"a plan"]
    assert codes(header) == {"odd-vr"}


def test_an_element_without_vr_in_an_explicit_data_set_is_read() -> None:
    header = header_of(part_10(explicit(0x00080060, "CS", b"MR") + BARE + PLAIN))
    assert values(header, {NAME}) == [b"Probe^Paula"] * 2
    assert codes(header) == {"implicit-in-explicit"}


def test_a_vr_of_the_future_has_the_long_form_if_an_element_follows_then() -> None:
    odd = tag_bytes(0x00080060) + b"ZZ" + struct.pack("<HL", 0, 6) + b"a plan"
    header = header_of(part_10(odd + PLAIN))
    assert values(header, {0x00080060, NAME}) == [b"a plan", b"Probe^Paula"]


def test_a_vr_of_the_future_has_the_short_form() -> None:
    header = header_of(part_10(explicit(0x00080060, "ZZ", b"MR") + PLAIN))
    assert values(header, {NAME}) == [b"Probe^Paula"]
    assert next(e.vr for e in header.elements if e.tag == 0x00080060) == "ZZ"
    assert codes(header) == {"odd-vr"}


def test_elements_out_of_order_and_repeated_are_all_read() -> None:
    header = header_of(part_10(PLAIN + patient(b"Probe^Peter") + PLAIN))
    assert values(header, {NAME}) == [b"Probe^Paula", b"Probe^Peter", b"Probe^Paula"]


def test_a_value_longer_than_the_file_is_cut_and_said_to_be() -> None:
    header = header_of(part_10(patient() + explicit(0x00104000, "LT", b"ward", length=4000)))
    assert values(header, {0x00104000}) == [b"ward"]
    assert codes(header) == {"truncated"}


def test_a_value_longer_than_its_sequence_is_cut_and_what_follows_is_read() -> None:
    lying = item(explicit(0x00080060, "CS", b"MR", length=400))
    header = header_of(part_10(sequence(0x00081140, lying) + PLAIN))
    assert values(header, {NAME}) == [b"Probe^Paula"]
    assert "length-beyond-end" in codes(header)


def test_an_item_that_is_longer_than_it_says_is_read_as_pydicom_does() -> None:
    content = explicit(0x00080060, "CS", b"MR") + PLAIN
    short = struct.pack("<HHL", 0xFFFE, 0xE000, len(content) - 4) + content
    header = header_of(part_10(sequence(0x00081140, short, item(PLAIN))))
    assert [e.item for e in header.elements if e.tag == NAME] == [0, 1]
    assert codes(header) == {"item-length"}


@pytest.mark.parametrize("odd", [ITEM_END, SEQUENCE_END, item(b"")])
def test_a_delimiter_within_a_closed_item_loses_nothing_behind_it(odd: bytes) -> None:
    lying = item(explicit(0x00080060, "CS", b"MR") + odd + PLAIN)
    header = header_of(part_10(sequence(0x00081140, lying, item(PLAIN)) + PLAIN))
    assert [(e.parent >= 0, e.item) for e in header.elements if e.tag == NAME] == [
        (True, 0),
        (True, 1),
        (False, -1),
    ]
    assert codes(header) == {"stray-delimiter"}


def test_an_item_that_claims_more_than_its_sequence_ends_at_its_delimiter() -> None:
    lying = tag_bytes(0xFFFEE000) + struct.pack("<L", 0xFFFFF) + PLAIN + ITEM_END
    header = header_of(part_10(sequence(0x00081140, lying, item(PLAIN)) + PLAIN))
    assert [e.item for e in header.elements if e.tag == NAME] == [0, 1, -1]
    assert codes(header) == {"item-length"}


def test_what_is_left_of_an_item_or_a_sequence_is_told() -> None:
    for left in (item(PLAIN + b"rest"), item(PLAIN) + b"and some rest"):
        header = header_of(part_10(sequence(0x00081140, left) + PLAIN))
        assert values(header, {NAME}) == [b"Probe^Paula"] * 2
        assert codes(header) == {"unparsed"}


def test_a_delimiter_that_reaches_out_of_its_sequence_is_what_is_left_of_it() -> None:
    cut = explicit(0x00081140, "SQ", item(PLAIN) + SEQUENCE_END[:1]) + SEQUENCE_END[1:]
    assert "unparsed" in codes(header_of(part_10(cut + PLAIN)))


def test_a_sequence_without_any_item_is_a_value_and_no_loss() -> None:
    header = header_of(part_10(explicit(0x00081140, "SQ", b"Probe^Paula is no item") + PLAIN))
    assert values(header, {0x00081140}) == [b"Probe^Paula is no item"]
    assert codes(header) == {"bad-item"}


def test_a_missing_delimiter_within_a_sequence_does_not_end_the_file() -> None:
    endless = item(explicit(0x7FE00010, "OB", item(b"ab"), length=0xFFFFFFFF))
    header = header_of(part_10(sequence(0x00081140, endless) + PLAIN))
    assert values(header, {NAME}) == [b"Probe^Paula"]
    assert codes(header) == {"length-beyond-end"}


@pytest.mark.parametrize("odd", [bytes(8), implicit(0x00031001, b"chance")])
def test_what_could_be_anything_is_an_element_if_one_follows(odd: bytes) -> None:
    header = header_of(part_10(patient() + odd + explicit(0x00104000, "LT", b"ward")))
    assert values(header, {0x00104000}) == [b"ward"]
    assert "trailing-bytes" not in codes(header)


@pytest.mark.parametrize("tag", [0x00090010, 0x00110000])
def test_undefined_values_of_unknown_kind_are_sequences_whatever_their_number(tag: int) -> None:
    data = implicit(tag, item(BARE), length=0xFFFFFFFF) + SEQUENCE_END
    header = header_of(part_10(implicit(0x00080060, b"MR") + data, IMPLICIT))
    assert [header.path(e) for e in header.elements if e.tag == NAME] == [
        f"({tag >> 16:04X},{tag & 0xFFFF:04X})[0]/(0010,0010)"
    ]


def test_headers_longer_than_a_page_are_read_whole() -> None:
    many = b"".join(explicit(0x00091000 + n, "LO", f"value {n:05}".encode()) for n in range(4_000))
    header = header_of(part_10(many + explicit(0x00104000, "UT", b"x" * 70_000) + PLAIN))
    assert len(header.elements) == 2 + 4_000 + 2
    assert header.value(header.elements[3_002]) == b"value 03000"
    assert values(header, {NAME}) == [b"Probe^Paula"]
    assert values(header, {0x00104000}) == [b"x" * 70_000]
