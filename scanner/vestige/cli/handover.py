"""The commands that hand a case over: a bag, a page, an archive, a certificate."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.custody import EXIT_DIFFERS, By, CaseFolder, ExhibitName, KeyFolder
from vestige.cli.pace import pace
from vestige.cli.screen import out_console
from vestige.run import custody, folders
from vestige.run import export as exports


def bag(
    case: CaseFolder,
    exhibit: ExhibitName,
    into: Annotated[Path, typer.Argument(help="Folder of the bag; it must not exist yet.")],
    copy: Annotated[
        Path | None,
        typer.Option("--from", help="A copy of what was sealed, to fill the bag from."),
    ] = None,
    by: By = "",
    keys: KeyFolder = None,
) -> None:
    """Copy an exhibit into a bag (BagIt), each file verified as it is written.

    The original may be gone by then: --from names a copy, of which each file must be as it was
    sealed, too.
    """
    custodian = custody.at(case, by, keys)
    with pace("copying") as say:
        _, done = custody.write_bag(custodian, exhibit, into, say, copy)
    out_console.print(f"{done.files:,} files, {done.bytes:,} bytes in the bag", soft_wrap=True)
    if done.left_out:
        out_console.print(f"{done.left_out:,} files are not as they were sealed, and are left out")
        raise typer.Exit(EXIT_DIFFERS)


def certificate(
    case: CaseFolder, exhibit: ExhibitName, by: By = "", keys: KeyFolder = None
) -> None:
    """Write a certificate to be completed, once a provider's own of destruction is attached.

    Refused before: a deletion is no sanitization of the medium (NIST SP 800-88).
    """
    _, path = exports.certificate(custody.at(case, by, keys), exhibit)
    out_console.print(f"To be completed and signed: {path}", soft_wrap=True)


def export(
    case: CaseFolder,
    out: Annotated[Path, typer.Argument(help="The archive to write (.zip); it must not exist.")],
    by: By = "",
    keys: KeyFolder = None,
    encrypt_to: Annotated[
        str, typer.Option(help="Encrypt to this recipient of age, age1... (vestige\\[age]).")
    ] = "",
    *,
    without_names: Annotated[
        bool, typer.Option("--without-names", help="Keyed tokens instead of names of entries.")
    ] = False,
) -> None:
    """Write the whole case as one archive for whoever checks it: a page to read, and all files.

    With names it is personal data, as the case is. Without them every component of a path is a
    token that only the key of the case resolves, and attached documents are left out.
    """
    exports.export(
        custody.at(case, by, keys), out, with_names=not without_names, recipient=encrypt_to
    )
    out_console.print(f"Archive: {out}", soft_wrap=True)


def page(
    case: CaseFolder,
    out: Annotated[Path, typer.Argument(help="The page to write (.html).")],
    keys: KeyFolder = None,
    *,
    reveal: Annotated[bool, typer.Option("--reveal", help="Show folders in clear.")] = False,
) -> None:
    """Write a case as one page: who did what and when, the exhibits, and how to check them."""
    custody.demand_outside_exhibits(case, out)
    text = exports.page(case, keys or custody.default_keys(), reveal=reveal)
    folders.write(out, text.encode())
    out_console.print(f"Page: {out}", soft_wrap=True)
