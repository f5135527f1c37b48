"""On what storage roots lie: real mounts where the system lets us make them."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from vestige.run import mounts
from vestige.run.mounts import ELSEWHERE, EMPTY, GONE, Storage, of_noted, same, storage, wrong


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "mnt"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("the system does not let this user mount")
    yield folder
    subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


def test_a_root_that_is_there_is_not_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    now = storage(str(tmp_path))
    assert now is not None
    assert wrong(str(tmp_path), {}) == ""
    assert wrong(str(tmp_path), {str(tmp_path): now}) == ""


def test_missing_and_empty_roots_are_told(tmp_path: Path) -> None:
    assert wrong(str(tmp_path / "missing"), {}) == GONE
    (tmp_path / "file").touch()
    assert wrong(str(tmp_path / "file"), {}) == GONE
    (tmp_path / "empty").mkdir()
    assert wrong(str(tmp_path / "empty"), {}) == EMPTY


def test_a_volume_that_is_not_mounted_any_more_is_elsewhere(mounted: Path) -> None:
    root = mounted / "data"
    root.mkdir()
    (root / "file").touch()
    before = of_noted({str(root): storage(str(root))})
    assert before == {}
    there = storage(str(root))
    assert there is not None
    assert there.mount == str(mounted)
    before = of_noted({str(root): there.noted()})
    assert wrong(str(root), before) == ""
    subprocess.run(["umount", "-l", mounted], check=True)
    assert wrong(str(root), before) == GONE
    root.mkdir()
    (root / "what-stood-below").touch()
    assert wrong(str(root), before) == ELSEWHERE


def test_a_new_number_of_a_device_alone_is_the_same_storage() -> None:
    one = Storage("/mnt", 45, 9)
    assert same(one, Storage("/mnt", 47, 9))
    assert same(one, Storage("/mnt", 45, 0))
    assert not same(one, Storage("/mnt", 47, 8))
    assert not same(one, Storage("/", 45, 9))
    assert not same(Storage("/mnt", 45, 0), Storage("/mnt", 47, 0))


def test_what_was_noted_otherwise_says_nothing() -> None:
    assert of_noted(None) == {}
    assert of_noted({"/a": [1]}) == {}
    assert mounts.storage(os.fspath(Path("/nonesuch"))) is None
