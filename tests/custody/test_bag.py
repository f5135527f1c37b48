"""Bags are what BagIt's own library accepts, and hold nothing but what was sealed."""

import hashlib
import json
from pathlib import Path

import bagit
import pytest

from tests.custody.test_exhibit import HOSTILE, plant, sealed
from vestige.custody import exhibit, names
from vestige.custody.bag import Bagged, bag
from vestige.model import SealError


def bagged(tmp_path: Path) -> Bagged:
    made = exhibit.load(tmp_path / "E1")
    told = exhibit.listed(tmp_path / "E1")
    return bag(made, told, tmp_path / "bag", lambda _files, _bytes: None)


def test_bagit_accepts_the_bag(tmp_path: Path) -> None:
    made = sealed(plant(tmp_path / "v"), tmp_path / "E1")
    done = bagged(tmp_path)
    assert (done.files, done.bytes, done.left_out) == (made.files, made.bytes, 0)
    found = bagit.Bag(str(tmp_path / "bag"))
    found.validate()
    assert len(found.payload_entries()) == 20 + len(HOSTILE)
    assert found.info["External-Identifier"] == "E1"


def test_names_that_were_written_otherwise_are_told(tmp_path: Path) -> None:
    sealed(plant(tmp_path / "v"), tmp_path / "E1")
    bagged(tmp_path)
    lines = (tmp_path / "bag" / "names.jsonl").read_text(encoding="utf-8").splitlines()
    told = {held["in_bag"]: names.of_json_path(held) for held in map(json.loads, lines)}
    assert set(told.values()) == {b"a\nb", b"\xff\xfe"}
    for in_bag, path in told.items():
        assert (tmp_path / "bag" / in_bag).read_bytes() == path


def test_what_is_not_as_it_was_sealed_is_left_out(tmp_path: Path) -> None:
    sealed(plant(tmp_path / "v"), tmp_path / "E1")
    (tmp_path / "v" / "0" / "00003.dcm").write_bytes(b"other")
    (tmp_path / "v" / "0" / "00006.dcm").unlink()
    assert bagged(tmp_path).left_out == 2
    bagit.Bag(str(tmp_path / "bag")).validate()
    other = hashlib.sha256(b"other").hexdigest()
    assert other not in (tmp_path / "bag" / "manifest-sha256.txt").read_text()


def test_a_bag_is_not_written_over_another(tmp_path: Path) -> None:
    sealed(plant(tmp_path / "v"), tmp_path / "E1")
    bagged(tmp_path)
    with pytest.raises(SealError, match="exists already"):
        bagged(tmp_path)
