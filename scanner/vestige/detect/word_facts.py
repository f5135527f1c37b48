"""What matters of a word wherever it stands, by a lexicon: gathered once for each word."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from vestige.detect import segments, signs
from vestige.detect.cues import (
    EXAMINED,
    RECORDS,
    TOLD_APART,
    cue,
    is_letter,
    is_particle,
)
from vestige.detect.east_asian import surname_end
from vestige.detect.segments import LONGEST, SHORTEST
from vestige.lexicon import COMMON, MEDICAL, PLACE, SURNAME, TECHNICAL, VOCABULARY, Known, Lexicon
from vestige.lexicon import GIVEN as OF_GIVEN

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
_MORE_LATIN = frozenset(map(chr, range(0x1E00, 0x1F00)))
"""Latin letters that came later, of which many have two marks, as in Hồ."""


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
    vocabulary: bool
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
        known = fold, code, _, _ = lexicon.anew(word)
        if fold in TOLD_APART or len(word) == 1 or not (word.isascii() and word.isalpha()):
            end = surname_end(word, lexicon)
            whole = end or fold in RECORDS
            return _told(word, known, end, None if whole else segments.apart(word, lexicon))
        run = None
        if not code and SHORTEST - 1 <= len(word) <= LONGEST and (word.isupper() or word.islower()):
            run = segments.unlisted_apart(word, fold, lexicon)
        return _plainly_told(word, known, run)

    return facts


def _told(word: str, known: Known, end: int, run: segments.Cut | None) -> WordFacts:
    """What matters of any word, of which it is known where it comes apart."""
    fold, code, odds, ordinary = known
    letter, announces = is_letter(word), cue(word)
    sign = (_letter(word) if letter else 0) | _CUES[announces] | _filing(word, fold)
    if sign & signs.OF_RECORDS and max(code & SURNAME, (code & OF_GIVEN) >> 3) < _A_NAME:
        ordinary = True
    particle, may_name = is_particle(word), not letter and announces != "strong"
    apart = run is not None or end > 0 or max(word) >= _FIRST_OF_EAST_ASIA
    way = _cases(word) | _meant(code)
    mark = sign | particle * OF_PARTICLE | may_name * MAY_NAME | apart * COMES_APART
    mark |= _mark(way, odds, ordinary=ordinary)
    short = len(word) <= _SHORT and all(c <= _LAST_LATIN or c in _MORE_LATIN for c in word)
    syllable = len(word) <= SYLLABLE and not letter and not particle
    names = code & SURNAME, (code & OF_GIVEN) >> 3, code & PLACE != 0, code & VOCABULARY != 0
    told = particle, may_name, odds, ordinary, end, run, sign, way, *names
    return _new(WordFacts, (*told, short, fold, mark, syllable))


def _plainly_told(word: str, known: Known, run: segments.Cut | None) -> WordFacts:
    """The same of two ASCII letters and more that announce nothing and are no particle."""
    fold, code, odds, ordinary = known
    size = len(word)
    if word.islower():
        case = LOWER
    else:
        case = UPPER | TITLE if word.isupper() else TITLE if word[0] <= _LAST_CAPITAL else 0
    way = case | _meant(code)
    sign = signs.INITIALS if size == _SHORT and way & (UPPER | TERM) == UPPER else 0
    mark = sign | MAY_NAME | _mark(way, odds, ordinary=ordinary)
    if run is not None:
        mark |= COMES_APART
    names = code & SURNAME, (code & OF_GIVEN) >> 3, code & PLACE != 0, code & VOCABULARY != 0
    told = False, True, odds, ordinary, 0, run, sign, way, *names
    return _new(WordFacts, (*told, size <= _SHORT, fold, mark, size <= SYLLABLE))


def _meant(code: int) -> int:
    """The bits of a way by the code of a word."""
    given = GIVEN if code & OF_GIVEN >= _COMMON_GIVEN else 0
    return given | TERM if code & _A_TERM else given


def _mark(way: int, odds: float, *, ordinary: bool) -> int:
    """The bits of the mark of a word by what it is known as."""
    if ordinary:
        return IS_ORDINARY | IS_TERM if way & TERM else IS_ORDINARY
    unlikely = IS_UNLIKELY if odds <= FLOOR else 0
    return unlikely | IS_GIVEN if way & GIVEN else unlikely


_new = tuple.__new__
"""Makes a named tuple of a tuple in half the time that its own constructor takes."""

_COMMON_GIVEN = COMMON << 3
_A_TERM = TECHNICAL | MEDICAL
_LAST_CAPITAL = "Z"
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


def _filing(word: str, fold: str) -> int:
    """The bits of a word by which records are filed, or that says that somebody was examined."""
    examined = fold in EXAMINED and word != _A_MODALITY
    return examined * signs.EXAMINED | (fold in RECORDS) * signs.OF_RECORDS


def _cases(word: str) -> int:
    if min(word) >= _FIRST_OF_EAST_ASIA:
        return TITLE  # its characters tell names as capitals do
    return (
        (word.lower() == word.upper()) * NO_CASE
        | word.islower() * LOWER
        | word.isupper() * UPPER
        | word[:1].isupper() * TITLE
    )
