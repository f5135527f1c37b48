import os
import random
import struct
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pydicom
import pytest

from tests.read.build import explicit, implicit, item, part_10, patient, sequence
from vestige.model import Entry, Kind, Observation, Where
from vestige.read import dicom
from vestige.read.file import Source, open_file
from vestige.read.header import Header, read_header
from vestige.read.pages import Held

IMPLICIT = "1.2.840.10008.1.2"
CSA = b"SIEMENS CSA HEADER"
PIXELS = explicit(0x7FE00010, "OW", b"Paula Probe lives in these pixels ")
ITS_OWN = Path(pydicom.__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "../shared/data/dicom"


def header_of(data: bytes) -> Header:
    header = read_header(Held(data), dicom.vr_of)
    assert header is not None
    return header


def texts(data: bytes) -> list[tuple[str, str, str]]:
    """Pointer, VR and text of every observation behind the file meta group."""
    return [
        (one.place.pointer, one.place.vr, one.text.reveal())
        for one in dicom.observations(header_of(data))
        if one.place.where is not Where.META
    ]


def text_of(data: bytes, pointer: str) -> str:
    (found,) = [text for where, _, text in texts(data) if where == pointer]
    return found


def entry_of(path: Path) -> Entry:
    status = path.stat()
    return Entry(
        id=7,
        parent=0,
        name=os.fsencode(path.name),
        path=os.fsencode(path),
        kind=Kind.FILE,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
    )


def examined(path: Path) -> dicom.Reading | None:
    entry = entry_of(path)
    source = open_file(entry)
    assert isinstance(source, Source)
    with source:
        return dicom.examine(source, entry)


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
    found = list(dicom.observations(header_of(part_10(patient()))))
    assert {one.place.where for one in found if one.place.tag >> 16 == 2} == {Where.META}
    assert {one.place.where for one in found if one.place.tag >> 16 != 2} == {Where.HEADER}


def test_equal_places_are_one_object() -> None:
    one, other = (
        {o.place.pointer: o.place for o in dicom.observations(header_of(part_10(data_set)))}
        for data_set in (patient(b"Probe^Paula"), patient(b"Muster^Max"))
    )
    assert one.keys() == other.keys()
    assert all(one[pointer] is other[pointer] for pointer in one)


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
    assert found == [name, name, "Ёж^Лев"]


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


def private(creator: bytes, *elements: bytes) -> bytes:
    return explicit(0x00290010, "LO", creator) + b"".join(elements)


def test_private_elements_are_known_by_creator_and_element() -> None:
    found = list(
        dicom.observations(
            header_of(part_10(private(CSA, explicit(0x00291010, "OB", b"\x01Paula Probe\x00"))))
        )
    )
    own = [one for one in found if one.place.where is Where.PRIVATE]
    assert [(o.place.pointer, o.place.vr, o.place.creator, o.text.reveal()) for o in own] == [
        ("(0029,00xx) creator", "LO", "", "SIEMENS CSA HEADER"),
        ("(0029,xx10) SIEMENS CSA HEADER", "OB", "SIEMENS CSA HEADER", "Paula Probe"),
    ]


def test_a_creator_that_no_dictionary_knows_is_masked_in_pointers() -> None:
    pointers = [
        pointer
        for pointer, _, _ in texts(part_10(private(b"Paula Probe", explicit(0x291001, "SH", b"x"))))
    ]
    assert pointers == ["(0029,00xx) creator", "(0029,xx01) P**** P****"]


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
    found = [o for o in dicom.observations(header_of(part_10(data_set))) if o.place.vr == "PN"]
    assert [(o.place.where, o.place.pointer) for o in found] == [
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


def test_what_the_budget_cuts_is_a_problem_and_what_comes_first_is_found(tmp_path: Path) -> None:
    value = b"\x01Paula Probe\x01" + bytes(dicom.SEARCHED_BYTES + 12)
    path = tmp_path / "long"
    path.write_bytes(part_10(private(CSA, explicit(0x00291010, "OB", value))))
    reading = examined(path)
    assert reading is not None
    assert [one.text.reveal() for one in reading.observations][-1] == "Paula Probe"
    (problem,) = reading.problems
    assert (problem.entry, problem.code) == (7, "budget")
    assert problem.detail == "25 bytes of long values were not searched for text"


def test_samples_beyond_their_budget_are_no_problem() -> None:
    value = b"Paula Probe" + bytes(dicom.SAMPLE_BYTES + 9)
    header = header_of(part_10(patient() + explicit(0x60003000, "OW", value)))
    assert dicom.problems(header, entry_of(Path(__file__))) == ()
    assert [o.text.reveal() for o in dicom.observations(header)][-1] == "Paula Probe"


def test_flaws_by_which_something_is_lost_are_problems_without_values() -> None:
    header = header_of(part_10(patient() + explicit(0x00104000, "LT", b"Probe", length=400)))
    (problem,) = dicom.problems(header, entry_of(Path(__file__)))
    assert problem.code == "truncated"
    assert "Probe" not in problem.detail


# --- what an object says of itself ---------------------------------------------------------------


def test_facts_are_what_the_object_says_of_itself() -> None:
    code = item(explicit(0x00080100, "SH", b"113100"))
    other = item(explicit(0x00080100, "SH", b"999999"))
    data_set = b"".join(
        (
            explicit(0x00080016, "UI", b"1.2.840.10008.5.1.4.1.1.4\0"),
            explicit(0x00080018, "UI", b"2.25.1234"),
            explicit(0x00081140, "SQ", other),
            patient()[18:],
            explicit(0x00120062, "CS", b"YES "),
            explicit(0x00120063, "LO", b"Basic Profile "),
            sequence(0x00120064, code),
            private(CSA),
        )
    )
    about = dicom.facts(header_of(part_10(data_set)))
    assert about.sop_class == "1.2.840.10008.5.1.4.1.1.4"
    assert about.sop_instance == "2.25.1234"
    assert about.identity_removed == "YES"
    assert about.method_codes == {"113100"}
    assert about.creators == {"SIEMENS CSA HEADER"}
    shown = [about.modality, about.patient_id, about.patient_name, about.method]
    assert [one and one.reveal() for one in shown] == [
        "MR",
        "P-0001",
        "Probe^Paula",
        "Basic Profile",
    ]


def test_facts_that_are_missing_are_empty() -> None:
    about = dicom.facts(header_of(part_10(explicit(0x00080060, "CS", b""))))
    assert (about.patient_id, about.patient_name, about.method) == (None, None, None)
    assert (about.sop_class, about.method_codes) == ("", frozenset())


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


def test_nothing_is_lost_when_observations_are_not_kept() -> None:
    items = [item(explicit(0x0040A160, "UT", b"%04d" % n + b"x" * 300)) for n in range(3000)]
    header = header_of(part_10(sequence(0x0040A730, *items)))
    seen = sum(1 for one in dicom.observations(header) if one.place.vr == "UT")
    assert seen == 3000


def mutants(count: int) -> Iterator[bytes]:
    chance = random.Random(20)  # noqa: S311 - the same bytes every time
    inner = private(CSA, explicit(0x00291010, "OB", b"\x1b$BPaula\0"), sequence(0x00291140))
    whole = part_10(
        patient()
        + sequence(0x00400275, item(inner, closed=False), item(patient(b"\xe9\x1b-F\xc1")))
        + inner
        + explicit(0x60003000, "OW", bytes(40))
        + PIXELS
    )
    for _ in range(count):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(132, len(data))
            data[at] = chance.choice((0, 0xFF, 0x1B, chance.randrange(256)))
        if chance.random() < 0.3:
            del data[chance.randrange(140, len(data)) :]
        yield bytes(data)


def test_mutated_files_never_raise_and_always_give_values_of_the_model() -> None:
    entry = entry_of(Path(__file__))
    given = 0
    for data in mutants(3000):
        header = read_header(Held(data), dicom.vr_of)
        if header is None:
            continue
        found = tuple(dicom.observations(header))
        given += len(found)
        assert all(isinstance(one, Observation) for one in found)
        assert isinstance(dicom.facts(header), dicom.ObjectFacts)
        assert all(one.code and one.detail for one in dicom.problems(header, entry))
    assert given > 3000


def test_hostile_bytes_are_searched_in_bounded_time() -> None:
    units = (b"\x41\x00", b"\x00\x41", b"\x20", b"A\xc3", b"1-", b"\x04\x41\x00", b"A\n")
    started = time.process_time()
    for unit in units:
        value = unit * (dicom.SEARCHED_BYTES // len(unit))
        data = part_10(private(CSA, explicit(0x00291010, "OB", value)))
        assert list(dicom.observations(header_of(data)))
    assert time.process_time() - started < 40


# --- pydicom as judge ----------------------------------------------------------------------------


def real_files() -> list[Path]:
    own = [
        path for folder in ("charset_files", "test_files") for path in (ITS_OWN / folder).iterdir()
    ]
    shared = sorted(SHARED.rglob("*")) if SHARED.is_dir() else []
    return [path for path in (*sorted(own), *shared) if path.is_file()]


def as_pydicom_has_them(path: Path) -> dict[int, str]:
    """The texts at the top of a data set by tag, padding aside; nothing if pydicom gives up."""
    found: dict[int, str] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            data_set = pydicom.dcmread(path, stop_before_pixels=True)
            elements = [e for e in data_set if e.VR in TEXT_VRS and not e.tag.is_private]
        except Exception:  # noqa: BLE001 - pydicom raises anything
            return {}
        for element in elements:
            values = element.value if element.VM > 1 else [element.value]
            found[int(element.tag)] = plain(
                "\\".join("" if one is None else str(one) for one in values)
            )
    return {tag: text for tag, text in found.items() if text and tag != 0x00080005}


TEXT_VRS = frozenset("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT".split())


def plain(text: str) -> str:
    """A text without what pads its values; pydicom drops an empty group of a name (trailing =)."""
    return "\\".join(part.replace(" ", "").strip("\0").rstrip("=") for part in text.split("\\"))


def test_texts_are_those_that_pydicom_decodes() -> None:
    compared = 0
    for path in real_files():
        expected = as_pydicom_has_them(path)
        header = read_header(Held(path.read_bytes()), dicom.vr_of) if expected else None
        if header is None:
            continue
        found: dict[int, str] = {}
        for one in dicom.observations(header):
            if "/" not in one.place.pointer:
                found[one.place.tag] = found.get(one.place.tag, "") + one.text.reveal()
        differing = {tag for tag, text in expected.items() if plain(found.get(tag, "")) != text}
        assert not differing, f"{path.name}: {[hex(tag) for tag in sorted(differing)]}"
        compared += len(expected)
    assert compared > 2000


def test_the_dictionary_is_that_of_the_standard() -> None:
    assert dicom.vr_of(0x00100010) == "PN"
    assert dicom.vr_of(0x60023000) == "OW"
    assert dicom.vr_of(0x00280106) == "US"
    assert dicom.vr_of(0x00090010) == "LO"
    assert dicom.vr_of(0x00091010) == "UN"
    assert dicom.vr_of(0x00080000) == "UL"
    assert dicom.vr_of(struct.unpack("<L", b"\xff\xff\xff\x7e")[0]) == "UN"
