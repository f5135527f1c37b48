"""Parts of a text that may be a name, with the features that are weighed, and with their scores."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vestige.detect.shapes import TIERS, Shape
from vestige.detect.stands import CASES, FORMAL, Features, Form, form_of, stands
from vestige.detect.units import Unit, layout_of
from vestige.detect.word_facts import ANY_CASE
from vestige.lexicon import COMMON, PHRASE, Lexicon


class Candidate(NamedTuple):
    """One or two units that may be a name, with what the weights need to judge them."""

    span: tuple[int, int]
    shape: Shape
    features: Features


class Scored(NamedTuple):
    """One or two units that may be a name, with the sum of the weights of its features."""

    span: tuple[int, int]
    shape: Shape
    score: float


def candidates(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Everything in `text` that has the shape of a name and is no ordinary word."""
    layout = layout_of(text, lexicon)
    if not layout.plain:
        return
    for stand in stands(form_of(layout)):
        chosen = [layout.units[number] for number in stand.units]
        fixed = stand.written(_ways(chosen[0], chosen[-1]))
        span = (chosen[0].start, chosen[-1].end)
        yield Candidate(span, stand.shape, (*fixed, *_own(chosen, stand.shape, lexicon)))


def _ways(before: Unit, after: Unit) -> int:
    """The ways in which both of two words are written."""
    return before.facts.way & after.facts.way & ANY_CASE


def scored(text: str, lexicon: Lexicon) -> list[Scored]:
    """The same with their scores, but for those of silent tier."""
    layout = layout_of(text, lexicon)
    if not layout.plain:
        return []
    units, weigh = layout.units, lexicon.of_names.get
    found: list[Scored] = []
    for numbers, shape, bases, slopes, medium, most in _weighed(form_of(layout), lexicon):
        before, after = units[numbers[0]], units[numbers[-1]]
        score = bases[_ways(before, after)]
        if slopes:
            odds = _limited(before.log_odds)
            for slope in slopes:
                score += slope * odds
        else:
            for feature, value in _of_pair((before, after), shape, lexicon):
                score += weigh(feature, 0.0) * value
        if score >= medium:
            found.append(Scored((before.start, after.end), shape, min(score, most)))
    return found


# --- what is the same for all texts of one form ------------------------------------------------


class _Weighed(NamedTuple):
    """Where a name may stand, with the sums of the weights of what is so of all names there.

    There is one for each of the ways in which words are written (see `word_facts`). `slopes` weigh
    the log-odds of a single word, one after the other; a pair has none.
    """

    units: tuple[int, ...]
    shape: Shape
    bases: tuple[float, ...]
    slopes: tuple[float, ...]
    medium: float
    most: float


_MOST_PIECES = 40
"""Pieces of a text whose form is remembered: longer ones are sentences, and all different."""


def _weighed(form: Form, lexicon: Lexicon) -> tuple[_Weighed, ...]:
    """Where names may stand in texts of one form."""
    return _weighed_by(lexicon)(form) if len(form.signs) <= _MOST_PIECES else _all(form, lexicon)


@lru_cache(maxsize=4)
def _weighed_by(lexicon: Lexicon) -> Callable[[Form], tuple[_Weighed, ...]]:
    """The same by a lexicon, remembered: of some 4,000 forms at a time, about 1 KB each."""
    return lru_cache(maxsize=1 << 12)(lambda form: _all(form, lexicon))


def _all(form: Form, lexicon: Lexicon) -> tuple[_Weighed, ...]:
    weigh = lexicon.of_names.get
    found = []
    for stand in stands(form):
        shape, bars = stand.shape, TIERS[stand.shape]
        own = () if len(stand.units) > 1 else ("single:odds", _ODDS_FEATURES[shape])
        slopes = tuple(weigh(feature, 0.0) for feature in own)
        ways = {case: way for way, case in enumerate(CASES)}
        sums = {case: _sum(stand.written(way), lexicon) for case, way in ways.items()}
        bases = tuple(sums[case] for case in CASES)
        found.append(_Weighed(stand.units, shape, bases, slopes, bars.medium, bars.most))
    return tuple(found)


def _sum(features: Features, lexicon: Lexicon) -> float:
    total = 0.0
    for feature, value in features:
        total += lexicon.of_names.get(feature, 0.0) * value
    return total


# --- features of the words themselves ----------------------------------------------------------

_ODDS_FEATURES = {shape: f"single:odds:{shape}" for shape in Shape}
_MOST = 5.0
"""Log-odds of a word that count at most, for and against."""


def _limited(odds: float) -> float:
    return _MOST if odds > _MOST else max(odds, -_MOST)


def _own(units: Sequence[Unit], shape: Shape, lexicon: Lexicon) -> Sequence[tuple[str, float]]:
    return _of_pair(units, shape, lexicon) if len(units) > 1 else _of_one(units[0], shape)


def _of_one(unit: Unit, shape: Shape) -> Features:
    odds = _limited(unit.log_odds)
    return ("single:odds", odds), (_ODDS_FEATURES[shape], odds)


def _of_pair(units: Sequence[Unit], shape: Shape, lexicon: Lexicon) -> list[tuple[str, float]]:
    """What speaks for and against two words; of an ordinary one, only that it is ordinary."""
    formal = shape in FORMAL
    odds = sorted(
        0.0 if formal and unit.facts.short else _limited(unit.log_odds)
        for unit in units
        if not unit.ordinary
    )
    found = [("pair:best", odds[-1])]
    if len(odds) > 1:
        found.append(("pair:worst", odds[0]))
        found.append(("pair:worst:formal" if formal else "pair:worst:free", odds[0]))
    else:
        found.append(("pair:ordinary:formal" if formal else "pair:ordinary:free", 1.0))
    found += _agreement(units, lexicon)
    for unit in units:
        if not formal and unit.facts.short:
            known = unit.facts.surname >= COMMON
            found.append(("pair:short surname" if known else "pair:short word", 1.0))
    return found


def _agreement(units: Sequence[Unit], lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Whether one word is a common given name, and the other then a common surname."""
    before, after = units
    one, other = before.facts, after.facts
    if (one.given >= COMMON and not before.ordinary) or (
        other.given >= COMMON and not after.ordinary
    ):
        yield "pair:given", 1.0
    if min(one.given, other.surname) >= COMMON or min(other.given, one.surname) >= COMMON:
        yield "pair:given and surname", 1.0
    if one.place and other.place:
        yield "pair:places", 1.0
    if PHRASE + one.fold + other.fold in lexicon.codes:
        yield "pair:phrase", 1.0
