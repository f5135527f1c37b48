"""Which recorded names still stand."""

import os
import unicodedata
from pathlib import Path

import pytest

from vestige.read import standing
from vestige.read.standing import Standing


def top(folder: Path) -> bytes:
    return os.fsencode(folder) + b"/"


def test_names_that_stand_are_not_gone(tmp_path: Path) -> None:
    (tmp_path / "Here" / "below").mkdir(parents=True)
    found = Standing(top(tmp_path))
    assert found.gone((), [b"Here", b"here", b"gone"]) == [b"gone"]
    assert found.gone((b"HERE",), [b"below", b"other"]) == [b"other"]
    assert found.gone((b"gone",), [b"below"]) == [b"below"]
    assert found.gone((b"Here", b"below", b"x"), [b"y"]) == [b"y"]


def test_normal_forms_are_one_name(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFC", "Müller")).mkdir()
    name = unicodedata.normalize("NFD", "Müller").encode()
    assert Standing(top(tmp_path)).gone((), [name]) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside" / "x").mkdir(parents=True)
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "link").symlink_to(tmp_path / "outside")
    assert Standing(top(tmp_path / "volume")).gone((b"link",), [b"x"]) == [b"x"]


def test_listings_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / name / "x").mkdir(parents=True)
    monkeypatch.setattr(standing, "_FOLDERS", 2)
    found = Standing(top(tmp_path))
    gone = [found.gone((name,), [b"x"]) for name in (b"a", b"b", b"c")]
    assert gone == [[], [b"x"], [b"x"]]


def test_a_folder_that_cannot_be_listed_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Standing(top(tmp_path / "absent")).gone((), [b"x"]) == [b"x"]
    assert Standing(top(tmp_path)).gone((b"file",), [b"x"]) == [b"x"]
