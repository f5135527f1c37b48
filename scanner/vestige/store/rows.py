"""Entries and families as the scan file keeps them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from vestige.account import Account
from vestige.model import Band, Certainty, Claim, Family, FamilyKind, Finding, Kind, State, Where
from vestige.review import Coverage

Facts = tuple[bytes, str, int, int, int, int]
"""Name, kind, size, time of modification and of change (ns), and inode of an entry."""


class SeriesFacts(NamedTuple):
    """What is kept of a series: keyed digests, and words of closed vocabularies.

    `subject` is the digest of whose it is, `facts` a JSON object of names and texts, and `digest`
    that of both, by which equal ones are known.
    """

    digest: bytes
    subject: str
    facts: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the examination of entries ended, and the numbers of the findings that hold in them.

    `series` is the number of what is kept of the series, 0 if nothing is; `traces` are the numbers
    of what texts and persons left.
    """

    state: State
    reason: str
    findings: tuple[int, ...]
    subject: str
    series: int
    dicom: bool
    traces: tuple[int, ...] = ()


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


GREATEST = (1 << 63) - 1
"""The greatest integer that SQLite keeps; inodes of some file systems are greater."""

COLUMNS = "e.id, e.parent, e.name, e.kind, e.size, e.mtime_ns, e.ctime_ns, e.inode, o.finding_set"
"""What makes a row, of an entry e and its outcome o."""

FROM = "FROM entry e JOIN outcome o ON o.id = e.outcome"
"""From where the columns of a row come."""

DIRECTORY, FILE = Kind.DIRECTORY.value, Kind.FILE.value


def row(found: Sequence[Any]) -> Row:
    """The row of the `COLUMNS` of one entry."""
    size, mtime_ns, ctime_ns, inode, finding_set = found[4:]
    facts = (Kind(found[3]), size, mtime_ns, ctime_ns, inode % (1 << 64))
    return Row(found[0], found[1], bytes(found[2]), *facts, finding_set)


def finding(row: Sequence[Any]) -> Finding:
    """The finding of one row of its table."""
    return Finding(row[0], _claim(*row[1:7]), Where(row[7]), row[8], row[10], row[9], row[11])


@lru_cache(maxsize=4096)
def _claim(
    rule: str, title: str, severity: int, certainty: float, identifies: str, basis: str
) -> Claim:
    """A claim, which many findings make."""
    return Claim(rule, title, Band(severity), certainty, identifies, tuple(json.loads(basis)))


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
        kind=FamilyKind(row[13]),
    )


def of_family(family: Family) -> tuple[object, ...]:
    """The row of a family, the number of its finding left out."""
    return (
        family.parent,
        family.template,
        family.verdict.value,
        family.members,
        family.distinct,
        family.share,
        family.files,
        family.bytes,
        family.subjects,
        family.first_written,
        family.last_written,
        family.headers,
        json.dumps(family.examples),
        family.kind.value,
    )


def coverage(
    groups: Iterable[tuple[str, str, int]], kinds: tuple[int, int, int], account: Account
) -> Coverage:
    """The coverage of groups of entries, of each the state, reason and number.

    `kinds` are how many directories, how many of what is neither directory nor file, and bytes.
    """
    directories, strange, size = kinds
    states = dict.fromkeys(State, 0)
    unexamined = 0
    for state, reason, count in groups:
        states[State(state)] += count
        if state == State.SKIPPED and reason != _NO_CONTENT:
            unexamined += count
    seen = sum(states.values())
    return Coverage(
        seen=seen,
        read=states[State.READ] + states[State.PARTLY],
        partly=states[State.PARTLY],
        unreadable=states[State.UNREADABLE],
        skipped=states[State.SKIPPED],
        unexamined=unexamined,
        files=seen - directories - strange,
        directories=directories,
        bytes=size,
        account=account,
    )


_NO_CONTENT = "special-file"
"""The reason of what is skipped and holds nothing that could be examined."""
