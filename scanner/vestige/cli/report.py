"""The command that writes the reports of a scan again."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.options import (
    BaselineFile,
    CsvBom,
    KeyOfScan,
    LanguageCode,
    ScanFile,
    scan_path,
)
from vestige.cli.screen import err_console, out_console
from vestige.model import UsageError
from vestige.reports.language import language as spoken
from vestige.run import outputs
from vestige.run.occurrences import EVERY
from vestige.run.plan import answering
from vestige.run.revealing import revealed
from vestige.run.review import open_review


def report(  # noqa: PLR0913 - one parameter for each option that a user may give
    scan_file: ScanFile,
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
    path = scan_path(scan_file)
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
