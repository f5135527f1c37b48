"""What real de-identification tools leave, and how their dummies are taken."""

import warnings
from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_file

from benchmarks.deidentifiers import cleaned, installed
from benchmarks.detection import scanned
from benchmarks.matching import BAND, Seen
from vestige.model import Band

HELD = {
    "PatientName": "QUINTERO^MARIA",
    "PatientID": "48291570",
    "PatientBirthDate": "19610203",
    "StudyDate": "20190317",
    "AccessionNumber": "A2019482915",
    "ReferringPhysicianName": "ZARGOTHY^QUILLONIA",
    "InstitutionName": "Klinikum Lindenau",
    "InstitutionAddress": "Lindenau",
    "StationName": "CT12LIND",
    "StudyDescription": "CT CHEST for Maria Quintero",
    "PatientAddress": "Ulmenweg 4",
}


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """One object of an imagined person, without private elements."""
    folder = tmp_path / "dirty"
    folder.mkdir()
    header = pydicom.dcmread(str(get_testdata_file("CT_small.dcm")))
    header.remove_private_tags()
    del header[0xFFFCFFFC]
    for word, value in HELD.items():
        setattr(header, word, value)
    header.save_as(folder / "1.dcm")
    return folder


def demand(package: str) -> None:
    if not installed(package):
        pytest.skip(f"{package} is not installed")


def grave(package: str, dirty: Path, out: Path) -> tuple[Seen, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert cleaned(package, dirty, out / "cleaned") == 0
    return tuple(one for one in scanned(out / "cleaned", out / "out") if one.band >= BAND)


def test_nothing_is_said_of_the_dummies_of_dicom_anonymizer(dirty: Path, tmp_path: Path) -> None:
    demand("dicom-anonymizer")
    assert grave("dicom-anonymizer", dirty, tmp_path) == ()


def test_the_names_that_dicognito_makes_up_are_its_own_where_its_mark_stands(
    dirty: Path, tmp_path: Path
) -> None:
    demand("dicognito")
    left = {one.pointer for one in grave("dicognito", dirty, tmp_path)}
    # It leaves descriptions as they are: that is what is found, and nothing that it made up.
    assert "(0008,1030)" in left
    assert not left & {"(0010,0010)", "(0010,0020)", "(0008,0090)", "(0008,0050)", "(0008,0080)"}


def test_without_its_mark_they_are_names_like_any_other(dirty: Path, tmp_path: Path) -> None:
    demand("dicognito")
    grave("dicognito", dirty, tmp_path)
    file = tmp_path / "cleaned" / "1.dcm"
    header = pydicom.dcmread(file)
    assert "DICOGNITO" in str(header.DeidentificationMethod)
    del header.DeidentificationMethod
    header.save_as(file)
    found = scanned(tmp_path / "cleaned", tmp_path / "again")
    assert {"(0010,0010)", "(0010,0020)", "(0008,0090)"} <= {
        one.pointer for one in found if one.band >= Band.HIGH
    }
