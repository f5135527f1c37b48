"""Verifications and deletions as the ledger and the records tell them."""

import json
import shutil
from pathlib import Path

import pytest

from vestige.model import UsageError
from vestige.run import custody, exhibits
from vestige.run.case import DELETED, VERIFIED, read
from vestige.run.custody import Custodian
from vestige.run.sealable import whole


def silent(_entries: int, _bytes: int) -> None:
    """Says nothing."""


@pytest.fixture
def custodian(tmp_path: Path) -> Custodian:
    for name in ("gone/a", "gone/b", "kept/c"):
        (tmp_path / "volume" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "volume" / name).write_text(name)
    reasons = {"by": "me", "because": "test"}
    opened = custody.open_case(tmp_path / "case", reasons, tmp_path / "keys")
    for folder in ("volume", "volume/gone"):
        subtree = whole(tmp_path / folder)
        opened, _ = custody.seal(opened, subtree, lambda _done: None)
    return opened


def test_a_verification_is_told_with_every_difference(custodian: Custodian, tmp_path: Path) -> None:
    (tmp_path / "volume" / "gone" / "a").write_text("other")
    asked = exhibits.Asked("E1", tmp_path / "volume")
    _, found = exhibits.verify(custodian, asked, silent)
    step = read(tmp_path / "case", tmp_path / "keys").steps[-1]
    assert (step.name, step.facts["holds"], step.facts["changed"]) == (VERIFIED, False, 1)
    assert found.in_place
    held = json.loads((tmp_path / "case" / "records" / "verification-1.json").read_bytes())
    assert {one["path"] for one in held["differences"]} == {"gone/a"}


def test_a_sample_is_told_with_its_seed(custodian: Custodian, tmp_path: Path) -> None:
    asked = exhibits.Asked("E1", tmp_path / "volume", share=0.5, seed="s")
    exhibits.verify(custodian, asked, silent)
    facts = read(tmp_path / "case", tmp_path / "keys").steps[-1].facts
    assert (facts["sample_seed"], facts["sample_files"], facts["compared_files"]) == ("s", 2, 2)


def test_a_deletion_holds_with_rest_and_copy_alone(custodian: Custodian, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "volume" / "gone", tmp_path / "copy")
    shutil.rmtree(tmp_path / "volume" / "gone")
    custodian, bare = exhibits.record_deletion(custodian, exhibits.Gone("E2"), silent)
    assert not bare.holds
    gone = exhibits.Gone("E2", "E1", tmp_path / "copy")
    custodian, found = exhibits.record_deletion(custodian, gone, silent)
    assert found.holds
    assert (found.listed, found.remaining) == (2, 0)
    assert read(tmp_path / "case", tmp_path / "keys").steps[-1].name == DELETED
    with pytest.raises(UsageError, match="does not lie in"):
        exhibits.record_deletion(custodian, exhibits.Gone("E1", "E2"), silent)
