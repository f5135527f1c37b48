"""Progress: a bar on a terminal, calm lines elsewhere."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.volumes import COMMAND, planted
from vestige.cli import progress as progresses
from vestige.cli.progress import progress
from vestige.run.scan import Progress


def test_without_a_terminal_there_is_one_calm_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progresses, "_CALM_SECONDS", 0.0)
    with progress() as listener:
        listener(Progress(1_500, 10, 0.25))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("scanning: 1,500 entries, ")
    assert lines[0].endswith(" s left")
    assert lines[1].startswith("scanned 1,500 entries in ")


def test_no_guess_is_made_before_there_is_ground_for_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progresses, "_CALM_SECONDS", 0.0)
    with progress() as listener:
        listener(Progress(3, 10, 0.001))
    assert "left" not in capsys.readouterr().err


def test_nothing_is_printed_in_a_hurry(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as listener:
        for entries in range(1_000):
            listener(Progress(entries + 1, 0, 0.5))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("scanned 1,000 entries in ")


def test_a_terminal_gets_a_bar_with_rate_and_time_left(tmp_path: Path) -> None:
    for part in range(30):
        planted("phantom-directory", tmp_path / "volume" / f"part{part}", seed=part)
    ours, theirs = pty.openpty()
    environment = os.environ | {
        "XDG_DATA_HOME": os.fspath(tmp_path / "data"),
        "TERM": "xterm",
        "COLUMNS": "120",
    }
    command = [*COMMAND, "scan", os.fspath(tmp_path / "volume"), "--out", os.fspath(tmp_path / "o")]
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, env=environment)
    os.close(theirs)
    said = b""
    while True:
        try:
            part_said = os.read(ours, 65_536)
        except OSError:
            break
        if not part_said:
            break
        said += part_said
    os.close(ours)
    assert process.wait() == 1
    assert b"entries, " in said
    assert b"/s" in said
    assert b"s left" in said
