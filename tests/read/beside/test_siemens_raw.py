from benchmarks.imaging_files import siemens_vb, siemens_vd, xprotocol
from tests.read.beside.given import MUTANTS, given, survived

PROTOCOL = xprotocol(
    {"tPatientName": "QUINTERO^MARIA", "PatientID": "4711", "tFreeText": "second visit", "n": "1.2"}
)


def test_protocols_of_vb() -> None:
    found = given(siemens_vb(PROTOCOL), "Siemens raw data")
    assert found.texts["Siemens protocol PatientName"] == ["QUINTERO^MARIA"]
    assert found.texts["Siemens protocol PatientID"] == ["4711"]
    assert "second visit" in found.texts["Siemens protocol"]
    assert "1.2" not in found.texts["Siemens protocol"]
    assert found.losses == []


def test_the_list_of_measurements_of_vd_has_names() -> None:
    found = given(siemens_vd("QUINTERO,MARIA", "t1_mprage", PROTOCOL), "Siemens raw data")
    assert found.texts["Siemens raw data patient name"] == ["QUINTERO,MARIA"]
    assert found.tags["Siemens raw data patient name"] == 0x00100010
    assert found.texts["Siemens raw data protocol name"] == ["t1_mprage"]
    assert found.texts["Siemens protocol PatientID"] == ["4711"]
    assert found.losses == []


def test_spectra_have_lines() -> None:
    lines = ">>> Begin of header <<<\r\nPatientName: Q^M\r\nPatientBirthDate: 19510502\r\n"
    found = given(lines + ">>> End of header <<<\r\nPatientName: not this\r\n", "Siemens RDA")
    assert found.texts["RDA PatientName"] == ["Q^M"]
    assert found.texts["RDA PatientBirthDate"] == ["19510502"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(siemens_vb(PROTOCOL)) == MUTANTS
    assert survived(siemens_vd("Q", "t", PROTOCOL)) == MUTANTS
