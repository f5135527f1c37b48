"""Texts that schedulers read: judged by systemd, an XML parser and a shell."""

import os
import shutil
import stat
import subprocess
from itertools import product
from pathlib import Path

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from vestige.catalog.workspace import Workspace
from vestige.model import UsageError
from vestige.run.schedule import (
    Call,
    When,
    calendar,
    cron,
    systemd,
    systemd_service,
    systemd_timer,
    when,
    windows,
)

ODD = ("plain", "with space", "100 % sure", "it's", 'a "quoted"', "$HOME", "b\\s", "é;&<x>")
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
TIMES = (
    When("day", ("Sun",), 3, 0),
    When("week", ("Mon", "Thu"), 23, 59),
    When("month", ("Sun",), 0, 5),
)


def called(top: Path, odd: str, command: str = "/bin/true") -> Call:
    folder = top / odd
    for own in ("vol", "ws"):
        (folder / own).mkdir(parents=True)
    space = Workspace(folder / "site.toml", folder / "ws", (folder / "vol",))
    return Call(command, space)


def test_times_are_read() -> None:
    assert when("week", "") == When("week", ("Sun",), 3, 0)
    assert when("week", "thu,Mon 4:05") == When("week", ("Mon", "Thu"), 4, 5)
    assert when("day", "23:59") == When("day", ("Sun",), 23, 59)


@pytest.mark.parametrize(
    ("every", "at"),
    [("year", ""), ("day", "24:00"), ("day", "3"), ("week", "Xyz 03:00"), ("day", "Mon 03:00")],
)
def test_times_that_are_none_are_refused(every: str, at: str) -> None:
    with pytest.raises(UsageError, match="--"):
        when(every, at)


# --- systemd ----------------------------------------------------------------------------------


def analyze(*words: object) -> "subprocess.CompletedProcess[str]":
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("no systemd-analyze here")
    return subprocess.run(
        [tool, *map(str, words)], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("odd", ODD)
def test_systemd_takes_the_service_and_reads_its_paths_as_they_are(
    tmp_path: Path, odd: str
) -> None:
    call = called(tmp_path, odd)
    for name, text in (("r.service", systemd_service(call)), ("r.timer", systemd_timer(TIMES[1]))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = analyze("verify", "--man=no", tmp_path / "r.service", tmp_path / "r.timer")
    ours = [line for line in ran.stderr.splitlines() if "r.service" in line or "r.timer" in line]
    assert ours == []
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("times", TIMES)
def test_systemd_knows_the_times(times: When) -> None:
    ran = analyze("calendar", calendar(times))
    assert ran.returncode == 0, ran.stderr
    assert f"{times.hour:02}:{times.minute:02}:00" in ran.stdout


def test_the_service_writes_the_workspace_alone_and_has_no_network(tmp_path: Path) -> None:
    call = called(tmp_path, "100 % sure")
    lines = systemd_service(call).splitlines()
    folder = f"{tmp_path}/100 %% sure"
    assert f'ReadWritePaths="{folder}/ws"' in lines
    assert f'ReadOnlyPaths="-{folder}/vol"' in lines
    assert f'ExecStart="/bin/true" "review" "run" "{folder}/site.toml"' in lines
    for line in ("ProtectSystem=strict", "PrivateNetwork=yes", "NoNewPrivileges=yes", "Nice=19"):
        assert line in lines
    assert "IOSchedulingClass=idle" in lines
    whole = systemd(call, TIMES[0])
    assert f"/etc/systemd/system/{call.name}.service" in whole
    assert f"/etc/systemd/system/{call.name}.timer" in whole
    assert not [line for line in lines if line.startswith("User=")]
    assert "User=audit" in systemd_service(Call("/bin/true", call.space, "audit")).splitlines()


# --- cron -------------------------------------------------------------------------------------


def as_cron_runs(line: str) -> str:
    """What cron gives to the shell: what follows five fields, up to a bare percent sign."""
    command = line.rstrip("\n").split(None, 5)[5]
    kept, escaped = [], False
    for character in command:
        if character == "%" and not escaped:
            break
        if escaped and character != "%":
            kept.append("\\")
        escaped = character == "\\" and not escaped
        if not escaped:
            kept.append(character)
    return "".join(kept)


@pytest.mark.parametrize("odd", [one for one in ODD if "\\" not in one])
def test_a_line_of_cron_runs_under_sh_with_the_words_as_they_are(tmp_path: Path, odd: str) -> None:
    script = tmp_path / "bin" / odd / "vestige"
    script.parent.mkdir(parents=True)
    script.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$OUT"\n')
    script.chmod(stat.S_IRWXU)
    line = cron(called(tmp_path, odd, os.fspath(script)), TIMES[1])
    environment = os.environ | {"OUT": os.fspath(tmp_path / "out")}
    subprocess.run(["/bin/sh", "-c", as_cron_runs(line)], check=True, env=environment)
    said = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    assert said == ["review", "run", os.fspath(tmp_path / odd / "site.toml")]


def test_the_fields_of_cron(tmp_path: Path) -> None:
    call = called(tmp_path, "plain")
    fields = [" ".join(cron(call, times).split()[:5]) for times in TIMES]
    assert fields == ["0 3 * * *", "59 23 * * 1,4", "5 0 1 * *"]


# --- Windows ----------------------------------------------------------------------------------


def split_as_windows(line: str) -> list[str]:
    """The words of a command line by the rules of the C runtime."""
    words: list[str] = []
    word, quoted, there, place = "", False, False, 0
    while place < len(line):
        slashes = 0
        while line[place : place + 1] == "\\":
            slashes, place = slashes + 1, place + 1
        character = line[place : place + 1]
        if character == '"':
            word, there = word + "\\" * (slashes // 2), True
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
        else:
            word += "\\" * slashes
            if character in (" ", "\t", "") and not quoted:
                words, word, there = [*words, *([word] if word or there else [])], "", False
            else:
                word += character
        place += 1
    return [*words, *([word] if word or there else [])]


@pytest.mark.parametrize(("odd", "times"), list(product(ODD, TIMES)))
def test_a_task_is_xml_and_calls_the_words_as_they_are(
    tmp_path: Path, odd: str, times: When
) -> None:
    call = called(tmp_path, odd)
    root = ElementTree.fromstring(windows(call, times).encode("utf-8"))
    assert root.tag == f"{TASK}Task"
    (arguments,) = (one.text for one in root.iter(f"{TASK}Arguments"))
    assert split_as_windows(arguments or "") == ["--exec", *call.words]
    (start,) = (one.text for one in root.iter(f"{TASK}StartBoundary"))
    assert (start or "").endswith(f"T{times.hour:02}:{times.minute:02}:00")
    kinds = {"day": "ScheduleByDay", "week": "ScheduleByWeek", "month": "ScheduleByMonth"}
    assert len(list(root.iter(f"{TASK}{kinds[times.every]}"))) == 1
    days = next(root.iter(f"{TASK}DaysOfWeek"), None)
    if times.every == "week":
        assert days is not None
        assert [one.tag for one in days] == [f"{TASK}Monday", f"{TASK}Thursday"]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1))
def test_any_printable_path_comes_through_windows_and_cron(text: str) -> None:
    if not text.isprintable():
        return
    space = Workspace(Path("/c") / "x.toml", Path("/ws"), (Path("/vol"),))
    call = Call(f"/bin/{text}", space)
    root = ElementTree.fromstring(windows(call, TIMES[0]).encode("utf-8"))
    (arguments,) = (one.text for one in root.iter(f"{TASK}Arguments"))
    assert split_as_windows(arguments or "") == ["--exec", *call.words]
    if "\\" in text:
        with pytest.raises(UsageError, match="backslash"):
            cron(call, TIMES[0])
        return
    said = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\n' {as_cron_runs(cron(call, TIMES[0]))}"],
        capture_output=True,
        check=True,
    )
    assert said.stdout.decode("utf-8").split("\n") == [*call.words, ""]


def test_a_path_that_no_line_can_hold_is_refused() -> None:
    space = Workspace(Path("/c\n/x.toml"), Path("/w\ns"), (Path("/vol"),))
    for made in (systemd, cron, windows):
        with pytest.raises(UsageError, match="control character"):
            made(Call("/bin/true", space), TIMES[0])
