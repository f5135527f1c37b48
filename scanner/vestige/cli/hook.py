"""The command that a version control system calls before a commit."""

import os
from pathlib import Path
from typing import Annotated

import typer

from vestige.catalog import policies
from vestige.cli.options import band
from vestige.cli.screen import err_console, out_console, safe
from vestige.model import bands
from vestige.run.hook import Found, judge
from vestige.run.plan import Request

_FINDINGS = 20


def hook(  # noqa: PLR0913 - one parameter for each option that a user may give
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="The files of the commit, below the current folder."),
    ] = None,
    policy: Annotated[
        str, typer.Option(help=f"Policy: {', '.join(policies())}, or a TOML file of your own.")
    ] = "gdpr",
    fail_on: Annotated[
        str, typer.Option(help=f"Least band that stops: {', '.join(bands())}. Default: policy.")
    ] = "",
    rules: Annotated[
        list[Path] | None, typer.Option(help="Folder with rules of your own, besides the shipped.")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="People who are sought everywhere: see `vestige roster`.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Key of the digests. Default: your own.")] = None,
    *,
    hunt: Annotated[
        bool,
        typer.Option("--hunt", help="Seek known persons in files that nothing else reads, too."),
    ] = False,
    reveal: Annotated[
        bool,
        typer.Option(
            "--reveal", help="Show paths in clear: on your own machine, never in logs of others."
        ),
    ] = False,
) -> None:
    """Judge the files of a commit, their names and what they hold, before it is made.

    For pre-commit (.pre-commit-hooks.yaml, id vestige-gate), or by hand:
    `git diff --cached --name-only -z --diff-filter=d | xargs -0 vestige hook`.

    The files are read where they lie, and nothing is kept. Files of kinds that nothing reads, as
    source code, are judged by their names: they stop no commit, but their number is told. Whether
    a whole folder may leave is for `vestige gate` to say.

    Exit codes: 0 nothing found, 1 findings at or above the band, 2 wrong usage, 3 nothing found
    but a file could not be read whole, 4 internal error.
    """
    request = Request(
        roots=(),
        policy=policy,
        fail_on=band(fail_on),
        rules=tuple(rules or ()),
        roster=roster,
        key=key,
        hunt=hunt,
    )
    judged = judge(files or [], request, lambda _progress: None)
    for one in judged.found[:_FINDINGS]:
        _say(one, reveal=reveal)
    if len(judged.found) > _FINDINGS:
        out_console.print(f"… and {len(judged.found) - _FINDINGS:,} more")
    out_console.print(
        f"{judged.files:,} files, {len(judged.found):,} findings, {judged.unread:,} not read "
        f"whole; the content of {judged.unexamined:,} was not examined, their names were",
        soft_wrap=True,
    )
    if judged.found and not reveal:
        err_console.print("paths are masked; on your own machine: vestige hook --reveal FILES")
    raise typer.Exit(judged.code)


def _say(one: Found, *, reveal: bool) -> None:
    """A finding, its rule, its places, and what to do."""
    claim = one.ranked.finding.claim
    out_console.print(f"{one.ranked.risk.band.word}: {claim.title}  [{claim.rule}]", soft_wrap=True)
    for place in one.places:
        clear = os.path.relpath(place.clear) if reveal else place.masked
        at = one.ranked.finding.place
        out_console.print(safe(f"  at {clear} {at}".rstrip()), soft_wrap=True)
    out_console.print(f"  {one.ranked.remedy}", soft_wrap=True)
