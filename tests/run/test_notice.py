"""Notifications by real commands: what they are told, and that they cannot hold anything up."""

import json
import os
import stat
import time
from pathlib import Path

from vestige.catalog.workspace import Notice
from vestige.run.notice import send

FACTS = {"verdict": "block", "code": "1", "new": "3", "report": "/w s/$HOME;`id`/r.html"}


def test_arguments_environment_and_input_hold_the_facts_and_no_shell_reads_them(
    tmp_path: Path,
) -> None:
    script = tmp_path / "tell"
    script.write_text('#!/bin/sh\ncat > "$2"\nprintf "%s|%s" "$1" "$VESTIGE_NEW" >> "$2"\n')
    script.chmod(stat.S_IRWXU)
    out = tmp_path / "told"
    command = (os.fspath(script), "{verdict} {report}", os.fspath(out))
    assert send(Notice(command), FACTS) == ""
    said, rest = out.read_text().split("\n")
    assert json.loads(said) == FACTS
    assert rest == "block /w s/$HOME;`id`/r.html|3"


def test_a_command_that_fails_is_said() -> None:
    assert send(Notice(("false",)), FACTS).endswith("exit code 1")
    assert "cannot be run" in send(Notice(("/nonesuch/command",)), FACTS)


def test_a_command_that_reads_nothing_is_no_failure() -> None:
    assert send(Notice(("true",)), FACTS | {"summary": "x" * 100_000}) == ""


def test_a_command_that_hangs_is_ended_with_all_that_it_began(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    command = ("sh", "-c", f"sleep 600 & echo $! > {pid}; wait")
    began = time.monotonic()
    assert "longer than 1 s" in send(Notice(command, seconds=1), FACTS)
    assert time.monotonic() - began < 60
    state = Path(f"/proc/{int(pid.read_text())}/stat")
    for _ in range(500):
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            break
        time.sleep(0.01)
    else:
        raise AssertionError("what it began is alive")
