"""Copies: whole, for their owner alone, and under notes of their own."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.entries import keep
from vestige.account import NO_BYTES
from vestige.model import State, StoreError
from vestige.store import Earlier, Outcome, Store, copied


def test_a_copy_has_notes_of_its_own_and_all_of_it_is_carried_over(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite", {"id": "one"})
    outcome = store.outcome(Outcome(State.READ, "", (), "", 0, dicom=False))
    keep(store, [(n, 0, (b"x", "file", 1, 2, 3, n), outcome, 0, 0, 0, "") for n in (1, 2)])
    store.account(1, NO_BYTES, 1)
    store.account(2, NO_BYTES)
    store.close()
    target = tmp_path / "copy.sqlite"
    copied(tmp_path / "scan.sqlite", target, {"id": "two"})
    assert target.stat().st_mode & 0o777 == 0o600
    again = Store.open(target)
    assert again.noted("id") == "two"
    assert again.coverage().carried == 2
    again.close()
    with closing(Earlier.open(tmp_path / "scan.sqlite")) as earlier:
        assert earlier.noted("id") == "one"
    with pytest.raises(StoreError, match="exists there already"):
        copied(tmp_path / "scan.sqlite", target, {})


def test_where_it_cannot_be_made_nothing_is_left(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other")) as database, database:
        database.execute("CREATE TABLE other (id)")
    with pytest.raises(StoreError, match="cannot be copied"):
        copied(tmp_path / "other", tmp_path / "copy", {"id": "two"})
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
