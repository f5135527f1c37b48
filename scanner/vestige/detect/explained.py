"""What a text was judged by: its pieces and their classes, all candidates, and every term.

Nothing here holds a piece of the text: whoever prints an explanation has the text, and cuts it by
the spans.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vestige.detect.candidates import Candidate, candidates
from vestige.detect.cues import cue, is_letter, is_particle
from vestige.detect.shapes import TIERS, NameLike, Shape, Tier, tier_of
from vestige.detect.words import Term, person_names, terms
from vestige.lexicon import (
    COMMON,
    GIVEN,
    MEDICAL,
    PLACE,
    SURNAME,
    TECHNICAL,
    VOCABULARY,
    Lexicon,
    spellings,
)
from vestige.text import Token, TokenKind, opaque, tokens
from vestige.word_tables import CODES


class WordClass(StrEnum):
    """What a word is known as; the values are words that a person may read."""

    COMMON_SURNAME = "common surname"
    RARE_SURNAME = "rare surname"
    COMMON_GIVEN = "common given name"
    RARE_GIVEN = "rare given name"
    VOCABULARY = "vocabulary"
    TECHNICAL = "technical"
    MEDICAL = "medical"
    PLACE = "place"
    INITIAL = "initial"
    CUE = "cue"
    WEAK_CUE = "weak cue"
    PARTICLE = "particle"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ExplainedToken:
    """One piece of the text: what it is and, of a word, its classes and how name-like it is.

    `log_odds` is 0 where nothing speaks for or against a name; it is None of all but words.
    """

    kind: TokenKind
    span: tuple[int, int]
    classes: tuple[WordClass, ...]
    log_odds: float | None


@dataclass(frozen=True, slots=True)
class ExplainedCandidate:
    """One part of the text that has the shape of a name; `score` is the sum of terms, limited.

    `told` is whether the name is told: of names that overlap only the best is.
    """

    span: tuple[int, int]
    shape: Shape
    terms: tuple[Term, ...]
    score: float
    limited: bool
    tier: Tier
    told: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a text was judged; an `opaque` one can hold no name and was looked at no closer."""

    opaque: bool
    tokens: tuple[ExplainedToken, ...]
    candidates: tuple[ExplainedCandidate, ...]
    names: tuple[NameLike, ...]
    tier: Tier


def explained(text: str, lexicon: Lexicon) -> Explanation:
    """How `text` is judged, term by term; the names are those that `person_names` gives."""
    names = person_names(text, lexicon)
    tiers = {name.tier for name in names}
    return Explanation(
        opaque=opaque(text),
        tokens=tuple(_token(piece, lexicon) for piece in tokens(text)),
        candidates=tuple(_candidates(text, names, lexicon)),
        names=names,
        tier=next((tier for tier in Tier if tier in tiers), Tier.SILENT),
    )


def _candidates(
    text: str, names: tuple[NameLike, ...], lexicon: Lexicon
) -> Iterator[ExplainedCandidate]:
    if not opaque(text):
        for candidate in candidates(text, lexicon):
            yield _candidate(candidate, names, lexicon)


def _candidate(
    candidate: Candidate, names: tuple[NameLike, ...], lexicon: Lexicon
) -> ExplainedCandidate:
    found = tuple(terms(candidate, lexicon))
    total = sum(term.points for term in found)
    score = min(total, TIERS[candidate.shape].most)
    return ExplainedCandidate(
        span=candidate.span,
        shape=candidate.shape,
        terms=found,
        score=score,
        limited=score < total,
        tier=tier_of(candidate.shape, score),
        told=NameLike(candidate.span, candidate.shape, score) in names,
    )


def _token(piece: Token, lexicon: Lexicon) -> ExplainedToken:
    span = (piece.start, piece.end)
    if piece.kind is not TokenKind.WORD:
        return ExplainedToken(piece.kind, span, (), None)
    classes = word_classes(piece.text, lexicon)
    return ExplainedToken(piece.kind, span, classes, lexicon.log_odds(piece.text))


def word_classes(word: str, lexicon: Lexicon) -> tuple[WordClass, ...]:
    """What `word` is known as, its part in a text first; UNKNOWN if nothing is known of it."""
    return (*_parts(word), *_listed(_code(word, lexicon))) or (WordClass.UNKNOWN,)


def _code(word: str, lexicon: Lexicon) -> int:
    """What the lists say of a word in any of its spellings: how its letters look is not asked."""
    surname = given = flags = 0
    for code in [lexicon.codes.get(spelling, 0) for spelling in spellings(word)]:
        surname, given = max(surname, code & SURNAME), max(given, code & GIVEN)
        flags |= code
    return flags & ~(SURNAME | GIVEN) | surname | given


def _parts(word: str) -> Iterator[WordClass]:
    """What a word is in any text: a letter by itself, the herald of a name, the head of one."""
    if is_letter(word):
        yield WordClass.INITIAL
    if is_particle(word):
        yield WordClass.PARTICLE
    if (said := cue(word)) != "no":
        yield WordClass.CUE if said == "strong" else WordClass.WEAK_CUE


@lru_cache(maxsize=CODES)
def _listed(code: int) -> tuple[WordClass, ...]:
    """The lists in which a word of a code stands."""
    found = []
    if code & SURNAME:
        common = code & SURNAME >= COMMON
        found.append(WordClass.COMMON_SURNAME if common else WordClass.RARE_SURNAME)
    if code & GIVEN:
        common = (code & GIVEN) >> 3 >= COMMON
        found.append(WordClass.COMMON_GIVEN if common else WordClass.RARE_GIVEN)
    meanings = (
        (VOCABULARY, WordClass.VOCABULARY),
        (TECHNICAL, WordClass.TECHNICAL),
        (MEDICAL, WordClass.MEDICAL),
        (PLACE, WordClass.PLACE),
    )
    found += [meaning for flag, meaning in meanings if code & flag]
    return tuple(found)
