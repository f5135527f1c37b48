"""The judge of sets of words: whether distinct words, taken together, are names of people."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul, truediv

from vestige.correlate.endings import BY_CHANCE, is_patronymic
from vestige.correlate.set_odds import odds
from vestige.correlate.speech import are_made, is_speakable
from vestige.correlate.templates import FEWEST
from vestige.lexicon import Lexicon, WordEvidence
from vestige.model import Certainty

_COVERS = 0.3
"""A position counts where at least this share of members has a word."""
_GUARD = 0.8
"""A position with this share of plain vocabulary makes the others code names."""
_BODY = 0.6
"""But where this share of it is medical."""
_POSITIONS = 4
_ROUNDS = 40
_MEMO = 1 << 16
_MIXTURES = 1 << 8
"""Mixtures that are remembered: stores call folders alike, as 00 to ff."""
_LEAST_CLEAN = 0.04
"""Below this share of words that are only names, the mixture need not be asked."""
_DEVIATIONS = 1.64
"""Standard deviations by which a share is told lower than it was estimated: nineteen in twenty."""


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
class Judgement:
    """What the judge says of one slot; verdict None: not names. `share` is a lower bound."""

    verdict: Certainty | None
    score: float
    share: float

    @property
    def order(self) -> tuple[int, float, float]:
        """By how much it says."""
        ranks = (None, Certainty.REVIEW, Certainty.LIKELY, Certainty.CERTAIN)
        return ranks.index(self.verdict), self.score, self.share


_NOTHING = Judgement(None, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Beside:
    """How words stand: `numbered` with a UUID, date or digest beside each, as persons have.

    `native` says that they are romanised here: such letters need not be pronounceable. `covers` is
    the share of the siblings that have a word there.
    """

    numbered: bool = False
    native: bool = False
    covers: float = 1.0


def judged(slots: Sequence[Sequence[str]], lexicon: Lexicon, beside: Beside) -> Judgement:
    """The best that can be said of any position in the slot, or of all words together."""
    known = {word: _evidence(lexicon, word) for words in slots for word in words}
    positions: list[tuple[set[str], float]] = []
    for place in range(_POSITIONS):
        filled = [words[place] for words in slots if len(words) > place]
        if len(filled) >= _COVERS * len(slots) and len(set(filled)) >= FEWEST:
            positions.append((set(filled), len(filled) / len(slots)))
    most = [words for words, covers in positions if covers >= _WHOLE]
    together = set().union(*most) if most else set(known)
    asked = [*positions, (together, 1.0)] if len(positions) != 1 else positions
    found = [
        _judge({word: known[word] for word in words}, lexicon, replace(beside, covers=covers))
        for words, covers in asked
    ]
    best = max(found, key=lambda judgement: judgement.order, default=_NOTHING)
    if best.verdict is not None and any(_code_words(words, known) for words, _ in positions):
        return Judgement(Certainty.REVIEW, best.score, best.share)
    return best


@lru_cache(maxsize=_MEMO)
def _evidence(lexicon: Lexicon, word: str) -> WordEvidence:
    return lexicon.evidence(word)


def _code_words(words: Iterable[str], known: Mapping[str, WordEvidence]) -> bool:
    """Whether a position holds ordinary vocabulary, as code names do: jolly_curie.

    Parts of the body are no code words: knee_smith is the knee of Smith.
    """
    found = [known[word] for word in words]
    medical = sum(evidence.medical for evidence in found)
    plain = sum(evidence.vocabulary for evidence in found)
    return plain >= _GUARD * len(found) and medical < _BODY * len(found)


def _judge(known: Mapping[str, WordEvidence], lexicon: Lexicon, beside: Beside) -> Judgement:
    """Whether distinct words are names: by the mixture of kinds of words that explains them."""
    total = len(known)
    if total < FEWEST or are_made(known):
        return _NOTHING
    best = max(
        (_strange(known, beside), _mixed(known, lexicon)), key=lambda judgement: judgement.order
    )
    asked = best.verdict is not None or beside.numbered
    return _weighed(best, odds(known, lexicon), known, beside) if asked else best


def _mixed(known: Mapping[str, WordEvidence], lexicon: Lexicon) -> Judgement:
    """What the mixture of kinds of words says that explains the words best."""
    total = len(known)
    clean = sum(e.named > 0 and e.meaning == 0 for e in known.values()) / total
    if clean < _LEAST_CLEAN:
        return _NOTHING
    cells = tuple(sorted(Counter(map(lexicon.cell, known)).items()))
    kinds = lexicon.kinds
    _, without = _mixture(cells, tuple(kind.shares for kind in kinds if not kind.person))
    shares, likelihood = _mixture(cells, tuple(kind.shares for kind in kinds))
    names = sum(share for kind, share in zip(kinds, shares, strict=True) if kind.person)
    score = likelihood - without
    verdict = next((d.verdict for d in DEMANDS if d.met(total, score, names, clean)), None)
    return Judgement(verdict, score, _at_least(names, total))


def _weighed(
    found: Judgement, said: float | None, known: Mapping[str, WordEvidence], beside: Beside
) -> Judgement:
    """The judgement, certain where all words together are surely names; not where they are not.

    What no mixture finds is worth a look where all words together may well be names.
    """
    sure = found.verdict is Certainty.CERTAIN
    if said is None:
        unsure = beside.native and found.share < _NATIVE_SHARE
        return replace(found, verdict=Certainty.LIKELY) if unsure and sure else found
    total, whole = len(known), beside.covers >= _WHOLE
    wanted, least = _wanted(known, beside)
    surely = total >= _CERTAIN_DISTINCT and said >= wanted and whole
    if found.verdict is None:
        looked_at = total >= _LOOKED_AT and said >= _LOOK_ODDS and whole
        seen = Certainty.LIKELY if surely else Certainty.REVIEW if looked_at else None
        return replace(found, verdict=seen)
    if surely:
        return replace(found, verdict=Certainty.CERTAIN)
    if sure and (said < least or not whole):
        return replace(found, verdict=Certainty.LIKELY)
    return found


def _wanted(known: Mapping[str, WordEvidence], beside: Beside) -> tuple[float, float]:
    """The log-odds that make words certain, and those that what a mixture found certain needs."""
    more = 0.0 if beside.numbered else _ALONE
    wanted, least = _CERTAIN_ODDS + _FEW_WORDS / math.sqrt(len(known)), _DOUBTFUL_ODDS
    if sum(e.meaning == _PLACE for e in known.values()) >= _HALF * len(known):
        wanted = least = max(wanted, _PLACES_ODDS)
    return wanted + more, least + more


_NATIVE_SHARE = 0.85
"""Share of names that words of a script must have of which neither letters nor towns are known."""
_CERTAIN_ODDS, _FEW_WORDS = 0.75, 4.5
"""Log-odds of a great set from which it is certain, and what few words ask for beyond these.

Of towns that no letters were learnt from, one set in a hundred reaches as much by letters alone.
"""
_ALONE = 1.0
"""What words ask for beyond these where no UUID, date or digest stands beside each."""
_PLACE = 3
"""What a word means that is a place (see `WordEvidence.meaning`)."""
_HALF, _PLACES_ODDS = 0.5, 4.0
"""Share of known places among the words from which these log-odds are asked for.

The towns of a country and its surnames may be the same words, as in Spain and the Philippines.
"""
_WHOLE = 0.7
"""Share of the siblings that must have such a word: of towns, the second words are often names."""
_LOOK_ODDS, _LOOKED_AT = -2.0, 8
"""Log-odds, and words, of a set from which it is worth a look though nothing else speaks for it.

It is asked where a UUID, date or digest stands beside each word: asked of every folder of a volume
it would cost more than all else that is asked of siblings.
"""
_DOUBTFUL_ODDS = 0.5
"""Log-odds of a set below which no mixture makes it certain: towns and surnames share words."""


@lru_cache(maxsize=_MIXTURES)
def _mixture(
    cells: tuple[tuple[int, int], ...], spreads: tuple[tuple[float, ...], ...]
) -> tuple[tuple[float, ...], float]:
    """The shares of the kinds that explain the counts best, and their log-likelihood (EM).

    `cells` are the cells in order, each with its count.
    """
    counts = [count for _, count in cells]
    total = sum(counts)
    rows = [[spread[cell] for spread in spreads] for cell, _ in cells]
    shares = [1 / len(spreads)] * len(spreads)
    for _ in range(_ROUNDS):
        parts = [list(map(mul, shares, row)) for row in rows]
        scales = list(map(truediv, counts, map(sum, parts)))
        shares = [sum(map(mul, column, scales)) / total for column in zip(*parts, strict=True)]
    told = zip(counts, rows, strict=True)
    likelihood = sum(count * math.log(sum(map(mul, shares, row))) for count, row in told)
    return tuple(shares), likelihood


def _at_least(share: float, total: int) -> float:
    """The lower end of Wilson's interval of a share of `total` words."""
    square = _DEVIATIONS * _DEVIATIONS
    middle = share + square / (2 * total)
    spread = math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, (middle - _DEVIATIONS * spread) / (1 + square / total))


# --- words of no list: names of a language that the lexicon does not know ------------------------


@dataclass(frozen=True, slots=True)
class _Floor:
    """The least that words of no vocabulary must show for a verdict.

    `unlisted` is the share of the words that are in no vocabulary, `spoken` that of pronounceable
    ones among these; `natural` their mean log-odds of being natural words (below are random
    letters and syllables), `letters` of being names rather than words, `beside` the same where a
    UUID, date or digest stands beside each word, as it does beside persons; `length` is in letters.
    """

    verdict: Certainty
    distinct: int
    unlisted: float
    spoken: float
    natural: float
    letters: float
    beside: float
    length: float

    def met(self, found: "_Measures", *, numbered: bool) -> bool:
        """Whether the words show as much."""
        return (
            found.total >= self.distinct
            and found.unlisted >= self.unlisted * found.total
            and found.spoken >= self.spoken
            and found.natural >= self.natural
            and found.letters >= (self.beside if numbered else self.letters)
            and found.length >= self.length
        )


_FLOORS = (
    _Floor(Certainty.LIKELY, 10, 0.8, 0.75, 0.0, 0.6, 0.0, 4.5),
    _Floor(Certainty.REVIEW, 6, 0.7, 0.65, 0.0, 0.3, -0.5, 4.5),
)
_CERTAIN_DISTINCT = 10
_SURE = 9.0
"""Nats of evidence from which words of no vocabulary are surely names."""
_ENDING = (0.3, BY_CHANCE)
_KNOWN = (0.35, 0.09)
"""Share of surnames of a locale in no lexicon, and of words of any language, that end as surnames
do; and that are rare names elsewhere, which a lexicon of other countries holds."""
_OWN_LETTERS = 1.1
_OWN_MEANING = 0.12
"""Names known elsewhere count where letters are as in names, and hardly a word or place is between
them."""


@dataclass(frozen=True, slots=True)
class _Measures:
    """What the words of no vocabulary say by their letters."""

    total: int
    unlisted: int
    spoken: float
    natural: float
    letters: float
    length: float
    clean: float
    ending: int

    @property
    def sure(self) -> bool:
        """Whether their endings, or the rare names among them, leave no doubt."""
        if self.total < _CERTAIN_DISTINCT:
            return False
        evidence = _nats(self.ending, self.unlisted, *_ENDING)
        meant = self.total - self.unlisted
        if self.letters >= _OWN_LETTERS and meant <= _OWN_MEANING * self.total:
            evidence += _nats(round(self.clean * self.total), self.unlisted, *_KNOWN)
        return evidence >= _SURE


def _nats(count: int, total: int, among_names: float, by_chance: float) -> float:
    """The log-likelihood that is gained if `count` of `total` words are so because of names."""
    with_it = count * math.log(among_names / by_chance)
    return max(0.0, with_it + (total - count) * math.log((1 - among_names) / (1 - by_chance)))


def _strange(known: Mapping[str, WordEvidence], beside: Beside) -> Judgement:
    """What words of no list say by their letters alone."""
    unlisted = {word: evidence for word, evidence in known.items() if evidence.meaning == 0}
    if not unlisted:
        return _NOTHING
    found = _measured(unlisted, len(known))
    if beside.native:
        found = replace(found, spoken=1.0, natural=max(found.natural, 0.0))
    numbered = beside.numbered
    floor = next((floor for floor in _FLOORS if floor.met(found, numbered=numbered)), None)
    if floor is None:
        return _NOTHING
    sure = floor is _FLOORS[0] and found.sure
    share = _at_least(max(found.clean, found.ending / found.total), found.total)
    return Judgement(Certainty.CERTAIN if sure else floor.verdict, 0.0, share)


def _measured(unlisted: Mapping[str, WordEvidence], total: int) -> _Measures:
    count = len(unlisted)
    return _Measures(
        total=total,
        unlisted=count,
        spoken=sum(map(is_speakable, unlisted)) / count,
        natural=sum(evidence.natural for evidence in unlisted.values()) / count,
        letters=sum(evidence.ngram for evidence in unlisted.values()) / count,
        length=sum(map(len, unlisted)) / count,
        clean=sum(evidence.named > 0 for evidence in unlisted.values()) / total,
        ending=sum(map(is_patronymic, unlisted)),
    )
