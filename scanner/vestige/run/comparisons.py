"""Comparisons: what a baseline says of them, and their files, each written aside and renamed."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TextIO

from vestige.comparison import Change, Comparison
from vestige.model import UsageError
from vestige.reports import compared
from vestige.run.compare import accepted_in, decisions, lapsed_in
from vestige.run.folders import folder as made
from vestige.run.folders import write_text
from vestige.run.plan import answering
from vestige.run.review import review
from vestige.run.since import scan_file
from vestige.store import Store, failures

FORMATS: dict[str, tuple[str, Callable[[Comparison, TextIO], None]]] = {
    "html": ("compare.html", compared.write_html),
    "json": ("compare.json", compared.write_json),
    "csv": ("compare.csv", compared.write_csv),
}
"""The file of each format of `vestige compare`."""


def decided(new: Path, baseline: Path | None, key: Path | None) -> dict[str, Change]:
    """What a baseline says today of the findings of the newer scan, by fingerprint.

    Accepted is what it covers; expired what an acceptance of it no longer covers, as its last day
    is over, or as there is more or worse than was accepted. UsageError or PolicyError if the
    baseline cannot be used with this scan.
    """
    if baseline is None:
        if key is not None:
            raise UsageError("--key is that of a baseline: name its file with --baseline")
        return {}
    path = scan_file(new)
    with failures(), closing(Store.open(path, read_only=True)) as store:
        told = review(store, 0, answering(path, baseline, key))
    return decisions(accepted_in(told), lapsed_in(told))


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
