"""Reports are written again, and never into a volume."""

import os
from pathlib import Path

import pytest

from tests.volumes import planted, vestige


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    planted("phantom-directory", folder / "volume")
    ran = vestige("scan", folder / "volume", "--out", folder / "out", home=folder)
    assert ran.code == 1, ran.text
    return folder


def test_reports_are_written_again(scanned: Path, tmp_path: Path) -> None:
    ran = vestige("report", scanned / "out", "--out", tmp_path / "r", home=scanned)
    assert ran.code == 0, ran.text
    assert sorted(os.listdir(tmp_path / "r")) == [
        *("families.csv", "findings.csv", "occurrences.csv", "problems.csv", "report.html"),
        "summary.json",
    ]
    for name in os.listdir(tmp_path / "r"):
        assert (tmp_path / "r" / name).read_bytes() == (scanned / "out" / name).read_bytes()


def test_a_report_speaks_the_language_that_is_asked_for(scanned: Path, tmp_path: Path) -> None:
    asked = ("--format", "html", "--format", "csv", "--language", "es", "--csv-bom")
    ran = vestige("report", scanned / "out", "--out", tmp_path / "r", *asked, home=scanned)
    assert ran.code == 0, ran.text
    assert b'<html lang="es">' in (tmp_path / "r" / "report.html").read_bytes()
    assert (tmp_path / "r" / "findings.csv").read_bytes().startswith(b"\xef\xbb\xbfrank,")
    ran = vestige("report", scanned / "out", "--language", "xx", home=scanned)
    assert ran.code == 2
    assert "languages are en, es" in ran.text


def test_a_report_is_never_written_into_a_scanned_volume(scanned: Path) -> None:
    ran = vestige("report", scanned / "out", "--out", scanned / "volume" / "r", home=scanned)
    assert ran.code == 2
    assert not (scanned / "volume" / "r").exists()
    ran = vestige("report", scanned / "out", "--format", "docx", home=scanned)
    assert ran.code == 2
    assert "html" in ran.text
