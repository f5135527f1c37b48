"""Comparisons to files of a folder, each written aside and renamed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from vestige.comparison import Comparison
from vestige.reports import compared
from vestige.run.folders import folder as made
from vestige.run.folders import write_text
from vestige.run.since import scan_file
from vestige.store import Store

FORMATS: dict[str, tuple[str, Callable[[Comparison, TextIO], None]]] = {
    "html": ("compare.html", compared.write_html),
    "json": ("compare.json", compared.write_json),
    "csv": ("compare.csv", compared.write_csv),
}
"""The file of each format of `vestige compare`."""


def write(
    found: Comparison, wanted: Path, scans: Sequence[Path], formats: Sequence[str]
) -> list[Path]:
    """Write the files of the formats into a folder that lies in no root of the scans.

    UsageError if it must not or cannot be made, StoreError if a file cannot be written.
    """
    roots: list[bytes] = []
    for path in scans:
        store = Store.open(scan_file(path), read_only=True)
        roots += store.root_paths()
        store.close()
    folder = made(wanted, roots)
    written = []
    for name in formats:
        file, writer = FORMATS[name]
        write_text(folder / file, partial(writer, found))
        written.append(folder / file)
    return written
