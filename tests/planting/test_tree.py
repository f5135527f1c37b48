"""The ground: entries of every kind, times and modes, and no way out."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from vestige.model import UsageError, VestigeError
from vestige.planting.tree import Ground


def test_entries_of_every_kind(tmp_path: Path) -> None:
    with Ground(tmp_path, 1) as ground:
        ground.file(b"a/b/file", b"content", 0o600)
        ground.hard_link(b"a/second", b"a/b/file")
        ground.link(b"a/link", b"b/file")
        ground.folder(b"c/d", 0o700)
        ground.special(b"c/pipe", "fifo")
        ground.special(b"c/socket", "socket")
    assert (tmp_path / "a/b/file").read_bytes() == b"content"
    assert (tmp_path / "a/b/file").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a/second").stat().st_ino == (tmp_path / "a/b/file").stat().st_ino
    assert os.readlink(tmp_path / "a/link") == "b/file"
    assert (tmp_path / "c/d").stat().st_mode & 0o777 == 0o700
    assert stat.S_ISFIFO((tmp_path / "c/pipe").lstat().st_mode)
    assert stat.S_ISSOCK((tmp_path / "c/socket").lstat().st_mode)


def test_a_file_may_have_an_attribute(tmp_path: Path) -> None:
    with Ground(tmp_path, 1) as ground:
        ground.file(b"a/file", b"content", 0o400)
        ground.attribute(b"a/file", "user.comment", b"seen")
        with pytest.raises(VestigeError, match="an entry cannot be planted"):
            ground.attribute(b"a/file", "nobody", b"")
    assert os.getxattr(tmp_path / "a/file", "user.comment") == b"seen"


def test_times_lie_in_three_years_and_depend_on_seed_and_path(tmp_path: Path) -> None:
    times = []
    for number, seed in enumerate((1, 1, 2)):
        target = tmp_path / str(number)
        with Ground(target, seed) as ground:
            ground.file(b"a/x", b"")
            ground.file(b"a/y", b"")
        times.append([(target / name).stat().st_mtime_ns for name in ("a/x", "a/y", "a", ".")])
    assert times[0] == times[1]
    assert times[0] != times[2]
    assert len(set(times[0])) == 4
    start = 1_546_300_800
    for moment in (*times[0], *times[2]):
        assert moment % 1_000_000_000 == 0
        assert start <= moment // 1_000_000_000 < start + 3 * 365 * 86_400


@pytest.mark.parametrize(
    "plant",
    [
        lambda ground: ground.file(b"../x", b""),
        lambda ground: ground.file(b"a/../../x", b""),
        lambda ground: ground.file(b"/x", b""),
        lambda ground: ground.file(b"a//x", b""),
        lambda ground: ground.file(b"", b""),
        lambda ground: ground.folder(b".."),
        lambda ground: ground.link(b"../x", b"y"),
        lambda ground: ground.hard_link(b"x", b"../outside"),
        lambda ground: ground.special(b"../x", "fifo"),
    ],
)
def test_no_path_leads_out(tmp_path: Path, plant: Callable[[Ground], None]) -> None:
    (tmp_path / "outside").write_bytes(b"")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(VestigeError), Ground(tmp_path / "in", 1) as ground:
        plant(ground)
    assert sorted(tmp_path.iterdir()) == [tmp_path / "in", *before]


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    with Ground(tmp_path / "in", 1) as ground:
        ground.link(b"door", os.fsencode(outside))
        with pytest.raises(VestigeError):
            ground.file(b"door/x", b"")
    assert not list(outside.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    with Ground(tmp_path / "in", 1) as ground:
        ground.file(b"x", b"first")
        with pytest.raises(VestigeError, match="two entries at one path"):
            ground.file(b"x", b"second")
    assert (tmp_path / "in/x").read_bytes() == b"first"
    with pytest.raises(UsageError, match="not empty"):
        Ground(tmp_path / "in", 1)
    with pytest.raises(UsageError, match="cannot be made"):
        Ground(tmp_path / "in/x", 1)


def test_paths_may_be_longer_than_a_call_takes(tmp_path: Path) -> None:
    path = b"/".join([b"d" * 250] * 20)
    with Ground(tmp_path, 1) as ground:
        ground.file(path + b"/x", b"deep")
        with pytest.raises(VestigeError, match="cannot be planted"):
            ground.file(b"n" * 256, b"")
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for name in path.split(b"/"):
        below = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    assert os.listdir(descriptor) == ["x"]
    os.close(descriptor)


def test_closed_directories_can_hold_something(tmp_path: Path) -> None:
    with Ground(tmp_path, 1) as ground:
        ground.file(b"closed/x", b"", 0o000)
        ground.folder(b"closed", 0o000)
    closed = tmp_path / "closed"
    assert closed.stat().st_mode & 0o777 == 0
    closed.chmod(0o700)
    assert (closed / "x").stat().st_mode & 0o777 == 0


def test_descriptors_are_given_back(tmp_path: Path) -> None:
    before = len(os.listdir("/dev/fd"))
    for number in range(5):
        with Ground(tmp_path / str(number), 1) as ground:
            ground.file(b"a/b/c/d", b"")
            with pytest.raises(VestigeError):
                ground.file(b"a/b/../d", b"")
            with pytest.raises(VestigeError):
                ground.file(b"a/b/c/d/e", b"")
    assert len(os.listdir("/dev/fd")) == before
