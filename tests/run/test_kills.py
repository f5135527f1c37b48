"""Scans that are killed, told to end, or run out of disk: nothing is lost, nothing stands twice.

`python -m tests.run.kills --tries 50 --seed 1` tries more of them.
"""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.run import kills
from tests.run.kills import Case, case, differences, killed, resumed
from tests.volumes import COMMAND


@pytest.fixture(scope="module")
def planted_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    made = case(tmp_path_factory.mktemp("killed"), parts=1, series=150)
    made.ran(made.top / "whole")
    return made


MOMENTS = (("scan.sqlite", 0.2), ("index", 0.1), (".report.html.part", 0.0))


@pytest.mark.parametrize("number", range(len(MOMENTS)))
def test_a_scan_that_is_killed_goes_on_to_the_same_reports(planted_case: Case, number: int) -> None:
    out = planted_case.top / f"killed{number}"
    killed(planted_case, out, MOMENTS[number])
    resumed(planted_case, out)
    assert differences(out, planted_case.top / "whole") == []


@pytest.mark.parametrize("number", [1])
def test_a_scan_that_is_told_to_end_does_and_goes_on_to_the_same_reports(
    planted_case: Case, number: int
) -> None:
    out = planted_case.top / f"told{number}"
    killed(planted_case, out, MOMENTS[number], by=signal.SIGTERM)
    with closing(sqlite3.connect(out / "scan.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    resumed(planted_case, out)
    assert differences(out, planted_case.top / "whole") == []


def test_a_disk_that_is_full_is_said_and_the_scan_goes_on_when_there_is_room(
    planted_case: Case,
) -> None:
    out = planted_case.top / "full"
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(planted_case.top / "data")}
    full = subprocess.run(
        ["sh", "-c", 'ulimit -f 400; exec "$@"', "sh", *planted_case.command(out)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert full.returncode == 4, full.stderr
    assert b"disk" in full.stderr
    assert b"Traceback" not in full.stderr
    resumed(planted_case, out)
    assert differences(out, planted_case.top / "whole") == []


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("the system does not let this user mount")
    yield folder
    subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


@pytest.mark.parametrize("option", ["size=16k", "ro"])
def test_a_folder_that_takes_nothing_is_said(planted_case: Case, tiny: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", tiny], check=True)
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(planted_case.top / "data")}
    command = [*COMMAND, "scan", os.fspath(planted_case.top / "volume"), "--out"]
    ran = subprocess.run(
        [*command, os.fspath(tiny / "out")], env=environment, capture_output=True, check=False
    )
    assert ran.returncode in (2, 4), ran.stderr
    assert b"cannot be made" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_chance_spreads_over_all_phases_and_is_the_same_for_a_seed() -> None:
    plan = list(kills.moments(1, 50, 5.0))
    assert plan == list(kills.moments(1, 50, 5.0))
    assert plan != list(kills.moments(2, 50, 5.0))
    assert len({mark for mark, _ in plan}) == 5
