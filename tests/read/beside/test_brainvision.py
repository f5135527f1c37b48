from tests.read.beside.given import MUTANTS, given, survived

FILE = (
    "Brain Vision Data Exchange Marker File, Version 1.0\r\n; a comment\r\n[Common Infos]\r\n"
    "DataFile=quintero.eeg\r\nSamplingInterval=1000\r\n[Marker Infos]\r\n"
    "Mk1=New Segment,,1,1,0,20190302101112000000\r\nMk2=Comment,Maria awake,5,1,0\r\n[Comment]\r\n"
    "Patient: Quintero\r\n"
)


def test_keys_markers_and_comments() -> None:
    found = given(FILE, "BrainVision")
    assert found.texts["BrainVision marker date"] == ["20190302"]
    assert {"DataFile: quintero.eeg", "Maria awake", "Patient: Quintero"} <= set(
        found.texts["BrainVision"]
    )
    assert not any("1000" in text for text in found.texts["BrainVision"])


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(FILE) == MUTANTS
