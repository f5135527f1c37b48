import os
import pickle

import pytest

from vestige.read.beside import pickled
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Told


class Evil:
    """Loading it would run a command."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch pickled-was-run",)


def parts(data: bytes) -> list[Part]:
    return list(pickled.read(Held(data), Bounds(len(data))))


def texts(data: bytes) -> set[str]:
    return {text for part in parts(data) if isinstance(part, Told) for text in part.texts}


@pytest.mark.parametrize("protocol", range(6))
def test_all_strings_of_all_protocols(protocol: int) -> None:
    held = {"Zebrinsky^Anna": ["s-1", {"mrn": "4711987", "née": ("Quexotl" * 60,)}], "n": 3}
    data = pickle.dumps(held, protocol)
    found = texts(data)
    assert found >= {"Zebrinsky^Anna", "s-1", "mrn", "4711987", "née", "Quexotl" * 60, "n"}
    assert pickled.looks(Held(data))


def test_values_that_follow_their_labels_are_told_as_such() -> None:
    data = pickle.dumps({"PatientName": "Quexotl^Anna", "PatientAge": 3, "PatientID": "4711987"})
    found = {part.place.pointer: part.texts for part in parts(data) if isinstance(part, Told)}
    assert found["PatientName"] == ["Quexotl^Anna"]
    assert found["PatientID"] == ["4711987"]
    assert "PatientAge" not in found


def test_it_is_never_loaded(tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "touch pickled-was-run" in texts(pickle.dumps(Evil(), 4))
    assert os.listdir(tmp_path) == []


def test_one_behind_the_other_and_bytes_inside() -> None:
    data = pickle.dumps("first", 4) + pickle.dumps({"b": b"PK\x03\x04..."}, 4)
    found = parts(data)
    assert texts(data) == {"first", "b"}
    (inner,) = (part for part in found if isinstance(part, Inner))
    assert inner.content.first == b"PK\x03\x04..."


@pytest.mark.parametrize(
    "data",
    [b"\x80\x04X\xff\xff\xff\x7fabc", b"\x80\x04\x8d" + b"\x7f" * 8, b"\x80\x04\xfe", b"\x80\x04"],
)
def test_what_lies_of_its_length_is_damaged(data: bytes) -> None:
    assert Lost("damaged") in parts(data)


def test_more_than_is_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pickle.dumps(["early", *(f"late {n}" for n in range(100))], 4)
    monkeypatch.setattr(pickled, "_MOST", 40)
    assert texts(data) >= {"early"}
    assert Lost("text-budget") in parts(data)


def test_other_files_do_not_look_like_it() -> None:
    for first in (b"\x80\x04", b"\x80\x04\x80", b"\x80\x04.", b"\x80\x07K", b"\x80Bild"):
        assert not pickled.looks(Held(first))
