"""How likely distinct words are names of people, all words of a set weighed together.

What a single word leaves open many words tell: of surnames some share is in the lexicon and little
else, their letters are those of names, and not those of towns. The weights are fitted on sets of
names of some hundred locales, each as known and as if its language were not, against sets of words
of twenty languages, towns of all countries, terms and made-up strings (rules/lexicons/sets.py).
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache

import regex

from vestige.correlate.endings import is_patronymic
from vestige.correlate.set_tongues import ASKED, of_set
from vestige.correlate.speech import is_speakable
from vestige.lexicon import ABJAD, BUCKETS, COMMON, SHORT, Lexicon, WordEvidence, spellings

FEATURES = (
    *("plain common", "plain rare", "plain unnamed", "place named", "place unnamed"),
    *("word named", "word unnamed", "term named", "term unnamed", "surname", "given"),
    *("letters", "natural", "unlike towns", "letters of plain", "unlike towns of plain"),
    *("ending", "short", "length", "syllables", "spoken", "short common", "short unnamed"),
)
"""What is known of a set: the means of these over its words."""
OF_TONGUES = ("tongues", "tongues of people", "all tongues")
"""What is known of the words of a set together (see `set_tongues.of_set`)."""
SIZE, BIAS = "size", "bias"
UNITS = tuple(f"unit {letter}" for letter in "abcdef")
"""The hidden units by which features are weighed together."""
_MEANINGS = ("plain", "word", "term", "place")
_MOST = 4.0
_LONG = 12
_SYLLABLE = 5
"""Letters of a word up to which it may be one syllable, as Asian surnames are: Zhang."""
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
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    tongues = lexicon.tongues
    asked = _some(sorted({spellings(word)[0] for word, _ in read}))
    heard = of_set([tongues.likelihoods(fold) for fold in asked], tongues.people)
    return weighed((*means, *heard), len(rows), lexicon.of_sets)


def _some(folds: Sequence[str]) -> Sequence[str]:
    """As many words as are asked, evenly from all."""
    step = max(1.0, len(folds) / ASKED)
    return [folds[int(at * step)] for at in range(min(len(folds), ASKED))]


def weighed(values: Sequence[float], total: int, weights: Mapping[str, float]) -> float:
    """The log-odds of a set of so many words by its FEATURES and OF_TONGUES.

    Some hidden units bring in what features say together: of words in no list their letters tell,
    of others that they are listed.
    """
    known = dict(zip((*FEATURES, *OF_TONGUES, SIZE), (*values, certainty(total)), strict=True))
    said = weights[BIAS] + sum(weights[name] * value for name, value in known.items())
    for unit in UNITS:
        inner = sum(weights[f"{unit}:{name}"] * value for name, value in known.items())
        said += weights[unit] * math.tanh(inner + weights[f"{unit}:{BIAS}"])
    return said


def certainty(total: int) -> float:
    """How much less a set of `total` words says than a great one."""
    return 1 / math.sqrt(total)


def of_word(fold: str, known: WordEvidence, unlike_towns: float) -> tuple[float, ...]:
    """The FEATURES of one folded word."""
    named = "named" if known.named else "unnamed"
    if not known.meaning and known.named:
        named = "common" if known.named >= COMMON else "rare"
    cell = f"{_MEANINGS[known.meaning]} {named}"
    letters, unlike = _bounded(known.ngram), _bounded(unlike_towns)
    plain = known.meaning == 0
    return (
        *_is(cell),
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
        float(known.length <= _SYLLABLE and known.named >= COMMON),
        float(known.length <= _SYLLABLE and not known.named),
    )


_CELLS = FEATURES.index("surname")


@cache
def _is(cell: str) -> tuple[float, ...]:
    """Of each kind of word whether it is this one; there are a dozen."""
    return tuple(float(name == cell) for name in FEATURES[:_CELLS])


def _bounded(score: float) -> float:
    return max(-_MOST, min(_MOST, score))


def _is_learnt(word: str) -> bool:
    """Whether letters of its script were learnt: Latin ones, and such as are romanised to these."""
    if not word.isascii() and not _ROMANISED.search(word):
        return False
    found = spellings(word)
    return bool(found) and found[0].isascii() and not found[0].startswith(ABJAD)


_ROMANISED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Georgian}\p{Armenian}\p{Hangul}]")
