"""What runs a review at its times: systemd units, a cron line, a task of Windows, as text."""

import hashlib
import os
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape

from vestige.catalog.workspace import Workspace
from vestige.model import UsageError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}
_AT = re.compile(r"(?:([A-Za-z]{3}(?:,[A-Za-z]{3})*) )?([01]?\d|2[0-3]):([0-5]\d)")
_EVERY = ("day", "week", "month")
_FIRST = "2025-01-01"
"""The day from which a task of Windows counts: any that has passed."""


class When(NamedTuple):
    """Times of a review: every day, week (on these days) or month (on its first day)."""

    every: str
    days: tuple[str, ...]
    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called: the command's full path, for which workspace, and as which user."""

    command: str
    space: Workspace
    user: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the call."""
        return (self.command, "review", "run", os.fspath(self.space.config))

    @property
    def name(self) -> str:
        """A name for units and tasks that differs from workspace to workspace."""
        told = hashlib.sha256(os.fsencode(self.space.folder)).hexdigest()
        return f"vestige-review-{told[:8]}"


def when(every: str, at: str) -> When:
    """The times that the options say; UsageError if they say none."""
    if every not in _EVERY:
        raise UsageError(f"--every: {every!r} is not one of {', '.join(_EVERY)}")
    said = _AT.fullmatch(at or "03:00")
    if said is None:
        raise UsageError('--at: must be as "03:00", "Mon 03:00" or "Mon,Thu 03:00"')
    given = [day.capitalize() for day in said[1].split(",")] if said[1] else []
    unknown = [day for day in given if day not in DAYS]
    if unknown:
        raise UsageError(f"--at: {unknown[0]!r} is not one of {', '.join(DAYS)}")
    if given and every != "week":
        raise UsageError("--at: days of the week go with --every week")
    days = tuple(day for day in DAYS if day in given)
    return When(every, days or ("Sun",), int(said[2]), int(said[3]))


# --- systemd -----------------------------------------------------------------------------------


def systemd(call: Call, times: When) -> str:
    """A service and a timer, each below a line that names its file."""
    service, timer = f"{call.name}.service", f"{call.name}.timer"
    return (
        f"# /etc/systemd/system/{service}\n{systemd_service(call)}\n"
        f"# /etc/systemd/system/{timer}\n{systemd_timer(times)}\n"
        f"# systemctl daemon-reload && systemctl enable --now {timer}\n"
    )


def systemd_service(call: Call) -> str:
    """The unit of one run: it reads the roots, writes the workspace alone, and has no network."""
    space = call.space
    roots = [os.fspath(root) for root in space.roots]
    folder = os.fspath(space.folder)
    mounts = " ".join(_unit_path(path) for path in (*roots, folder))
    lines = [
        "[Unit]",
        "Description=Vestige review",
        f"RequiresMountsFor={mounts}",
        "",
        "[Service]",
        "Type=oneshot",
        *((f"User={call.user}",) if call.user else ()),
        f"ExecStart={' '.join(_unit_word(word) for word in call.words)}",
        "# 1: findings, 3: something was not read. Both leave the unit as failed, on purpose.",
        "# 75: another review is at work.",
        "SuccessExitStatus=75",
        "UMask=0077",
        f"Nice={space.nice}",
        "IOSchedulingClass=idle",
        "CPUSchedulingPolicy=batch",
        f"ReadOnlyPaths={' '.join(_unit_path(f'-{path}') for path in roots)}",
        f"ReadWritePaths={_unit_path(folder)}",
        "ProtectSystem=strict",
        "ProtectHome=read-only",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "# A notification command has no network either: let it write where another program reads.",
        "PrivateNetwork=yes",
        "RestrictAddressFamilies=AF_UNIX",
        "NoNewPrivileges=yes",
        "# To read what others own, without changing access times, and nothing else.",
        "CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_FOWNER",
        "ProtectKernelTunables=yes",
        "ProtectKernelModules=yes",
        "ProtectKernelLogs=yes",
        "ProtectControlGroups=yes",
        "ProtectClock=yes",
        "ProtectHostname=yes",
        "RestrictNamespaces=yes",
        "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes",
        "LockPersonality=yes",
        "SystemCallArchitectures=native",
    ]
    return "\n".join(lines) + "\n"


def systemd_timer(times: When) -> str:
    """The unit that starts it at its times, and after the machine was off at one of them."""
    return (
        "[Unit]\n"
        "Description=Times of the Vestige review\n"
        "\n"
        "[Timer]\n"
        f"OnCalendar={calendar(times)}\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def calendar(times: When) -> str:
    """The times as systemd writes them."""
    clock = f"{times.hour:02}:{times.minute:02}:00"
    if times.every == "week":
        return f"{','.join(times.days)} *-*-* {clock}"
    return f"*-*-01 {clock}" if times.every == "month" else f"*-*-* {clock}"


def _unit_word(word: str) -> str:
    """A word of a command in a unit: quoted, and without anything that is put in for something."""
    return _unit_path(word).replace("$", "$$")


def _unit_path(path: str) -> str:
    """A path in a unit, quoted; specifiers begin with a percent sign."""
    _demand_plain(path)
    quoted = path.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{quoted}"'


# --- cron --------------------------------------------------------------------------------------


def cron(call: Call, times: When) -> str:
    """One line of a crontab; a percent sign would end the command there."""
    day = "1" if times.every == "month" else "*"
    week = ",".join(str(DAYS.index(one) + 1) for one in times.days)
    week = week if times.every == "week" else "*"
    for word in call.words:
        _demand_plain(word)
        if "\\" in word:
            raise UsageError("a path with a backslash in it is read differently by each cron")
    command = shlex.join(call.words).replace("%", r"\%")
    return f"{times.minute} {times.hour} {day} * {week} {command}\n"


# --- Windows -----------------------------------------------------------------------------------


def windows(call: Call, times: When) -> str:
    """A task of Windows that calls Vestige through WSL, as XML for `schtasks /Create /XML`."""
    for word in call.words:
        _demand_plain(word)
    arguments = " ".join(_windows_word(word) for word in ("--exec", *call.words))
    return f"""<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Vestige review</Description>
    <URI>\\{call.name}</URI>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{_FIRST}T{times.hour:02}:{times.minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
{_windows_times(times)}
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>9</Priority>
  </Settings>
  <Actions>
    <Exec>
      <Command>wsl.exe</Command>
      <Arguments>{escape(arguments)}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def _windows_times(times: When) -> str:
    if times.every == "day":
        return "      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    if times.every == "week":
        days = _tags(_FULL[day] for day in times.days)
        inside = f"<WeeksInterval>1</WeeksInterval><DaysOfWeek>{days}</DaysOfWeek>"
        return f"      <ScheduleByWeek>{inside}</ScheduleByWeek>"
    months = _tags(_MONTHS)
    inside = f"<DaysOfMonth><Day>1</Day></DaysOfMonth><Months>{months}</Months>"
    return f"      <ScheduleByMonth>{inside}</ScheduleByMonth>"


_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def _tags(names: Iterable[str]) -> str:
    return "".join(f"<{name} />" for name in names)


def _windows_word(word: str) -> str:
    """A word of a command line as programs of Windows split it."""
    if word and not re.search(r'[\s"]', word):
        return word
    quoted = re.sub(r'(\\*)"', r'\1\1\\"', word)
    quoted = re.sub(r"(\\+)$", r"\1\1", quoted)
    return f'"{quoted}"'


def _demand_plain(text: str) -> None:
    if not text.isprintable():
        raise UsageError("a path with a control character in it cannot be scheduled")
