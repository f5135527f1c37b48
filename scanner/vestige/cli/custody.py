"""The commands of custody: a case, its exhibits, and what became of them."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.differences import comparison_lines, deletion_lines
from vestige.cli.pace import pace
from vestige.cli.screen import err_console, out_console, safe
from vestige.evidence import Case, Comparison, utc
from vestige.model import UsageError
from vestige.run import case as files
from vestige.run import custody, exhibits, folders
from vestige.run import export as exports

_EXIT_DIFFERS, _EXIT_INCOMPLETE, _EXIT_TAMPERED = 1, 3, 4

app = typer.Typer(
    help="Prove what was there before anyone deletes it.\n\n"
    "A case is a folder with a ledger, in which every step is told with its time, who took it, and "
    "the digest of the step before. An exhibit is a sealed subtree: a manifest that `sha256sum -c` "
    "verifies, and the state of every entry. Vestige deletes nothing; it witnesses.\n\n"
    "Seals hold names, and names are personal data: keep a case as you keep the data.\n\n"
    "Exit codes: 0 as it was sealed, 1 something differs, 3 nothing differs but not all was looked "
    "at (a sample), 2 wrong usage, 4 a case or seal is damaged or was tampered with.",
    no_args_is_help=True,
)

CaseFolder = Annotated[Path, typer.Argument(help="Folder of the case.", show_default=False)]
ExhibitName = Annotated[str, typer.Argument(help="Exhibit, as E1.", show_default=False)]
By = Annotated[str, typer.Option(help="Who takes this step. Default: your login name.")]
KeyFolder = Annotated[
    Path | None,
    typer.Option("--keys", help="Folder of the keys of cases. Default: your data folder."),
]
Jobs = Annotated[int, typer.Option(help="Processes that read; 0 takes all cores.", min=0)]


@app.command("open")
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


@app.command()
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
    if scan is None:
        of = custody.whole(Path(what))
    else:
        of = custody.of_finding(scan / "scan.sqlite" if scan.is_dir() else scan, what)
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
        raise typer.Exit(_EXIT_INCOMPLETE)


@app.command("verify")
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
        if text.endswith("%"):
            return None, float(number) / 100
        return int(number), None
    except ValueError:
        raise UsageError("--sample is a number of files, or a share as 5%") from None


def _code(found: Comparison) -> int:
    if not found.holds:
        return _EXIT_DIFFERS
    return _EXIT_INCOMPLETE if found.sample is not None else 0


@app.command("record-deletion")
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
    raise typer.Exit(0 if found.holds else _EXIT_DIFFERS)


@app.command()
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


@app.command()
def sign(
    case: CaseFolder,
    key: Annotated[Path, typer.Option("--with", help="Ed25519 private key in PEM.")],
    by: By = "",
    keys: KeyFolder = None,
) -> None:
    """Sign the ledger as it now is, for those who have no key of the case (needs vestige[sign]).

    A key is made by `openssl genpkey -algorithm ed25519 -out KEY.pem`, its public half by
    `openssl pkey -in KEY.pem -pubout -out PUB.pem`; verify with `custody show --signed-by PUB.pem`.
    """
    custody.sign(custody.at(case, by, keys), key)
    out_console.print("The ledger is signed up to its last line.")


@app.command("ask-for-time")
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


@app.command()
def bag(
    case: CaseFolder,
    exhibit: ExhibitName,
    into: Annotated[Path, typer.Argument(help="Folder of the bag; it must not exist yet.")],
    by: By = "",
    keys: KeyFolder = None,
) -> None:
    """Copy an exhibit into a bag (BagIt), each file verified as it is written."""
    custodian = custody.at(case, by, keys)
    with pace("copying") as say:
        _, done = custody.write_bag(custodian, exhibit, into, say)
    out_console.print(f"{done.files:,} files, {done.bytes:,} bytes in the bag", soft_wrap=True)
    if done.left_out:
        out_console.print(f"{done.left_out:,} files are not as they were sealed, and are left out")
        raise typer.Exit(_EXIT_DIFFERS)


@app.command()
def certificate(
    case: CaseFolder, exhibit: ExhibitName, by: By = "", keys: KeyFolder = None
) -> None:
    """Write a certificate to be completed, once a provider's document of destruction is attached.

    Refused before: a deletion is no sanitization of the medium (NIST SP 800-88).
    """
    _, path = exports.certificate(custody.at(case, by, keys), exhibit)
    out_console.print(f"To be completed and signed: {path}", soft_wrap=True)


@app.command()
def export(
    case: CaseFolder,
    out: Annotated[Path, typer.Argument(help="The archive to write (.zip); it must not exist.")],
    by: By = "",
    keys: KeyFolder = None,
    encrypt_to: Annotated[
        str, typer.Option(help="Encrypt to this recipient of age, age1... (vestige[age]).")
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


@app.command()
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


@app.command()
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


@app.command()
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
        raise typer.Exit(_EXIT_TAMPERED)
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
        raise typer.Exit(_EXIT_TAMPERED)
    out_console.print("The ledger and all files of the case are as they were left.")
