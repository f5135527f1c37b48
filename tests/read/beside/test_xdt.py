"""Records of German practices are read field by field."""

from tests.read.beside.given import MUTANTS, given, survived

FIELDS = (
    ("8000", "6301"),
    ("9206", "3"),
    ("3000", "48291"),
    ("3101", "Müller-Quintero"),
    ("3102", "Maria"),
    ("3103", "04031962"),
    ("3106", "04109 Leipzig"),
    ("3107", "Zargothstr. 4"),
    ("3110", "2"),
    ("6200", "05032024"),
    ("6227", "seen for her knee"),
    ("8410", "RR"),
    ("8420", "120"),
)
LINES = [f"{len(text) + 9:03}{field}{text}\r\n" for field, text in FIELDS]
FILE = "".join(LINES).encode("cp1252")


def test_the_fields_of_a_record_are_attributes() -> None:
    assert given(FILE, "xDT").texts == {
        "xDT PatientID": ["48291"],
        "xDT PatientName": ["Müller-Quintero^Maria"],
        "xDT PatientBirthDate": ["19620304"],
        "xDT PatientAddress": ["04109 Leipzig", "Zargothstr. 4"],
        "xDT PatientSex": ["2"],
        "xDT StudyDate": ["20240305"],
        "xDT text": ["seen for her knee", "RR"],
    }


def test_the_code_page_is_heeded_and_a_wrong_length_is_no_matter() -> None:
    told = FILE.replace(b"92063", b"92062").replace("Müller".encode("cp1252"), b"M\x81ller")
    told = told.replace(b"0243101", b"0993101")
    assert given(told, "xDT").texts["xDT PatientName"] == ["Müller-Quintero^Maria"]


def test_a_name_alone_is_told() -> None:
    alone = b"".join(one.encode("cp1252") for one in LINES if one[3:7] != "3102")
    assert given(alone, "xDT").texts["xDT PatientName"] == ["Müller-Quintero"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
