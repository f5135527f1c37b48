"""Volumes that others change while they are scanned: said, counted, and nothing else lost."""

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.account import DIRTY, Account, account, put
from tests.volumes import Ran, Seen, seen_in
from vestige import walk
from vestige.gate import exit_code
from vestige.model import Entry
from vestige.read import name
from vestige.read.file import open_source
from vestige.read.unreadable import Unreadable
from vestige.run import outputs
from vestige.run import scan as scans
from vestige.run.occurrences import EVERY
from vestige.run.plan import Request, plan
from vestige.run.review import open_review

FOLDERS = 80


def moving(volume: Path) -> None:
    """Directories of victims, seven as much as a batch, and two more to be replaced."""
    for number in range(FOLDERS):
        folder = volume / f"b{number:02}"
        folder.mkdir(parents=True)
        for file in range(36):
            (folder / f"{file:02}.dcm").write_bytes(DIRTY)
    for own in ("linked", "gone"):
        (volume / f"z-{own}").mkdir()
        (volume / f"z-{own}" / "image.dcm").write_bytes(DIRTY)


def meddle(volume: Path) -> None:
    """What others may do to a volume while it is scanned."""
    victims = volume / "b40"
    for file in range(5):
        (victims / f"{file:02}.dcm").unlink()
    (victims / "01.dcm").mkdir()
    (victims / "02.dcm").symlink_to(volume.parent / "outside/image.dcm")
    os.mkfifo(victims / "03.dcm")
    (victims / "04.dcm").write_bytes(DIRTY)
    os.truncate(victims / "05.dcm", len(DIRTY) + 64)
    os.truncate(victims / "06.dcm", len(DIRTY) - LAST_ELEMENT)
    for own in ("linked", "gone"):
        shutil.rmtree(volume / f"z-{own}")
    (volume / "z-linked").symlink_to(volume.parent / "outside")


LAST_ELEMENT = 14
"""Bytes of the last element of DIRTY."""

MEDDLED = {
    b"b40/00.dcm": ("unreadable", {"vanished"}),
    b"b40/01.dcm": ("unreadable", {"replaced"}),
    b"b40/02.dcm": ("unreadable", {"replaced"}),
    b"b40/03.dcm": ("unreadable", {"replaced"}),
    b"b40/04.dcm": ("partly", {"changed"}),
    b"b40/05.dcm": ("partly", {"changed"}),
    b"b40/06.dcm": ("partly", {"changed"}),
    b"z-linked": ("unreadable", {"replaced"}),
    b"z-gone": ("unreadable", {"vanished"}),
}


def test_a_tree_that_moves_under_the_scan_is_told_from_one_that_stands(tmp_path: Path) -> None:
    volume, out = tmp_path / "volume", tmp_path / "out"
    moving(volume)
    put(os.fsencode(tmp_path / "outside"), b"image.dcm", DIRTY)
    ended = _with_listener(volume, out, lambda: meddle(volume))
    assert ended.code == 1
    told = {path: (ended.states[path][0], codes) for path, codes in ended.problems.items()}
    assert told == MEDDLED
    images = {path for path in ended.states if path.endswith(b".dcm")}
    unread = {path for path, (state, _) in MEDDLED.items() if state == "unreadable"}
    assert ended.named == images - unread
    assert len(images) == FOLDERS * 36


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    volume, out = tmp_path / "volume", tmp_path / "out"
    moving(volume)

    def kill() -> None:
        for child in multiprocessing.active_children():
            child.kill()

    ended = _with_listener(volume, out, kill)
    assert ended.problems == {}
    assert ended.named == {path for path in ended.states if path.endswith(b".dcm")}


def _with_listener(volume: Path, out: Path, first: Callable[[], None]) -> Account:
    """Scan with one worker, and do something at the first sign of progress.

    Eight batches are under way by then: what the meddler touches is walked, and not yet read.
    """
    key = out.parent / "key"
    key.write_bytes(bytes(range(32)))
    planned = plan(Request(roots=(volume,), out=out, key=key, jobs=1, crack_seconds=0))
    told: list[scans.Progress] = []

    def listener(progress: scans.Progress) -> None:
        if not told:
            first()
        told.append(progress)

    file = scans.scan(planned, listener)
    assert told[-1].entries > FOLDERS * 36
    store, review = open_review(file, EVERY)
    try:
        outputs.write(review, out)
    finally:
        store.close()
    return account(Ran(exit_code(review.verdict), ""), out)


def _walked(volume: Path) -> Iterator[Seen]:
    return seen_in(walk.walk(walk.roots([volume])))


def _file_to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _file_to_link(path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    path.symlink_to(path.with_suffix(".old"))


@pytest.mark.parametrize(
    ("change", "code"),
    [(Path.unlink, "vanished"), (_file_to_folder, "replaced"), (_file_to_link, "replaced")],
)
def test_between_the_walk_and_the_reading_a_file_may_become_anything(
    tmp_path: Path, change: Callable[[Path], None], code: str
) -> None:
    (tmp_path / "image.dcm").write_bytes(DIRTY)
    entry: Entry | None = None
    for seen in _walked(tmp_path):
        if seen.entry.name == b"image.dcm":
            change(tmp_path / "image.dcm")
            entry = seen.entry
    assert entry is not None
    with pytest.raises(Unreadable) as raised:
        open_source(entry)
    assert raised.value.code == code
    assert raised.value.problem(entry).entry == entry.id
    assert [type(one).__name__ for one in name.observations(entry)] == ["Observation"]


def test_a_directory_that_a_link_replaces_between_two_steps_of_the_walk_is_not_entered(
    tmp_path: Path,
) -> None:
    put(os.fsencode(tmp_path / "outside"), b"image.dcm", DIRTY)
    volume = tmp_path / "volume"
    (volume / "a").mkdir(parents=True)
    (volume / "b").mkdir()
    found: dict[bytes, str] = {}
    for seen in _walked(volume):
        found[seen.entry.name] = seen.problem.code if seen.problem else ""
        if seen.entry.name == b"a":
            (volume / "b").rmdir()
            (volume / "b").symlink_to(tmp_path / "outside")
    assert found == {b"volume": "", b"a": "", b"b": "replaced"}
