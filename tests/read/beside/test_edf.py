import pytest

from benchmarks.imaging_files import edf
from tests.read.beside.given import MUTANTS, given, survived

PATIENT = "MCH-0234567 F 02-MAY-1951 Maria_Quintero extra"
RECORDING = "Startdate 02-MAR-2002 PSG-1234 Anna_Technician Nihon_Kohden"


@pytest.mark.parametrize("bdf", [False, True])
def test_subfields_and_annotations(bdf: bool) -> None:  # noqa: FBT001 - a parameter
    found = given(edf(PATIENT, RECORDING, ("Maria awake", "lights off"), bdf=bdf), "EDF")
    assert found.texts["EDF patient code"] == ["MCH-0234567"]
    assert found.texts["EDF patient birth date"] == ["19510502"]
    assert found.texts["EDF patient name"] == ["Maria Quintero"]
    assert found.tags["EDF patient name"] == 0x00100010
    assert found.texts["EDF patient additional"] == ["extra"]
    assert found.texts["EDF recording date"] == ["20020302"]
    assert found.texts["EDF recording code"] == ["PSG-1234"]
    assert found.texts["EDF recording technician"] == ["Anna Technician"]
    assert found.texts["EDF annotation"] == ["Maria awake", "lights off"]
    assert found.losses == []


def test_identifications_of_nobody_say_nothing() -> None:
    found = given(edf("X X X X", "Startdate X X X X"), "EDF")
    assert {name for name in found.texts if "patient" in name or "recording" in name} == set()
    assert "EDF start date" not in found.texts


def test_the_older_form_is_free() -> None:
    found = given(edf("Quintero Maria 12.05.1951", "night 1"), "EDF")
    assert found.texts["EDF patient"] == ["Quintero Maria"]
    assert found.texts["EDF patient birth date"] == ["19510512"]
    assert found.texts["EDF recording"] == ["night 1"]


def test_dates_of_two_digits_begin_in_1985() -> None:
    data = edf("X X X X", "Startdate X X X X")
    for written, date in ((b"02.03.86", "19860302"), (b"02.03.19", "20190302")):
        found = given(data.replace(b"01.01.85", written), "EDF")
        assert found.texts["EDF start date"] == [date]


def test_gdf_has_identifications_of_its_own() -> None:
    data = b"GDF 2.20" + b"4711 Maria".ljust(66) + bytes(14) + b"ward 3".ljust(64) + bytes(104)
    found = given(data, "EDF")
    assert found.texts["GDF patient identification"] == ["4711 Maria"]
    assert found.texts["GDF recording identification"] == ["ward 3"]


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(edf(PATIENT, RECORDING, ("note",))) == MUTANTS
