"""The commands of reviews, as a scheduler and a person call them."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.account import CLEAN, DIRTY
from tests.volumes import COMMAND, Ran, planted, vestige
from vestige.run.acceptance import today
from vestige.run.lock import locked


def stated(top: Path, more: str = "") -> Path:
    (top / "vol").mkdir(exist_ok=True)
    (top / "vol" / "clean.dcm").write_bytes(CLEAN)
    text = f'roots = ["vol"]\nworkspace = "ws"\njobs = 1\n{more}'
    (top / "site.toml").write_text(text, encoding="utf-8")
    return top / "site.toml"


def review(top: Path, command: str, *words: object) -> Ran:
    return vestige("review", command, top / "site.toml", *words, home=top)


def test_a_review_ends_as_a_scan_does_and_says_what_is_new(tmp_path: Path) -> None:
    stated(tmp_path)
    ran = review(tmp_path, "run")
    assert ran.code == 0, ran.text
    assert "the first review here" in ran.text
    assert "Verdict: PASS" in ran.text
    (tmp_path / "vol" / "dirty.dcm").write_bytes(DIRTY)
    ran = review(tmp_path, "run")
    assert ran.code == 1, ran.text
    assert " new findings, 0 gone." in ran.text
    assert "  new F" in ran.text
    shutil.rmtree(tmp_path / "vol")
    ran = review(tmp_path, "run")
    assert ran.code == 3, ran.text
    assert "Nothing was scanned. A root is missing" in ran.text
    told = review(tmp_path, "status")
    assert told.code == 0
    verdicts = [line.split()[1] for line in told.text.splitlines()[1:]]
    assert verdicts == ["pass", "block", "no"]
    assert len(review(tmp_path, "status", "--last", 1).text.splitlines()) == 2


def test_log_lines_as_json_are_asked_for_by_the_file(tmp_path: Path) -> None:
    stated(tmp_path, 'log = "json"\n')
    done = vestige("review", "run", "site.toml", home=tmp_path)
    told = [json.loads(line) for line in done.err.splitlines()]
    assert [one["event"] for one in told] == ["priority", "begun", "ended"]
    assert told[0]["nice"] >= 19
    assert told[-1]["verdict"] == "pass"


def test_a_second_review_says_who_is_first_and_ends_with_75(tmp_path: Path) -> None:
    stated(tmp_path)
    (tmp_path / "ws").mkdir(mode=0o700)
    with locked(tmp_path / "ws" / "lock"):
        ran = review(tmp_path, "run")
    assert ran.code == 75, ran.text
    assert f"process {os.getpid()} on" in " ".join(ran.text.split())


@pytest.mark.parametrize(("days", "warns"), [(15, False), (14, True), (0, True)])
def test_the_status_says_when_the_next_acceptance_ends(
    tmp_path: Path, days: int, *, warns: bool
) -> None:
    stated(tmp_path)
    (tmp_path / "vol" / "dirty.dcm").write_bytes(DIRTY)
    assert review(tmp_path, "run").code == 1
    until = today() + timedelta(days=days)
    words = ("--by", "DPO", "--because", "a copy is sealed", "--until", until)
    to = ("--baseline", tmp_path / "b.toml")
    ran = vestige("accept", tmp_path / "ws" / "latest", "F2", *words, *to, home=tmp_path)
    assert ran.code == 0, ran.text
    stated(tmp_path, 'baseline = "b.toml"\n')
    ran = review(tmp_path, "status")
    assert ran.code == 0, ran.text
    assert f"1 acceptance in b.toml; the next one ends on {until}." in ran.text
    assert ("Warning: 1 acceptance will end within 14 days." in ran.text) is warns
    assert "1 finding is accepted in b.toml" in review(tmp_path, "run").text


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    stated(tmp_path, "keeps = 3\n")
    for command in ("run", "status", "schedule"):
        ran = review(tmp_path, command)
        assert ran.code == 2
        assert "site.toml: keeps: unknown key" in ran.text


def test_a_workspace_without_reviews_says_so(tmp_path: Path) -> None:
    stated(tmp_path)
    assert "No review has been made here yet" in review(tmp_path, "status").text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "OnCalendar=Sun *-*-* 03:00:00"),
        (("--user", "audit"), "User=audit"),
        (("--kind", "cron", "--at", "Mon 04:05"), "5 4 * * 1 "),
        (("--kind", "windows", "--every", "month"), "<ScheduleByMonth>"),
        (("--kind", "cron", "--command", "/opt/v"), "/opt/v review run"),
    ],
)
def test_schedules_are_printed_and_nothing_is_installed(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    stated(tmp_path)
    ran = review(tmp_path, "schedule", *words)
    assert ran.code == 0, ran.text
    assert says in ran.text
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize(
    "words", [("--kind", "launchd"), ("--every", "year"), ("--at", "noon"), ("--kind", "")]
)
def test_schedules_that_are_none_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    stated(tmp_path)
    assert review(tmp_path, "schedule", *words).code == 2


def test_a_review_that_is_killed_is_gone_on_with_and_loses_nothing(tmp_path: Path) -> None:
    for part in range(3):
        planted("dirty-headers", tmp_path / "vol" / str(part), seed=part)
    stated(tmp_path)
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    command = [*COMMAND, "review", "run", "site.toml"]
    chance = random.Random(7)  # noqa: S311 - chance, not secrecy
    for _ in range(2):
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=tmp_path,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        while process.poll() is None and not list(tmp_path.glob("ws/scans/*/scan.sqlite")):
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
    ran = review(tmp_path, "run")
    assert ran.code == 1, ran.text
    vestige("scan", "vol", "--out", "whole", home=tmp_path)
    for name in ("findings.csv", "occurrences.csv", "problems.csv", "families.csv"):
        latest = tmp_path / "ws" / "latest" / name
        assert latest.read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert len(list(tmp_path.glob("ws/scans/*"))) == 1
