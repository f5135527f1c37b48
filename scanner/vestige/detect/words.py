"""Names of people in the words of one text, each with its shape and how sure it is.

Scores are log-odds; where a name of some shape is high, medium or silent stands in `shapes`.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vestige.detect.candidates import Candidate
from vestige.detect.plans import scored
from vestige.detect.shapes import TIERS, NameLike, Shape
from vestige.detect.word_facts import facts_by
from vestige.lexicon import Lexicon
from vestige.text import opaque, words


class Term(NamedTuple):
    """One feature of a candidate with its value and weight; `points` go into the score."""

    feature: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        """What the feature adds to the score."""
        return self.value * self.weight


# --- the judgement -----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def person_names(text: str, lexicon: Lexicon) -> tuple[NameLike, ...]:
    """The parts of `text` that look like names of people, in order and without overlap.

    The last texts are remembered: of a name it is asked what is so of its form, and then of itself.
    """
    if opaque(text):
        return ()
    told = scored(text, lexicon)
    return apart(told, len(text)) if len(told) > 1 else tuple(told)


def apart(names: Iterable[NameLike], length: int) -> tuple[NameLike, ...]:
    """The best of `names` that do not overlap, in the order of a text of `length` characters.

    Of those that are sure the longest is the best: the whole name rather than a part of it.
    """
    taken = bytearray(length)
    kept: list[NameLike] = []
    for name in sorted(names, key=_worth):
        start, end = name.span
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            kept.append(name)
    return tuple(sorted(kept))


def _worth(name: NameLike) -> tuple[float, int, float, tuple[int, int]]:
    start, end = name.span
    return -min(name.score, _SURE), start - end, -name.score, name.span


_SURE = TIERS[Shape.PAIR].high
"""The score from which a name is sure."""


def judged(candidate: Candidate, lexicon: Lexicon) -> float:
    """The score of one candidate: the sum of its terms, within its shape's limit."""
    weight, total = lexicon.of_names.get, 0.0
    for feature, value in candidate.features:
        total += weight(feature, 0.0) * value
    return min(total, TIERS[candidate.shape].most)


def terms(candidate: Candidate, lexicon: Lexicon) -> Iterator[Term]:
    """What the score of one candidate is the sum of."""
    for feature, value in candidate.features:
        yield Term(feature, value, lexicon.of_names.get(feature, 0.0))


def name_like(value: str, lexicon: Lexicon) -> float:
    """How name-like the words of `value` are together, as log-odds; particles do not count.

    The best word decides; the others speak for or against it with half their weight.
    """
    return odds_of(value, words(value), lexicon)


def odds_of(value: str, among: Sequence[str], lexicon: Lexicon) -> float:
    """The same of a value whose words are known."""
    facts_of = facts_by(lexicon)
    known = [facts for facts in map(facts_of, among) if not facts.particle]
    odds = sorted([facts.log_odds for facts in known], reverse=True)
    if not odds:
        return lexicon.log_odds(value)
    return odds[0] + sum(max(-4.0, min(2.0, other)) for other in odds[1:4]) / 2
