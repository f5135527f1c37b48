import struct

from benchmarks.imaging_files import netcdf
from tests.read.beside.given import MUTANTS, given, survived
from vestige.read.beside.minc import key_of

FILE = netcdf(
    {
        "patient": {"full_name": "Maria Quintero", "birthdate": "02-MAY-1951"},
        "dicom_0x0010": {"el_0x0020": "4711"},
        "image": {"modality": "MRI__"},
    },
    {"history": "mincresample /data/quintero/a.mnc"},
)


def test_attributes_of_variables() -> None:
    found = given(FILE, "netCDF")
    assert found.texts["netCDF PatientName"] == ["Maria Quintero"]
    assert found.texts["netCDF PatientBirthDate"] == ["19510502"]
    assert found.texts["netCDF PatientID"] == ["4711"]
    assert "history: mincresample /data/quintero/a.mnc" in found.texts["netCDF"]
    assert found.texts["netCDF names"] == ["patient", "dicom_0x0010", "image"]
    assert found.losses == []


def test_variables_of_characters_are_texts() -> None:
    def counted(raw: bytes) -> bytes:
        return struct.pack(">I", len(raw)) + raw + bytes(-len(raw) % 4)

    head = b"CDF\x01" + bytes(4) + struct.pack(">II", 10, 1) + counted(b"n") + struct.pack(">I", 8)
    head += bytes(8) + struct.pack(">II", 11, 1) + counted(b"note") + struct.pack(">II", 1, 0)
    data = head + bytes(8) + struct.pack(">III", 2, 8, len(head) + 20) + b"QUINTERO"
    assert given(data, "netCDF").texts["netCDF"] == ["note: QUINTERO"]


def test_a_list_that_makes_no_sense_is_a_loss() -> None:
    assert given(b"CDF\x01" + b"\xff" * 40, "netCDF").losses == ["damaged"]


def test_elements_of_dicom_are_named_by_their_tag() -> None:
    assert key_of("dicom_0x0010", "el_0x0010") == "0010|0010"
    assert key_of("patient", "full_name") == "full_name"


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
