"""What is said of files whose slots have the same forms is what is said of each by itself."""

from io import BytesIO
from pathlib import Path

import pytest
from pydicom.uid import ExplicitVRLittleEndian

from tests.run.test_series import empty, examined
from vestige import walk
from vestige.run import causes
from vestige.run.judged import Judged, OfForm, Slot
from vestige.run.series import Series
from vestige.walk import Siblings

NOTES = (
    ("AX T2", "T1"),
    ("AX\nT2", "T1"),
    ("AX", "T2\nT1"),
    ("AX T2", "Paula Probe"),
    ("AX T2\nPaula Probe", ""),
    ("AX T2", "\nPaula Probe"),
    ("AX T3", "T2"),
    ("SP 12", "SP 13"),
    ("SP 19620304", "SP 13"),
)


def image(number: int, uid: str) -> bytes:
    data = empty(uid, ExplicitVRLittleEndian)
    data.SOPInstanceUID = uid
    data.PatientName = "Probe^Paula"
    data.SeriesInstanceUID = "1.2.3.1"
    data.PatientComments, data.ImageComments = NOTES[number % len(NOTES)]
    data.AcquisitionTime = f"10{number:02}00"
    buffer = BytesIO()
    data.save_as(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("root", ["1.2.3", "1.3.12.2.1107.5.2", "2.25"])
def test_forms_looked_up_together_say_what_each_value_says(
    root: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(5 * len(NOTES)):
        other = "1.2.840.113619.2" if number % 7 == 6 else root
        data = image(number, f"{other}.{1000 + number}")
        (tmp_path / f"IM{number:03}").write_bytes(data)
    groups = [e for e in walk.walk(walk.roots([tmp_path])) if isinstance(e, Siblings)]
    alike: list[bool] = []
    real = Judged.alike

    def counted(self: Judged, values: list[bytes]) -> object:
        found = real(self, values)
        alike.append(found is not None)
        return found

    monkeypatch.setattr(Judged, "alike", counted)
    with_templates = examined(groups)
    assert alike.count(True) >= 2 * len(NOTES)
    assert alike.count(False) >= len(NOTES)
    monkeypatch.setattr(Series, "match", lambda *_: None)
    assert examined(groups) == with_templates


COUNTED = 8
"""Values of a cause that are counted, in these tests."""

ROOT = "1.3.12.2.1107.5.2"


def part_of(number: int, series: int) -> bytes:
    data = empty(f"{ROOT}.{series}.{number}", ExplicitVRLittleEndian)
    data.SOPInstanceUID = f"{ROOT}.{series}.{number}"
    data.PatientName = "Probe^Paula"
    data.SeriesInstanceUID = f"{ROOT}.{series}"
    data.InstanceNumber = number
    buffer = BytesIO()
    data.save_as(buffer)
    return buffer.getvalue()


def among_each_other(folder: Path, files: int, series: int) -> list[Siblings]:
    """Files of so many series, of whose numbers all have as many digits."""
    for number in range(files):
        (folder / f"IM{number:03}").write_bytes(part_of(100 + number, 1 + number % series))
    return [event for event in walk.walk(walk.roots([folder])) if isinstance(event, Siblings)]


def test_values_that_are_not_counted_any_more_are_answered_as_all_of_their_form(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(causes, "VALUES_KEPT", COUNTED)
    groups = among_each_other(tmp_path, 60, 1)
    asked: list[bytes] = []
    real = Series._answer

    def counted(self: Series, slot: Slot, value: bytes) -> object:
        asked.append(value)
        return real(self, slot, value)

    monkeypatch.setattr(Series, "_answer", counted)
    with_templates = examined(groups)
    of_files = [value for value in asked if value.startswith(ROOT.encode())]
    assert COUNTED <= len(of_files) <= 2 * (COUNTED + 4)
    monkeypatch.setattr(Series, "match", lambda *_: None)
    assert examined(groups) == with_templates


def test_what_is_known_of_forms_is_the_same_for_many_series(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[bytes] = []
    real = Judged._of_form

    def counted(self: Judged, form: bytes, values: list[bytes]) -> OfForm | None:
        found = real(self, form, values)
        if found is not None:
            made.append(form)
        return found

    monkeypatch.setattr(Judged, "_of_form", counted)
    groups = among_each_other(tmp_path, 80, 8)
    with_templates = examined(groups)
    assert 0 < len(made) == len(set(made)) < 8
    monkeypatch.setattr(Series, "match", lambda *_: None)
    assert examined(groups) == with_templates
