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


def test_another_volume_at_the_same_place_is_elsewhere(mounted: Path) -> None:
    (mounted / "file").touch()
    there = storage(str(mounted))
    assert there is not None
    assert there.source == "tmpfs"
    subprocess.run(["umount", "-l", mounted], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", mounted], check=True)
    (mounted / "file").touch()
    assert wrong(str(mounted), {str(mounted): there}) == ELSEWHERE


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("/mnt", 45, 9, "/dev/a"), ("/mnt", 47, 9, "/dev/b"), True),
        (("/mnt", 45, 9, "/dev/a"), ("/mnt", 45, 0, "/dev/a"), True),
        (("/mnt", 45, 9, "/dev/a"), ("/mnt", 45, 8, "/dev/a"), False),
        (("/mnt", 45, 9, "/dev/a"), ("/mnt", 47, 8, "/dev/a"), False),
        (("/mnt", 45, 9, "/dev/a"), ("/", 45, 9, "/dev/a"), False),
        (("/mnt", 45, 0, "tmpfs"), ("/mnt", 47, 0, "tmpfs"), False),
        (("/mnt", 45, 0, "nas:/x"), ("/mnt", 47, 0, "nas:/x"), True),
        (("/mnt", 45, 0, "//nas/x"), ("/mnt", 47, 0, "//nas/x"), True),
        (("/mnt", 45, 0, "nas:/x"), ("/mnt", 47, 0, "nas:/y"), False),
    ],
)
def test_storage_is_known_again(
    one: tuple[str, int, int, str], other: tuple[str, int, int, str], alike: object
) -> None:
    assert same(Storage(*one), Storage(*other)) is alike
    assert same(Storage(*other), Storage(*one)) is alike


def test_a_mount_point_with_a_space_is_found(mounted: Path) -> None:
    folder = mounted / "a b"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "of a test", folder], check=True)
    there = storage(str(folder))
    subprocess.run(["umount", "-l", folder], check=True)
    assert there is not None
    assert (there.mount, there.source) == (str(folder), "of a test")


def test_what_was_noted_otherwise_says_nothing() -> None:
    assert of_noted(None) == {}
    assert of_noted({"/a": [1]}) == {}
    assert mounts.storage(os.fspath(Path("/nonesuch"))) is None
