"""Traces: the marks that texts leave behind, and persons openly named; no letter of them."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from vestige.mark import Form, Mark
from vestige.model import Where

_FORMS = tuple(Form)
_RECORD = 9
"""Bytes of a mark as it is kept: one for its form, and its digest."""


class Kind(IntEnum):
    """What the marks of a trace are.

    TEXT are all marks that stand in one text, of whomever. PERSON, STAFF and DOUBTFUL are those of
    one person who is openly named or numbered there: a patient, somebody who works there, or what
    may be a code. LISTED is a person in a table, CODE a column of a table that holds codes. OPEN
    are the marks of a text that stands where persons are openly named.
    """

    TEXT = 0
    PERSON = 1
    STAFF = 2
    DOUBTFUL = 3
    LISTED = 4
    KEY = 5
    OPEN = 6


SOURCES = frozenset({Kind.PERSON, Kind.STAFF, Kind.DOUBTFUL, Kind.LISTED})
"""Kinds of traces by which persons are known."""


class Trace(NamedTuple):
    """What one text, or one person, left at one place: its marks, packed."""

    kind: Kind
    where: Where
    place: str
    marks: bytes


def packed(marks: Iterable[Mark]) -> bytes:
    """Marks as the scan file keeps them, each once and in an order of their own."""
    return b"".join(sorted({bytes((_FORMS.index(mark.form),)) + mark.digest for mark in marks}))


def unpacked(raw: bytes) -> Iterator[Mark]:
    """The marks that were packed."""
    for record in records(raw):
        yield Mark(form_of(record), record[1:])


def records(raw: bytes) -> Iterator[bytes]:
    """Each mark of packed ones, still packed: equal marks are equal bytes."""
    return (raw[start : start + _RECORD] for start in range(0, len(raw), _RECORD))


def form_of(record: bytes) -> Form:
    """The form of one mark that is packed."""
    return _FORMS[record[0]]
