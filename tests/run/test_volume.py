"""What a real scan says of a volume whose copies belie each other."""

import re
from inspect import getsource
from pathlib import Path

import pytest
from pydicom.uid import UID, ExplicitVRLittleEndian

from tests.run.test_series import empty
from tests.volumes import vestige
from vestige.correlate import claims, faces
from vestige.run.review import open_review
from vestige.run.volume import PLACE

KEPT = frozenset(
    "study series frame patient name birth trial accession date sex age size weight ethnic "
    "institution station serial model description part features removed temporal codes thickness "
    "spacing frames class modality day weekday head acquired".split()
)
"""All that is kept of a series."""


def write(path: Path, number: int, **elements: str) -> None:
    data = empty(f"2.25.{number}", UID(ExplicitVRLittleEndian))
    data.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    data.SOPInstanceUID = f"2.25.{number}"
    data.Modality = "CT"
    for keyword, value in {"PatientIdentityRemoved": "YES", **elements}.items():
        setattr(data, keyword, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    data.save_as(path, enforce_file_format=True)


def said(volume: Path, tmp_path: Path) -> dict[str, int]:
    """The volume rules that say something, and of how many files."""
    out = tmp_path / "out"
    ran = vestige("scan", volume, "--out", out, "--jobs", 1, home=tmp_path)
    assert ran.code in {0, 1}, ran.text
    store, review = open_review(out / "scan.sqlite")
    found = {
        one.finding.claim.rule.removeprefix("claims/"): one.reach.files
        for one in review.findings
        if one.finding.place == PLACE and one.finding.claim.rule.startswith("claims/")
    }
    store.close()
    return found


def test_a_raw_copy_beside_a_clean_one(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    series = {"SeriesInstanceUID": "2.25.77", "StudyInstanceUID": "2.25.7"}
    for number in range(3):
        write(volume / "raw" / f"{number}.dcm", number, PatientName="Probe^Paula", **series)
        write(volume / "out" / f"{number}.dcm", number, PatientName="ANON", **series)
        write(volume / "other" / f"{number}.dcm", number, PatientName="ANON")
    assert said(volume, tmp_path) == {"raw-beside-clean": 6}


def test_a_clean_header_below_a_name(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    write(volume / "Mustermann_Erika_19610203" / "CT" / "1.dcm", 1, PatientName="ANON")
    write(volume / "SUB-0001" / "CT" / "1.dcm", 2, PatientName="ANON", PatientID="SUB-0001")
    assert said(volume, tmp_path) == {"named-path-clean-header": 1}


@pytest.mark.parametrize(("folder", "found"), [("export_anon", 1), ("export", 0)])
def test_a_folder_that_says_its_content_is_clean(tmp_path: Path, folder: str, found: int) -> None:
    volume = tmp_path / "volume"
    write(volume / folder / "1.dcm", 1, PatientName="Probe^Paula", PatientIdentityRemoved="")
    assert said(volume, tmp_path) == ({"called-clean-but-real": found} if found else {})


def test_facts_that_no_check_reads_are_not_held() -> None:
    assert {"institution", "station", "description"} & (claims.READ | faces.READ) == set()
    named = {key for room in (claims, faces) for key in re.findall(r'"([a-z]+)"', getsource(room))}
    asked = {key for key in named if key in KEPT}
    assert asked <= claims.READ | faces.READ
