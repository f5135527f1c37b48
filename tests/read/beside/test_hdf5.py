import sys
from pathlib import Path

import pytest

from tests.read.beside.given import Given, given
from vestige.read.beside.hdf5 import MOST_STRINGS

h5py = pytest.importorskip("h5py", reason="h5py is not installed")


@pytest.fixture(name="data", scope="module")
def _data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("hdf5") / "a.h5"
    with h5py.File(file.with_name("secret.h5"), "w") as other:
        other["name"] = "Elsewhere"
    with h5py.File(file, "w") as out:
        out.attrs["PatientName"] = "QUINTERO^MARIA"
        out.create_group("minc-2.0/info/patient").attrs["full_name"] = b"Maria Quintero"
        out.create_group("minc-2.0/info/dicom_0x0010").attrs["el_0x0020"] = "4711"
        out["general/subject/date_of_birth"] = "1951-05-02"
        out["dataset/xml"] = "<a><patientName>Q</patientName></a>"
        out["voxels"] = list(range(100))
        signs = out.create_dataset("text", data=[[ord(c)] for c in "Hello"], dtype="u2")
        signs.attrs["MATLAB_class"] = b"char"
        out["circle"] = out["/general"]
        out["general/again"] = out["/"]
        out["soft"] = h5py.SoftLink("/nowhere")
        out["outside"] = h5py.ExternalLink(str(file.with_name("secret.h5")), "/name")
        out["long"] = "x" * (2 << 20)
        out["figures"] = h5py.Empty("f8")
    return file.read_bytes()


@pytest.fixture(name="found", scope="module")
def _found(data: bytes) -> Given:
    return given(data, "HDF5")


def test_attributes_and_small_texts_are_read(found: Given) -> None:
    assert set(found.texts["HDF5 PatientName"]) == {"QUINTERO^MARIA", "Maria Quintero"}
    assert found.texts["HDF5 PatientID"] == ["4711"]
    assert found.texts["HDF5 PatientBirthDate"] == ["19510502"]
    assert "<a><patientName>Q</patientName></a>" in found.texts["HDF5"]
    assert "text: Hello" in found.texts["HDF5"]
    assert "voxels" in found.texts["HDF5 names"]


def test_circles_end_and_other_files_are_not_opened(found: Given) -> None:
    assert not any("Elsewhere" in text for texts in found.texts.values() for text in texts)
    assert any("secret.h5" in text for text in found.texts["HDF5 names"])


def test_what_is_too_long_for_a_text_is_a_loss(found: Given) -> None:
    assert found.losses == ["text-budget"]


def test_a_block_of_the_user_may_stand_before(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.mat", "w", userblock_size=512) as out:
        out.attrs["PatientName"] = "QUINTERO"
    data = (tmp_path / "a.mat").read_bytes()
    found = given(b"MATLAB 7.3 MAT-file".ljust(512) + data[512:], "HDF5")
    assert found.texts["HDF5 PatientName"] == ["QUINTERO"]


def test_without_the_library_the_file_is_not_read(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "h5py", None)
    assert given(data, "HDF5").losses == ["not-installed"]


def test_bytes_that_lie_are_read_within_bounds(data: bytes) -> None:
    # Of lies further inside, the library may not return: the limit of a worker's time ends that.
    for at in range(8, 96, 4):
        for lie in (b"\xff\xff\xff\xff", bytes(4)):
            given(data[:at] + lie + data[at + 4 :], "HDF5")
    for end in range(16, len(data), len(data) // 20):
        assert "damaged" in given(data[:end], "HDF5").losses


def test_names_that_are_no_text_and_many_strings_are_bounded(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as out:
        out.create_group(b"Qu\xefntero").attrs["PatientID"] = "4711"
        words = [b"a%d" % number for number in range(20_000)]
        out.create_dataset("words", data=words, dtype="S6")
    found = given((tmp_path / "a.h5").read_bytes(), "HDF5")
    assert "Quïntero" in found.texts["HDF5 names"]
    assert len(found.texts["HDF5"]) == MOST_STRINGS
    assert found.losses == ["text-budget"]


def test_structures_are_told_by_the_names_of_their_fields(tmp_path: Path) -> None:
    np = pytest.importorskip("numpy")
    kind = np.dtype([("code", "S16"), ("PatientName", "S64")])
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["table"] = np.array([(b"sub-01", b"Quintero^Maria")], dtype=kind)
    found = given((tmp_path / "a.h5").read_bytes(), "HDF5").texts
    assert found["HDF5 PatientName"] == ["Quintero^Maria"]
