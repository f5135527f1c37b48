"""The key file: made once, private, never inside a scanned root."""

import os
from pathlib import Path

import pytest

from vestige.model import UsageError
from vestige.run import key


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", os.fspath(tmp_path / "data"))
    return tmp_path


@pytest.mark.usefixtures("home")
def test_a_key_is_made_once_for_its_owner_alone() -> None:
    first = key.load(None, ())
    assert len(first) == 32
    assert key.load(None, ()) == first
    assert key.default_file().stat().st_mode & 0o777 == 0o600
    assert key.default_file().parent.stat().st_mode & 0o777 == 0o700


def test_a_named_key_must_exist_and_be_long_enough(home: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        key.load(home / "missing", ())
    (home / "short").write_bytes(b"x" * 31)
    with pytest.raises(UsageError, match="fewer than 32"):
        key.load(home / "short", ())
    (home / "shared").write_bytes(b"s" * 40)
    assert key.load(home / "shared", ()) == b"s" * 32


def test_a_key_inside_a_root_is_refused_through_links_too(home: Path) -> None:
    root = home / "volume"
    root.mkdir()
    (root / "key").write_bytes(b"x" * 32)
    (home / "link").symlink_to(root)
    for path in (root / "key", home / "link" / "key"):
        with pytest.raises(UsageError, match="inside a scanned root"):
            key.load(path, (os.fsencode(root),))


def test_a_data_folder_inside_a_root_gets_no_key(home: Path) -> None:
    with pytest.raises(UsageError, match="inside a scanned root"):
        key.load(None, (os.fsencode(home),))
    assert not (home / "data").exists()
