"""The commands of custody: where each lies, and what they share."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.later import Known, group

EXIT_DIFFERS, EXIT_INCOMPLETE, EXIT_TAMPERED = 1, 3, 4

COMMANDS = (
    Known(
        "open",
        "case:open_case",
        "Open a case: a folder for you alone, and the first line of its ledger.",
    ),
    Known(
        "seal",
        "seal:seal",
        "Seal a subtree: SHA-256 of every file, and the state of every entry.",
    ),
    Known(
        "verify",
        "exhibits:verify_exhibit",
        "Hold an exhibit against a folder, in three steps: amounts, completeness, digests.",
    ),
    Known(
        "record-deletion",
        "exhibits:record_deletion",
        "Witness a deletion: Vestige deletes nothing.",
    ),
    Known(
        "attach",
        "case:attach",
        "Take a document into the case: a provider's certificate of destruction, an approval.",
    ),
    Known(
        "sign",
        "case:sign",
        "Sign the ledger as it now is, for those who have no key of the case (extra `sign`).",
    ),
    Known(
        "ask-for-time",
        "case:ask_for_time",
        "Write a request for a time stamp (RFC 3161) of the last line of the ledger.",
    ),
    Known(
        "bag",
        "handover:bag",
        "Copy an exhibit into a bag (BagIt), each file verified as it is written.",
    ),
    Known(
        "certificate",
        "handover:certificate",
        "Write a certificate to be completed, once a provider's own of destruction is attached.",
    ),
    Known(
        "export",
        "handover:export",
        "Write the whole case as one archive for whoever checks it: a page to read, and all files.",
    ),
    Known(
        "page",
        "handover:page",
        "Write a case as one page: who did what and when, the exhibits, and how to check them.",
    ),
    Known("log", "case:log", "Show the ledger, step by step, and what is wrong with it."),
    Known(
        "show",
        "case:show",
        "Show a case on one screen: its exhibits and documents, and whether all is as it was left.",
    ),
)

app = typer.Typer(
    cls=group(COMMANDS),
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


@app.callback()
def root() -> None:
    """Custody has no options of its own."""
