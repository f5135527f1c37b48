"""Roots that go away while a scan runs, in real mounts where the system lets us make them."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.account import DIRTY
from vestige.run import scan as scans
from vestige.run.outputs import write
from vestige.run.plan import Request, plan
from vestige.run.review import open_review

CLEAN_FOLDERS = 60


def fill(volume: Path, content: bytes = b"") -> None:
    for number in range(CLEAN_FOLDERS):
        folder = volume / f"b{number:02}"
        folder.mkdir(parents=True)
        for file in range(20):
            (folder / f"{file:02}.dcm").write_bytes(content)


def scanned(top: Path, roots: tuple[Path, ...], when: int, happens: object) -> dict[str, object]:
    """Scan, and let something happen once so many entries are done; gives the summary."""
    done = False

    def heard(progress: scans.Progress) -> None:
        nonlocal done
        if not done and progress.entries >= when:
            done = True
            assert callable(happens)
            happens()

    key = top / "key"
    key.write_bytes(b"k" * 32)
    planned = plan(Request(roots=roots, out=top / "out", key=key, jobs=1, crack_seconds=0))
    store, review = open_review(scans.scan(planned, heard))
    write(review, planned.out)
    store.close()
    assert done or when > review.scan.coverage.seen
    made: dict[str, object] = json.loads((top / "out" / "summary.json").read_text())
    return made


def outcome(summary: dict[str, object]) -> object:
    verdict = summary["verdict"]
    assert isinstance(verdict, dict)
    return verdict["outcome"]


def test_a_volume_that_nothing_befalls_is_clean(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    told = scanned(tmp_path, (tmp_path / "v",), 1 << 30, None)
    assert outcome(told) == "pass"
    assert told["problems"] == {}


def test_a_root_that_is_renamed_away_is_incomplete(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    move = lambda: (tmp_path / "v").rename(tmp_path / "away")  # noqa: E731
    told = scanned(tmp_path, (tmp_path / "v",), 1, move)
    assert outcome(told) == "incomplete"
    assert isinstance(told["problems"], dict)
    assert told["problems"]["vanished"] > 0


def test_an_empty_folder_in_the_place_of_a_root_is_incomplete(tmp_path: Path) -> None:
    fill(tmp_path / "v")

    def swap() -> None:
        (tmp_path / "v").rename(tmp_path / "away")
        (tmp_path / "v").mkdir()

    told = scanned(tmp_path, (tmp_path / "v",), 1, swap)
    assert outcome(told) == "incomplete"
    assert isinstance(told["problems"], dict)
    assert told["problems"]["replaced"] == 1


def test_a_copy_in_the_place_of_a_root_is_not_what_was_scanned(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    shutil.copytree(tmp_path / "v", tmp_path / "copy")

    def swap() -> None:
        (tmp_path / "v").rename(tmp_path / "away")
        (tmp_path / "copy").rename(tmp_path / "v")

    told = scanned(tmp_path, (tmp_path / "v",), 1, swap)
    assert outcome(told) == "incomplete"


def test_a_second_root_without_a_file_is_not_hidden_by_the_first(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    (tmp_path / "w" / "empty").mkdir(parents=True)
    told = scanned(tmp_path, (tmp_path / "v", tmp_path / "w"), 1 << 30, None)
    assert outcome(told) == "incomplete"
    assert told["problems"] == {"no-file": 1}


def test_a_second_root_that_goes_before_its_turn_ends_no_scan(tmp_path: Path) -> None:
    fill(tmp_path / "v", b"0\n")  # of empty files both roots would go to a worker at once
    fill(tmp_path / "w", DIRTY)
    told = scanned(
        tmp_path, (tmp_path / "v", tmp_path / "w"), 1, lambda: shutil.rmtree(tmp_path / "w")
    )
    assert outcome(told) == "incomplete"
    assert isinstance(told["problems"], dict)
    assert told["problems"].keys() == {"vanished"}


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


@pytest.mark.parametrize("below", ["", "data"])
def test_a_volume_that_is_unmounted_is_incomplete(
    tmp_path: Path, mounted: Path, below: str
) -> None:
    root = mounted / below
    fill(root)
    told = scanned(
        tmp_path, (root,), 1, lambda: subprocess.run(["umount", "-l", mounted], check=True)
    )
    assert outcome(told) == "incomplete"
    assert os.listdir(mounted) == []
