"""Entries and families as the scan file keeps them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vestige.model import Certainty, Entry, Family, Kind, State


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry with the outcome of its examination, ready to be kept."""

    entry: Entry
    state: State
    reason: str
    findings: tuple[int, ...]
    subject: str
    dicom: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it is kept."""

    id: int
    parent: int
    name: bytes
    kind: Kind
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    finding_set: int


def family(row: Sequence[Any]) -> Family:
    """The family of one row of its table, the number of its finding left out."""
    return Family(
        parent=row[0],
        template=row[1],
        verdict=Certainty(row[2]),
        members=row[3],
        distinct=row[4],
        share=row[5],
        files=row[6],
        bytes=row[7],
        subjects=row[8],
        first_written=row[9],
        last_written=row[10],
        headers=row[11],
        examples=tuple(json.loads(row[12])),
    )
