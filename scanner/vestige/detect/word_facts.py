"""What matters of a word wherever it stands, by a lexicon: gathered once for each word."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from vestige.detect import segments, signs
from vestige.detect.cues import EXAMINED, RECORDS, cue, is_letter, is_particle
from vestige.detect.east_asian import surname_end
from vestige.lexicon import COMMON, Lexicon
from vestige.text import folds

NO_CASE, LOWER, UPPER, TITLE = 1, 2, 4, 8
"""In which ways a word is written, a bit each: without case, all lower, all upper, a title."""

ANY_CASE = 15

GIVEN, TERM = 16, 32
"""Whether a word is a common given name, and whether it is technical or medical."""

FLOOR = -3.0
"""Log-odds of a word below which it is no name by itself, whatever announces it."""

OF_PARTICLE, MAY_NAME, IS_ORDINARY, IS_UNLIKELY, IS_GIVEN, IS_TERM, COMES_APART = (
    1 << bit for bit in range(signs.OF_SIGN, signs.OF_SIGN + 7)
)
"""Bits of the mark of a word, above those of its sign: what of a word decides where names stand.

Of an ordinary word it matters whether it is a term, of others whether they are given names. A word
that comes apart is more than one, or may be with another one: of that its letters tell.
"""

SYLLABLE = 6
"""Letters at most of a word that may be a part of a given name written in two."""

_SHORT, _LAST_LATIN, _FIRST_OF_EAST_ASIA = 2, "\u024f", "\u1100"


class WordFacts(NamedTuple):
    """What matters of a word wherever it stands.

    `sign` is its sign (see `signs`), `way` the bits above; `short` is whether its letters tell
    nothing, for an East Asian character says as much as four; `fold` is its first spelling. `mark`
    is all of it by which texts differ in where their names stand, but for the ways it is written;
    `syllable` is whether it may be a part of a given name written in two.
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
    mark: int
    syllable: bool


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
        run = None if end else segments.apart(word, lexicon)
        sign = _letter(word) | _CUES[announces] if letter else _CUES[announces]
        if fold in RECORDS:
            ordinary = ordinary or known.named < _A_NAME
            sign |= signs.OF_RECORDS
        if fold in EXAMINED and word != _A_MODALITY:
            sign |= signs.EXAMINED
        elif len(word) == _SHORT and way & (TERM | UPPER) == UPPER and word.isascii():
            sign |= 0 if sign & signs.OF_RECORDS else signs.INITIALS
        particle, may_name = is_particle(word), not letter and announces != "strong"
        mark = (
            sign
            | particle * OF_PARTICLE
            | may_name * MAY_NAME
            | (run is not None or end > 0 or max(word) >= _FIRST_OF_EAST_ASIA) * COMES_APART
        )
        if ordinary:
            mark |= IS_ORDINARY | (way & TERM > 0) * IS_TERM
        else:
            mark |= (odds <= FLOOR) * IS_UNLIKELY | (way & GIVEN > 0) * IS_GIVEN
        short = len(word) <= _SHORT and max(word) <= _LAST_LATIN
        syllable = len(word) <= SYLLABLE and not letter and not particle
        names = known.surname, known.given, known.place, short, fold, mark, syllable
        told = particle, may_name, odds, ordinary, end, run, sign, way, *names
        return tuple.__new__(WordFacts, told)  # in half the time that its constructor takes

    return facts


_CUES = {"strong": signs.STRONG_CUE, "weak": signs.WEAK_CUE, "no": 0}
_A_NAME = 3
"""Bucket from which a word of records is a name as well: Fall, Caso."""
_A_MODALITY = "PT"
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
