"""Entries come in the order of their paths, whatever stands there."""

import os
from pathlib import Path

import pytest

from tests.nobody import in_child, without_rights
from vestige.custody.tree import entries
from vestige.model import SealError


def plant(root: Path) -> None:
    for path in ("b/x", "b.txt", "b-c/y", "a", "b/z/deep", "c/\n"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    (root / "link").symlink_to("b")
    (root / os.fsdecode(b"\xff")).mkdir()
    os.mkfifo(root / "pipe")


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    plant(tmp_path)
    found = list(entries(os.fsencode(tmp_path)))
    paths = [one.path for one in found if not one.is_directory]
    assert paths == sorted(paths)
    assert [one.order for one in found] == sorted(one.order for one in found)
    walked = {
        os.path.relpath(os.path.join(at, name), os.fsencode(tmp_path))
        for at, folders, files in os.walk(os.fsencode(tmp_path))
        for name in (*folders, *files)
    }
    assert {one.path for one in found} == walked
    assert [one.path for one in found if one.is_file] == [
        path for path in paths if path not in (b"link", b"pipe")
    ]


def test_of_tops_only_what_lies_below_them(tmp_path: Path) -> None:
    plant(tmp_path)
    found = [one.path for one in entries(os.fsencode(tmp_path), (b"b", b"a", b"gone"))]
    assert found == [b"a", b"b", b"b/x", b"b/z", b"b/z/deep"]


def test_a_root_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    for root in (tmp_path / "gone", tmp_path / "link"):
        with pytest.raises(SealError):
            list(entries(os.fsencode(root)))


def test_a_directory_that_may_not_be_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    tmp_path.chmod(0o755)

    def work() -> list[tuple[bytes, str]]:
        os.chdir(tmp_path)
        without_rights()
        return [(one.path, one.problem) for one in entries(b".")]

    assert in_child(work) == [(b"shut", ""), (b"shut", "permission denied")]
