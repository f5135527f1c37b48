"""Case folders: for their owner alone, with their key elsewhere."""

from pathlib import Path

import pytest

from vestige.custody import case as cases
from vestige.custody.ledger import FIRST, Anchor, Key
from vestige.model import SealError, UsageError


def test_a_case_is_for_its_owner_alone_and_its_key_elsewhere(tmp_path: Path) -> None:
    number = cases.make(tmp_path / "case", tmp_path / "keys")
    assert cases.number_of(tmp_path / "case") == number
    folders = [tmp_path / "case", *(p for p in (tmp_path / "case").iterdir() if p.is_dir())]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
    key = cases.load_key(tmp_path / "keys", number)
    assert key is not None
    assert key.anchor == Anchor(0, FIRST)
    assert key.secret.hex() not in "".join(
        p.read_text() for p in (tmp_path / "case").rglob("*") if p.is_file()
    )
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "keys").iterdir()} == {0o600}


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(UsageError, match="must be empty"):
        cases.make(tmp_path, tmp_path.parent / "keys")
    with pytest.raises(UsageError, match="no case"):
        cases.number_of(tmp_path)
    (tmp_path / "case.json").write_text('{"case": "../../etc"}')
    with pytest.raises(UsageError, match="cannot be read"):
        cases.number_of(tmp_path)


def test_a_key_that_is_not_here_is_none_and_a_damaged_one_said(tmp_path: Path) -> None:
    assert cases.load_key(tmp_path, "1") is None
    cases.keep_key(tmp_path, "1", Key(b"k" * 32, Anchor(3, "x")))
    assert cases.load_key(tmp_path, "1") == Key(b"k" * 32, Anchor(3, "x"))
    (tmp_path / "1.json").write_text("{")
    with pytest.raises(SealError, match="backup"):
        cases.load_key(tmp_path, "1")


def test_exhibits_have_numbers_and_no_other_name(tmp_path: Path) -> None:
    assert cases.exhibit_folder(tmp_path, "E12").name == "E12"
    for name in ("../E1", "E", "1", "Ex"):
        with pytest.raises(UsageError):
            cases.exhibit_folder(tmp_path, name)
