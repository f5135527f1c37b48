"""The command that scans folders."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.catalog import policies
from vestige.cli import log
from vestige.cli.options import BaselineFile, CsvBom, Jobs, LanguageCode, Out, RuleFolders, band
from vestige.cli.progress import progress
from vestige.cli.result import say
from vestige.cli.screen import out_console
from vestige.gate import exit_code
from vestige.model import UsageError, bands
from vestige.reports.language import language as spoken
from vestige.run.afterwards import reported
from vestige.run.lettering import SECONDS
from vestige.run.manner import PLAIN, Manner
from vestige.run.plan import CRACK_SECONDS, Request
from vestige.run.planned import planned
from vestige.run.scan import scan as run_scan

Roots = Annotated[list[Path], typer.Argument(help="Folders to scan.", show_default=False)]
PolicyName = Annotated[
    str, typer.Option(help=f"Policy: {', '.join(policies())}, or a TOML file of your own.")
]
Readers = Annotated[
    int,
    typer.Option(
        help="Threads of each worker that open files ahead: for storage with latency (network "
        "drives, cold disks). 0 where files are at hand.",
        min=0,
        max=64,
    ),
]
FailOn = Annotated[
    str,
    typer.Option(help=f"Least band that gives exit code 1: {', '.join(bands())}. Default: policy."),
]
CrackSeconds = Annotated[
    float,
    typer.Option(
        help="Seconds in which record numbers of up to 8 digits and birth dates are tried on codes "
        "that look like digests, to prove that they can be undone; a second is a million digests. "
        "0 tries none, some minutes all.",
        min=0,
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(help="Key of the digests; share it to keep tokens the same across machines."),
]
RosterFile = Annotated[
    Path | None,
    typer.Option(
        help="People who are sought by name, number and birth date everywhere: a roster made by "
        "`vestige roster`, or a list of them (CSV, or one a line), of which digests are made."
    ),
]
LogFormat = Annotated[
    str,
    typer.Option(help="Log lines on standard error: text, or json (one event a line, no names)."),
]
SinceScan = Annotated[
    Path | None,
    typer.Option(
        help="An earlier scan (scan.sqlite or its folder), which stays as it is: only what has "
        "changed since then is read, the rest is carried over. Everything is read anew if rules, "
        "policy, roster, key or version are other ones."
    ),
]


def scan(  # noqa: PLR0913, PLR0917 - one parameter for each option that a user may give
    roots: Roots,
    out: Out = None,
    policy: PolicyName = "gdpr",
    rules: RuleFolders = None,
    jobs: Jobs = 0,
    readers: Readers = 0,
    fail_on: FailOn = "",
    key: KeyFile = None,
    crack_seconds: CrackSeconds = CRACK_SECONDS,
    roster: RosterFile = None,
    baseline: BaselineFile = None,
    log_format: LogFormat = "text",
    since: SinceScan = None,
    language: LanguageCode = "en",
    *,
    csv_bom: CsvBom = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the interrupted scan in --out.")
    ] = False,
    cross_file_systems: Annotated[
        bool, typer.Option("--cross-file-systems", help="Enter other file systems too.")
    ] = False,
    software_as_data: Annotated[
        bool,
        typer.Option(
            "--software-as-data",
            help="Judge names in trees of software (site-packages, node_modules) like all others.",
        ),
    ] = False,
    paranoid: Annotated[
        bool,
        typer.Option(
            "--paranoid",
            help="Keep a digest (XXH3) of the whole content of every file; with --since decide by "
            "it what has changed, whatever the times of files say. Reads all.",
        ),
    ] = False,
    hunt: Annotated[
        bool,
        typer.Option(
            "--hunt",
            help="Look once more, in bytes that nothing else reads, for persons who are openly "
            "named elsewhere on the volume: archives, documents, databases, pictures. Reads all.",
        ),
    ] = False,
    ocr: Annotated[
        bool,
        typer.Option(
            "--ocr",
            help="Read the text that is drawn into pictures: one of each series whose header says "
            "that there may be some, and image files. Needs pip install 'vestige\\[ocr]'.",
        ),
    ] = False,
    ocr_seconds: Annotated[
        float,
        typer.Option(
            "--ocr-seconds",
            min=0.01,
            help="Seconds that each worker gives to --ocr; what is left then is told as not read.",
        ),
    ] = SECONDS,
) -> None:
    """Scan folders, and write report.html, CSV files, summary.json and the scan file."""
    if resume and out is None:
        raise UsageError("--resume needs --out, the folder of the interrupted scan")
    request = Request(
        roots=tuple(roots),
        out=out,
        policy=policy,
        rules=tuple(rules or ()),
        key=key,
        fail_on=band(fail_on),
        jobs=jobs,
        readers=readers,
        cross_file_systems=cross_file_systems,
        resume=resume,
        crack_seconds=crack_seconds,
        software_as_data=software_as_data,
        paranoid=paranoid,
        hunt=hunt,
        picture_seconds=ocr_seconds if ocr else 0.0,
        roster=roster,
        baseline=baseline,
        since=since,
    )
    raise typer.Exit(_logged(request, log_format, Manner(spoken(language), csv_bom)))


def _logged(request: Request, log_format: str, manner: Manner) -> int:
    """Scan, and log as it was asked for."""
    if not log.as_json(log_format):
        return perform(request, manner)
    with log.failures_as_events():
        return perform(request, manner, as_json=True)


def perform(request: Request, manner: Manner = PLAIN, *, as_json: bool = False) -> int:
    """Scan, say what was found, and give the exit code."""
    plan = planned(request)
    with log.progress_as_events() if as_json else progress() as listener:
        file = run_scan(plan, listener)
    review = reported(plan, file, manner)
    if as_json:
        log.json_lines("ended", log.result(review))
    say(review)
    out_console.print(f"Report: {plan.out / 'report.html'}", soft_wrap=True)
    return exit_code(review.verdict)
