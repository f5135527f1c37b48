"""The command that writes the reports of a scan again."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.options import BaselineFile, KeyOfScan, ScanFile, scan_path
from vestige.cli.screen import out_console
from vestige.model import UsageError
from vestige.run import outputs
from vestige.run.plan import answering
from vestige.run.review import EVERY, open_review


def report(
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
) -> None:
    """Write the reports of a scan again, also of one that was interrupted.

    Here occurrences.csv lists every entry of every finding; a scan lists the first 1,000 of each.
    """
    chosen = tuple(formats or outputs.USUAL)
    unknown = sorted(set(chosen) - outputs.FORMATS.keys())
    if unknown:
        raise UsageError(f"no format {unknown[0]!r}; formats are {', '.join(outputs.FORMATS)}")
    path = scan_path(scan_file)
    store, review = open_review(path, EVERY, answering(path, baseline, key))
    try:
        folder = outputs.folder(out or path.parent, store.root_paths())
        for file in outputs.write(review, folder, chosen):
            out_console.print(str(file), soft_wrap=True)
    finally:
        store.close()
