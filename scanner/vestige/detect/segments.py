"""Names in runs of letters of one case: where a run such as SMITHJOHN comes apart."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from vestige.lexicon import (
    BUCKETS,
    COMMON,
    GIVEN,
    SURNAME,
    Lexicon,
    WordEvidence,
    meaning_of,
)
from vestige.text import folds

SHORTEST = 7
"""Letters of a run from which it is taken apart: shorter ones come apart by chance."""
LONGEST = 24
_SHORTEST_PART = 3
_SHORTEST_AFTER_INITIAL = 5
_BOTH = 7
"""Sum of the buckets of both parts from which they may be somebody's surname and given name."""
_FREQUENT = 6
"""Bucket of a name that tells by itself that it is one."""
_MOST_FREQUENT = BUCKETS - 1
_LONGEST_UNKNOWN = 12
_NAME_LIKE = 1.0
"""Log-odds of the letters of a word in no list from which it may be the surname of such a name."""


_MOST_NAME_LIKE = 1.5
"""The same of one whose other name need not be frequent."""


class Cut(NamedTuple):
    """Where a run comes apart, counted in its characters, and what its parts are."""

    at: int
    initial: bool


def apart(run: str, lexicon: Lexicon) -> Cut | None:
    """Where a run of one case is a surname and a given name, or an initial and a surname.

    None if it is neither: a run that is a word, a name or a term itself is none, and no part may
    be a term. Words of mixed case are cut at their humps before.
    """
    if not SHORTEST - 1 <= len(run) <= LONGEST or not (run.isupper() or run.islower()):
        return None
    fold = (folds(run) or ("",))[0]
    if len(fold) != len(run) or fold in lexicon.codes:
        return None
    return unlisted_apart(run, fold, lexicon)


def unlisted_apart(run: str, fold: str, lexicon: Lexicon) -> Cut | None:
    """The same of a run in no list, as long as its fold: SHORTEST - 1 to LONGEST.

    Capitals are what forms are filled in with, where one of both names may be in no list.
    """
    if len(fold) < SHORTEST:
        return _initial(fold, lexicon)
    halves = _halves(fold, lexicon)
    found = _pair(fold, halves, lexicon)
    if found is None and run.isupper():
        found = _with_unknown(fold, halves, lexicon)
    return found or _initial(fold, lexicon)


Halves = Sequence[tuple[int, int, int]]
"""Where a run may come apart, each with the codes of both parts."""


@lru_cache(maxsize=4)
def _codes_by(lexicon: Lexicon) -> Callable[[str], int]:
    """The codes of parts, by a lexicon: runs have many of them, and short ones come again."""
    return lru_cache(maxsize=1 << 14)(lambda part: lexicon.codes.get(part, 0))


def _halves(fold: str, lexicon: Lexicon) -> Halves:
    code = _codes_by(lexicon)
    places = range(_SHORTEST_PART, len(fold) - _SHORTEST_PART + 1)
    return [(at, code(fold[:at]), code(fold[at:])) for at in places]


def _with_unknown(fold: str, halves: Halves, lexicon: Lexicon) -> Cut | None:
    """Where a run is a common name and one that is less common, or in no list."""
    best: tuple[int, int] | None = None
    for at, one, other in halves:
        if not one and not other:
            continue
        head, tail = fold[:at], fold[at:]
        weight = max(_one_known(one, head, other, tail), _one_known(other, tail, one, head))
        if weight and (best is None or weight > best[0]):
            rest, code = (tail, other) if _named(one) >= _named(other) else (head, one)
            if _named(code) >= _LESS_KNOWN or _is_surely_unknown(lexicon.evidence(rest)):
                best = (weight, at)
    return Cut(best[1], initial=False) if best else None


def _one_known(known: int, fold: str, other: int, rest: str) -> int:
    """How surely the first of two parts is a name if the other is one too, or in no list; or 0."""
    named, also = _named(known), _named(other)
    if named < _KNOWN or meaning_of(known) in _MEANT or len(fold) <= _SHORTEST_PART:
        return 0
    if meaning_of(other) in _MEANT or (other and not also) or len(rest) <= _SHORTEST_PART:
        return 0
    return 2 * named + also + len(fold)


def _named(code: int) -> int:
    """The greater bucket of a word."""
    return max(code & SURNAME, (code & GIVEN) >> 3)


def _pair(fold: str, halves: Halves, lexicon: Lexicon) -> Cut | None:
    best: tuple[int, int] | None = None
    for at, one, other in halves:
        if (one | other) & GIVEN:  # else there is no given name
            head, tail = fold[:at], fold[at:]
            weight = max(_together(one, other, head, lexicon), _together(other, one, tail, lexicon))
            least = _BOTH if one & _A_NAME and other & _A_NAME else _FREQUENT
            if weight >= least and (best is None or weight > best[0]):
                best = (weight, at)
    return Cut(best[1], initial=False) if best else None


def _together(surname: int, given: int, fold: str, lexicon: Lexicon) -> int:
    """How common a surname and a given name of these codes are; 0 if either is rather else.

    `fold` is the surname, which may be one that is in no list.
    """
    first, second = surname & SURNAME, (given & GIVEN) >> 3
    if not second or _is_rather_else(given, second) or _is_rather_else(surname, first):
        return 0
    if first + second < _BOTH_FREQUENT and meaning_of(surname) and meaning_of(given):
        return 0
    if not surname & _A_NAME:
        unknown = second >= _FREQUENT and _is_unknown_surname(lexicon.evidence(fold))
        return second if unknown else 0
    return first + second if second >= COMMON or first >= _FREQUENT else 0


def _is_rather_else(code: int, bucket: int) -> bool:
    """Whether a word is a term, or a common word that is no frequent name: Maria is both."""
    meaning = meaning_of(code)
    return meaning == _TERM or (meaning == _WORD and bucket < _FREQUENT)


_A_NAME = SURNAME | GIVEN
_WORD, _TERM = 1, 2
"""Meanings of words and terms; places are names as well."""
_MEANT = (_WORD, _TERM)
_BOTH_FREQUENT = 13
_KNOWN, _LESS_KNOWN = 5, 3
"""Buckets of names from which a run of capitals may hold one beside any name, and beside it."""


def _is_unknown_surname(known: WordEvidence) -> bool:
    """Whether a word in no list has the letters of a surname."""
    return COMMON < known.length <= _LONGEST_UNKNOWN and known.ngram >= _NAME_LIKE


def _is_surely_unknown(known: WordEvidence) -> bool:
    """The same of a word beside a name that is less common."""
    return _is_unknown_surname(known) and known.ngram >= _MOST_NAME_LIKE


def _initial(fold: str, lexicon: Lexicon) -> Cut | None:
    rest = lexicon.codes.get(fold[1:], 0)
    meaning = meaning_of(rest)
    least = _MOST_FREQUENT if meaning == _WORD else COMMON
    known = rest & SURNAME >= least and meaning != _TERM
    return Cut(1, initial=True) if known and len(fold) > _SHORTEST_AFTER_INITIAL else None
