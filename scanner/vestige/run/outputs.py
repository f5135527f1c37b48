"""Outputs: a review to the files of a scan folder, each written aside and renamed."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from vestige.model import StoreError, UsageError
from vestige.reports import csv, html, json
from vestige.review import Review
from vestige.run import key as keys

Writer = Callable[[Review, TextIO], None]

FORMATS: dict[str, dict[str, Writer]] = {
    "html": {"report.html": html.write_html},
    "csv": {
        "findings.csv": csv.write_findings,
        "occurrences.csv": csv.write_occurrences,
        "families.csv": csv.write_families,
        "problems.csv": csv.write_problems,
    },
    "json": {"summary.json": json.write_summary},
}
"""The files of each format of `vestige report`."""


def demand_outside(wanted: Path, roots: Sequence[bytes]) -> None:
    """UsageError if a folder for results lies inside a scanned root."""
    if keys.inside(wanted, roots):
        raise UsageError(
            "the output folder lies inside a scanned root, which must not be changed; "
            "name another with --out"
        )


def folder(wanted: Path, roots: Sequence[bytes]) -> Path:
    """The folder for results, made if it is missing; UsageError if it must not or cannot be."""
    demand_outside(wanted, roots)
    try:
        wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(f"the output folder cannot be made ({error.strerror})") from None
    return wanted


def write(review: Review, folder: Path, formats: tuple[str, ...] = tuple(FORMATS)) -> list[Path]:
    """Write the files of the formats into `folder`, mode 0600; StoreError if one cannot be."""
    written = []
    for format_name in formats:
        for name, writer in FORMATS[format_name].items():
            _write(review, folder / name, writer)
            written.append(folder / name)
    return written


def write_text(path: Path, text: str) -> None:
    """Write a text, mode 0600, aside and renamed; StoreError if it cannot be."""
    _aside(path, lambda stream: stream.write(text))


def _write(review: Review, path: Path, writer: Writer) -> None:
    _aside(path, lambda stream: writer(review, stream))


def _aside(path: Path, write_to: Callable[[TextIO], object]) -> None:
    aside = path.with_name(f".{path.name}.part")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(aside, flags, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            write_to(stream)
        aside.replace(path)
    except OSError as error:
        raise StoreError(f"{path.name} cannot be written ({error.strerror})") from None
