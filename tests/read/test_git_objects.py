"""Names in the trees of a repository."""

import zlib
from pathlib import Path

import pytest

from tests.read.remnants import git, git_loose, git_pack, names_of, reading
from vestige.read import git_objects
from vestige.read.pages import Held
from vestige.read.recorded import BUDGET, UNREAD

NAMES = [f"Zargothy, {number}" for number in range(60)]


def packed(folder: Path) -> bytes:
    git_pack(folder, NAMES)
    (found,) = (folder / "repository" / ".git" / "objects" / "pack").glob("*.pack")
    return found.read_bytes()


def test_trees_of_a_pack_are_told_also_as_differences(tmp_path: Path) -> None:
    data = packed(tmp_path)
    top = tmp_path / "repository"
    git(top, "verify-pack", str(next((top / ".git/objects/pack").glob("*.idx"))))
    ghosts = git_objects.pack(Held(data))
    assert {*NAMES, "data", "README", "a.txt"} == names_of(ghosts)
    assert ghosts is not None
    assert ghosts.flaws == ()


def test_a_pack_that_breaks_off_is_told(tmp_path: Path) -> None:
    data = packed(tmp_path)
    ghosts = git_objects.pack(Held(data[: len(data) // 2]))
    assert ghosts is not None
    assert ghosts.flaws == (UNREAD,)


def test_what_a_pack_unpacks_to_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(tmp_path)
    monkeypatch.setattr(git_objects, "UNPACKED", 2_000)
    ghosts = git_objects.pack(Held(data))
    assert ghosts is not None
    assert set(ghosts.flaws) <= {BUDGET, UNREAD}
    assert ghosts.flaws


def test_loose_trees_are_told_and_other_objects_are_not(tmp_path: Path) -> None:
    git_loose(tmp_path, NAMES[:5])
    folder = tmp_path / "repository" / ".git" / "objects"
    read = [reading(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    trees = [ghosts for ghosts in read if ghosts is not None]
    assert 0 < len(trees) < len(read)
    assert set(NAMES[:5]) <= {name for tree in trees for name in names_of(tree)}
    assert all(tree.whole for tree in trees)
    assert all({b"README"} <= tree.known for tree in trees)


def test_a_tree_of_sha_256_is_told() -> None:
    tree = b"40000 Zargothy\0" + b"\xff" * 32
    ghosts = git_objects.loose(Held(zlib.compress(b"tree %d\0" % len(tree) + tree)))
    assert names_of(ghosts) == {"Zargothy"}


def test_modes_of_all_ages_are_known() -> None:
    modes = (b"40000", b"040000", b"100664", b"120000", b"160000")
    tree = b"".join(b"%b Zargothy%d\0" % (mode, n) + b"\xff" * 20 for n, mode in enumerate(modes))
    ghosts = git_objects.loose(Held(zlib.compress(b"tree %d\0" % len(tree) + tree)))
    assert names_of(ghosts) == {f"Zargothy{number}" for number in range(len(modes))}
    assert ghosts is not None
    assert ghosts.flaws == ()


def test_a_damaged_tree_is_told() -> None:
    tree = b"40000 Zargothy\0" + b"\xff" * 7
    ghosts = git_objects.loose(Held(zlib.compress(b"tree 99\0" + tree)))
    assert ghosts is not None
    assert ghosts.flaws == (UNREAD,)
    assert git_objects.loose(Held(b"\x78\x01garbage")) is None
    assert git_objects.loose(Held(zlib.compress(b"blob 1\0x"))) is None
