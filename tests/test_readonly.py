"""A scan leaves the volume as it was: bytes, modes and times."""

import hashlib
import os
from pathlib import Path

import pytest

from tests.volumes import planted, vestige
from vestige import planting


def state(root: Path) -> dict[str, tuple[object, ...]]:
    """Mode, size and times of every entry, and digests of files; taken without touching them."""
    found: dict[str, tuple[object, ...]] = {}
    for folder, folders, files in os.walk(os.fsencode(root)):
        for name in (*folders, *files, b"."):
            path = os.path.join(folder, name)
            s = os.lstat(path)
            found[path.hex()] = (s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino)
    return found


def digests(root: Path) -> dict[str, str]:
    return {
        path.hex(): hashlib.sha256(Path(os.fsdecode(path)).read_bytes()).hexdigest()
        for folder, _, files in os.walk(os.fsencode(root))
        for path in (os.path.join(folder, name) for name in files)
        if os.path.isfile(path) and not os.path.islink(path)
    }


@pytest.mark.parametrize("recipe", planting.recipes())
def test_nothing_changes(tmp_path: Path, recipe: str) -> None:
    volume = tmp_path / "volume"
    planted(recipe, volume)
    contents, before = digests(volume), state(volume)
    ran = vestige("scan", volume, "--out", tmp_path / "out", home=tmp_path)
    assert ran.code in (0, 1, 3), ran.text
    assert state(volume) == before
    assert digests(volume) == contents


def test_access_times_stay_where_the_system_allows(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    planted("clean-export", volume)
    paths = [p for p in volume.rglob("*") if p.is_file()]
    for path in paths:
        os.utime(path, ns=(1_000_000_000, path.stat().st_mtime_ns))
    vestige("scan", volume, "--out", tmp_path / "out", home=tmp_path)
    assert {p.stat().st_atime_ns for p in paths} == {1_000_000_000}
