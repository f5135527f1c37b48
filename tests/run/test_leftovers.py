"""Leftovers on a real volume, told where findings lie in them."""

from pathlib import Path

from tests.run.test_known import image, text
from vestige import api
from vestige.model import Band

LEFTOVER = "tree/leftover"


def told(volume: Path) -> dict[str, tuple[str, ...]]:
    found = api.scan(volume, out=volume.parent / "out").review.findings
    mine = [one for one in found if one.finding.claim.rule == LEFTOVER]
    assert all(one.risk.band <= Band.LOW for one in mine)
    return {one.finding.place: one.paths for one in mine}


def test_the_uppermost_leftover_is_told_once_with_its_name_in_clear(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    named = text("PatientName", "Zargothy^Quillonia")
    image(volume / "export_v1" / "tmp" / "1.dcm", 1, named)
    image(volume / "a" / "backup" / "2.dcm", 2, named)
    image(volume / "b" / "Backup" / "3.dcm", 3, named)
    image(volume / "clean" / "tmp" / "4.dcm", 4)
    image(volume / "c" / "._5.dcm", 5, named)
    assert told(volume) == {
        "export": ("volume/export_v1",),
        "backup": ("volume/a/backup", "volume/b/Backup"),
        "resource-fork": ("volume/c/._5.dcm",),
    }


def test_a_name_inside_counts_and_the_root_is_no_leftover(tmp_path: Path) -> None:
    volume = tmp_path / "tmp"
    image(volume / "old" / "QUINTERO_MARIA_19610203" / "1.dcm", 1)
    assert told(volume) == {"old": ("tmp/old",)}
