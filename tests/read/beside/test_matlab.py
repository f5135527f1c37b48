import zlib

import pytest

from benchmarks.imaging_files import matlab
from tests.read.beside.given import MUTANTS, given, survived

FIELDS = {"PatientName": "QUINTERO^MARIA", "note": "zweite Übung"}


@pytest.mark.parametrize("packed", [False, True])
def test_characters_in_structures(packed: bool) -> None:  # noqa: FBT001 - a parameter
    found = given(matlab(FIELDS, packed=packed), "MATLAB")
    assert found.texts["MATLAB PatientName"] == ["QUINTERO^MARIA"]
    assert found.texts["MATLAB"] == ["PatientName", "note", "note: zweite Übung"]
    assert found.losses == []


def test_an_element_that_unpacks_to_too_much_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vestige.read.beside.matlab.WHOLE", 1 << 16)
    bomb = zlib.compress(bytes(1 << 20), 9)
    data = matlab({})[:128] + (15).to_bytes(4, "little") + len(bomb).to_bytes(4, "little") + bomb
    assert "archive-budget" in given(data, "MATLAB").losses


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(matlab(FIELDS)) == MUTANTS
    assert survived(matlab(FIELDS, packed=True)) == MUTANTS
