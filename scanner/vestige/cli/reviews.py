"""The commands of reviews that repeat: run, schedule, status."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from vestige.catalog import baseline as baselines
from vestige.catalog.workspace import workspace as load_workspace
from vestige.cli import log
from vestige.cli.progress import progress
from vestige.cli.result import say
from vestige.cli.screen import out_console, safe
from vestige.model import UsageError
from vestige.run import schedule as schedules
from vestige.run.acceptance import deadlines, today
from vestige.run.kept import Shelf
from vestige.run.workspace import Asked, Ended, Voice, latest_state
from vestige.run.workspace import run as run_review

_TOP = 10

app = typer.Typer(
    help="Review the same volumes again and again, as a TOML file states it.\n\n"
    "Two keys of it are enough: `roots = [FOLDER, ...]` and `workspace = FOLDER`; all stand in "
    "docs/operations.md. Each run leaves a scan in WORKSPACE/scans/<UTC time>, `latest` leads to "
    "the last one, and reports show the trend over those that are kept.",
    no_args_is_help=True,
)

Config = Annotated[
    Path, typer.Argument(help="TOML file that states the workspace.", show_default=False)
]


@app.command("run")
def run(
    config: Config,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Read everything, whatever has changed.")
    ] = False,
    storage_changed: Annotated[
        bool,
        typer.Option(
            "--storage-changed",
            help="The roots lie on other storage than last time, and shall: a disk was replaced, "
            "a mount moved. Without it such a root counts as not mounted.",
        ),
    ] = False,
    log_format: Annotated[
        str, typer.Option(help="Log lines: text or json. Default: as the file says.")
    ] = "",
) -> None:
    """Run one review, and keep it beside those before.

    Two at once never work in one workspace: the second says who does, and ends with 75. A review
    that was broken off, by a signal or a power cut, is gone on with. A root that is missing, empty
    or on other storage than last time is no clean volume: nothing is scanned then, and the exit
    code is 3.

    Exit codes: 0, 1 and 3 as of `vestige scan`; 2 the file is wrong; 4 the workspace cannot be
    written or an error inside; 75 another review is at work; 130 interrupted.
    """
    space = load_workspace(config)
    as_json = log.as_json(log_format, default=space.log_json)
    asked = Asked(full=full, storage_changed=storage_changed)
    if as_json:
        with log.failures_as_events():
            voice = Voice(log.progress_events(log.json_lines), log.json_lines)
            ended = run_review(space, voice, asked)
    else:
        with progress() as listener:
            ended = run_review(space, Voice(listener, log.in_words), asked)
    _say(ended)
    raise typer.Exit(ended.record.code)


def _say(ended: Ended) -> None:
    """The result, and what is new beside the review before, on one screen."""
    record = ended.record
    if ended.review is None:
        reasons = " ".join(record.reasons)
        out_console.print(f"Verdict: INCOMPLETE. Nothing was scanned. {reasons}", soft_wrap=True)
        return
    say(ended.review)
    if record.new is None:
        out_console.print("Trend: the first review here; there is none to compare with.")
    else:
        out_console.print(f"Trend: {record.new:,} new findings, {record.gone:,} gone.")
    for one in ended.new[:_TOP]:
        said = f"  {one.change.value} {one.new} {one.band.word}: {one.title}"
        out_console.print(safe(said), soft_wrap=True)
    if len(ended.new) > _TOP:
        out_console.print(f"  … and {len(ended.new) - _TOP:,} more")
    out_console.print(f"Kept in {ended.kept.folder}", soft_wrap=True)


@app.command("status")
def status(
    config: Config,
    last: Annotated[int, typer.Option(help="How many reviews to list.", min=1)] = 20,
) -> None:
    """List the last reviews: verdict, findings by band, coverage, what was new.

    Findings that somebody answers for are not counted. Where the file names a baseline, it is said
    when the next acceptance ends; from 14 days before that it is a warning.

    Exit code 0; that of the last review is in the column `exit`.
    """
    space = load_workspace(config)
    every = Shelf(space.folder).kept()
    table = Table(box=None, pad_edge=False)
    bands = ("critical", "high", "medium", "low", "info")
    for column in ("review", "verdict", "exit", *bands, "coverage", "read", "new", "gone"):
        left = column in ("review", "verdict", "coverage", "read")
        table.add_column(column, justify="left" if left else "right")
    for one in every[-last:]:
        if one.record is None:
            table.add_row(one.name, Text(latest_state(one)))
            continue
        record = one.record
        counts = {band.word: f"{count:,}" for band, count in record.point.bands or ()}
        table.add_row(
            one.name,
            record.point.outcome.value if record.scanned else "no scan",
            str(record.code),
            *(counts.get(band, "-") for band in bands),
            "complete" if record.point.complete else "incomplete",
            "-" if not record.scanned else "all" if record.full else "changed",
            "-" if record.new is None else f"{record.new:,}",
            "-" if record.gone is None else f"{record.gone:,}",
        )
    out_console.print(table if every else "No review has been made here yet.")
    if space.baseline is not None:
        day = today()
        for sentence in deadlines(baselines.load(space.baseline, day), day):
            out_console.print(f"Baseline: {safe(sentence)}", soft_wrap=True)


@app.command("schedule")
def schedule(
    config: Config,
    kind: Annotated[str, typer.Option(help="For what: systemd, cron or windows.")] = "systemd",
    every: Annotated[str, typer.Option(help="How often: day, week or month.")] = "week",
    at: Annotated[
        str,
        typer.Option(help='When: "03:00", or for a week "Mon 03:00" or "Mon,Thu 03:00".'),
    ] = "",
    command: Annotated[
        str,
        typer.Option(help="How vestige is called there, as a full path. Default: as it is here."),
    ] = "",
    user: Annotated[str, typer.Option(help="systemd: as which user it runs.")] = "",
) -> None:
    """Print what runs the review at its times: a systemd service and timer, a cron line, or a task.

    Nothing is installed. The systemd service may read everything and write the workspace alone,
    and has no network; save the two parts as the files that they name. The Windows task calls
    Vestige through WSL, where it runs.

    Run the review once by hand first, as the user who will run it: that makes the workspace and
    the key.
    """
    space = load_workspace(config)
    when = schedules.when(every, at)
    called = schedules.Call(command or _called(), space, user)
    kinds = {
        "systemd": schedules.systemd,
        "cron": schedules.cron,
        "windows": schedules.windows,
    }
    if kind not in kinds:
        raise UsageError(f"--kind: {kind!r} is not one of {', '.join(kinds)}")
    sys.stdout.write(kinds[kind](called, when))


def _called() -> str:
    """The full path of the command that runs now."""
    beside = Path(sys.executable).with_name("vestige")
    return str(beside) if beside.exists() else shutil.which("vestige") or str(beside)
