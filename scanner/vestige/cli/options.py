"""Options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.model import Band, UsageError
from vestige.reports.language import LANGUAGES

Out = Annotated[
    Path | None,
    typer.Option(help="Folder for the results. Default: vestige-scan-<UTC time> here."),
]
RuleFolders = Annotated[
    list[Path] | None, typer.Option(help="Folder with rules of your own, besides those shipped.")
]
Jobs = Annotated[
    int,
    typer.Option(
        help="Worker processes; 0 takes all cores. More than cores where a network is slow.", min=0
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        help="Findings that somebody answers for (see `vestige accept`): they stay in the report, "
        "listed apart, and do not count for the verdict and the exit code.",
    ),
]
KeyOfScan = Annotated[
    Path | None,
    typer.Option(help="Key with which the scan was made. Default: your own."),
]
LanguageCode = Annotated[
    str,
    typer.Option(
        "--language",
        help=f"Language of the report page: {', '.join(LANGUAGES)}. CSV, JSON and SARIF stay "
        "English.",
    ),
]
CsvBom = Annotated[
    bool,
    typer.Option(
        "--csv-bom",
        help="Begin CSV files with the byte order mark by which Excel knows that they are UTF-8.",
    ),
]
ScanFile = Annotated[Path, typer.Argument(help="scan.sqlite, or the folder that holds it.")]


def scan_path(given: Path) -> Path:
    """The scan file that is meant: that of a folder, or the file itself."""
    return given / "scan.sqlite" if given.is_dir() else given


def band(word: str) -> Band | None:
    """The band that --fail-on names, None for none; UsageError if there is no such band."""
    try:
        return Band.of(word) if word else None
    except ValueError as error:
        raise UsageError(f"--fail-on: {error}") from None
