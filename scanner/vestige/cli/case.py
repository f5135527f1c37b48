"""The commands that keep a case: opened, added to, shown."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.custody import EXIT_TAMPERED, By, CaseFolder, KeyFolder
from vestige.cli.screen import err_console, out_console, safe
from vestige.evidence import Case, utc
from vestige.model import UsageError
from vestige.run import case as files
from vestige.run import custody


def open_case(
    case: CaseFolder,
    by: Annotated[str, typer.Option(help="Who opens the case: a person or a role.")],
    because: Annotated[str, typer.Option(help="Why.")],
    authority: Annotated[str, typer.Option(help="On whose authority, or by which decision.")] = "",
    keys: KeyFolder = None,
) -> None:
    """Open a case: a folder for you alone, and the first line of its ledger.

    The key of the case is made outside of it, in your data folder: back it up. Without it a ledger
    can be read and its chain checked, but not continued.
    """
    reasons = {"by": by, "because": because, "authority": authority}
    opened = custody.open_case(case, reasons, keys)
    out_console.print(f"Case {opened.number} is open: {case}", soft_wrap=True)


def attach(
    case: CaseFolder,
    document: Annotated[Path, typer.Argument(help="The document to take in.")],
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(custody.KINDS)}.")],
    exhibit: Annotated[str, typer.Option(help="Exhibit that it is about, as E1.")] = "",
    by: By = "",
    keys: KeyFolder = None,
) -> None:
    """Take a document into the case: a provider's certificate of destruction, an approval."""
    custody.attach(custody.at(case, by, keys), document, kind, exhibit)
    out_console.print("The document is part of the case.")


def sign(
    case: CaseFolder,
    key: Annotated[Path, typer.Option("--with", help="Ed25519 private key in PEM.")],
    by: By = "",
    keys: KeyFolder = None,
) -> None:
    """Sign the ledger as it now is, for those who have no key of the case (extra `sign`).

    A key is made by `openssl genpkey -algorithm ed25519 -out KEY.pem`, its public half by
    `openssl pkey -in KEY.pem -pubout -out PUB.pem`; verify with `custody show --signed-by PUB.pem`.
    """
    custody.sign(custody.at(case, by, keys), key)
    out_console.print("The ledger is signed up to its last line.")


def ask_for_time(
    case: CaseFolder,
    out: Annotated[Path, typer.Argument(help="The request to write (.tsq).")],
    by: By = "",
    keys: KeyFolder = None,
) -> None:
    """Write a request for a time stamp (RFC 3161) of the last line of the ledger.

    Send it to a time-stamping authority by any means (curl --data-binary, with the content type
    application/timestamp-query), and take in the answer: custody attach --kind timestamp.
    """
    custody.ask_for_time(custody.at(case, by, keys), out)
    out_console.print(f"Request: {out}", soft_wrap=True)


def log(case: CaseFolder, keys: KeyFolder = None) -> None:
    """Show the ledger, step by step, and what is wrong with it."""
    found = files.read(case, keys or custody.default_keys())
    for step in found.steps:
        facts = ", ".join(f"{name} {value}" for name, value in step.facts.items())
        said = (
            f"{step.number:>4}  {utc(step.time_ns)}  {step.actor}@{step.host}  {step.name}: {facts}"
        )
        out_console.print(safe(said), soft_wrap=True)
    _say_faults(case, keys)


def show(
    case: CaseFolder,
    keys: KeyFolder = None,
    signed_by: Annotated[
        Path | None, typer.Option(help="Public key (PEM) that must have signed the ledger.")
    ] = None,
) -> None:
    """Show a case on one screen: its exhibits and documents, and whether all is as it was left."""
    pem = b"" if signed_by is None else _read(signed_by)
    found = files.read(case, keys or custody.default_keys(), pem)
    out_console.print(f"Case {found.id}: {len(found.steps):,} steps", soft_wrap=True)
    for one in found.exhibits:
        out_console.print(
            f"{one.id}  {one.files:,} files, {one.bytes:,} bytes, sealed {utc(one.sealed_ns)}",
            soft_wrap=True,
        )
    for document in found.attachments:
        out_console.print(safe(f"{document.name}  {document.kind} {document.exhibit}"))
    if signed_by is not None:
        _say_signed(found)
    _say_faults(case, keys)


def _read(key: Path) -> bytes:
    try:
        return key.read_bytes()
    except OSError as error:
        raise UsageError(f"the key to verify by cannot be read ({error.strerror})") from None


def _say_signed(found: Case) -> None:
    if not found.signed:
        err_console.print("No signature of the ledger is by that key.")
        raise typer.Exit(EXIT_TAMPERED)
    out_console.print(
        f"Signed by that key up to line {found.signed:,} of {len(found.steps):,}.", soft_wrap=True
    )


def _say_faults(case: Path, keys: Path | None) -> None:
    found = files.read(case, keys or custody.default_keys())
    for fault in found.faults:
        err_console.print(safe(f"line {fault.line}: {fault.what}"), soft_wrap=True)
    if not found.keyed:
        err_console.print(
            "The key of the case is not here: the chain was checked, but not by whom it was "
            "written, nor whether lines are missing at its end.",
            soft_wrap=True,
        )
    if found.faults:
        raise typer.Exit(EXIT_TAMPERED)
    out_console.print("The ledger and all files of the case are as they were left.")
