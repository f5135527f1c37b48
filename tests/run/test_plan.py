import os
from pathlib import Path

import pytest

from vestige.model import Band, UsageError
from vestige.run.plan import Request, identity, plan


def request(folder: Path, **more: object) -> Request:
    (folder / "volume").mkdir(exist_ok=True)
    (folder / "key").write_bytes(b"k" * 32)
    known = {"roots": (folder / "volume",), "out": folder / "out", "key": folder / "key"}
    return Request(**(known | more))  # type: ignore[arg-type]


def test_everything_that_a_scan_needs_is_found(tmp_path: Path) -> None:
    planned = plan(request(tmp_path, jobs=3, policy="hipaa"))
    assert planned.roots == (os.fsencode((tmp_path / "volume").resolve()),)
    assert (planned.jobs, planned.policy.name, planned.roster) == (3, "hipaa", None)
    assert planned.fail_on is planned.policy.fail_on
    assert plan(request(tmp_path, fail_on=Band.LOW)).fail_on is Band.LOW


def test_a_list_of_people_becomes_the_roster_of_the_scan(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("surname,given name\nQuintero,Ana\n")
    planned = plan(request(tmp_path, roster=tmp_path / "people.csv"))
    assert planned.roster is not None
    assert planned.roster.people == 1
    assert identity(planned)["roster"] != identity(plan(request(tmp_path)))["roster"]


def test_what_lies_inside_the_volume_is_refused(tmp_path: Path) -> None:
    for option, name in (("roster", "people.csv"), ("key", "k"), ("out", "o")):
        inside = tmp_path / "volume" / name
        asked = request(tmp_path, **{option: inside})
        inside.write_bytes(b"k" * 32)
        with pytest.raises(UsageError, match="inside a scanned root"):
            plan(asked)


def test_no_key_and_no_name_stand_in_the_identity(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Quintero, Ana\n")
    told = repr(identity(plan(request(tmp_path, roster=tmp_path / "people.csv"))))
    assert (b"k" * 32).hex() not in told
    assert "uintero" not in told
