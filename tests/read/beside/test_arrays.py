import io
import pickle

import numpy as np
import pytest

from benchmarks.imaging_files import mgh, npy, pfile
from tests.read.beside.given import MUTANTS, given, survived


def test_numbers_say_nothing_and_strings_are_told() -> None:
    assert given(npy(["Maria Quintero", "b"]), "NumPy").texts == {
        "NumPy array": ["Maria Quintero", "b"]
    }
    numbers = npy(["Maria Quintero"]).replace(b"<U14", b"<f8 ")
    assert given(numbers.replace(b"<f8 '", b"<f8' "), "NumPy").texts == {}


def test_pickles_are_searched_and_never_loaded() -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (pytest.fail, ("it was run",))

    body = pickle.dumps(["Maria Quintero", Trap()])
    head = npy(["x"]).replace(b"<U1'", b"|O' ")
    found = given(head[:-4] + body, "NumPy")
    assert any("Maria Quintero" in text for text in found.texts["pickle"])


def test_records_are_read_by_the_names_of_their_fields() -> None:
    stream = io.BytesIO()
    kind = [("id", "i4"), ("surname", "U16"), ("site", "S8")]
    np.save(stream, np.array([(1, "Quintero", b"north"), (2, "Müller", b"")], dtype=kind))
    found = given(stream.getvalue(), "NumPy")
    assert found.texts["NumPy array column 2 > PersonName"] == ["Quintero", "Müller"]
    assert found.texts["NumPy array column 3"] == ["north"]


def test_names_of_fields_are_told() -> None:
    head = npy(["x"]).replace(b"'<U1',", b"[('Quintero','<f8')],")
    assert "Quintero" in given(head, "NumPy").texts["NumPy header"][0]


def test_commands_behind_the_voxels_and_texts_of_raw_data() -> None:
    (told,) = given(mgh("mri_convert /data/quintero/T1.mgz"), "MGH").texts["MGH tags"]
    assert "/data/quintero/T1.mgz" in told
    assert given(pfile("QUINTERO^MARIA"), "GE P-file").texts == {
        "GE P-file header": ["QUINTERO^MARIA"]
    }


@pytest.mark.parametrize("data", [npy(["Maria", "b"]), mgh("a text"), pfile("a text")])
def test_bytes_that_lie_are_read_within_bounds(data: bytes) -> None:
    assert survived(data) == MUTANTS
