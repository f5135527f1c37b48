"""How names stand in a text: neighbouring words, their shape, and the features that are weighed."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from vestige.detect.units import SOFT, Layout, Unit, announced, is_letter, layout_of, neighbour
from vestige.lexicon import COMMON, Lexicon
from vestige.text import Token, TokenKind


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
    INITIAL_NAME = "initial-name"
    CUE_NAME = "cue-name"
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


_PAIR = Bars(medium=3.0, high=5.0, most=math.inf)
_SINGLE = Bars(medium=3.0, high=math.inf, most=4.9)
"""One word is at most of medium certainty: too many surnames are words."""
_LONE = Bars(medium=3.0, high=math.inf, most=3.9)
"""One word without any company is at the lower end of medium."""
TIERS: Mapping[Shape, Bars] = {
    **dict.fromkeys(Shape, _SINGLE),
    **dict.fromkeys(PAIRS, _PAIR),
    Shape.LONE: _LONE,
}
"""The one table of where a name of some shape is told, and how loud."""


def tier_of(shape: Shape, score: float) -> Tier:
    """The tier of a name of this shape and score."""
    bars = TIERS[shape]
    if score >= bars.high:
        return Tier.HIGH
    return Tier.MEDIUM if score >= bars.medium else Tier.SILENT


DIGITS_OF_NUMBER = 5
"""Digits from which a number beside a word may be a record number."""

_CARETS = frozenset({"^", "^^", "=", " ^ "})
_COMMAS = frozenset({",", ", ", ",_", ";", "; ", "_,_", " ,", " , "})
_BESIDE = {
    TokenKind.UUID: Shape.NAME_UUID,
    TokenKind.UID: Shape.NAME_UUID,
    TokenKind.HEX: Shape.NAME_HASH,
    TokenKind.DATE: Shape.NAME_DATE,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One or two units that may be a name, with what the weights need to judge them."""

    span: tuple[int, int]
    shape: Shape
    features: tuple[tuple[str, float], ...]


def candidates(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Everything in `text` that has the shape of a name and is no ordinary word."""
    layout = layout_of(text, lexicon)
    for before, after in pairwise(layout.units):
        shape = _pair_shape(layout, before, after)
        if shape is not None and _may_pair(before, after, shape, lexicon):
            yield _candidate(layout, (before, after), shape, lexicon)
    for unit in layout.units:
        if not unit.ordinary:
            yield _candidate(layout, (unit,), _single_shape(layout, unit), lexicon)


# --- shapes ------------------------------------------------------------------------------------


def _pair_shape(layout: Layout, before: Unit, after: Unit) -> Shape | None:
    """The shape of two neighbouring units, or None if something else stands between them."""
    between = "".join(piece.text for piece in layout.pieces[before.last + 1 : after.first])
    if between in _CARETS:
        return Shape.CARET
    if between in _COMMAS:
        return Shape.COMMA
    if between not in SOFT:
        return None
    beside = _beside(layout, before.first, after.last)
    if TokenKind.DATE in beside:
        return Shape.PAIR_DATE
    if beside & {TokenKind.NUMBER, TokenKind.UUID, TokenKind.HEX, TokenKind.UID}:
        return Shape.PAIR_NUMBER
    return Shape.PAIR


def _may_pair(before: Unit, after: Unit, shape: Shape, lexicon: Lexicon) -> bool:
    """Whether two words may be one name: an ordinary one only beside a caret, comma, given name.

    Surnames such as Tour and Page are words, but few texts hold a word beside a given name.
    """
    if not (before.ordinary or after.ordinary):
        return True
    if before.ordinary and after.ordinary:
        return False
    other = after if before.ordinary else before
    return shape in _FORMAL or lexicon.evidence(other.word).given >= COMMON


_FORMAL = frozenset({Shape.CARET, Shape.COMMA})


def _single_shape(layout: Layout, unit: Unit) -> Shape:
    if announced(layout.pieces, unit.first) == "strong":
        return Shape.CUE_NAME
    if _initial(layout.pieces, unit):
        return Shape.INITIAL_NAME
    beside = _beside(layout, unit.first, unit.last)
    for kind, shape in _BESIDE.items():
        if kind in beside:
            return shape
    return Shape.NAME_NUMBER if TokenKind.NUMBER in beside else Shape.LONE


def _beside(layout: Layout, first: int, last: int) -> frozenset[TokenKind]:
    """The kinds of the pieces next to a stretch; separators, ordinary words, short numbers aside.

    Between a name and the date of its study there often stands a modality: SMITH_CT_20200131.
    """
    found = (
        neighbour(layout.pieces, first, -1, layout.ordinary),
        neighbour(layout.pieces, last, 1, layout.ordinary),
    )
    return frozenset(
        piece.kind
        for piece in found
        if piece is not None
        and not (piece.kind is TokenKind.NUMBER and len(piece.text) < DIGITS_OF_NUMBER)
    )


def _initial(pieces: Sequence[Token], unit: Unit) -> bool:
    """Whether a single capital stands directly before the unit, or behind it."""
    return _is_initial(pieces, unit.first, -1) or _is_initial(pieces, unit.last, 1)


def _is_initial(pieces: Sequence[Token], index: int, step: int) -> bool:
    """Whether a capital stands for itself there; behind a word, L and R are sides of the body."""
    index += step
    if 0 <= index < len(pieces) and pieces[index].kind is TokenKind.SEPARATOR:
        index += step
    if not 0 <= index < len(pieces):
        return False
    letter = pieces[index].text
    if not (is_letter(letter) and letter.isupper()) or (step > 0 and letter in _SIDES):
        return False
    beyond = index + step
    inside = 0 <= beyond < len(pieces)
    return not inside or pieces[beyond].kind in _BORDERS


_SIDES = frozenset("LR")
_BORDERS = frozenset({TokenKind.SEPARATOR, TokenKind.EXTENSION})


# --- features ----------------------------------------------------------------------------------


def _candidate(
    layout: Layout, chosen: tuple[Unit, ...], shape: Shape, lexicon: Lexicon
) -> Candidate:
    odds = sorted(max(-5.0, min(5.0, unit.log_odds)) for unit in chosen)
    side = "pair" if len(chosen) > 1 else "single"
    found = [
        (f"shape:{shape}", 1.0),
        (f"{side}:best", odds[-1]),
        (f"{side}:worst", odds[0]),
        (f"{side}:case:{_case(chosen)}", 1.0),
        (f"{side}:announced:{announced(layout.pieces, chosen[0].first)}", 1.0),
        (f"{side}:{_company(layout, chosen)}", 1.0),
    ]
    if side == "pair":
        found.extend((f"pair:{said}", 1.0) for said in _agreement(chosen, lexicon))
    return Candidate((chosen[0].start, chosen[-1].end), shape, tuple(found))


def _company(layout: Layout, chosen: tuple[Unit, ...]) -> str:
    """Which other words stand in the text."""
    if len(layout.units) == len(chosen):
        return "alone"
    return "among ordinary words" if layout.plain == len(chosen) else "among others"


def _case(units: Sequence[Unit]) -> str:
    words = [unit.word for unit in units]
    if all(word.islower() for word in words):
        return "lower"
    if all(word.isupper() for word in words):
        return "upper"
    return "title" if all(word[:1].isupper() for word in words) else "mixed"


def _agreement(units: Sequence[Unit], lexicon: Lexicon) -> Iterator[str]:
    """Whether one word is a common given name, and the other then a common surname."""
    one, other = (lexicon.evidence(unit.word) for unit in units)
    if any(lexicon.evidence(unit.word).given >= COMMON and not unit.ordinary for unit in units):
        yield "given"
    if min(one.given, other.surname) >= COMMON or min(other.given, one.surname) >= COMMON:
        yield "given and surname"
