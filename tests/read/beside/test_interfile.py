from tests.read.beside.given import MUTANTS, given, survived

FILE = (
    "!INTERFILE :=\r\n!imaging modality := nucmed\r\n; kept for QUINTERO\r\n"
    "patient name := Quintero, Maria\r\n!patient ID := 4711\r\nstudy date (dd:mm:yryr) := x\r\n"
    "%patient orientation:=HFS\r\nmatrix size [1] := 128\r\nPatient DOB := 1951:05:02\r\n"
)


def test_keys_and_comments() -> None:
    found = given(FILE, "Interfile")
    assert found.texts["Interfile PatientName"] == ["Quintero, Maria"]
    assert found.texts["Interfile PatientID"] == ["4711"]
    assert found.texts["Interfile PatientBirthDate"] == ["19510502"]
    assert found.texts["Interfile comment"] == ["kept for QUINTERO"]
    assert found.losses == []


def test_what_is_longer_than_headers_are_is_a_loss() -> None:
    assert given(FILE + " \n" * (1 << 19), "Interfile").losses == ["text-budget"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
