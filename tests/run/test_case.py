"""A case as it is read: with its exhibits and documents, and everything that is wrong."""

from pathlib import Path

import pytest

from vestige.custody import case as cases
from vestige.custody import exhibit
from vestige.model import UsageError
from vestige.run import custody, export
from vestige.run.case import ATTACHED, OPENED, SEALED, SEALING, read, sealed
from vestige.run.custody import Custodian
from vestige.run.sealable import whole


@pytest.fixture
def custodian(tmp_path: Path) -> Custodian:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "a").write_text("a")
    reasons = {"by": "me", "because": "test", "authority": ""}
    return custody.open_case(tmp_path / "case", reasons, tmp_path / "keys")


def test_steps_exhibits_and_documents_are_told(custodian: Custodian, tmp_path: Path) -> None:
    subtree = whole(tmp_path / "volume")
    custodian, made = custody.seal(custodian, subtree, lambda _done: None)
    custodian = custody.attach(custodian, tmp_path / "volume" / "a", "approval", "E1")
    found = read(tmp_path / "case", tmp_path / "keys")
    assert [step.name for step in found.steps] == [OPENED, SEALING, SEALED, ATTACHED]
    assert found.exhibits == (made,)
    assert [one.kind for one in found.attachments] == ["approval"]
    assert (found.faults, found.keyed) == ((), True)
    assert sealed(tmp_path / "case", custodian.key, "E1").name == "E1"
    with pytest.raises(UsageError, match="no sealed exhibit E2"):
        sealed(tmp_path / "case", custodian.key, "E2")


def test_missing_files_are_faults(custodian: Custodian, tmp_path: Path) -> None:
    subtree = whole(tmp_path / "volume")
    custodian, _ = custody.seal(custodian, subtree, lambda _done: None)
    custody.attach(custodian, tmp_path / "volume" / "a", "other", "")
    (tmp_path / "case" / "attached" / "001").unlink()
    (tmp_path / "case" / "exhibits" / "E1" / "manifest.sha256").unlink()
    found = read(tmp_path / "case", tmp_path / "keys")
    assert [fault.line for fault in found.faults] == [3, 4]


def test_a_seal_of_which_the_ledger_does_not_tell_is_gone_on_with(
    custodian: Custodian, tmp_path: Path
) -> None:
    subtree = whole(tmp_path / "volume")
    folder = tmp_path / "case" / "exhibits" / "E1"
    # Killed between the last file and the ledger: the exhibit is whole, and nothing tells of it.
    killed = exhibit.seal(subtree, folder, 1, lambda _done: None, 1)
    custodian, made = custody.seal(custodian, subtree, lambda _done: None)
    assert (made.id, made.digest) == ("E1", killed.digest)
    _, other = custody.seal(custodian, subtree, lambda _done: None)
    assert other.id == "E2"
    assert read(tmp_path / "case", tmp_path / "keys").faults == ()


def test_two_cannot_seal_into_one_case_at_once(custodian: Custodian, tmp_path: Path) -> None:
    subtree = whole(tmp_path / "volume")
    with cases.sealing(custodian.folder), pytest.raises(UsageError, match="already"):
        custody.seal(custodian, subtree, lambda _done: None)
    assert read(tmp_path / "case", tmp_path / "keys").exhibits == ()
    custody.seal(custodian, subtree, lambda _done: None)


def test_nothing_is_written_into_what_was_sealed(custodian: Custodian, tmp_path: Path) -> None:
    subtree = whole(tmp_path / "volume")
    custodian, _ = custody.seal(custodian, subtree, lambda _done: None)
    inside = tmp_path / "volume" / "out"
    for write in (
        lambda: export.export(custodian, inside, with_names=True),
        lambda: custody.ask_for_time(custodian, inside),
        lambda: custody.write_bag(custodian, "E1", inside, lambda _files, _bytes: None),
        lambda: custody.demand_outside_exhibits(custodian.folder, inside),
    ):
        with pytest.raises(UsageError, match="was sealed"):
            write()
    assert not inside.exists()


def test_an_ending_that_may_be_a_name_is_not_kept(custodian: Custodian, tmp_path: Path) -> None:
    for name in ("letter.Zargothy", "letter.PDF"):
        (tmp_path / name).write_text("x")
        custodian = custody.attach(custodian, tmp_path / name, "other", "")
    told = [one.name for one in read(tmp_path / "case", tmp_path / "keys").attachments]
    assert told == ["001", "002.pdf"]
