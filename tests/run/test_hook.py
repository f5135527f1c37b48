"""The files of a commit, judged where they lie."""

import os
from pathlib import Path

import pytest

from tests.account import CLEAN, DIRTY
from tests.test_readonly import digests, state
from vestige.model import UsageError
from vestige.run.hook import judge
from vestige.run.plan import Request

NOBODY = Request(roots=(), jobs=1)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree in a folder whose own name is a person's, with files beside those given."""
    top = tmp_path / "Quintero_Maria_1961-02-13"
    (top / "images").mkdir(parents=True)
    (top / "images" / "clean.dcm").write_bytes(CLEAN)
    (top / "images" / "dirty.dcm").write_bytes(DIRTY)
    (top / "code.bin").write_bytes(b"\0\1\2\3" * 9)
    (tmp_path / "key").write_bytes(b"k" * 32)
    monkeypatch.setenv("XDG_DATA_HOME", os.fspath(tmp_path))
    monkeypatch.chdir(top)
    return top


def test_only_the_files_given_are_judged_and_nothing_is_left(work: Path) -> None:
    before = digests(work), state(work)
    judged = judge([Path("code.bin"), Path("images/clean.dcm")], NOBODY, lambda _: None)
    assert (judged.code, judged.found, judged.files, judged.unread) == (0, (), 2, 0)
    assert judged.unexamined == 1
    judged = judge([Path("images/dirty.dcm")], NOBODY, lambda _: None)
    assert judged.code == 1
    places = {place.clear for one in judged.found for place in one.places}
    assert {os.path.realpath(place) for place in places} == {
        os.path.realpath(work / "images" / "dirty.dcm")
    }
    assert (digests(work), state(work)) == before


def test_a_name_in_a_path_is_found_and_shown_masked(work: Path) -> None:
    folder = work / "Zebrinsky_Ottokar_1955-03-04"
    folder.mkdir()
    (folder / "notes.py").write_text("y = 2\n")
    judged = judge([folder / "notes.py"], NOBODY, lambda _: None)
    assert judged.code == 1
    assert all(
        "Zebrinsky" not in place.masked and "Quintero" not in place.masked
        for one in judged.found
        for place in one.places
    )


def test_a_file_that_ends_too_soon_is_no_pass(work: Path) -> None:
    (work / "cut.dcm").write_bytes(CLEAN[:-3])
    judged = judge([Path("cut.dcm")], NOBODY, lambda _: None)
    assert (judged.code, judged.unread) == (3, 1)


def test_links_are_judged_and_not_followed(work: Path) -> None:
    (work / "way-in").symlink_to("/nowhere/else")
    judged = judge([Path("way-in")], NOBODY, lambda _: None)
    assert (judged.code, judged.unread) == (0, 0)


def test_no_file_is_no_finding(work: Path) -> None:
    assert work.is_dir()
    assert judge([], NOBODY, lambda _: None).code == 0


@pytest.mark.parametrize("wrong", ["missing.dcm", "images", "../key"])
def test_what_cannot_be_judged_is_refused(work: Path, wrong: str) -> None:
    assert work.is_dir()
    with pytest.raises(UsageError, match="was given"):
        judge([Path("code.bin"), Path(wrong)], NOBODY, lambda _: None)
