"""Kinds of words, as names or places, and how each is spread over kinds of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass

from vestige.word_tables import rows

_SMOOTH = 0.25
"""Added to every count, so that no evidence is impossible."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of word, as names or places, and the share of it that falls into each cell."""

    name: str
    person: bool
    shares: tuple[float, ...]


def kinds(raw: bytes, cells: int) -> tuple[Kind, ...]:
    """One kind a row: its name, whether it is a person's, its count in each of so many cells."""
    found = tuple(_kind(row, cells) for row in rows(raw))
    if {kind.person for kind in found} != {True, False}:
        raise ValueError("kinds")
    return found


def _kind(row: Mapping[str, str], cells: int) -> Kind:
    counts = [int(count) for count in row["counts"].split()]
    if len(counts) != cells or min(counts) < 0:
        raise ValueError("counts")
    total = sum(counts) + cells * _SMOOTH
    shares = tuple((count + _SMOOTH) / total for count in counts)
    return Kind(row["kind"], row["person"] == "yes", shares)
