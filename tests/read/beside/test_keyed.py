import pytest

from vestige.read.beside.keyed import carved, day, field, head_of, of_pairs, tag_of, text_of, told
from vestige.read.beside.parts import Held, Lost, Told


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"QUINTERO\0\0junk", "QUINTERO"),
        ("Müller".encode(), "Müller"),
        ("Müller".encode("latin_1"), "Müller"),
        ("ბერიაშვილი".encode()[:-1], "ბერიაშვილ"),
    ],
)
def test_a_field_ends_at_a_zero_and_may_be_cut_within_a_letter(raw: bytes, text: str) -> None:
    assert text_of(raw) == text


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1961-05-07", "19610507"),
        ("07.05.1961", "19610507"),
        ("07-MAY-1961", "19610507"),
        ("2014.02.14 / 09:00:57", "20140214"),
        ("20190302101112", "20190302"),
        ("201903021011121", "201903021011121"),
        ("7-XYZ-1961", "7-XYZ-1961"),
        ("unknown", "unknown"),
    ],
)
def test_dates_are_written_as_the_standard_does(written: str, date: str) -> None:
    assert day(written) == date


def test_keys_stand_for_attributes_by_format_by_tag_and_by_label() -> None:
    assert tag_of("ident", {"ident": 0x00100020}) == 0x00100020
    assert tag_of("0010|0030", {}) == 0x00100030
    assert tag_of("Patient's Name", {}) == 0x00100010
    assert tag_of("patientname", {"patientname": 0}) == 0
    assert tag_of("dimension", {}) == 0


def test_values_of_other_keys_are_lines_and_markup_stands_alone() -> None:
    pairs = [("PatientID", "4711"), ("note", "second run"), ("xml", "<a b='c'/>"), ("", " ")]
    found = {part.place.pointer: list(part.texts) for part in of_pairs("Form", pairs)}
    assert found == {"Form PatientID": ["4711"], "Form": ["note: second run", "<a b='c'/>"]}


def test_a_field_has_a_place_only_if_it_is_filled() -> None:
    assert list(field("Form", "name", b"\0\0\0")) == []
    (part,) = field("Form", "name", b"QUINTERO^MARIA\0", 0x00100010)
    assert (part.place.pointer, part.place.vr) == ("Form name", "PN")
    assert list(told("Form date", 0x00080020, "1961-05-07").texts) == ["19610507"]


def test_what_is_carved_is_bounded() -> None:
    held = Held(b"\0" * 8 + b"Maria Quintero" + bytes(2 << 20))
    first, last = carved(held, "Form rest", 0, held.size)
    assert isinstance(first, Told)
    assert list(first.texts) == ["Maria Quintero"]
    assert last == Lost("text-budget")
    assert list(carved(held, "Form rest", 9, 9)) == []
    assert len(head_of(held, 100)) >= 100
