"""A scan that was made, or one that is made for it and leaves nothing."""

import os
from pathlib import Path

import pytest

from tests.accepted import KEY
from tests.located import CANARIES, PERSON, ask, plant, scanned
from vestige.model import UsageError
from vestige.run import locating
from vestige.run.locating import Asked, located, path_of, scan_file
from vestige.run.plan import Request
from vestige.store import Store


def test_a_folder_is_scanned_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path / "volume")
    (tmp_path / "key").write_bytes(KEY)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    request = Request((tmp_path / "volume",), key=tmp_path / "key", jobs=1, crack_seconds=0)
    with locating.scanned(tmp_path / "volume", request, lambda _progress: None) as store:
        assert len(list(temporary.iterdir())) == 1
        assert located(store, KEY, Asked((PERSON,))).exit_code == 1
    assert list(temporary.iterdir()) == []


def test_which_is_a_scan(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert scan_file(tmp_path / "out") is None
    (tmp_path / "out" / "scan.sqlite").touch()
    assert scan_file(tmp_path / "out") == scan_file(tmp_path / "out" / "scan.sqlite")
    with (
        pytest.raises(UsageError, match="does not exist"),
        locating.scanned(tmp_path / "none", Request(()), lambda _progress: None),
    ):
        pass


def test_another_key_is_said_and_the_scan_file_keeps_nothing(tmp_path: Path) -> None:
    file = scanned(tmp_path)
    (tmp_path / "other").write_bytes(b"x" * 32)
    with (
        pytest.raises(UsageError, match="another key"),
        locating.scanned(file, Request((), key=tmp_path / "other"), lambda _progress: None),
    ):
        pass
    before = file.read_bytes()
    ask(file, PERSON)
    assert file.read_bytes() == before


def test_paths_are_masked_but_for_who_asks(tmp_path: Path) -> None:
    file = scanned(tmp_path)
    store, found = Store.open(file), ask(file, PERSON)
    masked, clear = (path_of(store, found, reveal=reveal) for reveal in (False, True))
    shown = " ".join(masked(one.entry) for one in found.found).lower()
    assert not [word for word in CANARIES if word in shown]
    assert all(os.path.exists(clear(one.entry)) for one in found.found)
    store.close()
