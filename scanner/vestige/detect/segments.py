"""Names in runs of letters of one case: where a run such as SMITHJOHN comes apart."""

from typing import NamedTuple

from vestige.lexicon import COMMON, Lexicon, WordEvidence
from vestige.text import folds

SHORTEST = 7
"""Letters of a run from which it is taken apart: shorter ones come apart by chance."""
LONGEST = 24
_SHORTEST_PART = 3
_SHORTEST_AFTER_INITIAL = 5
_BOTH = 9
"""Sum of the buckets of both parts from which they may be somebody's surname and given name."""
_FREQUENT = 6
"""Bucket of a surname from which a letter before it may be an initial."""


class Cut(NamedTuple):
    """Where a run comes apart, counted in its characters, and what its parts are."""

    at: int
    initial: bool


def cut(run: str, lexicon: Lexicon) -> Cut | None:
    """Where `run` is a surname and a given name, or an initial and a surname; else None.

    A run that is a word, a name or a term itself is none, and no part may be one but a name.
    """
    size = len(run)
    if not SHORTEST - 1 <= size <= LONGEST or not run.isascii() or not run.isalpha():
        return None
    fold = run.lower()
    if fold in lexicon.codes:
        return None
    return _pair(fold, lexicon) if size >= SHORTEST else _initial(fold, lexicon)


def _pair(fold: str, lexicon: Lexicon) -> Cut | None:
    codes = lexicon.codes
    best: tuple[int, int] | None = None
    for at in range(_SHORTEST_PART, len(fold) - _SHORTEST_PART + 1):
        if fold[:at] in codes and fold[at:] in codes:
            one, other = lexicon.evidence(fold[:at]), lexicon.evidence(fold[at:])
            weight = max(_together(one, other), _together(other, one))
            if weight >= _BOTH and (best is None or weight > best[0]):
                best = (weight, at)
    return Cut(best[1], initial=False) if best else _initial(fold, lexicon)


def _together(surname: WordEvidence, given: WordEvidence) -> int:
    """How common these are as surname and given name; 0 if either is rather something else."""
    if surname.meaning in _MEANT or given.meaning in _MEANT or given.given < COMMON:
        return 0
    return surname.surname + given.given


_MEANT = (1, 2)
"""Meanings of words and terms: only places are names as well."""


def _initial(fold: str, lexicon: Lexicon) -> Cut | None:
    rest = lexicon.evidence(fold[1:])
    known = rest.surname >= _FREQUENT and rest.meaning not in _MEANT
    return Cut(1, initial=True) if known and len(fold) > _SHORTEST_AFTER_INITIAL else None


def apart(word: str, lexicon: Lexicon) -> Cut | None:
    """Where a word of a text comes apart; words of mixed case are cut at their humps already."""
    if len(word) < SHORTEST - 1 or not (word.isupper() or word.islower()):
        return None
    spelt = folds(word)
    return cut(word, lexicon) if spelt and spelt[0] == word.lower() else None
