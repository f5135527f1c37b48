"""What the doctor says of this machine."""

import os
from pathlib import Path

import pytest

from vestige.run import doctor, key


def test_a_sound_machine_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", os.fspath(tmp_path))
    found = doctor.examine()
    assert all(good for good, _ in found)
    assert any("will be made" in said for _, said in found)
    key.load(None, ())
    assert any("is private" in said for _, said in doctor.examine())


def test_a_key_that_others_may_read_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", os.fspath(tmp_path))
    key.load(None, ())
    key.default_file().chmod(0o644)
    wrong = [said for good, said in doctor.examine() if not good]
    assert wrong == ["the key of keyed digests is open to others"]
