"""A case as it is read: with its exhibits and documents, and everything that is wrong."""

from pathlib import Path

import pytest

from vestige.model import UsageError
from vestige.run import custody
from vestige.run.case import ATTACHED, OPENED, SEALED, SEALING, read, sealed
from vestige.run.custody import Custodian


@pytest.fixture
def custodian(tmp_path: Path) -> Custodian:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "a").write_text("a")
    reasons = {"by": "me", "because": "test", "authority": ""}
    return custody.open_case(tmp_path / "case", reasons, tmp_path / "keys")


def test_steps_exhibits_and_documents_are_told(custodian: Custodian, tmp_path: Path) -> None:
    subtree = custody.whole(tmp_path / "volume")
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
    subtree = custody.whole(tmp_path / "volume")
    custodian, _ = custody.seal(custodian, subtree, lambda _done: None)
    custody.attach(custodian, tmp_path / "volume" / "a", "other", "")
    (tmp_path / "case" / "attached" / "001").unlink()
    (tmp_path / "case" / "exhibits" / "E1" / "manifest.sha256").unlink()
    found = read(tmp_path / "case", tmp_path / "keys")
    assert [fault.line for fault in found.faults] == [3, 4]
