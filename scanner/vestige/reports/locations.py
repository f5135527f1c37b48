"""Where persons stand, as CSV and JSON: by their number in the list of those sought, never a name.

The stream is the caller's: opened with newline="" and encoding="utf-8".
"""

import csv
import json
from collections.abc import Callable
from typing import TextIO

from vestige.reports.visible import visible
from vestige.review import Located, Locating

COLUMNS = (*("person", "strength", "why", "where", "location", "entry", "kind", "shared", "path"),)

SCHEMA_VERSION = 1
"""Counts up when a key changes its meaning or goes; new keys do not change it."""

PathOf = Callable[[int], str]
"""The path of an entry, masked or in clear."""

_FORMULA = tuple("=+-@\t\r＝＋－＠")


def write_csv(locating: Locating, path_of: PathOf, stream: TextIO) -> None:
    """One row for each place of each person."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in locating.found:
        writer.writerow([_cell(cell) for cell in _stated(one, path_of).values()])


def write_json(locating: Locating, path_of: PathOf, stream: TextIO) -> None:
    """All places, and what was not looked at, as indented ASCII JSON."""
    told = {
        "schema_version": SCHEMA_VERSION,
        "sought": locating.sought,
        "complete": not locating.unseen,
        "unseen": [visible(one) for one in locating.unseen],
        "limits": [visible(one) for one in locating.limits],
        "found": [_stated(one, path_of) for one in locating.found],
    }
    json.dump(told, stream, indent=2)
    stream.write("\n")


def _stated(one: Located, path_of: PathOf) -> dict[str, object]:
    told = (
        *(one.person, one.strength.value, visible(one.why), one.where.value, visible(one.place)),
        *(one.entry, one.kind.value, one.shared, visible(path_of(one.entry))),
    )
    return dict(zip(COLUMNS, told, strict=True))


def _cell(cell: object) -> object:
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell
