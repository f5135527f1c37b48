"""Log lines as JSON: one event a line, whatever ends the command, and nothing of a volume."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.account import DIRTY
from tests.volumes import COMMAND, vestige
from vestige.cli import log
from vestige.run.scan import Progress


def logged(folder: Path, *words: object) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, events on standard error, and standard output of a command."""
    ran = vestige(*words, "--log-format", "json", home=folder)
    return ran.code, events(ran.err.encode()), ran.out


def events(said: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.decode().splitlines()]


def test_a_scan_logs_events_and_prints_its_result(tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "Zebrinsky_Quexotl.dcm").write_bytes(DIRTY)
    code, told, out = logged(tmp_path, "scan", "vol", "--out", "out")
    assert code == 1
    assert [one["event"] for one in told] == ["begun", "ended"]
    assert told[-1]["verdict"] == "block"
    assert told[-1]["entries"] == 2
    assert all(str(one["time"]).endswith("Z") for one in told)
    assert "Zebrinsky" not in json.dumps(told)
    assert "Verdict: BLOCK" in out


def test_what_ends_a_command_is_an_event_too(tmp_path: Path) -> None:
    code, told, out = logged(tmp_path, "scan", "missing", "--out", "out")
    assert (code, out) == (2, "")
    assert [(one["event"], one["code"]) for one in told] == [("failed", 2)]


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    ran = vestige("scan", ".", "--log-format", "xml", home=tmp_path)
    assert (ran.code, "text or json" in ran.err) == (2, True)


def test_an_interrupt_is_an_event_too(tmp_path: Path) -> None:
    for number in range(400):
        folder = tmp_path / "vol" / str(number)
        folder.mkdir(parents=True)
        for file in range(20):
            (folder / f"{file}.dcm").write_bytes(DIRTY)
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    command = [*COMMAND, "scan", "vol", "--out", "out", "--jobs", "1", "--log-format", "json"]
    process = subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=tmp_path
    )
    while not (tmp_path / "out" / "scan.sqlite").exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert events(said)[-1]["event"] == "interrupted"


def test_progress_is_told_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = log.progress_events(log.json_lines)
    heard(Progress(10, 20, 0.5))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(log, "_PROGRESS_SECONDS", 0.0)
    log.progress_events(log.json_lines)(Progress(10, 20, 0.5))
    (told,) = events(capsys.readouterr().err.encode())
    assert (told["event"], told["entries"], told["share"], told["hunting"]) == (
        "progress",
        10,
        0.5,
        False,
    )


def test_events_are_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    log.in_words("pruned", {"gone": 2, "left": 0})
    log.in_words("notified", {})
    assert capsys.readouterr().err.splitlines() == [
        "old reviews taken away (gone 2, left 0)",
        "the notification command was told",
    ]
