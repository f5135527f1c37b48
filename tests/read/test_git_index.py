"""Paths in the index of a repository, and names of branches."""

from pathlib import Path

import pytest

from tests.read.remnants import git, git_branches, names_of, repository
from vestige.read import git_index
from vestige.read.pages import Held
from vestige.read.recorded import UNREAD

NAMES = [f"Zargothy, {number}" for number in range(40)]


@pytest.mark.parametrize("version", ["2", "4"])
def test_paths_are_told(tmp_path: Path, version: str) -> None:
    top = repository(tmp_path, NAMES)
    git(top, "update-index", "--index-version", version)
    data = (top / ".git" / "index").read_bytes()
    ghosts = git_index.read(Held(data))
    assert names_of(ghosts) == {*NAMES, "data", "a.txt", "README"}
    assert ghosts is not None
    assert ghosts.flaws == ()
    assert ghosts.up == 1
    assert (b"data",) in {folder.above for folder in ghosts.folders}
    cut = git_index.read(Held(data[: len(data) // 2]))
    assert cut is not None
    assert cut.flaws == (UNREAD,)
    assert names_of(cut) < names_of(ghosts)


def test_extended_entries_are_read(tmp_path: Path) -> None:
    top = repository(tmp_path, NAMES[:3])
    git(top, "rm", "-rq", "--cached", "data")
    git(top, "add", "--intent-to-add", "data")
    data = (top / ".git" / "index").read_bytes()
    assert data[4:8] == b"\0\0\0\3"
    assert set(NAMES[:3]) <= names_of(git_index.read(Held(data)))


def test_names_of_branches_are_told(tmp_path: Path) -> None:
    git_branches(tmp_path, ["fix-for-Quintero"])
    packed = (tmp_path / "repository" / ".git" / "packed-refs").read_bytes()
    ghosts = git_index.references(Held(packed))
    assert names_of(ghosts) == {"main", "fix-for-Quintero"}
    assert ghosts is not None
    assert ghosts.whole


def test_what_is_none_is_not_taken_for_one() -> None:
    assert git_index.read(Held(b"DIRC")) is None
    assert git_index.read(Held(b"DIRC\0\0\0\x09\0\0\0\1")) is None
