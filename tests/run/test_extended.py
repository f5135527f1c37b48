"""Attributes and owners of entries, through a real scan."""

import os
import plistlib
import pwd
from pathlib import Path

import pytest

from tests.run.test_known import image
from vestige import api, catalog
from vestige.catalog import policy
from vestige.read import extended
from vestige.run.answers import Answers
from vestige.run.causes import Cause, Causes
from vestige.run.extended import Extended, has_attributes


def attribute(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, f"user.{name}", value)
    except (OSError, AttributeError):
        pytest.skip("this file system keeps no attributes")


def test_attributes_of_files_and_folders_are_judged(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for number in range(1, 5):
        image(volume / "a" / f"{number}.dcm", number)
    origin = plistlib.dumps(["https://pacs/q?PatientName=Zebrinsky"], fmt=plistlib.FMT_BINARY)
    attribute(volume / "a" / "3.dcm", "com.apple.metadata:kMDItemWhereFroms", origin)
    attribute(volume / "a" / "4.dcm", "note", b"born 12.03.1961")
    attribute(volume / "a", "from", b"Dr. Maria Quintero")
    found = api.scan(volume, out=volume.parent / "out").review.findings
    mine = [one for one in found if one.finding.place == "extended attribute"]
    assert {path for one in mine for path in one.paths} == {
        *("volume/a", "volume/a/3.dcm", "volume/a/4.dcm")
    }


def test_an_owner_called_by_a_name_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    known = catalog.load()
    causes = Causes(b"k" * 32)
    judged = Extended(Answers(known, policy("gdpr"), causes))
    extended.owner.cache_clear()
    user = pwd.struct_passwd(("x", "x", 4711, 4711, "Dr. Maria Quintero,,,", "/", "/"))
    monkeypatch.setattr(pwd, "getpwuid", lambda _number: user)
    with open(os.devnull, "rb") as file:
        (told,) = {n for n in judged.of_file(file.fileno(), 4711) if n >= 0}
        assert not has_attributes(file.fileno())
    extended.owner.cache_clear()
    cause = causes.known[told]
    assert isinstance(cause, Cause)
    assert cause.place == "owner of the file"


def test_an_owner_of_whom_nothing_is_known_says_nothing() -> None:
    assert extended.owner(2**31 - 7) == ""
    assert extended.owner(0) != ""
