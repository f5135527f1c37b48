"""Folders for results: outside of what is scanned, and files that appear whole."""

from pathlib import Path

import pytest

from vestige.model import StoreError, UsageError
from vestige.run import folders


def test_results_never_lie_in_a_root(tmp_path: Path) -> None:
    root = bytes(tmp_path)
    with pytest.raises(UsageError, match="inside a scanned root"):
        folders.folder(tmp_path / "deep" / "out", (root,))
    made = folders.folder(tmp_path / "out", (bytes(tmp_path / "volume"),))
    assert made.stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="cannot be made"):
        folders.folder(tmp_path / "file" / "out", ())


def test_files_are_for_their_owner_and_appear_whole(tmp_path: Path) -> None:
    folders.write(tmp_path / "bytes", b"\xff")
    folders.write_text(tmp_path / "text", lambda stream: print("ü", file=stream))
    assert (tmp_path / "bytes").read_bytes() == b"\xff"
    assert (tmp_path / "text").read_bytes() == "ü\n".encode()
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bytes", "text"]
    with pytest.raises(StoreError, match="cannot be written"):
        folders.write(tmp_path / "missing" / "file", b"")
    with pytest.raises(StoreError, match="cannot be written"):
        folders.write_text(tmp_path / "missing" / "file", lambda _: None)
