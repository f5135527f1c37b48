"""The first file of a series of a known kind is not parsed, and says what it says if it is."""

from io import BytesIO
from pathlib import Path

import pytest
from pydicom.uid import ExplicitVRLittleEndian

from tests.run.test_series import empty, examined
from vestige import walk
from vestige.read import dicom
from vestige.run.kinds import Kind
from vestige.run.series import Series
from vestige.walk import Siblings

SERIES = 12
NAMES = ("Probe^Paula", "Muster^Max", "ANONYMOUS", "Probe^Pauline")
PAGES = ("AX T2", "t1_mprage", "Dose Report", "AX T2 seen by Dr. Probe")


def image(series: int, number: int) -> bytes:
    """Two series a patient; what differs between patients is longer now and then."""
    patient = series // 2
    data = empty(f"1.2.3.{series}.{number}", ExplicitVRLittleEndian)
    data.SOPInstanceUID = f"1.2.3.{series}.{number}"
    data.PatientName = NAMES[patient % len(NAMES)]
    data.PatientID = f"{10**patient}"
    data.PatientBirthDate = f"19{40 + patient}0314"
    data.StudyDate = f"2019{patient % 12 + 1:02}17"
    data.PatientAge = f"{patient * 9 + 20:03}Y"
    data.SeriesDescription = PAGES[series % len(PAGES)]
    data.Modality = "CT" if series % 3 else "US"
    data.StudyInstanceUID = f"1.2.3.{2019 + patient}0317.{patient}"
    data.SeriesInstanceUID = f"1.2.3.4.{series}"
    data.InstanceNumber = number
    data.ImageComments = f"slice {number} of series {series}"
    buffer = BytesIO()
    data.save_as(buffer)
    return buffer.getvalue()


def volume(folder: Path) -> list[Siblings]:
    for series in range(SERIES):
        for number in range(1, 12):
            (folder / f"S{series:02}-{number:03}").write_bytes(image(series, number))
    return [event for event in walk.walk(walk.roots([folder])) if isinstance(event, Siblings)]


def test_series_of_a_known_kind_say_what_they_say_if_they_are_parsed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    groups = volume(tmp_path)
    firsts: list[bool] = []
    parsed: list[int] = []
    first, examine = Kind.first, dicom.examine

    def of_kind(self: Kind, values: list[bytes], varying: frozenset[int]) -> object:
        found = first(self, values, varying)
        firsts.append(found is not None)
        return found

    def in_full(*asked: object) -> object:
        parsed.append(1)
        return examine(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(Kind, "first", of_kind)
    monkeypatch.setattr(dicom, "examine", in_full)
    with_kinds = examined(groups)
    assert firsts.count(True) >= SERIES - 4
    assert len(parsed) <= 10
    monkeypatch.setattr(Series, "_of_kind", lambda *_: None)
    without = examined(groups)
    monkeypatch.setattr(Series, "match", lambda *_: None)
    assert with_kinds == without == examined(groups)
    assert len(parsed) > SERIES * 11
