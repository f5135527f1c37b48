"""Options that commands share."""

from pathlib import Path

import pytest

from vestige.cli.options import band, scan_path
from vestige.model import Band, UsageError


def test_a_scan_is_named_by_its_file_or_its_folder(tmp_path: Path) -> None:
    assert scan_path(tmp_path) == tmp_path / "scan.sqlite"
    assert scan_path(tmp_path / "other.sqlite") == tmp_path / "other.sqlite"


def test_a_band_is_one_of_five_or_none() -> None:
    assert band("") is None
    assert band("high") is Band.HIGH
    with pytest.raises(UsageError, match="--fail-on: "):
        band("dire")
