"""How names stand in a text: neighbouring words, their shape, and the features that are weighed."""

import math
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vestige.detect.units import SOFT, Layout, Run, Unit, announced, is_letter, layout_of, neighbour
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


DIGITS_OF_NUMBER = 5
"""Digits from which a number beside a word may be a record number."""

_CARETS = frozenset({"^", "^^", "=", " ^ "})
_COMMAS = frozenset({",", ", ", ",_", ";", "; ", "_,_", " ,", " , "}) | frozenset(
    comma + gap for comma in "、，،؛；" for gap in ("", " ")
)
_BESIDE = {
    TokenKind.UUID: Shape.NAME_UUID,
    TokenKind.UID: Shape.NAME_UUID,
    TokenKind.HEX: Shape.NAME_HASH,
    TokenKind.DATE: Shape.NAME_DATE,
    TokenKind.NUMBER: Shape.NAME_NUMBER,
}


_CODES = frozenset({TokenKind.NUMBER, TokenKind.UUID, TokenKind.HEX, TokenKind.UID})


class Candidate(NamedTuple):
    """One or two units that may be a name, with what the weights need to judge them."""

    span: tuple[int, int]
    shape: Shape
    features: tuple[tuple[str, float], ...]


def candidates(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Everything in `text` that has the shape of a name and is no ordinary word."""
    layout = layout_of(text, lexicon)
    if not layout.plain:
        return
    for before, after in pairwise(layout.units):
        if before.run is after.run is Run.PART and before.first == after.first:
            yield _candidate(layout, (before, after), Shape.RUN_ON, lexicon)
            continue
        if before.ordinary and after.ordinary:
            continue
        shape = _pair_shape(layout, before, after)
        if shape is not None and _may_pair(before, after, shape, lexicon):
            yield _candidate(layout, (before, after), shape, lexicon)
    for unit in layout.units:
        if unit.log_odds > _FLOOR and not unit.ordinary and unit.run is not Run.PART:
            yield _candidate(layout, (unit,), _single_shape(layout, unit, lexicon), lexicon)


_FLOOR = -3.0
"""Log-odds of a word below which it is no name by itself, whatever announces it."""


# --- shapes ------------------------------------------------------------------------------------


def _pair_shape(layout: Layout, before: Unit, after: Unit) -> Shape | None:
    """The shape of two neighbouring units, or None if something else stands between them."""
    between = _between(layout.pieces, before.last, after.first)
    if between in _CARETS:
        return Shape.CARET
    if between in _COMMAS:
        return Shape.COMMA
    if between not in SOFT:
        return None
    beside = _beside(layout, before.first, after.last)
    if TokenKind.DATE in beside:
        return Shape.PAIR_DATE
    return Shape.PAIR if beside.isdisjoint(_CODES) else Shape.PAIR_NUMBER


def _between(pieces: Sequence[Token], last: int, first: int) -> str:
    """The text of the pieces between two."""
    if first == last + 2:
        return pieces[last + 1].text
    return "".join(piece.text for piece in pieces[last + 1 : first])


def _may_pair(before: Unit, after: Unit, shape: Shape, lexicon: Lexicon) -> bool:
    """Whether two words, not both ordinary, may be one name.

    An ordinary one may be only beside a caret, a comma, or a given name.

    Surnames such as Tour and Page are words, but few texts hold a word beside a given name.
    """
    if not (before.ordinary or after.ordinary):
        return True
    other = after if before.ordinary else before
    return shape in _FORMAL or lexicon.evidence(other.word).given >= COMMON


_FORMAL = frozenset({Shape.CARET, Shape.COMMA})


def _single_shape(layout: Layout, unit: Unit, lexicon: Lexicon) -> Shape:
    if announced(layout.pieces, unit.first) == "strong":
        return Shape.CUE_NAME
    if unit.run is Run.AFTER_INITIAL:
        return Shape.RUN_ON
    if _initial(layout.pieces, unit):
        return Shape.INITIAL_NAME
    beside = _beside(layout, unit.first, unit.last)
    for kind, shape in _BESIDE.items() if beside else ():
        if kind in beside:
            return shape
    if _is_counted(layout, unit):
        return Shape.NAME_SERIAL
    return Shape.NAME_EXAM if _of_an_exam(layout, unit, lexicon) else Shape.LONE


def _is_counted(layout: Layout, unit: Unit) -> bool:
    """Whether a short number is all that stands beside the unit, an ending aside: Smith_042.

    Versions, series and copies are counted too, but seldom in words with the letters of names.
    """
    if layout.code or len(layout.units) > 1:
        return False
    beside = (*layout.pieces[: unit.first], *layout.pieces[unit.last + 1 :])
    kinds = [piece.kind for piece in beside if piece.kind not in _BORDERS]
    return kinds == [TokenKind.NUMBER]


def _of_an_exam(layout: Layout, unit: Unit, lexicon: Lexicon) -> bool:
    """Whether all other words are terms, and the unit stands before or behind them: Smith_MR_knee.

    Of a program's own files that is no sign.
    """
    if layout.code or layout.plain > 1 or len(layout.units) == 1:
        return False
    outside = unit is layout.units[0] or unit is layout.units[-1]
    others = (lexicon.evidence(other.word) for other in layout.units if other is not unit)
    return outside and all(known.technical or known.medical for known in others)


def _beside(layout: Layout, first: int, last: int) -> frozenset[TokenKind]:
    """The kinds of the pieces next to a stretch; separators, ordinary words, short numbers aside.

    Between a name and the date of its study there often stands a modality: SMITH_CT_20200131.
    """
    pieces, passed = layout.pieces, layout.ordinary
    before, after = neighbour(pieces, first, -1, passed), neighbour(pieces, last, 1, passed)
    if before is None and after is None:
        return _NOTHING
    return frozenset(
        piece.kind
        for piece in (before, after)
        if piece is not None
        and not (piece.kind is TokenKind.NUMBER and len(piece.text) < DIGITS_OF_NUMBER)
    )


_NOTHING: frozenset[TokenKind] = frozenset()


def _initial(pieces: Sequence[Token], unit: Unit) -> bool:
    """Whether a single capital stands directly before the unit, or behind it."""
    return _is_initial(pieces, unit.first, -1) or _is_initial(pieces, unit.last, 1)


def _is_initial(pieces: Sequence[Token], index: int, step: int) -> bool:
    """Whether a capital stands for itself there; behind a word, L and R are sides of the body.

    Behind other words, W is short for with: CHEST W CONTRA, where a field was too short for more.
    """
    index += step
    if 0 <= index < len(pieces) and pieces[index].kind is TokenKind.SEPARATOR:
        index += step
    if not 0 <= index < len(pieces):
        return False
    letter = pieces[index].text
    if (
        len(letter) != 1
        or not (is_letter(letter) and letter.isupper())
        or (step > 0 and letter in _SIDES)
    ):
        return False
    beyond = index + step
    inside = 0 <= beyond < len(pieces)
    if step < 0 and inside and letter == _WITH:
        return False
    return not inside or pieces[beyond].kind in _BORDERS


_SIDES = frozenset("LR")
_WITH = "W"
_BORDERS = frozenset({TokenKind.SEPARATOR, TokenKind.EXTENSION})


# --- features ----------------------------------------------------------------------------------


def _candidate(
    layout: Layout, chosen: tuple[Unit, ...], shape: Shape, lexicon: Lexicon
) -> Candidate:
    pair = len(chosen) > 1
    fixed = _aspects(
        (shape, "pair" if pair else "single", _company(layout, chosen), layout.code),
        _case(chosen),
        announced(layout.pieces, chosen[0].first),
    )
    own = _of_pair(chosen, shape, lexicon) if pair else _of_one(chosen[0], shape)
    return Candidate((chosen[0].start, chosen[-1].end), shape, (*fixed, *own))


@lru_cache(maxsize=1 << 10)
def _aspects(
    stands: tuple[Shape, str, str, bool], case: str, said: str
) -> tuple[tuple[str, float], ...]:
    """The features that only say which of a few things is so; there are some hundreds in all."""
    shape, side, company, code = stands
    found = (
        (_SHAPE_FEATURES[shape], 1.0),
        (f"{side}:case:{case}", 1.0),
        (f"{side}:announced:{said}", 1.0),
        (f"{side}:{company}", 1.0),
    )
    return (*found, (f"{side}:code", 1.0)) if code else found


_SHAPE_FEATURES = {shape: f"shape:{shape}" for shape in Shape}
_ODDS_FEATURES = {shape: f"single:odds:{shape}" for shape in Shape}
_MOST = 5.0
"""Log-odds of a word that count at most, for and against."""


def _of_one(unit: Unit, shape: Shape) -> Iterator[tuple[str, float]]:
    odds = max(-_MOST, min(_MOST, unit.log_odds))
    yield "single:odds", odds
    yield _ODDS_FEATURES[shape], odds


def _of_pair(
    units: tuple[Unit, ...], shape: Shape, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    """What speaks for and against two words; of an ordinary one, only that it is ordinary."""
    kind = "formal" if shape in _FORMAL else "free"
    odds = sorted(
        0.0 if kind == "formal" and _is_short(unit.word) else max(-_MOST, min(_MOST, unit.log_odds))
        for unit in units
        if not unit.ordinary
    )
    yield "pair:best", odds[-1]
    if len(odds) > 1:
        yield "pair:worst", odds[0]
        yield f"pair:worst:{kind}", odds[0]
    else:
        yield f"pair:ordinary:{kind}", 1.0
    for said in _agreement(units, lexicon):
        yield said, 1.0
    for unit in units:
        if kind == "free" and _is_short(unit.word):
            known = lexicon.evidence(unit.word).surname >= COMMON
            yield f"pair:short {'surname' if known else 'word'}", 1.0


_SHORT, _LAST_LATIN = 2, "\u024f"


def _is_short(word: str) -> bool:
    """Whether the letters of a word tell nothing; an East Asian character says as much as four."""
    return len(word) <= _SHORT and max(word) <= _LAST_LATIN


def _company(layout: Layout, chosen: tuple[Unit, ...]) -> str:
    """Which other words stand in the text."""
    if len(layout.units) == len(chosen):
        return "alone"
    return "among ordinary words" if layout.plain == len(chosen) else "among others"


def _case(units: Sequence[Unit]) -> str:
    if len(units) == 1:
        return _case_of(_cases(units[0].word))
    return _case_of(_cases(units[0].word) & _cases(units[1].word))


@lru_cache(maxsize=1 << 15)
def _cases(word: str) -> int:
    """In which ways a word is written, a bit each: without case, all lower, all upper, a title."""
    return (
        (word.lower() == word.upper()) * _NO_CASE
        | word.islower() * _LOWER
        | word.isupper() * _UPPER
        | word[:1].isupper() * _TITLE
    )


_NO_CASE, _LOWER, _UPPER, _TITLE = 1, 2, 4, 8


def _case_of(ways: int) -> str:
    """The way in which all of some words are written; a script that knows no case is a title."""
    if ways & _NO_CASE:
        return "title"
    if ways & _LOWER:
        return "lower"
    return "upper" if ways & _UPPER else "title" if ways & _TITLE else "mixed"


def _agreement(units: Sequence[Unit], lexicon: Lexicon) -> Iterator[str]:
    """Whether one word is a common given name, and the other then a common surname."""
    before, after = units
    one, other = lexicon.evidence(before.word), lexicon.evidence(after.word)
    if (one.given >= COMMON and not before.ordinary) or (
        other.given >= COMMON and not after.ordinary
    ):
        yield "pair:given"
    if min(one.given, other.surname) >= COMMON or min(other.given, one.surname) >= COMMON:
        yield "pair:given and surname"
    if one.place and other.place:
        yield "pair:places"
    if lexicon.phrase((before.word, after.word)):
        yield "pair:phrase"
