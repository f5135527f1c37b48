"""The command by which somebody answers for a finding."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vestige.acceptance import Decision, Scope
from vestige.catalog.baseline import Grant
from vestige.cli.options import KeyOfScan, ScanFile, scan_path
from vestige.cli.screen import out_console, safe
from vestige.model import UsageError
from vestige.run import accept as accepting
from vestige.run import key as keys
from vestige.run.acceptance import Answering, today
from vestige.run.review import open_review

DEFAULT = Path("vestige-baseline.toml")


def accept(  # noqa: PLR0913 - one parameter for each option that a user may give
    scan_file: ScanFile,
    finding: Annotated[str, typer.Argument(help="The finding, as F12.")],
    *,
    by: Annotated[
        str, typer.Option(help="Who answers for it: a person or a role that can be asked.")
    ],
    because: Annotated[str, typer.Option(help="Why, in a line. Name no patient.")],
    until: Annotated[
        str,
        typer.Option(
            help="The last day on which it holds (UTC), as 2027-01-31; two years at most."
        ),
    ],
    baseline: Annotated[
        Path, typer.Option(help="The file to add it to; it is made if it is missing.")
    ] = DEFAULT,
    false_alarm: Annotated[
        bool, typer.Option("--false-alarm", help="It is no personal data: a false alarm.")
    ] = False,
    below: Annotated[
        bool,
        typer.Option(
            "--below",
            help="Accept the rule of this finding, also for what is to come, in and below the "
            "innermost folder that holds all of it.",
        ),
    ] = False,
    key: KeyOfScan = None,
) -> None:
    """Answer for a finding: it stays in every report, and does not count until a day.

    What is accepted is what is there now, down to the entries and values: a new folder in the same
    family, another value, another file or a worse band lets the finding count again. Only --below
    accepts what is to come, of one rule and below one folder.

    The baseline is a TOML file for version control. It holds no name, value or path but keyed
    digests of them; every scan, gate or report that reads it needs the same key (--key). From 14
    days before its last day on an acceptance is said to expire; after it the finding counts again.
    """
    path = scan_path(scan_file)
    secret = keys.load(key, ())
    day = today()
    store, review = open_review(path, 0, Answering(secret, None, day))
    try:
        wish = accepting.Wish(
            finding,
            by,
            because,
            _day(until),
            Decision.FALSE_ALARM if false_alarm else Decision.ACCEPTED,
            below,
        )
        grant = accepting.accept(store, review, wish, baseline, secret, day)
    finally:
        store.close()
    out_console.print(safe(f"{_told(finding.upper(), grant)}: {baseline}"), soft_wrap=True)


def _told(number: str, grant: Grant) -> str:
    what = "is a false alarm" if grant.decision is Decision.FALSE_ALARM else "is accepted"
    covered = {
        Scope.FINDING: f"{number} ({grant.rule}, {grant.entries:,} entries)",
        Scope.FAMILY: f"{number} ({grant.rule}, {grant.entries:,} names)",
        Scope.BELOW: f"{grant.rule} below the folder of {number}",
    }
    return f"{covered[grant.scope]} {what} by {grant.by} until {grant.until}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("--until: must be a day, as 2027-01-31") from None
