from benchmarks.imaging_files import infods
from tests.read.beside.given import MUTANTS, given, survived

FILE = infods({"_PATIENT_NAME_LAST": "Quintero", "_PATIENT_ID": "4711", "_DATASET_HEADER": "run 1"})


def test_named_values_of_a_data_set() -> None:
    found = given(FILE, "CTF")
    assert found.texts == {
        "CTF PatientName": ["Quintero"],
        "CTF PatientID": ["4711"],
        "CTF": ["_DATASET_HEADER: run 1"],
    }


def test_resources_begin_with_texts() -> None:
    found = given(b"MEG41RS\0" + b"Maria Quintero".ljust(3000, b"\0"), "CTF")
    assert found.texts == {"CTF resources": ["Maria Quintero"]}


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
