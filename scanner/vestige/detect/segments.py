"""Names in runs of letters of one case: where a run such as SMITHJOHN comes apart."""

from typing import NamedTuple

from vestige.lexicon import BUCKETS, COMMON, GIVEN, SURNAME, Lexicon, WordEvidence
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
    return _pair(fold, lexicon) if len(run) >= SHORTEST else _initial(fold, lexicon)


def _pair(fold: str, lexicon: Lexicon) -> Cut | None:
    code = lexicon.codes.get
    best: tuple[int, int] | None = None
    for at in range(_SHORTEST_PART, len(fold) - _SHORTEST_PART + 1):
        if (code(fold[:at], 0) | code(fold[at:], 0)) & GIVEN:  # else it is no given name beside one
            one, other = lexicon.evidence(fold[:at]), lexicon.evidence(fold[at:])
            weight = max(_together(one, other), _together(other, one))
            if weight >= (_BOTH if _is_known(one, other) else _FREQUENT) and (
                best is None or weight > best[0]
            ):
                best = (weight, at)
    return Cut(best[1], initial=False) if best else _initial(fold, lexicon)


def _is_known(one: WordEvidence, other: WordEvidence) -> bool:
    return bool(one.named and other.named)


def _together(surname: WordEvidence, given: WordEvidence) -> int:
    """How common these are as surname and given name; 0 if either is rather something else."""
    if _is_rather_else(surname, surname.surname) or _is_rather_else(given, given.given):
        return 0
    total = surname.surname + given.given
    if surname.meaning and given.meaning and total < _BOTH_FREQUENT:
        return 0
    if not surname.named:
        return given.given if _is_unknown_surname(surname) and given.given >= _FREQUENT else 0
    if given.given >= COMMON or (surname.surname >= _FREQUENT and given.given):
        return total
    return 0


def _is_rather_else(known: WordEvidence, bucket: int) -> bool:
    """Whether a word is a term, or a common word that is no frequent name: Maria is both."""
    return known.meaning == _TERM or (known.meaning == _WORD and bucket < _FREQUENT)


_WORD, _TERM = 1, 2
"""Meanings of words and terms; places are names as well."""
_BOTH_FREQUENT = 13


def _is_unknown_surname(known: WordEvidence) -> bool:
    """Whether a word in no list has the letters of a surname."""
    return COMMON < known.length <= _LONGEST_UNKNOWN and known.ngram >= _NAME_LIKE


def _initial(fold: str, lexicon: Lexicon) -> Cut | None:
    if len(fold) <= _SHORTEST_AFTER_INITIAL or not lexicon.codes.get(fold[1:], 0) & SURNAME:
        return None
    rest = lexicon.evidence(fold[1:])
    least = _MOST_FREQUENT if rest.meaning == _WORD else COMMON
    known = rest.surname >= least and rest.meaning != _TERM
    return Cut(1, initial=True) if known else None
