"""The commands and their options; what they do is done by `run`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from vestige import __version__
from vestige.catalog import load as load_catalog
from vestige.catalog import policies
from vestige.cli import custody, gates, hook, log, reviews, rosters
from vestige.cli.accept import BaselineFile, KeyOfScan, accept
from vestige.cli.compare import compare
from vestige.cli.explain import explain
from vestige.cli.locate import LOCATE_SETTINGS, locate
from vestige.cli.progress import progress
from vestige.cli.screen import err_console, lines, out_console, safe, say
from vestige.gate import exit_code
from vestige.model import Band, UsageError, bands
from vestige.reports.language import LANGUAGES
from vestige.reports.language import language as spoken
from vestige.run import demo as demonstration
from vestige.run import doctor as doctors
from vestige.run import outputs, rule_check, show
from vestige.run.plan import CRACK_SECONDS, Request, answering
from vestige.run.reported import reported
from vestige.run.revealing import revealed
from vestige.run.review import EVERY, open_review
from vestige.run.scan import scan as run_scan

EXIT_USAGE, EXIT_INTERNAL = 2, 4

app = typer.Typer(
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
rules_app = typer.Typer(help="Look at the rules, and check your own.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")
app.add_typer(reviews.review_app, name="review")
app.command("hook")(hook.hook)
app.add_typer(custody.app, name="custody")
app.command("roster")(rosters.roster)
app.command()(explain)
app.command()(accept)
app.add_typer(gates.gate_app, name="gate")
app.command(context_settings=LOCATE_SETTINGS)(locate)
app.command()(compare)

Roots = Annotated[list[Path], typer.Argument(help="Folders to scan.", show_default=False)]
Out = Annotated[
    Path | None,
    typer.Option(help="Folder for the results. Default: vestige-scan-<UTC time> here."),
]
PolicyName = Annotated[
    str, typer.Option(help=f"Policy: {', '.join(policies())}, or a TOML file of your own.")
]
RuleFolders = Annotated[
    list[Path] | None, typer.Option(help="Folder with rules of your own, besides those shipped.")
]
Jobs = Annotated[
    int,
    typer.Option(
        help="Worker processes; 0 takes all cores. More than cores where a network is slow.", min=0
    ),
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

LanguageCode = Annotated[
    str,
    typer.Option(
        "--language",
        help=f"Language of the report page: {', '.join(LANGUAGES)}. CSV, JSON and SARIF stay "
        "English.",
    ),
]
CsvBom = Annotated[
    bool,
    typer.Option(
        "--csv-bom",
        help="Begin CSV files with the byte order mark by which Excel knows that they are UTF-8.",
    ),
]

SinceScan = Annotated[
    Path | None,
    typer.Option(
        help="An earlier scan (scan.sqlite or its folder), which stays as it is: only what has "
        "changed since then is read, the rest is carried over. Everything is read anew if rules, "
        "policy, roster, key or version are other ones."
    ),
]


@app.command()
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
        fail_on=_band(fail_on),
        jobs=jobs,
        readers=readers,
        cross_file_systems=cross_file_systems,
        resume=resume,
        crack_seconds=crack_seconds,
        software_as_data=software_as_data,
        paranoid=paranoid,
        hunt=hunt,
        roster=roster,
        baseline=baseline,
        since=since,
    )
    raise typer.Exit(_logged(request, log_format, outputs.Manner(spoken(language), csv_bom)))


def _logged(request: Request, log_format: str, manner: outputs.Manner) -> int:
    """Scan, and log as it was asked for."""
    if not log.as_json(log_format):
        return _scan(request, manner)
    with log.failures_as_events():
        return _scan(request, manner, as_json=True)


def _scan(
    request: Request, manner: outputs.Manner = outputs.PLAIN, *, as_json: bool = False
) -> int:
    planned = rule_check.planned(request)
    with log.progress_as_events() if as_json else progress() as listener:
        file = run_scan(planned, listener)
    review = reported(planned, file, manner)
    if as_json:
        log.json_lines("ended", log.result(review))
    say(review)
    out_console.print(f"Report: {planned.out / 'report.html'}", soft_wrap=True)
    return exit_code(review.verdict)


@app.command()
def report(  # noqa: PLR0913 - one parameter for each option that a user may give
    scan_file: Annotated[Path, typer.Argument(help="scan.sqlite, or the folder that holds it.")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            help="html, csv, json, verdict, sarif or junit; the first three by default.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder; default: that of the scan.")] = None,
    baseline: BaselineFile = None,
    key: KeyOfScan = None,
    language: LanguageCode = "en",
    *,
    csv_bom: CsvBom = False,
    reveal: Annotated[
        bool,
        typer.Option(
            "--reveal",
            help="Write report-REVEALED.html alone, with names and values in clear, read again.",
        ),
    ] = False,
) -> None:
    """Write the reports of a scan again, also of one that was interrupted.

    Here occurrences.csv lists every entry of every finding; a scan lists the first 1,000 of each.
    """
    if reveal and formats not in (None, ["html"]):
        raise UsageError("--reveal writes the page alone, in no other format")
    chosen = tuple(formats or outputs.USUAL)
    unknown = sorted(set(chosen) - outputs.FORMATS.keys())
    if unknown:
        raise UsageError(f"no format {unknown[0]!r}; formats are {', '.join(outputs.FORMATS)}")
    manner = outputs.Manner(spoken(language), csv_bom)
    path = _scan_path(scan_file)
    store, review = open_review(path, EVERY, answering(path, baseline, key))
    try:
        folder = outputs.folder(out or path.parent, store.root_paths())
        if reveal:
            err_console.print("In clear: this report is personal data.")
            file = outputs.write_revealed(revealed(store, review), folder, manner)
            out_console.print(str(file), soft_wrap=True)
            return
        for file in outputs.write(review, folder, chosen, manner):
            out_console.print(str(file), soft_wrap=True)
    finally:
        store.close()


@app.command("show")
def show_finding(
    scan_file: Annotated[Path, typer.Argument(help="scan.sqlite, or the folder that holds it.")],
    finding: Annotated[str, typer.Argument(help="The finding, as F12.")],
    *,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Read the values again and show them in clear.")
    ] = False,
) -> None:
    """Show one finding: masked, or in clear with --reveal on the machine with the volume."""
    store, review = open_review(_scan_path(scan_file))
    try:
        one = show.ranked(review, finding)
        for line in lines(one):
            out_console.print(line, soft_wrap=True)
        if reveal:
            err_console.print("In clear: what follows is personal data.")
            for revealed in show.reveal(store, one):
                values = "; ".join(revealed.values)
                out_console.print(safe(f"{revealed.path}  {values}"), soft_wrap=True)
    finally:
        store.close()


@app.command()
def demo(
    out: Out = None,
    jobs: Jobs = 0,
) -> None:
    """Plant a small synthetic volume with a phantom directory, scan it, and show the result."""
    folder = out or Path(tempfile.mkdtemp(prefix="vestige-demo-"))
    volume = demonstration.plant(folder)
    out_console.print(f"A synthetic volume was planted in {volume}", soft_wrap=True)
    key = demonstration.key(folder)
    code = _scan(Request(roots=(volume,), out=folder / "scan", key=key, jobs=jobs))
    out_console.print("The people are invented. Now: vestige scan FOLDER")
    raise typer.Exit(0 if code == 1 else EXIT_INTERNAL)


@app.command()
def doctor() -> None:
    """Say whether everything that Vestige needs is in place on this machine."""
    findings = doctors.examine()
    for good, sentence in findings:
        out_console.print(f"{'ok   ' if good else 'wrong'}  {sentence}", soft_wrap=True)
    raise typer.Exit(0 if all(good for good, _ in findings) else EXIT_USAGE)


@rules_app.command("list")
def list_rules(rules: RuleFolders = None) -> None:
    """List all rules with severity and title."""
    for rule in load_catalog(tuple(rules or ())).rules:
        line = f"{rule.id:<36}{rule.severity.word:<10}{rule.title}"
        out_console.print(line, soft_wrap=True)


@rules_app.command("show")
def show_rule(rule_id: str, rules: RuleFolders = None) -> None:
    """Show one rule: what it claims, why, and what to do."""
    rule = load_catalog(tuple(rules or ())).rule(rule_id)
    for label, text in (
        ("rule", rule.id),
        ("title", rule.title),
        ("severity", rule.severity.word),
        ("certainty", f"{rule.certainty:.2f}"),
        ("where", ", ".join(sorted(rule.where))),
        ("identifies", rule.identifies),
        ("basis", "; ".join(rule.basis)),
        ("why", rule.why),
        ("remedy", rule.remedy),
    ):
        out_console.print(f"{label:<12}{text}", soft_wrap=True)


@rules_app.command("check")
def check_rules(
    folder: Annotated[Path | None, typer.Argument(help="Rules of your own.")] = None,
) -> None:
    """Load all rules strictly, and run every rule on its own examples."""
    catalog = load_catalog((folder,) if folder else ())
    failed = list(rule_check.failures(catalog))
    for one in failed:
        said = f"{one.rule}: example {one.example + 1}: expected {one.expected}, found {one.found}"
        err_console.print(said, soft_wrap=True)
    out_console.print(f"{len(catalog.rules)} rules, {len(failed)} examples not borne out")
    raise typer.Exit(EXIT_USAGE if failed else 0)


def _scan_path(given: Path) -> Path:
    return given / "scan.sqlite" if given.is_dir() else given


def _band(word: str) -> Band | None:
    try:
        return Band.of(word) if word else None
    except ValueError as error:
        raise UsageError(f"--fail-on: {error}") from None


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
