import struct

from benchmarks.imaging_files import ecat
from tests.read.beside.given import MUTANTS, given, survived

TEXTS = {"patient_name": "Quintero, Maria", "patient_id": "4711", "operator_name": "Otto"}


def test_fields_of_the_main_header() -> None:
    data = bytearray(ecat(TEXTS))
    struct.pack_into(">i", data, 228, -588_000_000)
    found = given(bytes(data), "ECAT")
    assert found.texts == {
        "ECAT patient name": ["Quintero, Maria"],
        "ECAT patient ID": ["4711"],
        "ECAT operator name": ["Otto"],
        "ECAT patient birth date": ["19510515"],
    }
    assert found.tags["ECAT patient birth date"] == 0x00100030


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(ecat(TEXTS)) == MUTANTS
