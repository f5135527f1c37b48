"""In which shapes names stand in a text, and from which score one of each is told, and how loud."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """How a name stands in a text."""

    CARET = "caret"
    COMMA = "comma"
    PAIR = "pair"
    PAIR_DATE = "pair-date"
    PAIR_NUMBER = "pair-number"
    NAME_UUID = "name-uuid"
    NAME_HASH = "name-hash"
    NAME_DATE = "name-date"
    NAME_NUMBER = "name-number"
    NAME_SERIAL = "name-serial"
    INITIAL_NAME = "initial-name"
    CUE_NAME = "cue-name"
    NAME_EXAM = "name-exam"
    RUN_ON = "run-on"
    LONE = "lone"


PAIRS = frozenset({Shape.CARET, Shape.COMMA, Shape.PAIR, Shape.PAIR_DATE, Shape.PAIR_NUMBER})


class Tier(StrEnum):
    """What is made of a name: high stands alone, medium is worth a look, silent is not told."""

    HIGH = "high"
    MEDIUM = "medium"
    SILENT = "silent"


class Bars(NamedTuple):
    """The scores from which a shape is of medium and of high tier, and the score it has at most."""

    medium: float
    high: float
    most: float


_PAIR = Bars(medium=3.0, high=4.0, most=math.inf)
_NAMED = Bars(medium=3.0, high=4.0, most=4.9)
"""One word that is announced, or stands behind an initial."""
_DATED = Bars(medium=3.0, high=4.5, most=4.9)
"""One word beside a day, which may be that of a birth."""
_CODED = Bars(medium=3.0, high=math.inf, most=4.9)
"""One word beside a code is at most of medium certainty: too many surnames are words."""
_LONE = Bars(medium=3.0, high=math.inf, most=3.9)
"""One word without any company is at the lower end of medium."""
TIERS: Mapping[Shape, Bars] = {
    **dict.fromkeys(PAIRS, _PAIR),
    Shape.CUE_NAME: _NAMED,
    Shape.INITIAL_NAME: _NAMED,
    Shape.NAME_DATE: _DATED,
    Shape.NAME_UUID: _CODED,
    Shape.NAME_HASH: _CODED,
    Shape.NAME_NUMBER: _CODED,
    Shape.NAME_SERIAL: _LONE,
    Shape.RUN_ON: _CODED,
    Shape.LONE: _LONE,
    Shape.NAME_EXAM: _LONE,
}
"""The one table of where a name of some shape is told, and how loud.

The weights of shapes are such that from 3 on a score is worth a look, and from 4 on few texts of
trees of software or of public descriptions reach it (see LIFT in rules/lexicons/shapes.py).
"""


def tier_of(shape: Shape, score: float) -> Tier:
    """The tier of a name of this shape and score."""
    bars = TIERS[shape]
    if score >= bars.high:
        return Tier.HIGH
    return Tier.MEDIUM if score >= bars.medium else Tier.SILENT


class NameLike(NamedTuple):
    """A part of a text that looks like a person's name; `span` counts its characters."""

    span: tuple[int, int]
    shape: Shape
    score: float

    @property
    def tier(self) -> Tier:
        """How loud the name is told."""
        return tier_of(self.shape, self.score)
