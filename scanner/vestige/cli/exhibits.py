"""The commands that hold exhibits against folders: verified, their deletion recorded."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.custody import (
    EXIT_DIFFERS,
    EXIT_INCOMPLETE,
    By,
    CaseFolder,
    ExhibitName,
    Jobs,
    KeyFolder,
)
from vestige.cli.differences import comparison_lines, deletion_lines
from vestige.cli.pace import pace
from vestige.cli.screen import out_console
from vestige.evidence import Comparison
from vestige.model import UsageError
from vestige.run import custody, exhibits


def verify_exhibit(  # noqa: PLR0913, PLR0917 - one parameter for each option that a user may give
    case: CaseFolder,
    exhibit: ExhibitName,
    against: Annotated[Path, typer.Option(help="The folder, in place or a copy of it.")],
    sample: Annotated[
        str, typer.Option(help="Read a random sample alone: so many files, or a share as 5%.")
    ] = "",
    seed: Annotated[str, typer.Option(help="Draw the sample of an earlier verification.")] = "",
    by: By = "",
    jobs: Jobs = 0,
    keys: KeyFolder = None,
    *,
    reveal: Annotated[bool, typer.Option("--reveal", help="Show names in clear.")] = False,
) -> None:
    """Hold an exhibit against a folder, in three steps: amounts, completeness, digests.

    All differences are told, not the first alone. Where the folder is the one that was sealed,
    owners, permissions and times must be the same too; of a copy they are told, and do not count.
    """
    files_wanted, share = _sample(sample)
    asked = exhibits.Asked(exhibit, against, files_wanted, share, seed)
    custodian = custody.at(case, by, keys, jobs)
    with pace("verifying") as say:
        _, found = exhibits.verify(custodian, asked, say)
    for line in comparison_lines(found, reveal=reveal):
        out_console.print(line, soft_wrap=True)
    raise typer.Exit(_code(found))


def _sample(text: str) -> tuple[int | None, float | None]:
    if not text:
        return None, None
    number = text.removesuffix("%")
    try:
        wanted = float(number) if text.endswith("%") else int(number)
    except ValueError:
        wanted = 0
    if not 0 < wanted < float("inf"):
        raise UsageError("--sample is a number of files, or a share as 5%")
    return (None, wanted / 100) if text.endswith("%") else (int(wanted), None)


def _code(found: Comparison) -> int:
    if not found.holds:
        return EXIT_DIFFERS
    return EXIT_INCOMPLETE if found.sample is not None else 0


def record_deletion(  # noqa: PLR0913, PLR0917 - one parameter for each option that a user may give
    case: CaseFolder,
    exhibit: ExhibitName,
    rest: Annotated[
        str, typer.Option(help="Exhibit of the folder above, whose rest must be unchanged, as E1.")
    ] = "",
    copy: Annotated[
        Path | None, typer.Option(help="The copy that was kept: it is verified now.")
    ] = None,
    by: By = "",
    jobs: Jobs = 0,
    keys: KeyFolder = None,
) -> None:
    """Witness a deletion: Vestige deletes nothing.

    What was sealed is no longer listed; the rest of the folder above is as it was sealed; the copy
    is whole; and what may still hold the data (open files, other names of the same files, other
    mounts, snapshots) is named as far as the system shows it. The record calls itself a logical
    deletion: it says nothing of the medium.
    """
    custodian = custody.at(case, by, keys, jobs)
    with pace("looking") as say:
        _, found = exhibits.record_deletion(custodian, exhibits.Gone(exhibit, rest, copy), say)
    for line in deletion_lines(found):
        out_console.print(line, soft_wrap=True)
    raise typer.Exit(0 if found.holds else EXIT_DIFFERS)
