"""The command that a version control system calls, in a real work tree."""

import subprocess
from pathlib import Path

import pytest

from tests.account import CLEAN, DIRTY
from tests.volumes import Ran, vestige


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A work tree; the key lies beside it."""
    folder = tmp_path / "tree"
    folder.mkdir()
    return folder


def hook(tree: Path, *words: str) -> Ran:
    return vestige("hook", *words, home=tree.parent, at=tree)


def test_findings_stop_and_paths_are_masked_unless_revealed(tree: Path) -> None:
    folder = tree / "Zebrinsky_Ottokar"
    folder.mkdir()
    (folder / "image.dcm").write_bytes(DIRTY)
    ran = hook(tree, "Zebrinsky_Ottokar/image.dcm")
    assert ran.code == 1, ran.text
    assert "Zebrinsky" not in ran.text
    assert "paths are masked" in ran.text
    clear = hook(tree, "--reveal", "Zebrinsky_Ottokar/image.dcm")
    assert clear.code == 1
    assert "at Zebrinsky_Ottokar/image.dcm" in clear.text


def test_clean_files_pass_and_what_was_not_examined_is_told(tree: Path) -> None:
    (tree / "image.dcm").write_bytes(CLEAN)
    (tree / "code.bin").write_bytes(b"\0\1\2\3" * 9)
    ran = hook(tree, "image.dcm", "code.bin", "--fail-on", "low")
    assert ran.code == 0, ran.text
    assert "2 files, 0 findings, 0 not read whole; the content of 1 was not examined" in ran.text
    assert {path.name for path in tree.iterdir()} == {"image.dcm", "code.bin"}


def test_wrong_usage_is_said(tree: Path) -> None:
    assert hook(tree, "missing").code == 2
    assert hook(tree, "--fail-on", "dire").code == 2


def test_the_line_by_hand_that_the_help_names_works(tree: Path) -> None:
    subprocess.run(["git", "init", "-q", tree], check=True)
    (tree / "with space.dcm").write_bytes(DIRTY)
    subprocess.run(["git", "-C", tree, "add", "with space.dcm"], check=True)
    staged = subprocess.run(
        ["git", "-C", tree, "diff", "--cached", "--name-only", "-z", "--diff-filter=d"],
        capture_output=True,
        check=True,
    ).stdout
    names = [name.decode() for name in staged.split(b"\0") if name]
    assert hook(tree, *names).code == 1
