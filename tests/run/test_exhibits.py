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
    assert {(one["of"], one["path"]) for one in differences(tmp_path, "verification-1")} == {
        ("exhibit", "gone/a")
    }


def differences(home: Path, record: str) -> list[dict[str, str]]:
    """The differences of a record, which says how many there are and where."""
    records = home / "case" / "records"
    held = json.loads((records / f"{record}.json").read_bytes())
    if held["differences_in"] is None:
        assert held["differences"] == 0
        return []
    lines = (records / held["differences_in"]).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Personal data")
    assert len(lines) == 1 + held["differences"]
    return [json.loads(line) for line in lines[1:]]


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
    parts = {one["of"] for one in differences(tmp_path, "deletion-2")}
    assert parts <= {"rest", "copy"}
    pages = [tmp_path / "case" / "records" / f"deletion-{n}.html" for n in (1, 2)]
    not_held, holds = (page.read_text(encoding="utf-8") for page in pages)
    assert "This does not hold" in not_held
    assert "not looked at" in not_held
    assert "All that was sealed is no longer listed" in holds
    pages[1].write_text(holds.replace("no longer", "still"), encoding="utf-8")
    faults = read(tmp_path / "case", tmp_path / "keys").faults
    assert [fault.what for fault in faults] == ["deletion-2.html was changed since"]
    pages[1].write_text(holds, encoding="utf-8")
    assert read(tmp_path / "case", tmp_path / "keys").steps[-1].name == DELETED
    with pytest.raises(UsageError, match="does not lie in"):
        exhibits.record_deletion(custodian, exhibits.Gone("E1", "E2"), silent)


def test_what_was_sealed_when_all_was_over_cannot_tell_of_the_rest(
    custodian: Custodian, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "volume" / "gone")
    late, made = custody.seal(custodian, whole(tmp_path / "volume"), lambda _done: None)
    assert made.id == "E3"
    with pytest.raises(UsageError, match="not whole in it"):
        exhibits.record_deletion(late, exhibits.Gone("E2", "E3"), silent)


def test_a_record_says_which_folder_was_looked_at(custodian: Custodian, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "volume", tmp_path / "copy")
    exhibits.verify(custodian, exhibits.Asked("E1", tmp_path / "copy"), silent)
    held = json.loads((tmp_path / "case" / "records" / "verification-1.json").read_bytes())
    assert held["folder"] == str(tmp_path / "copy")
    assert held["device"] == (tmp_path / "copy").stat().st_dev
    assert str(tmp_path) not in (tmp_path / "case" / "ledger.jsonl").read_text(encoding="utf-8")
