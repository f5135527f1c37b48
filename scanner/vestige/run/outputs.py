"""Outputs: a review to the files of a scan folder, each written aside and renamed."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TextIO

from vestige.reports import csv, html, json, junit, sarif, verdict
from vestige.review import Occurrence, Review
from vestige.run.folders import demand_outside, folder, write_text
from vestige.run.manner import PLAIN, Manner
from vestige.run.unchanged import digest_of
from vestige.store import Store

__all__ = [
    "FORMATS",
    "OCCURRENCES",
    "PLAIN",
    "REVEALED",
    "USUAL",
    "Manner",
    "demand_outside",
    "folder",
    "write",
    "write_noted",
    "write_occurrences",
    "write_one",
    "write_revealed",
    "write_text",
]

Writer = Callable[[Review, TextIO], None]

OCCURRENCES = "occurrences.csv"
"""The table that has a row for each entry in which a finding holds: the longest of all."""

FORMATS: dict[str, dict[str, Writer]] = {
    "html": {"report.html": html.write_html},
    "csv": {
        "findings.csv": csv.write_findings,
        OCCURRENCES: csv.write_occurrences,
        "families.csv": csv.write_families,
        "problems.csv": csv.write_problems,
    },
    "json": {"summary.json": json.write_summary},
    "verdict": {"verdict.json": verdict.write_verdict},
    "sarif": {"vestige.sarif": sarif.write_sarif},
    "junit": {"junit.xml": junit.write_junit},
}
"""The files of each format of `vestige report`."""

REVEALED = "report-REVEALED.html"
"""The page in clear: never the name of the masked one, so that nobody takes it for that."""

USUAL = ("html", "csv", "json")
"""The formats of a scan."""


def write(
    review: Review,
    folder: Path,
    formats: tuple[str, ...] = USUAL,
    manner: Manner = PLAIN,
    apart: Callable[[], None] | None = None,
) -> list[Path]:
    """Write the files of the formats into `folder`, mode 0600; StoreError if one cannot be.

    If `apart` is given, it writes the occurrences.
    """
    written = []
    for format_name in formats:
        for name, writer in FORMATS[format_name].items():
            if name == OCCURRENCES and apart is not None:
                apart()
            else:
                write_one(review, folder / name, _in_manner(format_name, writer, manner))
            written.append(folder / name)
    return written


def write_occurrences(
    occurrences: Iterable[Occurrence], folder: Path, manner: Manner = PLAIN
) -> None:
    """Write the occurrences of a review alone, as `write` does."""

    def written(stream: TextIO) -> None:
        if manner.csv_bom:
            stream.write(csv.MARK)
        csv.write_places(occurrences, stream)

    write_text(folder / OCCURRENCES, written)


def _in_manner(format_name: str, writer: Writer, manner: Manner) -> Writer:
    if format_name == "html":
        return partial(html.write_html, language=manner.language)
    if format_name == "csv" and manner.csv_bom:
        return partial(csv.write_marked, writer)
    return writer


def write_one(review: Review, path: Path, writer: Writer) -> None:
    """Write one file of a review, as `write_text` does."""
    write_text(path, partial(writer, review))


def write_revealed(review: Review, folder: Path, manner: Manner = PLAIN) -> Path:
    """Write the page of a review in clear into `folder`, mode 0600, under a name of its own."""
    path = folder / REVEALED
    write_one(review, path, partial(html.write_html, language=manner.language))
    return path


def write_noted(
    review: Review,
    store: Store,
    folder: Path,
    manner: Manner = PLAIN,
    apart: Callable[[], None] | None = None,
) -> None:
    """Write all files of a scan, and note by what they are known, so that they can be copied."""
    written = write(review, folder, USUAL, manner, apart)
    told = {path.name: digest_of(path.read_bytes()) for path in written}
    # A scan file that says so already is left as it is.
    if store.noted("outputs") != told:
        store.note("outputs", told)
