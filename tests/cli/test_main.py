"""The way into a command and out of it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.volumes import COMMAND, planted, vestige


def test_a_closed_pipe_ends_a_command_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*COMMAND, "rules", "list"], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.returncode == 141
    assert done.stderr == b""


def test_a_terminal_without_unicode_ends_nothing(tmp_path: Path) -> None:
    planted("phantom-directory", tmp_path / "volume")
    environment = os.environ | {
        "XDG_DATA_HOME": os.fspath(tmp_path / "data"),
        "PYTHONIOENCODING": "ascii",
    }
    command = [*COMMAND, "scan", os.fspath(tmp_path / "volume"), "--out", os.fspath(tmp_path / "o")]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1, done.stderr
    assert done.stdout.isascii()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_a_scan_with_130_and_a_scan_that_resumes(
    tmp_path: Path, number: signal.Signals
) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("whoever started the tests ignores this signal, and commands inherit that")
    for part in range(40):
        planted("phantom-directory", tmp_path / "volume" / f"part{part}", seed=part)
    out = tmp_path / "out"
    environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    command = [*COMMAND, "scan", os.fspath(tmp_path / "volume"), "--out", os.fspath(out)]
    command += ["--crack-seconds", "0"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    while not (out / "scan.sqlite").exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"--resume" in said
    assert b"Traceback" not in said
    shown = vestige("report", out, home=tmp_path)
    assert shown.code == 0, shown.text
    assert "not come to its end" in (out / "report.html").read_text(encoding="utf-8")
    ran = vestige("scan", tmp_path / "volume", "--out", out, "--resume", home=tmp_path)
    assert ran.code == 1, ran.text


def test_a_command_that_cannot_go_on_does_not_say_that_it_can() -> None:
    process = subprocess.Popen(
        [*COMMAND, "explain", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(3)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"interrupted" in said
    assert b"--resume" not in said


def test_help_names_extras_as_they_are_installed(tmp_path: Path) -> None:
    assert "'vestige[ocr]'" in vestige("scan", "--help", home=tmp_path).text


FALLS_INTO_A_DESTRUCTOR = """
import os, signal, time, typer
from importlib import import_module
way = import_module("vestige.cli.main")

class Falls:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)

class Breaks:
    def __del__(self):
        raise ValueError("ZARGOTHY")

app = typer.Typer()

@app.command()
def wait():
    Breaks()
    Falls()
    time.sleep(20)

way.app = app
way.main()
"""


def test_an_interrupt_that_falls_into_a_destructor_is_not_lost() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FALLS_INTO_A_DESTRUCTOR],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 130, ran.stderr
    assert b"interrupted" in ran.stderr
    assert b"ValueError" in ran.stderr
    assert b"ZARGOTHY" not in ran.stderr
    assert b"Traceback" not in ran.stderr
