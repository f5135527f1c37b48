"""The command that seals."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.custody import EXIT_INCOMPLETE, By, CaseFolder, Jobs, KeyFolder
from vestige.cli.options import scan_path
from vestige.cli.pace import pace
from vestige.cli.screen import out_console
from vestige.run import custody
from vestige.run.sealable import of_finding, whole


def seal(
    case: CaseFolder,
    what: Annotated[str, typer.Argument(help="Folder to seal; with --scan a finding, as F12.")],
    scan: Annotated[
        Path | None, typer.Option(help="Scan whose finding is sealed: scan.sqlite or its folder.")
    ] = None,
    by: By = "",
    jobs: Jobs = 0,
    keys: KeyFolder = None,
) -> None:
    """Seal a subtree: SHA-256 of every file, and the state of every entry.

    The same command goes on with a seal that was interrupted, and reads nothing again that it has
    hashed and nobody changed.
    """
    of = whole(Path(what)) if scan is None else of_finding(scan_path(scan), what)
    custodian = custody.at(case, by, keys, jobs)
    with pace("sealing") as say:
        _, made = custody.seal(custodian, of, lambda done: say(done.entries, done.bytes))
    out_console.print(
        f"{made.id}: {made.files:,} files, {made.bytes:,} bytes, {made.directories:,} directories, "
        f"{made.others:,} others sealed",
        soft_wrap=True,
    )
    out_console.print(f"SHA-256 of the manifest: {made.digest}", soft_wrap=True)
    if made.unread:
        out_console.print(
            f"{made.unread:,} entries could not be read, or changed while they were: they have no "
            "digest, and the state says why",
            soft_wrap=True,
        )
        raise typer.Exit(EXIT_INCOMPLETE)
