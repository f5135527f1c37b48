"""Anonymity: how far the facts left in the data single people out; imports nothing of ours."""

from collections.abc import Mapping
from typing import Any, NamedTuple

FEWEST = 20
"""Subjects from which on shares say something."""


class Attribute(NamedTuple):
    """One fact: which share of the subjects it singles out alone, and all others without it."""

    name: str
    alone: float
    without: float


class Removal(NamedTuple):
    """A fact that is left out, besides those before it, and the share that is then unique."""

    name: str
    left: float


class SinglingOut(NamedTuple):
    """How many subjects share all facts with nobody, or with fewer than four others.

    `smallest` are sizes of the smallest classes of subjects that look alike, each with how many
    classes have it; `attributes` come with the one first that singles out most, and `removals` in
    the order in which leaving them out helps most. `subjects` are those that were compared.
    """

    subjects: int
    unique: int
    below_five: int
    smallest: tuple[tuple[int, int], ...]
    attributes: tuple[Attribute, ...]
    removals: tuple[Removal, ...]

    @property
    def share(self) -> float:
        """The share of subjects that are unique."""
        return self.unique / self.subjects if self.subjects else 0.0

    def noted(self) -> dict[str, object]:
        """What is kept of it, as JSON can hold it."""
        return {
            "subjects": self.subjects,
            "unique": self.unique,
            "below_five": self.below_five,
            "smallest": [{"size": size, "classes": classes} for size, classes in self.smallest],
            "attributes": [one._asdict() for one in self.attributes],
            "removals": [one._asdict() for one in self.removals],
        }


def of_noted(noted: Mapping[str, Any]) -> SinglingOut:
    """What was kept by `noted`."""
    return SinglingOut(
        subjects=noted["subjects"],
        unique=noted["unique"],
        below_five=noted["below_five"],
        smallest=tuple((one["size"], one["classes"]) for one in noted["smallest"]),
        attributes=tuple(Attribute(**one) for one in noted["attributes"]),
        removals=tuple(Removal(**one) for one in noted["removals"]),
    )
