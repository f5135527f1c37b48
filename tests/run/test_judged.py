"""What is said of files whose slots have the same forms is what is said of each by itself."""

from io import BytesIO
from pathlib import Path

import pytest
from pydicom.uid import ExplicitVRLittleEndian

from tests.run.test_series import empty, examined
from vestige import walk
from vestige.run.judged import Judged
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
