"""How likely distinct words are names of people, all words of a set weighed together.

What a single word leaves open many words tell: of surnames some share is in the lexicon and little
else, their letters are those of names, and not those of towns. The weights are fitted on sets of
names of some hundred locales, each as known and as if its language were not, against sets of words
of twenty languages, towns of all countries, terms and made-up strings (rules/lexicons/sets.py).
"""

from collections.abc import Mapping, Sequence

from vestige.correlate.endings import is_patronymic
from vestige.correlate.speech import is_speakable
from vestige.lexicon import ABJAD, BUCKETS, COMMON, SHORT, Lexicon, WordEvidence, spellings

FEATURES = (
    *("plain common", "plain rare", "plain unnamed", "place named", "place unnamed"),
    *("word named", "word unnamed", "term named", "term unnamed", "surname", "given"),
    *("letters", "natural", "unlike towns", "letters of plain", "unlike towns of plain"),
    *("ending", "short", "length", "syllables", "spoken"),
)
"""What is known of a set: the means of these over its words."""
SIZE, BIAS = "size", "bias"
HALF = 8
"""Words from which a set says half of what a great set of the same kind says."""
_MEANINGS = ("plain", "word", "term", "place")
_MOST = 4.0
_LONG = 12
_LATIN = 0.8
"""Share of the words that must be of scripts of which letters were learnt."""
_ORDINARY = 0.75
"""Share of words and terms that are no names, from which a set need not be weighed."""


def odds(known: Mapping[str, WordEvidence], lexicon: Lexicon) -> float | None:
    """The log-odds that distinct words are names of people; None where nothing can be said."""
    read = [(word, evidence) for word, evidence in known.items() if _is_learnt(word)]
    ordinary = sum(e.meaning in (1, 2) and not e.named for e in known.values())
    if len(read) < _LATIN * len(known) or ordinary >= _ORDINARY * len(known):
        return None
    rows = [of_word(spellings(word)[0], e, lexicon.unlike_towns(word)) for word, e in read]
    return weighed(
        [sum(column) / len(rows) for column in zip(*rows, strict=True)], len(rows), lexicon.of_sets
    )


def weighed(means: Sequence[float], total: int, weights: Mapping[str, float]) -> float:
    """The log-odds of a set of so many words by the means of their features."""
    said = sum(weights[name] * mean for name, mean in zip(FEATURES, means, strict=True))
    return (said + weights[SIZE]) * certainty(total) + weights[BIAS]


def certainty(total: int) -> float:
    """How much of what a great set says a set of `total` words says."""
    return total / (total + HALF)


def of_word(fold: str, known: WordEvidence, unlike_towns: float) -> tuple[float, ...]:
    """The FEATURES of one folded word."""
    named = "named" if known.named else "unnamed"
    if not known.meaning and known.named:
        named = "common" if known.named >= COMMON else "rare"
    cell = f"{_MEANINGS[known.meaning]} {named}"
    letters, unlike = _bounded(known.ngram), _bounded(unlike_towns)
    plain = known.meaning == 0
    return (
        *(float(name == cell) for name in FEATURES[:_CELLS]),
        known.surname / (BUCKETS - 1),
        known.given / (BUCKETS - 1),
        letters,
        _bounded(known.natural),
        unlike,
        letters if plain else 0.0,
        unlike if plain else 0.0,
        float(is_patronymic(fold)),
        float(known.length <= SHORT),
        min(known.length, _LONG) / _LONG,
        float(known.syllables),
        float(is_speakable(fold)),
    )


_CELLS = FEATURES.index("surname")


def _bounded(score: float) -> float:
    return max(-_MOST, min(_MOST, score))


def _is_learnt(word: str) -> bool:
    """Whether letters of its script were learnt: not of Han, nor of scripts without vowels."""
    found = spellings(word)
    return bool(found) and found[0].isascii() and not found[0].startswith(ABJAD)
