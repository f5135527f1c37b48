"""The demo: the founding story, told by the real command."""

import csv
from pathlib import Path

from tests.volumes import vestige


def test_the_demo_names_the_phantom_directory_first(tmp_path: Path) -> None:
    ran = vestige("demo", "--out", tmp_path / "demo", home=tmp_path)
    assert ran.code == 0, ran.text
    assert "A phantom directory" in ran.text
    assert str(tmp_path / "demo" / "scan" / "report.html") in ran.text
    with (tmp_path / "demo" / "scan" / "findings.csv").open(encoding="utf-8") as stream:
        first = next(csv.DictReader(stream))
    assert first["rule"] == "tree/phantom-directory"
    assert not (tmp_path / "data").exists()
