"""Parts of a text that may be a name, with the features that are weighed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vestige.detect.capitals import recased
from vestige.detect.shapes import NameLike, Shape
from vestige.detect.stands import FORMAL, Features, Stand, form_of, stands
from vestige.detect.units import Unit, layout_of
from vestige.detect.word_facts import ANY_CASE
from vestige.lexicon import COMMON, PHRASE, Lexicon


class Candidate(NamedTuple):
    """One or two units that may be a name, with what the weights need to judge them."""

    span: tuple[int, int]
    shape: Shape
    features: Features


def candidates(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Everything in `text` that has the shape of a name and is no ordinary word."""
    for stand, chosen in _standing(text, lexicon):
        yield _candidate(stand, chosen, lexicon)


def candidates_at(name: NameLike, text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Those of the place and the shape of one name in `text`."""
    for stand, chosen in _standing(text, lexicon):
        if stand.shape is name.shape and (chosen[0].start, chosen[-1].end) == name.span:
            yield _candidate(stand, chosen, lexicon)


def _standing(text: str, lexicon: Lexicon) -> Iterator[tuple[Stand, list[Unit]]]:
    """Where names may stand, with the words there."""
    layout = layout_of(recased(text, lexicon), lexicon)
    for stand in stands(form_of(layout)) if layout.plain else ():
        yield stand, [layout.units[number] for number in stand.units]


def _candidate(stand: Stand, chosen: Sequence[Unit], lexicon: Lexicon) -> Candidate:
    fixed = stand.written(_ways(chosen[0], chosen[-1]))
    span = (chosen[0].start, chosen[-1].end)
    return Candidate(span, stand.shape, (*fixed, *_own(chosen, stand.shape, lexicon)))


def _ways(before: Unit, after: Unit) -> int:
    """The ways in which both of two words are written."""
    return before.facts.way & after.facts.way & ANY_CASE


# --- features of the words themselves ----------------------------------------------------------

ODDS_FEATURES = {shape: f"single:odds:{shape}" for shape in Shape}
"""The features by which the log-odds of a single word count, by its shape."""

_MOST = 5.0
"""Log-odds of a word that count at most, for and against."""


def limited(odds: float) -> float:
    """Log-odds of a word as they count."""
    return _MOST if odds > _MOST else max(odds, -_MOST)


def _own(units: Sequence[Unit], shape: Shape, lexicon: Lexicon) -> Sequence[tuple[str, float]]:
    return _of_pair(units, shape, lexicon) if len(units) > 1 else _of_one(units[0], shape)


def _of_one(unit: Unit, shape: Shape) -> Features:
    odds = limited(unit.log_odds)
    return ("single:odds", odds), (ODDS_FEATURES[shape], odds)


def _of_pair(units: Sequence[Unit], shape: Shape, lexicon: Lexicon) -> list[tuple[str, float]]:
    """What speaks for and against two words; of an ordinary one, only that it is ordinary."""
    formal = shape in FORMAL
    odds = sorted(
        0.0 if formal and unit.facts.short else limited(unit.log_odds)
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
    if one.vocabulary and other.vocabulary:
        yield "pair:vocabulary", 1.0
    if PHRASE + one.fold + other.fold in lexicon.codes:
        yield "pair:phrase", 1.0
