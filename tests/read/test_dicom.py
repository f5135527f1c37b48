import os
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.read.build import (
    IMPLICIT,
    entry_of,
    explicit,
    header_of,
    implicit,
    item,
    part_10,
    patient,
    private,
    sequence,
)
from vestige.model import Entry, Kind, Observation, Problem, Where
from vestige.read import dicom, ways
from vestige.read.file import open_source
from vestige.read.raw import FLAWS, LOSSES
from vestige.read.unreadable import Unreadable

META = Where.META
CSA = b"SIEMENS CSA HEADER"
PADDED = "(FFFC,FFFC)"
PIXELS = explicit(0x7FE00010, "OW", b"Paula Probe lives in these pixels ")


def observed(data: bytes) -> list[Observation]:
    return list(dicom.observations(header_of(data, dicom.vr_of)))


def texts(data: bytes) -> list[tuple[str, str, str]]:
    """Pointer, VR and text of every observation behind the file meta group."""
    return [
        (one.place.pointer, one.place.vr, one.text.reveal())
        for one in observed(data)
        if one.place.where is not Where.META
    ]


def text_of(data: bytes, pointer: str) -> str:
    (found,) = [text for where, _, text in texts(data) if where == pointer]
    return found


@dataclass(frozen=True)
class Examined:
    """All that a file gives."""

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def examined(path: Path) -> Examined | None:
    entry = entry_of(path)
    with open_source(entry) as source:
        reading = dicom.examine(source, entry)
        if reading is None:
            return None
        observations = tuple(dicom.observations(reading.header))
        found = (*reading.problems, source.problem, source.changed(entry))
        return Examined(observations, tuple(one for one in found if one is not None))


# --- texts of standard elements ------------------------------------------------------------------


def test_a_data_set_gives_its_texts_in_order_with_their_places() -> None:
    assert texts(part_10(patient())) == [
        ("(0008,0005)", "CS", "ISO_IR 100"),
        ("(0008,0060)", "CS", "MR"),
        ("(0010,0010)", "PN", "Probe^Paula"),
        ("(0010,0020)", "LO", "P-0001"),
    ]


def test_an_implicit_data_set_gives_the_same_texts() -> None:
    data_set = implicit(0x00080060, b"MR") + implicit(0x00100010, b"Probe^Paula ")
    assert ("(0010,0010)", "PN", "Probe^Paula") in texts(part_10(data_set, IMPLICIT))


def test_the_file_meta_group_has_places_of_its_own() -> None:
    found = observed(part_10(patient()))
    assert {one.place.where for one in found if one.place.tag >> 16 == 2} == {Where.META}
    assert {one.place.where for one in found if one.place.tag >> 16 != 2} == {Where.HEADER}


def test_empty_and_blank_values_give_nothing() -> None:
    data_set = explicit(0x00100010, "PN", b"") + explicit(0x00100020, "LO", b"    ")
    assert texts(part_10(data_set)) == []


def test_many_values_stay_one_text() -> None:
    data_set = explicit(0x00101001, "PN", b"Probe^P\\Muster^M")
    assert text_of(part_10(data_set), "(0010,1001)") == "Probe^P\\Muster^M"


def test_unknown_vr_of_a_standard_element_comes_from_the_dictionary() -> None:
    data_set = explicit(0x00100010, "UN", b"Probe^Paula ") + explicit(0x00280010, "UN", b"\1\0")
    assert texts(part_10(data_set)) == [("(0010,0010)", "PN", "Probe^Paula")]


def test_long_texts_are_given_in_pieces_that_lose_nothing() -> None:
    text = " ".join(f"word{number}" for number in range(30_000))
    found = texts(part_10(explicit(0x0040A160, "UT", text.encode())))
    assert len(found) > 1
    assert {pointer for pointer, _, _ in found} == {"(0040,A160)"}
    assert "".join(piece for _, _, piece in found) == text
    assert max(len(piece) for _, _, piece in found) <= 32_768


def test_long_decimal_strings_are_given_only_if_they_are_no_numbers() -> None:
    numbers = b"\\".join(b"%d.5" % number for number in range(5000))
    names = numbers + b"\\Probe^Paula"
    assert texts(part_10(implicit(0x30060050, numbers), IMPLICIT)) == []
    assert texts(part_10(implicit(0x30060050, names), IMPLICIT))[-1][2].endswith("Probe^Paula")


# --- character sets ------------------------------------------------------------------------------


def test_items_inherit_the_character_set_or_have_their_own() -> None:
    name = "Жук^Иван"
    inherits = item(explicit(0x00100010, "PN", name.encode("iso8859_5")))
    its_own = item(
        explicit(0x00080005, "CS", b"ISO_IR 192") + explicit(0x00100010, "PN", name.encode())
    )
    back = item(explicit(0x00100010, "PN", "Ёж^Лев".encode("iso8859_5")))
    data_set = explicit(0x00080005, "CS", b"ISO_IR 144") + sequence(
        0x00081140, inherits, its_own, back
    )
    found = [text for _, vr, text in texts(part_10(data_set)) if vr == "PN"]
    assert found == [name, "Ёж^Лев"]


def test_the_character_set_does_not_reach_code_strings() -> None:
    data_set = explicit(0x00080005, "CS", b"ISO_IR 144") + explicit(0x00080060, "CS", b"M\xe9")
    assert text_of(part_10(data_set), "(0008,0060)") == "Mé"


# --- sequences and binary elements ---------------------------------------------------------------


def test_a_sequence_with_items_is_present_and_an_empty_one_is_not() -> None:
    filled = sequence(0x00081140, item(explicit(0x00081155, "UI", b"1.2")))
    hollow = sequence(0x00101002, item(b""))
    empty = sequence(0x00321064)
    assert texts(part_10(filled + hollow + empty)) == [
        ("(0008,1140)", "SQ", ""),
        ("(0008,1140)[*]/(0008,1155)", "UI", "1.2"),
        ("(0010,1002)", "SQ", ""),
    ]


def test_equal_texts_in_the_items_of_a_sequence_are_given_once() -> None:
    one = item(explicit(0x00081155, "UI", b"1.2"))
    other = item(explicit(0x00081155, "UI", b"1.3"))
    found = texts(part_10(sequence(0x00081140, one, other, one, one)))
    assert [text for _, vr, text in found if vr == "UI"] == ["1.2", "1.3"]


def test_sequences_within_sequences_have_the_whole_path() -> None:
    inner = sequence(0x00400008, item(explicit(0x00080104, "LO", b"MRT Knie")), closed=False)
    data_set = sequence(0x00400275, item(inner, closed=False), closed=False)
    pointer = "(0040,0275)[*]/(0040,0008)[*]/(0008,0104)"
    assert (pointer, "LO", "MRT Knie") in texts(part_10(data_set))


@pytest.mark.parametrize("vr", ["OB", "OW", "OF", "OD", "OL", "OV", "UN"])
def test_binary_elements_are_present_with_the_texts_in_them(vr: str) -> None:
    value = b"\x00\x01\x02\x80Paula Probe\x00\x03Muster Max\x01\x00\x00\x00"
    nothing = bytes(8)
    data_set = explicit(0x00282000, vr, value) + explicit(0x00420011, vr, nothing)
    assert texts(part_10(data_set)) == [
        ("(0028,2000)", resolved(0x00282000, vr), "Paula Probe\nMuster Max"),
        ("(0042,0011)", resolved(0x00420011, vr), ""),
    ]


def resolved(tag: int, vr: str) -> str:
    return dicom.vr_of(tag) if vr == "UN" else vr


def test_pixel_data_and_standard_numbers_give_nothing() -> None:
    data_set = explicit(0x00280010, "US", b"ab") + explicit(0x00280009, "AT", b"\x18\0\x63\x10")
    assert texts(part_10(data_set + PIXELS)) == []


def test_overlays_and_curves_are_present() -> None:
    data_set = explicit(0x60023000, "OW", bytes(range(16))) + PIXELS
    assert texts(part_10(data_set)) == [("(6002,3000)", "OW", "")]


def test_wide_text_in_opaque_bytes_is_found() -> None:
    value = b"\xff\xfe\x07" + "Paula Probe".encode("utf_16_le") + b"\x00\x07"
    assert text_of(part_10(explicit(0x00282000, "OB", value)), "(0028,2000)") == "Paula Probe"


# --- private elements ----------------------------------------------------------------------------


def test_private_elements_are_known_by_creator_and_element() -> None:
    found = observed(part_10(private(CSA, explicit(0x00291010, "OB", b"\x01Paula Probe\x00"))))
    own = [one for one in found if one.place.where is Where.PRIVATE]
    assert [(o.place.pointer, o.place.vr, o.place.creator, o.text.reveal()) for o in own] == [
        ("(0029,xx10) SIEMENS CSA HEADER", "OB", "SIEMENS CSA HEADER", "Paula Probe"),
    ]


def test_private_elements_without_creator_say_so() -> None:
    assert text_of(part_10(explicit(0x00291010, "LO", b"Probe")), "(0029,1010) no creator")


def test_unknown_private_elements_take_their_vr_from_the_private_dictionary() -> None:
    data_set = private(CSA, explicit(0x00291008, "UN", b"IMAGE NUM 4 "))
    assert ("(0029,xx08) SIEMENS CSA HEADER", "CS", "IMAGE NUM 4") in texts(part_10(data_set))


def test_private_numbers_and_bytes_are_present() -> None:
    data_set = private(
        CSA,
        explicit(0x00291001, "US", b"\x01\x02"),
        explicit(0x00291002, "FD", b"Probe   "),
        explicit(0x00291003, "OF", bytes(8)),
        explicit(0x00291004, "UN", bytes(6)),
    )
    assert [(vr, text) for pointer, vr, text in texts(part_10(data_set)) if "xx0" in pointer] == [
        ("US", ""),
        ("FD", ""),
        ("OF", ""),
        ("UN", ""),
    ]


def test_standard_elements_beneath_a_private_sequence_are_private() -> None:
    inner = item(explicit(0x00100010, "PN", b"Probe^Paula"))
    data_set = private(CSA, sequence(0x00291040, inner))
    found = [one for one in observed(part_10(data_set)) if one.place.vr == "PN"]
    assert [(one.place.where, one.place.pointer) for one in found] == [
        (Where.PRIVATE, "(0029,xx40) SIEMENS CSA HEADER[*]/(0010,0010)")
    ]


def test_creators_hold_for_their_own_data_set_only() -> None:
    inner = item(explicit(0x00291008, "LO", b"Probe"))
    data_set = private(CSA) + sequence(0x00400275, inner)
    assert text_of(part_10(data_set), "(0040,0275)[*]/(0029,1008) no creator") == "Probe"


# --- preamble, trailing bytes, budgets -----------------------------------------------------------


def test_preamble_and_trailing_bytes_are_searched() -> None:
    preamble = b"Paula Probe".ljust(128, b"\0")
    tail = b"\0\0\0\0\0\0\0\0" + b"Muster, Max 1956-03-04" + bytes(8)
    found = texts(part_10(patient() + PIXELS, preamble=preamble) + tail)
    assert found[0] == ("preamble", "", "Paula Probe")
    assert found[-1] == ("trailing", "", "Muster, Max 1956-03-04")


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_long_values_share_a_budget_and_what_it_cuts_is_a_problem(
    tmp_path: Path, parts: int
) -> None:
    value = b"\x01Paula Probe\x01" + bytes(dicom.SEARCHED_BYTES // parts)
    values = (explicit(0x00291010 + number, "OB", value) for number in range(parts))
    path = tmp_path / "long"
    path.write_bytes(part_10(private(CSA, *values)))
    reading = examined(path)
    assert reading is not None
    assert "Paula Probe" in [one.text.reveal() for one in reading.observations]
    (problem,) = reading.problems
    assert (problem.entry, problem.code) == (7, "budget")
    beyond = parts * len(value) - dicom.SEARCHED_BYTES
    assert problem.detail == f"{beyond} bytes of long values were not searched for text"


def test_samples_beyond_their_budget_are_no_problem() -> None:
    value = b"Paula Probe" + bytes(dicom.SAMPLE_BYTES + 9)
    header = header_of(part_10(patient() + explicit(0x60003000, "OW", value)), dicom.vr_of)
    assert dicom.problems(header, entry_of(Path(__file__))) == ()
    assert [o.text.reveal() for o in dicom.observations(header)][-1] == "Paula Probe"


def test_flaws_by_which_something_is_lost_are_problems_without_values(tmp_path: Path) -> None:
    path = tmp_path / "Probe"
    path.write_bytes(part_10(patient() + explicit(0x00104000, "LT", b"Probe^Paula", length=400)))
    reading = examined(path)
    assert reading is not None
    (problem,) = reading.problems
    assert (problem.entry, problem.code) == (7, "truncated")
    assert problem.detail.startswith(FLAWS["truncated"])
    assert "Probe" not in repr(problem)


def test_oddities_are_no_problems(tmp_path: Path) -> None:
    data = bytearray(part_10(patient() + bytes(8) + b"a note behind the last element"))
    data[132 + 8] ^= 0x40
    path = tmp_path / "image"
    path.write_bytes(data)
    header = header_of(bytes(data), dicom.vr_of)
    assert {flaw.code for flaw in header.flaws} == {"group-length", "trailing-bytes"}
    assert not {flaw.code for flaw in header.flaws} & LOSSES
    reading = examined(path)
    assert reading is not None
    assert reading.problems == ()


def test_numbers_are_given_where_a_policy_asks_for_them() -> None:
    lengths = (0x00700042, "US", b"\x04\0"), (0x00280010, "US", b"\x04\0"), (0x00700042, "US", b"")
    unknown = explicit(0x00280106, "UN", b"\x04\0")
    data = part_10(b"".join(explicit(*one) for one in lengths) + unknown + PIXELS)
    header = header_of(data, dicom.vr_of)
    wanted = {0x00700042, 0x00280106, 0x7FE00010}

    def given(asked: dicom.Asked) -> list[tuple[str, str]]:
        ways = [(way, value) for _, way, value in dicom.values(header, asked)]
        seen = [one for way, value in ways for one in way.observed(value)]
        return [(one.place.pointer, one.place.vr) for one in seen if one.place.where is not META]

    asked = given(dicom.Asked(wanted.__contains__, wanted.__contains__))
    assert sorted(asked)[:2] == [("(0028,0106)", "US"), ("(0070,0042)", "US")]
    assert given(dicom.Asked(wanted.__contains__, lambda _: False)) == []


# --- whole files ---------------------------------------------------------------------------------


def test_a_file_gives_observations_and_one_that_is_no_dicom_gives_none(tmp_path: Path) -> None:
    path = tmp_path / "image"
    path.write_bytes(part_10(patient()))
    reading = examined(path)
    assert reading is not None
    assert reading.problems == ()
    assert "Probe^Paula" in [one.text.reveal() for one in reading.observations]
    path.write_text("Paula Probe, 1956-03-04, a letter that is no image\n" * 40)
    assert examined(path) is None


def test_an_empty_file_is_read_and_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "image"
    path.write_bytes(b"")
    reading = examined(path)
    assert reading is not None
    assert (reading.observations, reading.problems) == ((), ())


def test_a_file_that_the_device_fails_to_give_is_unreadable_or_has_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "image"
    path.write_bytes(part_10(patient() + explicit(0x00104000, "UT", b"x" * 40_000)))
    real = os.pread

    def failing(descriptor: int, length: int, offset: int) -> bytes:
        if offset >= fails_from:
            raise OSError(5, "a message naming Paula Probe")
        return real(descriptor, length, offset)

    monkeypatch.setattr(os, "pread", failing)
    fails_from = 100
    reading = examined(path)
    assert reading is not None
    assert "Probe^Paula" in [one.text.reveal() for one in reading.observations]
    assert "io-error" in {problem.code for problem in reading.problems}
    assert "Probe" not in repr(reading.problems)
    fails_from = 0
    with pytest.raises(Unreadable) as raised:
        examined(path)
    assert raised.value.code == "io-error"


def test_nothing_is_lost_when_observations_are_not_kept() -> None:
    items = [item(explicit(0x0040A160, "UT", b"%04d" % n + b"x" * 300)) for n in range(3000)]
    header = header_of(part_10(sequence(0x0040A730, *items)), dicom.vr_of)
    seen = sum(1 for one in dicom.observations(header) if one.place.vr == "UT")
    assert seen == 3000


def test_the_dictionary_is_that_of_the_standard() -> None:
    assert dicom.vr_of(0x00100010) == "PN"
    assert dicom.vr_of(0x60023000) == "OW"
    assert dicom.vr_of(0x00280106) == "US"
    assert dicom.vr_of(0x00090010) == "LO"
    assert dicom.vr_of(0x00091010) == "UN"
    assert dicom.vr_of(0x00080000) == "UL"
    assert dicom.vr_of(struct.unpack("<L", b"\xff\xff\xff\x7e")[0]) == "UN"


# --- content items -------------------------------------------------------------------------------

CONCEPTS = frozenset({"121029 DCM", "121032 DCM", "121033 DCM"})


def content(code: bytes, *values: bytes, scheme: bytes = b"DCM ") -> bytes:
    name = explicit(0x00080100, "SH", code) + explicit(0x00080102, "SH", scheme)
    return item(sequence(0x0040A043, item(name)) + b"".join(values))


def concepts(data: bytes) -> dict[str, str]:
    header = header_of(data, dicom.vr_of)
    found = dicom.observations(header, CONCEPTS)
    return {one.place.pointer: one.place.concept for one in found if "A730" in one.place.pointer}


def test_values_of_content_items_are_known_by_their_concept() -> None:
    name = explicit(0x0040A123, "PN", b"Probe^Paula ")
    tree = sequence(0x0040A730, content(b"121029", name), content(b"121008", name))
    found = concepts(part_10(tree))
    assert found["(0040,A730)[*]/(0040,A123) 121029 DCM"] == "121029 DCM"
    assert found["(0040,A730)[*]/(0040,A123)"] == ""


def test_codes_and_measured_values_are_of_the_concept_around_them() -> None:
    sex = sequence(0x0040A168, item(explicit(0x00080104, "LO", b"Female")))
    age = sequence(0x0040A300, item(explicit(0x0040A30A, "DS", b"91")))
    tree = sequence(0x0040A730, content(b"121032", sex), content(b"121033", age))
    found = concepts(part_10(tree))
    assert found["(0040,A730)[*]/(0040,A168)[*]/(0008,0104) 121032 DCM"] == "121032 DCM"
    assert found["(0040,A730)[*]/(0040,A300)[*]/(0040,A30A) 121033 DCM"] == "121033 DCM"


def test_what_a_code_says_is_shown_only_if_the_table_has_it() -> None:
    name = explicit(0x0040A123, "PN", b"Probe^Paula ")
    tree = sequence(0x0040A730, content(b"Probe ", name), content(b"121029", name, scheme=b"99X "))
    found = concepts(part_10(tree))
    assert found
    assert not any("Probe" in pointer or "99X" in pointer for pointer in found)


def test_a_concept_does_not_reach_the_items_below() -> None:
    name = explicit(0x0040A123, "PN", b"Probe^Paula ")
    below = sequence(0x0040A730, item(name))
    found = concepts(part_10(sequence(0x0040A730, content(b"121029", name, below))))
    assert found["(0040,A730)[*]/(0040,A730)[*]/(0040,A123)"] == ""


def test_long_documents_have_a_budget_of_their_own() -> None:
    long = explicit(ways.DOCUMENT, "OB", b"# Paula Probe\n" + b"v 1.0 2.0 3.0\n" * (400 << 10))
    header = header_of(part_10(long), dicom.vr_of)
    assert dicom.problems(header, Entry(7, 1, b"n", b"/n", Kind.FILE, 0, 0, 0, 0)) == ()


def test_padding_of_zeros_is_nothing_and_text_in_it_is_found() -> None:
    hidden = b"seen by Paula Probe "
    assert texts(part_10(patient() + explicit(0xFFFCFFFC, "OB", bytes(20))))[-1][0] != PADDED
    data = part_10(patient() + explicit(0xFFFCFFFC, "OB", bytes(4) + hidden))
    assert text_of(data, PADDED) == hidden.decode().strip()
