"""Families in trees of software: where words alone speak, they are to be looked at, no more."""

import sys
from bisect import bisect_right
from dataclasses import replace

from vestige.correlate.templates import Placed
from vestige.model import Certainty, FamilyKind
from vestige.software import is_telling
from vestige.store import Store
from vestige.text import readings

_MOST = 0.8
"""Share of a family's names that must be telling in a tree of software for it to count fully."""
_ASKED = 200
"""Names of a family that are asked whether they are, taken evenly."""


class InSoftware:
    """The trees of software of a scan, and what they make of families."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._trees = [(tree.first, tree.last) for tree in store.software()]

    def judged(self, one: Placed) -> Placed:
        """The family as it counts where it lies."""
        if one.family.verdict is Certainty.REVIEW or not self.is_weak(one):
            return one
        return one._replace(family=replace(one.family, verdict=Certainty.REVIEW))

    def is_weak(self, one: Placed) -> bool:
        """Whether names of a family lie in a tree of software, and nothing but words speaks.

        A UUID, a date or a number of a person beside the words, a caret or a comma between them
        tell of people there as anywhere.
        """
        entries = [member.entry for member in one.family.members]
        if one.family.kind is not FamilyKind.NAMES or not self._holds(entries[0]):
            return False
        asked = entries[:: -(-len(entries) // _ASKED)]
        names = (readings(self._store.row(entry).name)[0] for entry in asked)
        return sum(map(is_telling, names)) < _MOST * len(asked)

    def _holds(self, entry: int) -> bool:
        at = bisect_right(self._trees, (entry, sys.maxsize)) - 1
        return at >= 0 and entry <= self._trees[at][1]
