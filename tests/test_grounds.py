"""What directories lie in is told by their listings, and by those of the directories above."""

import os
from pathlib import Path

from vestige import listing
from vestige.grounds import Tree, begun, ground_above
from vestige.software import NOWHERE, Begun, Software
from vestige.walk import Left, roots, walk


def packages(folder: Path) -> Path:
    """A folder of installed Python packages."""
    site = folder / "site-packages"
    (site / "tool").mkdir(parents=True)
    (site / "tool-1.0.dist-info").mkdir()
    (site / "tool-1.0.dist-info" / "METADATA").write_text("Name: tool\n")
    return site


def at(folder: Path) -> Begun | None:
    path = os.fsencode(folder)
    names = listing.of(path, os.lstat(path))
    try:
        return begun(folder.name.encode(), names)
    finally:
        os.close(names.descriptor)


def test_a_listing_tells_which_tree_begins(tmp_path: Path) -> None:
    found = at(packages(tmp_path))
    assert found is not None
    assert found.kind is Software.SITE_PACKAGES
    assert at(tmp_path) is None
    assert begun(b"site-packages", listing.Listing()) is None


def test_a_root_lies_in_what_is_above_it(tmp_path: Path) -> None:
    site = packages(tmp_path)
    assert ground_above(os.fsencode(site / "tool")).kind is Software.SITE_PACKAGES
    assert ground_above(os.fsencode(tmp_path / "elsewhere")) == NOWHERE


def test_small_folders_in_software_are_told_as_large_ones(tmp_path: Path) -> None:
    site = packages(tmp_path)
    for number in range(3):
        (site / f"part{number}").mkdir()
        (site / f"part{number}" / "one").write_text("1")
    left = [one for one in walk(roots([tmp_path])) if isinstance(one, Left)]
    trees = [one.tree for one in left if one.tree is not None]
    assert [(one.kind, one.last) for one in trees] == [(Software.SITE_PACKAGES, left[-1].last)]
    assert all(isinstance(one, Tree) for one in trees)


def test_a_small_folder_counts_for_those_above(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / "a" / f"{number}").mkdir(parents=True)
        (tmp_path / "a" / f"{number}" / "one").write_bytes(b"x" * number)
    (tmp_path / "a" / "empty").mkdir()
    *below, upper, top = (one for one in walk(roots([tmp_path])) if isinstance(one, Left))
    assert sorted((one.files, one.bytes) for one in below) == [(0, 0), *((1, n) for n in range(4))]
    assert (upper.files, upper.bytes) == (top.files, top.bytes) == (4, 6)
    assert len({one.digest for one in (*below, upper, top)}) == len(below) + 2
