"""Contents: equal ones are one, and lists keep their order."""

from pathlib import Path

import pytest

from vestige.account import Account
from vestige.store import Kept, Store
from vestige.store import contents as module

KEPT = Kept((7, 3), (12, 5), 0, 0, 4, dicom=True, reason="")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "scan.sqlite")


def test_equal_contents_are_one(store: Store) -> None:
    contents = store.contents
    number = contents.content(KEPT)
    assert contents.content(Kept(*KEPT)) == number
    assert contents.content(KEPT._replace(findings=(3, 7))) != number
    assert contents.content(KEPT._replace(reason="no-reader")) != number
    assert contents.account(Account(1, 2, 3, 4)) == contents.account(Account(1, 2, 3, 4))
    assert contents.account(Account(4, 3, 2, 1)) != contents.account(Account(1, 2, 3, 4))


def test_what_is_forgotten_is_kept_once_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 1)
    first = store.contents.content(KEPT)
    second = store.contents.content(KEPT._replace(series=9))
    assert len({first, second, store.contents.content(KEPT)}) == 3


def test_lists_are_read_as_they_were_written() -> None:
    assert module.members("7 3 12") == (7, 3, 12)
    assert module.members("") == ()
