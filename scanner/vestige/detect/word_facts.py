"""What matters of a word wherever it stands, by a lexicon: gathered once for each word."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from vestige.detect import segments, signs
from vestige.detect.cues import cue, is_letter, is_particle
from vestige.detect.east_asian import surname_end
from vestige.lexicon import COMMON, Lexicon
from vestige.text import folds

NO_CASE, LOWER, UPPER, TITLE = 1, 2, 4, 8
"""In which ways a word is written, a bit each: without case, all lower, all upper, a title."""

ANY_CASE = 15

GIVEN, TERM = 16, 32
"""Whether a word is a common given name, and whether it is technical or medical."""

_SHORT, _LAST_LATIN = 2, "\u024f"


class WordFacts(NamedTuple):
    """What matters of a word wherever it stands.

    `sign` is its sign (see `signs`), `way` the bits above; `short` is whether its letters tell
    nothing, for an East Asian character says as much as four; `fold` is its first spelling.
    """

    particle: bool
    may_name: bool
    log_odds: float
    ordinary: bool
    surname_end: int
    run: segments.Cut | None
    sign: int
    way: int
    surname: int
    given: int
    place: bool
    short: bool
    fold: str


@lru_cache(maxsize=4)
def facts_by(lexicon: Lexicon) -> Callable[[str], WordFacts]:
    """What matters of words, by a lexicon; it is asked for by the word alone, which is cheaper.

    Of some 30,000 words at a time, 500 bytes each: words come again far sooner than whole names.
    """

    @lru_cache(maxsize=1 << 15)
    def facts(word: str) -> WordFacts:
        known, odds, ordinary = lexicon.anew(word)
        fold, end = (folds(word) or ("",))[0], surname_end(word, lexicon)
        letter, announces = is_letter(word), cue(word)
        way = _cases(word)
        if known.given >= COMMON:
            way |= GIVEN
        if known.technical or known.medical:
            way |= TERM
        told = (
            is_particle(word),
            not letter and announces != "strong",
            odds,
            ordinary,
            end,
            None if end else segments.apart(word, lexicon),
            _letter(word) | _CUES[announces] if letter else _CUES[announces],
            way,
            known.surname,
            known.given,
            known.place,
            len(word) <= _SHORT and max(word) <= _LAST_LATIN,
            fold,
        )
        return tuple.__new__(WordFacts, told)  # in half the time that its constructor takes

    return facts


_CUES = {"strong": signs.STRONG_CUE, "weak": signs.WEAK_CUE, "no": 0}
_SIDES = frozenset("LR")
_WITH = "W"


def _letter(word: str) -> int:
    """The bits of a single letter."""
    if not word.isupper():
        return 0
    side = signs.SIDE if word in _SIDES else 0
    return signs.INITIAL | side | (signs.WITH if word == _WITH else 0)


def _cases(word: str) -> int:
    return (
        (word.lower() == word.upper()) * NO_CASE
        | word.islower() * LOWER
        | word.isupper() * UPPER
        | word[:1].isupper() * TITLE
    )
