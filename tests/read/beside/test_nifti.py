import struct

import pytest

from benchmarks.imaging_files import analyze, nifti, nifti_2
from tests.read.beside.given import MUTANTS, given, survived

NAME = "Maria Quintero"


@pytest.mark.parametrize("order", ["<", ">"])
def test_texts_of_the_header(order: str) -> None:
    texts = {"descrip": "FSL6.0", "aux_file": "none", "db_name": NAME, "intent_name": "zstat"}
    found = given(nifti(texts, (), order), "NIfTI")
    assert found.texts == {f"NIfTI {name}": [text] for name, text in texts.items()}
    assert found.losses == []
    second = {name: text for name, text in texts.items() if name != "db_name"}
    found = given(nifti_2(second, (), order), "NIfTI")
    assert found.texts == {f"NIfTI {name}": [text] for name, text in second.items()}
    assert found.losses == []


@pytest.mark.parametrize("make", [nifti, nifti_2])
def test_extensions_are_texts_or_files(make: type) -> None:
    data = make({}, ((6, NAME.encode()), (2, b"DICOM bytes"), (4, b"\xff\xfe\0" + NAME.encode())))
    found = given(data, "NIfTI")
    assert found.texts["NIfTI extension"][0] == NAME
    assert NAME in found.texts["NIfTI extension"][1]
    assert found.inner[0][0] == b"DICOM extension"
    assert found.inner[0][1].startswith(b"DICOM bytes")


def test_what_stands_behind_the_voxels_is_searched_and_voxels_are_not() -> None:
    data = nifti({}, trailing=b"\0\0Maria Quintero\0")
    assert given(data, "NIfTI").texts == {"NIfTI trailing": [NAME]}
    voxels = data.replace(bytes(range(40, 60)), b"Petra Sundermann abc")
    assert given(voxels, "NIfTI").texts == {"NIfTI trailing": [NAME]}


def test_what_fills_up_to_the_voxels_is_searched() -> None:
    data = bytearray(nifti({}))
    struct.pack_into("<f", data, 108, 400)
    data[352:352] = NAME.encode().ljust(48, b"\0")
    assert given(bytes(data), "NIfTI").texts == {"NIfTI header padding": [NAME]}


@pytest.mark.parametrize("order", ["<", ">"])
def test_analyze_headers_have_a_patient(order: str) -> None:
    texts = {"patient_id": "4711", "exp_date": "2019-03-02", "descrip": "spm"}
    found = given(analyze(texts, order), "Analyze")
    assert found.texts["Analyze patient_id"] == ["4711"]
    assert found.tags["Analyze patient_id"] == 0x00100020
    assert found.tags["Analyze exp_date"] == 0x00080020
    assert found.texts["Analyze descrip"] == ["spm"]


def test_an_origin_of_spm_is_no_text() -> None:
    data = bytearray(analyze({}))
    struct.pack_into("<5h", data, 253, 46, 64, 37, 0, 0)
    assert given(bytes(data), "Analyze").texts == {}


@pytest.mark.parametrize(
    "data", [nifti({"descrip": NAME}, ((6, b"x" * 40),)), nifti_2({}, ((4, b"y"),)), analyze({})]
)
def test_bytes_that_lie_are_read_within_bounds(data: bytes) -> None:
    assert survived(data) == MUTANTS
