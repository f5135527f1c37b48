import struct

from benchmarks.imaging_files import fiff
from tests.read.beside.given import MUTANTS, given, survived

FILE = fiff({401: "Maria", 403: "Quintero", 410: "4711", 206: "of Maria"}, {404: 2_433_769, 405: 2})


def test_the_subject_is_read() -> None:
    found = given(FILE, "FIFF")
    assert found.texts == {
        "FIFF first name": ["Maria"],
        "FIFF last name": ["Quintero"],
        "FIFF HIS id": ["4711"],
        "FIFF birth day": ["19510502"],
        "FIFF sex": ["F"],
        "FIFF": ["of Maria"],
    }


def test_birth_days_are_julian_days() -> None:
    data = FILE.replace(struct.pack(">3i", 404, 3, 4), struct.pack(">3i", 404, 6, 4))
    assert given(data, "FIFF").texts["FIFF birth day"] == ["19510502"]


def test_tags_that_point_back_do_not_go_round() -> None:
    data = bytearray(FILE)
    struct.pack_into(">i", data, 36 + 12, 36)
    assert given(bytes(data), "FIFF").texts["FIFF first name"] == ["Maria"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
