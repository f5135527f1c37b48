"""The commands: where each lies, and its help in a sentence; it is loaded when it is called."""

from types import MappingProxyType
from typing import Annotated

import typer

from vestige import __version__
from vestige.cli.later import Known, group
from vestige.cli.screen import out_console

_ALL_TAKEN = MappingProxyType({"allow_extra_args": True, "ignore_unknown_options": True})
"""What stands on the command line and should not is refused by the command, and not quoted."""

COMMANDS = (
    Known(
        "scan",
        "scan:scan",
        "Scan folders, and write report.html, CSV files, summary.json and the scan file.",
    ),
    Known(
        "review",
        "reviews:app",
        "Review the same volumes again and again, as a TOML file states it.",
    ),
    Known(
        "gate",
        "gates:app",
        "Say whether folders may leave, and prove later that what left is what was judged.",
    ),
    Known(
        "hook",
        "hook:hook",
        "Judge the files of a commit, their names and what they hold, before it is made.",
    ),
    Known(
        "report",
        "report:report",
        "Write the reports of a scan again, also of one that was interrupted.",
    ),
    Known(
        "show",
        "show:show",
        "Show one finding: masked, or in clear with --reveal on the machine with the volume.",
    ),
    Known(
        "explain",
        "explain:explain",
        "Explain how texts are judged: tokens, classes, candidates, scores, rules, verdict.",
    ),
    Known(
        "compare",
        "compare:compare",
        "Compare two scans of one volume: what is new, gone, moved, and as it was.",
    ),
    Known(
        "accept",
        "accept:accept",
        "Answer for a finding: it stays in every report, and does not count until a day.",
    ),
    Known(
        "locate",
        "locate:locate",
        "Find all places where a person stands: for access and erasure (GDPR Art. 15 and 17).",
        _ALL_TAKEN,
    ),
    Known(
        "roster",
        "rosters:roster",
        "Turn a list of people into a roster, a file of keyed digests, for `vestige scan "
        "--roster`.",
    ),
    Known("custody", "custody:app", "Prove what was there before anyone deletes it."),
    Known("rules", "rules:app", "Look at the rules, and check your own."),
    Known(
        "demo",
        "demo:demo",
        "Plant a small synthetic volume with a phantom directory, scan it, and show the result.",
    ),
    Known(
        "doctor",
        "doctor:doctor",
        "Say whether everything that Vestige needs is in place on this machine.",
    ),
)


app = typer.Typer(
    cls=group(COMMANDS),
    help="Find the people who can still be recognised in medical-imaging storage.\n\n"
    "Vestige reads every name and every DICOM header below a folder, and says, ranked by risk, "
    "where a person still shows: above all in the file tree itself. It changes nothing, talks to "
    "no network, and shows what it finds masked.\n\n"
    "Exit codes: 0 nothing found and all read, 1 findings at or above the band, 2 wrong usage, "
    "rule or policy, 3 nothing found but something was not read, 4 internal error or damaged scan "
    "file, 75 another review of the workspace is at work, 130 interrupted (go on with --resume).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def version(*, wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        out_console.print(f"vestige {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=lambda v: version(wanted=v), is_eager=True)
    ] = False,
) -> None:
    """Options that stand before a command."""
