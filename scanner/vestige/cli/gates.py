"""The commands of the gate: may this leave, and is what is there what was cleared."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from vestige import text
from vestige.catalog import policies
from vestige.clearance import manifest
from vestige.clearance.difference import Difference, Verified
from vestige.clearance.manifest import EditedError
from vestige.cli.options import BaselineFile, band
from vestige.cli.progress import progress
from vestige.cli.result import say
from vestige.cli.screen import err_console, out_console, safe
from vestige.gate import ALLOWABLE
from vestige.model import UsageError, bands
from vestige.reports.visible import visible
from vestige.run import gate as gates
from vestige.run import verify as verifying
from vestige.run.gate import Wanted
from vestige.run.plan import CRACK_SECONDS, Request
from vestige.run.planned import planned

EXIT_REFUSED = 1
_CHECK = "check"


class _Gate(TyperGroup):
    """`vestige gate ROOT` is `vestige gate check ROOT`: what is no command is a root."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - click's context
        if args and args[0] not in (*self.commands, "--help"):
            args = [_CHECK, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Gate,
    no_args_is_help=True,
    help="Say whether folders may leave, and prove later that what left is what was judged.\n\n"
    "`vestige gate ROOT...` scans, and fails closed: its exit code is 0 only if everything that "
    "holds data was read, nothing moved meanwhile, and nothing at or above the band was found. "
    "With --clearance it writes a manifest of exactly the files that were judged, each with the "
    "SHA-256 of the very bytes that were judged. `vestige gate check --help` shows all options.\n\n"
    "`vestige gate verify CLEARANCE ROOT` proves before, during or after a transfer that nothing "
    "was added, removed or changed.\n\n"
    "Exit codes: 0 may leave, 1 must not, 2 wrong usage, 3 not known: something was not read or "
    "not verified.",
)

Roots = Annotated[list[Path], typer.Argument(help="Folders that are to leave.", show_default=False)]


@app.command(_CHECK)
def check(  # noqa: PLR0913, PLR0917 - one parameter for each option that a user may give
    roots: Roots,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder for report, verdict.json, vestige.sarif, junit.xml and the scan file. "
            "Default: vestige-scan-<UTC time> here."
        ),
    ] = None,
    policy: Annotated[
        str, typer.Option(help=f"Policy: {', '.join(policies())}, or a TOML file of your own.")
    ] = "gdpr",
    fail_on: Annotated[
        str, typer.Option(help=f"Least band that blocks: {', '.join(bands())}. Default: policy.")
    ] = "",
    baseline: BaselineFile = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            help="A gap that you know of and answer for; it is told in verdict and clearance. "
            f"May be repeated: {', '.join(ALLOWABLE)}."
        ),
    ] = None,
    clearance: Annotated[
        Path | None,
        typer.Option(
            help="File for the clearance, written only if the gate passes: path, size and SHA-256 "
            "of every file that was judged. It names files in clear: keep it like the data."
        ),
    ] = None,
    valid: Annotated[
        str, typer.Option(help="How long the clearance holds: hours, days, weeks (12h, 7d, 2w).")
    ] = "7d",
    sign: Annotated[
        Path | None,
        typer.Option(
            help="Private Ed25519 key (PEM) that signs the clearance; the signature lies beside "
            "it, with .sig behind its name. Make one: openssl genpkey -algorithm ed25519."
        ),
    ] = None,
    files_from: Annotated[
        Path | None,
        typer.Option(
            help="File for the list of cleared files, written only if the gate passes: for rclone "
            "--files-from-raw, or rsync --files-from. It names files in clear."
        ),
    ] = None,
    sarif: Annotated[
        Path | None, typer.Option(help="Write the SARIF log here as well, for code scanning.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(help="Write the JUnit XML here as well, for the CI server.")
    ] = None,
    rules: Annotated[
        list[Path] | None, typer.Option(help="Folder with rules of your own, besides the shipped.")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="People who are sought everywhere: see `vestige roster`.")
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(help="Key of the digests; a baseline needs the one it was made by."),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Worker processes; 0 takes all cores.", min=0)] = 0,
    readers: Annotated[
        int,
        typer.Option(
            help="Threads of each worker that open files ahead, for storage with latency.",
            min=0,
            max=64,
        ),
    ] = 0,
    crack_seconds: Annotated[
        float,
        typer.Option(help="Seconds in which codes are tried to be undone; see scan --help.", min=0),
    ] = CRACK_SECONDS,
    *,
    null: Annotated[
        bool,
        typer.Option("--null", help="End names in --files-from with NUL: rsync --from0. Any name."),
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the interrupted gate in --out.")
    ] = False,
    cross_file_systems: Annotated[
        bool, typer.Option("--cross-file-systems", help="Enter other file systems too.")
    ] = False,
    software_as_data: Annotated[
        bool, typer.Option("--software-as-data", help="Judge names in trees of software like all.")
    ] = False,
    hunt: Annotated[
        bool,
        typer.Option("--hunt", help="Search all bytes for persons named elsewhere: see scan."),
    ] = False,
) -> None:
    """Scan folders that are to leave: exit code 0 only if nothing speaks against it.

    Incomplete is not clean: what could not be read, was cut by a limit, is of a class that no
    table knows, changed, vanished or appeared meanwhile, or leads elsewhere as a link, each makes
    the gate incomplete with a sentence of its own. docs/gate.md lists them all.
    """
    if resume and out is None:
        raise UsageError("--resume needs --out, the folder of the interrupted gate")
    wanted = Wanted(
        clearance=clearance,
        valid=manifest.validity(valid),
        sign=sign,
        files_from=files_from,
        null=null,
        sarif=sarif,
        junit=junit,
        allowed=frozenset(allow or ()),
    )
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
        hunt=hunt,
        roster=roster,
        baseline=baseline,
        clearing=wanted.clearing,
    )
    raise typer.Exit(_gate(request, wanted))


def _gate(request: Request, wanted: Wanted) -> int:
    asked = planned(request)
    with progress() as listener:
        review = gates.gate(asked, wanted, listener)
    say(review)
    out_console.print(f"Verdict file: {asked.out / 'verdict.json'}", soft_wrap=True)
    passed = review.verdict.outcome.exit_code == 0
    for what, path in (("Clearance", wanted.clearance), ("List", wanted.files_from)):
        if path is not None:
            said = f"{what}: {path}" if passed else f"{what}: not written, as nothing may leave"
            out_console.print(said, soft_wrap=True)
    return review.verdict.outcome.exit_code


@app.command()
def verify(  # noqa: PLR0913 - one parameter for each option that a user may give
    clearance: Annotated[Path, typer.Argument(help="The clearance of a gate that has passed.")],
    roots: Annotated[
        list[Path] | None,
        typer.Argument(help="The folder to hold against it, here or on the far side, if mounted."),
    ] = None,
    listing: Annotated[
        Path | None,
        typer.Option(
            help="Instead of a folder, a listing of the far side: text of `sha256sum` or `rclone "
            "hashsum sha256`, JSON of `rclone lsjson -R --hash` or of S3."
        ),
    ] = None,
    prefix: Annotated[
        str, typer.Option(help="Where in the listing the folder begins, as bucket/release-7.")
    ] = "",
    signed_by: Annotated[
        Path | None,
        typer.Option(
            help="Public Ed25519 key (PEM): the signature beside the clearance must hold."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Threads that read; 0: as many as cores.", min=0)] = 0,
    *,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show the names of what differs in clear.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Tell the result as JSON, for programs that decide.")
    ] = False,
) -> None:
    """Prove that what is there is exactly what was cleared: nothing more, less, or else.

    Every byte is read again, or in a listing every checksum compared; what has no SHA-256 proves
    nothing. Exit codes: 0 proven; 1 something was added, removed or changed, or the clearance has
    expired or was edited; 2 wrong usage; 3 something could not be read or verified.
    """
    if bool(roots) == (listing is not None):
        raise UsageError("give either the folder to verify, or a listing of it with --listing")
    if prefix and listing is None:
        raise UsageError("--prefix is of a listing; of a folder give the one that was cleared")
    try:
        trusted = verifying.load(clearance, signed_by)
    except EditedError as error:
        err_console.print(f"vestige: {safe(str(error))}", soft_wrap=True)
        raise typer.Exit(EXIT_REFUSED) from None
    for refusal in trusted.refusals:
        err_console.print(f"vestige: {safe(refusal)}", soft_wrap=True)
    if listing is not None:
        verified = verifying.with_listing_in(trusted.clearance, listing, prefix)
    else:
        verified = verifying.with_roots(trusted.clearance, roots or [], jobs)
    code = EXIT_REFUSED if trusted.refusals else verified.code
    if as_json:
        _tell_as_json(verified, trusted.refusals, code, reveal=reveal)
    else:
        _tell(verified, reveal=reveal)
    raise typer.Exit(code)


def _tell_as_json(
    verified: Verified, refusals: tuple[str, ...], code: int, *, reveal: bool
) -> None:
    told = {
        "format": "vestige-verification",
        "schema_version": 1,
        "exit_code": code,
        "cleared": verified.cleared,
        "right": verified.right,
        "refusals": refusals,
        "differences": [
            {
                "kind": one.kind.value,
                "root": one.root,
                "path": _path(one, reveal=reveal),
                "detail": one.detail,
            }
            for one in verified.differences
        ],
    }
    out_console.print(json.dumps(told, indent=1), soft_wrap=True)


def _tell(verified: Verified, *, reveal: bool) -> None:
    for one in verified.differences:
        out_console.print(
            f"{one.kind.value:<14}{_path(one, reveal=reveal)}  {one.detail}", soft_wrap=True
        )
    told = f"{verified.right:,} of {verified.cleared:,} cleared files are as they were judged"
    others = f"; {len(verified.differences):,} differences" if verified.differences else ""
    out_console.print(f"{told}{others}.", soft_wrap=True)
    word = {
        0: "Proven: exactly what was cleared is there.",
        1: "Refused: what is there is not what was cleared.",
        3: "Not proven: something could not be read or verified.",
    }
    out_console.print(word[verified.code])


def _path(one: Difference, *, reveal: bool) -> str:
    """The path of what differs: masked, unless it is to be shown."""
    if reveal:
        return visible(one.path.decode("utf-8", "surrogateescape"))
    return "/".join(text.shown(text.readings(part)[0], (), _never) for part in one.path.split(b"/"))


def _never(_word: str) -> bool:
    return False
