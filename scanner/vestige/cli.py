"""Commands, messages and exit codes; no logic."""

import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from vestige import __version__
from vestige.catalog import load as load_catalog
from vestige.catalog import policies
from vestige.model import Band, Ranked, Review, StoreError, UsageError, VestigeError, bands
from vestige.run import demo as demonstration
from vestige.run import doctor as doctors
from vestige.run import outputs, rule_check, show
from vestige.run.conclusion import conclusion
from vestige.run.review import open_review
from vestige.run.scan import Progress as Done
from vestige.run.scan import Request, plan
from vestige.run.scan import scan as run_scan

EXIT_USAGE, EXIT_INTERNAL, EXIT_INTERRUPTED = 2, 4, 130
_CALM_SECONDS = 10.0
"""Between two lines of progress where there is no terminal."""

_TOP = 10

app = typer.Typer(
    help="Find the people who can still be recognised in medical-imaging storage.\n\n"
    "Vestige reads every name and every DICOM header below a folder, and says, ranked by risk, "
    "where a person still shows: above all in the file tree itself. It changes nothing, talks to "
    "no network, and shows what it finds masked.\n\n"
    "Exit codes: 0 nothing found and all read, 1 findings at or above the band, 2 wrong usage, "
    "rule or policy, 3 nothing found but something was not read, 4 internal error, "
    "130 interrupted (go on with --resume).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="Look at the rules, and check your own.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

out_console = Console(highlight=False, markup=False)
err_console = Console(stderr=True, highlight=False, markup=False)

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
Jobs = Annotated[int, typer.Option(help="Worker processes; 0 takes all cores.", min=0)]
FailOn = Annotated[
    str,
    typer.Option(help=f"Least band that gives exit code 1: {', '.join(bands())}. Default: policy."),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(help="Key of the digests; share it to keep tokens the same across machines."),
]


@app.command()
def scan(  # noqa: PLR0913, PLR0917 - one parameter for each option that a user may give
    roots: Roots,
    out: Out = None,
    policy: PolicyName = "gdpr",
    rules: RuleFolders = None,
    jobs: Jobs = 0,
    fail_on: FailOn = "",
    key: KeyFile = None,
    *,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the interrupted scan in --out.")
    ] = False,
    cross_file_systems: Annotated[
        bool, typer.Option("--cross-file-systems", help="Enter other file systems too.")
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
        cross_file_systems=cross_file_systems,
        resume=resume,
    )
    raise typer.Exit(_scan(request))


def _scan(request: Request) -> int:
    planned = plan(request)
    failed = _check_own_rules(request)
    if failed:
        raise UsageError(failed)
    with _progress() as listener:
        file = run_scan(planned, listener)
    store, review = open_review(file)
    try:
        outputs.write(review, planned.out)
    finally:
        store.close()
    _say(review)
    out_console.print(f"Report: {planned.out / 'report.html'}", soft_wrap=True)
    return conclusion(review)


def _check_own_rules(request: Request) -> str:
    """What is wrong with the examples of the user's own rules; "" if nothing is."""
    if not request.rules:
        return ""
    first = next(rule_check.failures(load_catalog(request.rules)), None)
    if first is None:
        return ""
    return f"rule {first.rule}: example {first.example + 1} is not borne out; see `rules check`"


@app.command()
def report(
    scan_file: Annotated[Path, typer.Argument(help="scan.sqlite, or the folder that holds it.")],
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="html, csv or json; all by default.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder; default: that of the scan.")] = None,
) -> None:
    """Write the reports of a scan again, also of one that was interrupted."""
    chosen = tuple(formats or outputs.FORMATS)
    unknown = sorted(set(chosen) - outputs.FORMATS.keys())
    if unknown:
        raise UsageError(f"no format {unknown[0]!r}; formats are {', '.join(outputs.FORMATS)}")
    path = _scan_path(scan_file)
    store, review = open_review(path)
    try:
        folder = out or path.parent
        folder.mkdir(parents=True, exist_ok=True)
        for file in outputs.write(review, folder, chosen):
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
        for line in _lines(one):
            out_console.print(line, soft_wrap=True)
        if reveal:
            err_console.print("In clear: what follows is personal data.")
            for revealed in show.reveal(store, one):
                values = "; ".join(revealed.values)
                out_console.print(_safe(f"{revealed.path}  {values}"), soft_wrap=True)
    finally:
        store.close()


def _lines(one: Ranked) -> Iterator[str]:
    claim = one.finding.claim
    yield f"{one.number}  {one.risk.band.word} {one.risk.score:.1f}  {claim.title}"
    yield f"rule      {claim.rule}"
    yield f"place     {one.finding.where.value} {_safe(one.finding.place)}"
    yield f"evidence  {_safe('; '.join(one.values) or one.finding.masked)}"
    reach = one.reach
    yield f"reach     {reach.entries:,} entries, {reach.files:,} files, {reach.bytes:,} bytes"
    yield f"why       {one.why}"
    yield f"remedy    {one.remedy}"
    yield f"basis     {'; '.join(claim.basis)}"
    for reason in one.risk.reasons:
        yield f"          {reason}"
    for path in one.paths:
        yield f"at        {_safe(path)}"


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


def _safe(text: str) -> str:
    """A text that moves no cursor and sets no colour of a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _say(review: Review) -> None:
    """The result on one screen."""
    table = Table(box=None, pad_edge=False)
    for column in ("rank", "finding", "band", "score", "what", "entries", "files"):
        right = column in ("rank", "score", "entries", "files")
        table.add_column(column, justify="right" if right else "left")
    for one in review.findings[:_TOP]:
        table.add_row(
            str(one.rank),
            one.number,
            one.risk.band.word,
            f"{one.risk.score:.1f}",
            Text(_safe(f"{one.finding.claim.title}  {one.finding.masked}"), overflow="fold"),
            f"{one.reach.entries:,}",
            f"{one.reach.files:,}",
        )
    if review.findings:
        out_console.print(table)
    if len(review.findings) > _TOP:
        out_console.print(f"… and {len(review.findings) - _TOP:,} more in findings.csv")
    c = review.scan.coverage
    out_console.print(
        f"Coverage: {c.seen:,} entries seen = {c.read:,} read ({c.partly:,} of them in part)"
        f" + {c.unreadable:,} unreadable + {c.skipped:,} skipped ({c.unexamined:,} not examined)",
        soft_wrap=True,
    )
    word = {"pass": "PASS", "block": "BLOCK", "incomplete": "INCOMPLETE"}
    reasons = " ".join(review.verdict.reasons)
    out_console.print(f"Verdict: {word[review.verdict.outcome.value]}. {reasons}", soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Callable[[Done], None]]:
    """A listener that shows a bar on a terminal, and calm lines elsewhere."""
    if not err_console.is_terminal:
        yield _Calm().line
        return
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
    )
    # Without a thread of its own: workers are forked while the bar stands.
    with Progress(*columns, console=err_console, auto_refresh=False, transient=True) as bar:
        task = bar.add_task("scan", total=1.0, said="")
        pace = _Pace()

        def show_bar(done: Done) -> None:
            if pace.due(0.2):
                bar.update(task, completed=done.fraction, said=pace.said(done), refresh=True)

        yield show_bar


class _Pace:
    """Rate and time left, from the entries done and the place in the tree."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._last = self._start

    def due(self, seconds: float) -> bool:
        """Whether so many seconds have passed since it last was."""
        now = time.monotonic()
        if now - self._last < seconds:
            return False
        self._last = now
        return True

    def said(self, done: Done) -> str:
        """Entries, rate, and time left as far as the tree so far lets one guess."""
        passed = max(1e-9, time.monotonic() - self._start)
        rate = done.entries / passed
        said = f"{done.entries:,} entries, {rate:,.0f}/s"
        if done.fraction > 0.01:  # noqa: PLR2004 - before one percent any guess is noise
            left = passed * (1 - done.fraction) / done.fraction
            said += f", about {left:,.0f} s left"
        return said


class _Calm:
    """One line of progress now and then."""

    def __init__(self) -> None:
        self._pace = _Pace()

    def line(self, done: Done) -> None:
        """Print progress if it is time."""
        if self._pace.due(_CALM_SECONDS):
            err_console.print(f"scanning: {self._pace.said(done)}", soft_wrap=True)


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


def main() -> NoReturn:
    """Run a command; every way out has its own exit code, and no traceback shows a value."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        # Without standalone mode a command that ends by typer.Exit gives its code back.
        ended = app(standalone_mode=False)
        code = ended if isinstance(ended, int) else 0
    except KeyboardInterrupt:
        err_console.print("interrupted: the scan file is consistent; go on with --resume --out")
        code = EXIT_INTERRUPTED
    except VestigeError as error:
        err_console.print(f"vestige: {_safe(str(error))}", soft_wrap=True)
        code = EXIT_INTERNAL if isinstance(error, StoreError) else EXIT_USAGE
    except Exception as error:  # noqa: BLE001 - a traceback would print values
        code = _unexpected(error)
    sys.exit(code)


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _unexpected(error: Exception) -> int:
    """What to say of an error that nobody foresaw: where it arose, without its text."""
    kind = type(error)
    if kind.__module__.startswith(("click", "typer")):
        format_message = getattr(error, "format_message", None)
        err_console.print(f"vestige: {format_message() if format_message else kind.__name__}")
        return int(getattr(error, "exit_code", EXIT_USAGE))
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
    err_console.print(f"vestige: internal error {kind.__name__} at {where}; please report it")
    return EXIT_INTERNAL
