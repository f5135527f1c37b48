"""Families: sibling entries whose names share a template, and the judge of their word slots."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

from vestige.lexicon import Lexicon, WordEvidence
from vestige.model import Certainty, Member
from vestige.sensitive import Sensitive
from vestige.text import Token, TokenKind, folds, normal, opaque, template, tokens, unquoted


@dataclass(frozen=True, slots=True, repr=False)
class Sibling:
    """One entry of a directory, and its name in any normal form."""

    entry: int
    name: str

    def __repr__(self) -> str:
        return f"Sibling({self.entry})"


@dataclass(frozen=True, slots=True)
class NameFamily:
    """Siblings of one template whose word slot may hold names of people.

    `distinct` counts members distinct by the whole name, an estimate of subjects; `share` is the
    estimated share of names among the distinct words (a lower bound); `score` the log-likelihood
    (nats) that is gained by allowing that there are names at all.
    """

    template: str
    members: tuple[Member, ...]
    verdict: Certainty
    share: float
    distinct: int
    score: float


# --- what a verdict demands -------------------------------------------------------------------

_FEWEST = 6
"""Distinct words below which siblings are no set; they are judged one by one."""
_CONSTANT = 0.5
"""A word in more members than this share is part of the form: "patient" in patient_smith."""
_COVERS = 0.3
"""A position counts where at least this share of members has a word."""
_GUARD = 0.8
"""A position with this share of plain vocabulary makes the others code names."""
_RARE = 0.01
"""Share of the siblings up to which an ordinary word counts as rare."""
_POSITIONS = 4
_ROUNDS = 40
_LEAST_CLEAN = 0.04
"""Below this share of words that are only names, the mixture need not be asked."""

_STRANGE_DISTINCT = 10
_STRANGE = 0.8
"""Share of the words that must be in no vocabulary."""
_SPEAKABLE = 0.75
"""Share of these that must be pronounceable."""
_NATURAL = 0.0
"""Their mean log-odds at least of being natural words: below are random letters and syllables."""
_LETTERS = (0.6, 0.6)
"""Their mean log-odds at least of being names rather than words: for LIKELY, and for REVIEW."""
_LETTERS_NUMBERED = (0.0, -1.0)
"""The same where a UUID, date or digest stands beside each word, as it does beside persons."""
_MEAN_LENGTH = 4.5


@dataclass(frozen=True, slots=True)
class Demand:
    """The least of each measure that a verdict asks for."""

    verdict: Certainty
    distinct: int
    score: float
    share: float
    clean: float

    def met(self, distinct: int, score: float, share: float, clean: float) -> bool:
        """Whether measures of a slot suffice; `clean` is the share of words that are only names."""
        return (
            distinct >= self.distinct
            and score >= self.score
            and share >= self.share
            and clean >= self.clean
        )


DEMANDS = (
    Demand(Certainty.CERTAIN, 10, 20.0, 0.35, 0.25),
    Demand(Certainty.CERTAIN, 10, 10.0, 0.80, 0.50),
    Demand(Certainty.CERTAIN, 30, 60.0, 0.60, 0.10),
    Demand(Certainty.LIKELY, 6, 6.0, 0.25, 0.20),
    Demand(Certainty.LIKELY, 10, 8.0, 0.50, 0.0),
    Demand(Certainty.REVIEW, 6, 3.0, 0.25, 0.0),
    Demand(Certainty.REVIEW, 6, 40.0, 0.0, 0.0),
)
"""What verdicts ask for, the gravest first."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What the judge says of one slot; verdict None: not names."""

    verdict: Certainty | None
    score: float
    share: float

    @property
    def order(self) -> tuple[int, float]:
        ranks = (None, Certainty.REVIEW, Certainty.LIKELY, Certainty.CERTAIN)
        return ranks.index(self.verdict), self.score


_NOTHING = _Judgement(None, 0.0, 0.0)


# --- families -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    """One sibling with its form, the words of its slot, and the text that spans them."""

    entry: int
    form: str
    words: tuple[str, ...]
    value: str


def families(siblings: Iterable[Sibling], lexicon: Lexicon) -> tuple[NameFamily, ...]:
    """The families among entries of one directory whose words may be names of people.

    Families of other words are not given; order is by verdict, then by number of members.
    """
    groups: defaultdict[str, list[_Named]] = defaultdict(list)
    for sibling in siblings:
        if opaque(sibling.name):
            continue
        key, named = _read(sibling)
        if named is not None:
            groups[key].append(named)
    found = [_family(groups[key], lexicon) for key in sorted(groups)]
    kept = [family for family in found if family is not None]
    ranks = tuple(Certainty)
    kept.sort(key=lambda f: (ranks.index(f.verdict), -len(f.members), f.template))
    return tuple(kept)


_SOFT = re.compile(r"[ _.,;\-'\u2019`]+")
"""Separators of which people use now one, now another; a caret or a bracket tells forms apart."""
_LONG = 6
_NUMBERED = ("{uuid}", "{uid}", "{hex}", "{date}")
_PARTICLES = frozenset(
    str.split(
        "af al am auf aus av bar ben bin bint da dal de degli dei del della den der des di do "
        "dos du e el ibn im la las le lo los mac mc o san santa st ter ten tot van ver vom "
        "von y zu zum zur"
    )
)


def _read(sibling: Sibling) -> tuple[str, _Named | None]:
    """The key of the sibling's group, and what matters of it; None if it holds no word."""
    name = normal(unquoted(sibling.name))
    found = tokens(name)
    words = [token for token in found if token.kind is TokenKind.WORD]
    if not words:
        return "", None
    slot = tuple(
        word
        for token in words
        for word in folds(token.text)[:1]
        if len(word) > 1 or not token.text.isascii()
    )
    if not slot:
        return "", None
    value = name[words[0].start : words[-1].end]
    return _key(found), _Named(sibling.entry, template(found), slot, value)


def _key(found: Sequence[Token]) -> str:
    """The template with all soft separators, several words in a row, and long numbers alike."""
    parts: list[str] = []
    for token in found:
        if token.kind is TokenKind.WORD:
            if len(parts) > 1 and parts[-2] == "{word}" and _SOFT.fullmatch(parts[-1]):
                parts.pop()
            elif not parts or parts[-1] != "{word}":
                parts.append("{word}")
            continue
        parts.append(_part(token))
    return "".join(parts)


def _part(token: Token) -> str:
    if token.kind is TokenKind.SEPARATOR:
        return "_" if _SOFT.fullmatch(token.text) else token.text
    if token.kind is TokenKind.EXTENSION:
        return token.text.lower()
    long = token.kind is TokenKind.NUMBER and len(token.text) >= _LONG
    return (
        "{long}" if long or token.kind in (TokenKind.DATE, TokenKind.HEX) else f"{{{token.kind}}}"
    )


def _family(group: Sequence[_Named], lexicon: Lexicon) -> NameFamily | None:
    if len(group) < _FEWEST:
        return None
    constant = _constant(group)
    rest = [(named, _varying(named.words, constant)) for named in group]
    rest = [(named, words) for named, words in rest if words]
    numbered = any(mark in group[0].form for mark in _NUMBERED)
    floors = _LETTERS_NUMBERED if numbered else _LETTERS
    judgement = _judged([words for _, words in rest], lexicon, floors)
    if judgement.verdict is None:
        return None
    held = _held(rest, lexicon)
    forms = Counter(named.form for named, _ in held)
    return NameFamily(
        template=min(forms, key=lambda form: (-forms[form], form)),
        members=tuple(Member(named.entry, Sensitive(named.value)) for named, _ in held),
        verdict=judgement.verdict,
        share=round(judgement.share, 4),
        distinct=len({words for _, words in held}),
        score=round(judgement.score, 3),
    )


def _held(
    rest: Sequence[tuple[_Named, tuple[str, ...]]], lexicon: Lexicon
) -> list[tuple[_Named, tuple[str, ...]]]:
    """The siblings that are members: ordinary words are none, but where they seem surnames too.

    That is so for the rare word among many siblings, and for a word that also is a surname and
    stands once: in a thousand people there is one called Page.
    """
    counts = Counter(words for _, words in rest)
    few = _RARE * len(rest)

    def belongs(words: tuple[str, ...]) -> bool:
        if not all(lexicon.ordinary(word) for word in words) or counts[words] <= few:
            return True
        named = any(lexicon.evidence(word).named for word in words)
        return named and counts[words] == 1

    return [(named, words) for named, words in rest if belongs(words)]


def _constant(group: Sequence[_Named]) -> frozenset[str]:
    """Words that most members share: "patient" in patient_<name>."""
    counts = Counter(word for named in group for word in set(named.words))
    return frozenset(word for word, count in counts.items() if count > _CONSTANT * len(group))


def _varying(words: Sequence[str], constant: frozenset[str]) -> tuple[str, ...]:
    """The words that tell siblings apart; particles only where there is nothing else, as Le."""
    varying = tuple(word for word in words if word not in constant)
    return tuple(word for word in varying if word not in _PARTICLES) or varying


# --- the judge ----------------------------------------------------------------------------------


def _judged(
    slots: Sequence[Sequence[str]], lexicon: Lexicon, floors: tuple[float, float]
) -> _Judgement:
    """The best that can be said of any position in the slot, or of all words together."""
    known = {word: lexicon.evidence(word) for words in slots for word in words}
    positions: list[set[str]] = []
    for place in range(_POSITIONS):
        filled = [words[place] for words in slots if len(words) > place]
        if len(filled) >= _COVERS * len(slots) and len(set(filled)) >= _FEWEST:
            positions.append(set(filled))
    together = set().union(*positions) if positions else set(known)
    found = [
        _judge({word: known[word] for word in words}, lexicon, floors)
        for words in (*positions, together)
    ]
    best = max(found, key=lambda judgement: judgement.order, default=_NOTHING)
    if best.verdict is not None and any(_code_words(words, known) for words in positions):
        return _Judgement(Certainty.REVIEW, best.score, best.share)
    return best


def _code_words(words: Iterable[str], known: Mapping[str, WordEvidence]) -> bool:
    """Whether a position holds ordinary vocabulary, as code names do: jolly_curie."""
    plain = [known[word].meaning == 1 for word in words]
    return sum(plain) >= _GUARD * len(plain)


def _judge(
    known: Mapping[str, WordEvidence], lexicon: Lexicon, floors: tuple[float, float]
) -> _Judgement:
    """Whether distinct words are names: by the mixture of kinds of words that explains them."""
    total = len(known)
    if total < _FEWEST or _made(known):
        return _NOTHING
    strange = _strange(known, floors)
    clean = sum(e.named > 0 and e.meaning == 0 for e in known.values()) / total
    if clean < _LEAST_CLEAN:
        return strange
    cells = Counter(lexicon.cell(word) for word in sorted(known))
    kinds = lexicon.kinds
    _, without = _mixture(cells, [kind.shares for kind in kinds if not kind.person])
    shares, likelihood = _mixture(cells, [kind.shares for kind in kinds])
    names = sum(share for kind, share in zip(kinds, shares, strict=True) if kind.person)
    score = likelihood - without
    verdict = next((d.verdict for d in DEMANDS if d.met(total, score, names, clean)), None)
    judgement = _Judgement(verdict, score, names)
    return max(judgement, strange, key=lambda found: found.order)


def _mixture(
    cells: Mapping[int, int], spreads: Sequence[Sequence[float]]
) -> tuple[list[float], float]:
    """The shares of the kinds that explain the counts best, and their log-likelihood (EM)."""
    total = sum(cells.values())
    rows = [(count, [spread[cell] for spread in spreads]) for cell, count in sorted(cells.items())]
    shares = [1 / len(spreads)] * len(spreads)
    for _ in range(_ROUNDS):
        fresh = [0.0] * len(spreads)
        for count, row in rows:
            parts = [share * part for share, part in zip(shares, row, strict=True)]
            scale = count / sum(parts)
            fresh = [old + part * scale for old, part in zip(fresh, parts, strict=True)]
        shares = [share / total for share in fresh]
    likelihood = sum(count * math.log(sum(map(mul, shares, row))) for count, row in rows)
    return shares, likelihood


# --- words of no list: names of a language that the lexicon does not know ------------------------

_VOWELS = frozenset("aeiouy")
_VOWEL_SHARE = (0.2, 0.75)
_UNSPEAKABLE = re.compile(r"[^aeiouy]{5}|[aeiouy]{5}|(.)\1\1|q[^uaio]|[jqvwx]{2}|[^aeiouy]{4}\Z")
_MADE = 0.97


def _strange(known: Mapping[str, WordEvidence], floors: tuple[float, float]) -> _Judgement:
    """What words of no list say by their letters alone; `share` is of those that can be spoken."""
    unlisted = {word: evidence for word, evidence in known.items() if evidence.meaning == 0}
    total, count = len(known), len(unlisted)
    if total < _STRANGE_DISTINCT or count < _STRANGE * total:
        return _NOTHING
    spoken = sum(map(_speakable, unlisted))
    natural = sum(evidence.natural for evidence in unlisted.values()) / count
    length = sum(map(len, unlisted)) / count
    if spoken < _SPEAKABLE * count or natural < _NATURAL or length < _MEAN_LENGTH:
        return _NOTHING
    letters = sum(evidence.ngram for evidence in unlisted.values()) / count
    likely, review = floors
    if letters < review:
        return _NOTHING
    verdict = Certainty.LIKELY if letters >= likely else Certainty.REVIEW
    return _Judgement(verdict, 0.0, spoken / total)


def _speakable(word: str) -> bool:
    least, most = _VOWEL_SHARE
    share = sum(letter in _VOWELS for letter in word) / len(word)
    return least <= share <= most and _UNSPEAKABLE.search(word) is None


def _made(words: Iterable[str]) -> bool:
    """Whether nearly all words alternate consonant and vowel throughout, as made-up codes do."""
    ordered = list(words)
    return sum(map(_alternates, ordered)) >= _MADE * len(ordered)


def _alternates(word: str) -> bool:
    vowels = [letter in _VOWELS for letter in word]
    return all(one != two for one, two in pairwise(vowels))
