"""Comparisons to files: in the folder that is named, never in a root."""

from pathlib import Path

import pytest

from tests.reviewed import planned, scanned
from tests.volumes import planted
from vestige.model import UsageError
from vestige.run.compare import compare
from vestige.run.comparisons import FORMATS, write


def test_every_format_is_written_for_its_owner_and_never_into_a_root(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    planted("phantom-directory", volume, seed=3)
    scanned(planned(volume, tmp_path), tmp_path / "old")
    scans = (tmp_path / "old", tmp_path / "old" / "scan.sqlite")
    found = compare(*scans)
    written = write(found, tmp_path / "out", scans, tuple(FORMATS))
    assert sorted(path.name for path in written) == ["compare.csv", "compare.html", "compare.json"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in written)
    for truth in volume.rglob("*"):
        if truth.is_dir() and "_" in truth.name and "-" in truth.name:
            assert all(truth.name not in path.read_text(encoding="utf-8") for path in written)
    with pytest.raises(UsageError, match="inside a scanned root"):
        write(found, volume / "out", scans, ("json",))
