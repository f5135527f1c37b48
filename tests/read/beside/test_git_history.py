"""Objects of repositories that git itself wrote."""

import zlib
from pathlib import Path

import pytest

from tests.read.beside.given import MUTANTS, Given, given, survived
from tests.read.remnants import git
from vestige.read.beside import git_history
from vestige.read.beside.git_history import is_loose
from vestige.read.pages import Held

LIST = "code,surname\nsub-1,Quintero\n"


@pytest.fixture
def objects(tmp_path: Path) -> Path:
    """A repository from which a list was removed again."""
    git(tmp_path, "init", "-q")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Add patient Zargothy, Maria")
    (tmp_path / "list.csv").write_text(f"{LIST}sub-2,Vexley\n" * 40, encoding="utf-8")
    git(tmp_path, "commit", "-qam", "two")
    git(tmp_path, "rm", "-q", "list.csv")
    git(tmp_path, "commit", "-qm", "none", "--allow-empty")
    return tmp_path / ".git" / "objects"


def loose(objects: Path) -> list[Given]:
    found = [path.read_bytes() for path in objects.glob("??/*")]
    return [given(data, "git object") for data in found]


def test_files_of_the_history_are_inside(objects: Path) -> None:
    inner = [content for one in loose(objects) for _, content in one.inner]
    assert LIST.encode() in inner


def test_what_was_said_of_changes_is_told(objects: Path) -> None:
    texts = {text for one in loose(objects) for text in one.texts.get("text", ())}
    assert {"Add patient Zargothy, Maria", "a <a@example.org>"} <= texts
    assert not any("tree" in text for text in texts)


def test_packs_hold_the_same(objects: Path) -> None:
    git(objects.parent.parent, "gc", "-q", "--aggressive", "--prune=now")
    (pack,) = (objects / "pack").glob("*.pack")
    found = given(pack.read_bytes(), "git pack")
    assert LIST.encode() in [content for _, content in found.inner]
    assert "Add patient Zargothy, Maria" in found.texts["text"]
    assert not found.losses
    assert survived(pack.read_bytes()) == MUTANTS


def test_of_a_long_pack_the_rest_is_told_to_be_missing(
    objects: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(objects.parent.parent, "gc", "-q", "--prune=now")
    (pack,) = (objects / "pack").glob("*.pack")
    monkeypatch.setattr(git_history, "_TOLD", 200)
    assert given(pack.read_bytes(), "git pack").losses == ["archive-budget"]


def test_what_does_not_have_its_length_is_damaged() -> None:
    assert given(zlib.compress(b"blob 9\0abc"), "git object").losses == ["damaged"]
    assert not is_loose(Held(zlib.compress(b"some text")))
    assert not is_loose(Held(b"x and no more"))
