"""Scores of names in texts, by plans: where names stand in all texts whose pieces matter alike.

A plan is known by what of each piece matters for where names stand: the letters of words are not
among it. So most texts that nobody saw before have a plan that is known, and of their words only
the log-odds are looked at.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from vestige.detect.candidates import ODDS_FEATURES, limited
from vestige.detect.capitals import recased
from vestige.detect.shapes import TIERS, NameLike, Shape
from vestige.detect.signs import DIGITS_OF_NUMBER, EXTENSION, LONG_NUMBER, SHORT_NUMBER, SIGNS, Sign
from vestige.detect.stands import CASES, FORMAL, MOST_PIECES, Features, Form, Stand, form_of, stands
from vestige.detect.units import Hinge, Layout, Unit, hinges, is_of_code, layout
from vestige.detect.word_facts import ANY_CASE, COMES_APART, IS_ORDINARY, WordFacts, facts_by
from vestige.lexicon import COMMON, PHRASE, Lexicon
from vestige.text import Token, TokenKind, kind_of, parts_of, stem_end, tokens, uncut

_WORD, _NUMBER, _SEPARATOR = TokenKind.WORD, TokenKind.NUMBER, TokenKind.SEPARATOR
_OF_CODE = -9
"""Ends the marks of a text whose ending is that of a program's file."""

_Read = tuple[list[WordFacts], list[Sign], list[str], bool]
"""The words of a text, the marks of its pieces, the pieces, and whether some word may name one."""

_SPEAKS = IS_ORDINARY | COMES_APART
"""Of an ordinary word that does not come apart the first of these bits is set, and only that."""

_MIXED = -10
"""Stands for the mark of a word of mixed case, which is more than one."""

_PIECES = 1 << 15
"""Words and separators that are remembered at a time."""

_PLANS = 1 << 13
"""Plans, and forms, that are remembered at a time, about 1 KB each."""


def scored(text: str, lexicon: Lexicon) -> list[NameLike]:
    """What in `text` looks like a name, with its score, but for what is of silent tier."""
    return _plans_by(lexicon).scored(recased(text, lexicon))


class _Weighed(NamedTuple):
    """Where a name may stand, with the sums of the weights of what is so of all names there.

    There is one for each of the ways in which words are written (see `word_facts`). `slopes` weigh
    the log-odds of a single word, one after the other; a pair has none.
    """

    units: tuple[int, ...]
    shape: Shape
    bases: tuple[float, ...]
    slopes: tuple[float, ...]
    medium: float
    most: float


class _Planned(NamedTuple):
    """The same in a text with a plan: by the numbers of words, from piece `first` to `last`."""

    before: int
    after: int
    first: int
    last: int
    weighed: _Weighed


class _Plan(NamedTuple):
    """Where names stand unless two words are one name after all."""

    hinges: tuple[Hinge, ...]
    stands: tuple[_Planned, ...]


class _OfPairs(NamedTuple):
    """The weights of what two words are to each other (see `candidates`)."""

    best: float
    worst: float
    given: float
    given_and_surname: float
    places: float
    vocabulary: float
    phrase: float
    short_surname: float
    short_word: float
    worst_formal: float
    worst_free: float
    ordinary_formal: float
    ordinary_free: float


class _Plans:
    """The plans by a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        weigh = lexicon.of_names.get
        self._lexicon = lexicon
        self._facts_of = facts_by(lexicon)
        self._of_pairs = _OfPairs(*(weigh(feature, 0.0) for feature in _PAIR_FEATURES))
        self._weighed = lru_cache(maxsize=_PLANS)(lambda form: _all(form, lexicon))
        self._plans: dict[tuple[Sign, ...], _Plan | None] = {}
        self._pieces: dict[str, tuple[Sign, WordFacts | None]] = {}

    def scored(self, text: str) -> list[NameLike]:
        """See `scored`."""
        stop = stem_end(text)
        cut = uncut(text, stop)
        read = self._marked(cut) if cut is not None else self._marked_tokens(tokens(text))
        words, marks, pieces, speaks = read
        if not speaks:
            return []
        if stop < len(text) and cut is not None:
            marks.append(EXTENSION)
        plan = self._plan(text, stop, read) if len(marks) <= MOST_PIECES else None
        if plan is None:
            return self._closely(text, tokens(text))
        found: list[NameLike] = []
        for before, after, first, last, weighed in plan.stands:
            score = self._score(weighed, words[before], words[after])
            if score >= weighed.medium:
                start = sum(map(len, pieces[:first]))
                span = start, start + sum(map(len, pieces[first : last + 1]))
                found.append(_new(NameLike, (span, weighed.shape, min(score, weighed.most))))
        return found

    def _marked(self, pieces: list[str]) -> _Read:
        """The words and the marks of the pieces of a text that tell by themselves what they are."""
        known = self._pieces.get
        words: list[WordFacts] = []
        marks: list[Sign] = []
        speaks = False
        for piece in pieces:
            mark, facts = known(piece) or self._of_piece(piece)
            marks.append(mark)
            if facts is not None:
                words.append(facts)
                if mark & _SPEAKS != IS_ORDINARY:  # type: ignore[operator] # a word's
                    speaks = True
            elif mark == _MIXED:
                return self._marked([part for one in pieces for part in self._parts(one)])
        return words, marks, pieces, speaks

    def _of_piece(self, piece: str) -> tuple[Sign, WordFacts | None]:
        """The mark of a piece and what matters of a word, both remembered if it may come again."""
        kind = kind_of(piece)
        if kind is _NUMBER:
            return (LONG_NUMBER if len(piece) >= DIGITS_OF_NUMBER else SHORT_NUMBER), None
        if kind is not _WORD and kind is not _SEPARATOR:
            return SIGNS[kind], None
        if len(self._pieces) >= _PIECES:
            self._pieces.clear()
        facts = None
        mark: Sign = piece
        if kind is _WORD:
            if len(parts_of(piece)) > 1:
                return _MIXED, None
            facts = self._facts_of(piece)
            mark = facts.mark
        known = self._pieces[piece] = mark, facts
        return known

    def _parts(self, piece: str) -> Sequence[str]:
        """The words that a piece is made of, if it is one of mixed case."""
        return parts_of(piece) if piece[0].isalpha() and kind_of(piece) is _WORD else (piece,)

    def _marked_tokens(self, tokens: tuple[Token, ...]) -> _Read:
        """The same of the tokens of any text."""
        facts_of = self._facts_of
        words: list[WordFacts] = []
        marks: list[Sign] = []
        for kind, _, _, piece in tokens:
            if kind is _WORD:
                facts = facts_of(piece)
                words.append(facts)
                marks.append(facts.mark)
            elif kind is _SEPARATOR:
                marks.append(piece)
            elif kind is _NUMBER:
                marks.append(LONG_NUMBER if len(piece) >= DIGITS_OF_NUMBER else SHORT_NUMBER)
            else:
                marks.append(SIGNS[kind])
        speaks = any(one.mark & _SPEAKS != IS_ORDINARY for one in words)
        return words, marks, [piece.text for piece in tokens], speaks

    def _plan(self, text: str, stop: int, read: _Read) -> _Plan | None:
        """The plan of a text by its marks; None if it has none, or letters of it decide more."""
        words, marks, pieces, _ = read
        begin = stop
        if stop == len(text) and len(pieces) > 1 and pieces[-2] == "." and words:
            begin -= len(pieces[-1])
        if begin < len(text) and is_of_code(text, begin):
            marks.append(_OF_CODE)
        key = tuple(marks)
        plan = self._plans.get(key, _NEW)
        if plan is _NEW:
            self._remember(key, _MET)
            return None
        if plan is _MET:
            plan = self._new(key, text, tokens(text))
        if plan is None or not plan.hinges:
            return plan
        plain = text.isascii()
        opened = any(one.opens(words, self._lexicon, plain=plain) for one in plan.hinges)
        return None if opened else plan

    def _score(self, weighed: _Weighed, one: WordFacts, other: WordFacts) -> float:
        """The sum of the weights of a single word, which is both, or of two."""
        _, shape, bases, slopes, _, _ = weighed
        score = bases[one.way & other.way & ANY_CASE]
        if slopes:
            odds = limited(one.log_odds)
            for slope in slopes:
                score += slope * odds
            return score
        return self._of_pair(score, shape in FORMAL, one, other)

    def _of_pair(self, score: float, formal: bool, one: WordFacts, other: WordFacts) -> float:  # noqa: FBT001 - private
        """The score with the weights of what two words are to each other, in their order."""
        weights = self._of_pairs
        if one.ordinary or other.ordinary:
            plain = other if one.ordinary else one
            odds = 0.0 if formal and plain.short else limited(plain.log_odds)
            score += weights.best * odds
            score += weights.ordinary_formal if formal else weights.ordinary_free
        else:
            best = 0.0 if formal and one.short else limited(one.log_odds)
            worst = 0.0 if formal and other.short else limited(other.log_odds)
            if best < worst:
                best, worst = worst, best
            score += weights.best * best
            score += weights.worst * worst
            score += (weights.worst_formal if formal else weights.worst_free) * worst
        score = self._agreeing(score, one, other)
        if not formal and (one.short or other.short):
            for word in (one, other):
                known = weights.short_surname if word.surname >= COMMON else weights.short_word
                score += known if word.short else 0.0
        return score

    def _agreeing(self, score: float, one: WordFacts, other: WordFacts) -> float:
        """The score with the weights of what both words are in the lists."""
        weights = self._of_pairs
        first, second = one.given >= COMMON, other.given >= COMMON
        if (first and not one.ordinary) or (second and not other.ordinary):
            score += weights.given
        if (first and other.surname >= COMMON) or (second and one.surname >= COMMON):
            score += weights.given_and_surname
        if one.place and other.place:
            score += weights.places
        if one.vocabulary and other.vocabulary:
            score += weights.vocabulary
        if PHRASE + one.fold + other.fold in self._lexicon.codes:
            score += weights.phrase
        return score

    def _closely(self, text: str, pieces: tuple[Token, ...]) -> list[NameLike]:
        """The names of a text that has no plan, or on the letters of which it depends."""
        found = layout(text, pieces, self._lexicon)
        told = [_as_facts(unit) for unit in found.units]
        names: list[NameLike] = []
        for weighed in self._stands(found):
            before, after = weighed.units[0], weighed.units[-1]
            score = self._score(weighed, told[before], told[after])
            if score >= weighed.medium:
                span = (found.units[before].start, found.units[after].end)
                names.append(NameLike(span, weighed.shape, min(score, weighed.most)))
        return names

    def _stands(self, found: Layout) -> tuple[_Weighed, ...]:
        """Where names may stand in a text."""
        if not found.plain:
            return ()
        form = form_of(found)
        short = len(form.signs) <= MOST_PIECES
        return self._weighed(form) if short else _all(form, self._lexicon)

    def _new(self, key: tuple[Sign, ...], text: str, pieces: tuple[Token, ...]) -> _Plan | None:
        """The plan of texts with these marks, from one of them; None if this one shows none."""
        places = [at for at, piece in enumerate(pieces) if piece.kind is _WORD]
        words = {at: self._facts_of(pieces[at].text) for at in places}
        plan = None
        if not any(facts.mark & COMES_APART for facts in words.values()):
            number = {at: number for number, at in enumerate(places)}
            on = tuple(hinges(pieces, words))
            plain = text.isascii()
            if any(one.opens(words, self._lexicon, plain=plain) for one in on):
                return None
            planned = self._planned(text, pieces, number)
            plan = _Plan(tuple(_by_number(one, number) for one in on), planned)
        self._remember(key, plan)
        return plan

    def _remember(self, key: tuple[Sign, ...], plan: _Plan | None) -> None:
        if len(self._plans) >= _PLANS:
            self._plans.clear()
        self._plans[key] = plan

    def _planned(
        self, text: str, pieces: tuple[Token, ...], number: Mapping[int, int]
    ) -> tuple[_Planned, ...]:
        """Where names stand in a text, each unit of which is one word; `number` counts those."""
        found = layout(text, pieces, self._lexicon)
        planned = []
        for weighed in self._stands(found):
            before, after = found.units[weighed.units[0]], found.units[weighed.units[-1]]
            numbers = number[before.last], number[after.last]
            planned.append(_Planned(*numbers, before.first, after.last, weighed))
        return tuple(planned)


def _by_number(hinge: Hinge, number: Mapping[int, int]) -> Hinge:
    """A hinge by the numbers of words, from one by those of pieces."""
    return Hinge(number[hinge.one], number[hinge.other], hinge.hyphenated, number[hinge.beside])


_PAIR_FEATURES = (
    "pair:best",
    "pair:worst",
    "pair:given",
    "pair:given and surname",
    "pair:places",
    "pair:vocabulary",
    "pair:phrase",
    "pair:short surname",
    "pair:short word",
    "pair:worst:formal",
    "pair:worst:free",
    "pair:ordinary:formal",
    "pair:ordinary:free",
)
_NEW, _MET = _Plan((), ()), _Plan((), ())
"""Stand for marks that were not met, and for those met once: a plan pays from the third time on."""

_new = tuple.__new__
"""Makes a named tuple of a tuple in half the time that its own constructor takes."""

_plans_by = lru_cache(maxsize=4)(_Plans)


def _as_facts(unit: Unit) -> WordFacts:
    """What matters of a unit, which may be more than its word."""
    facts = unit.facts
    if (facts.log_odds, facts.ordinary) == (unit.log_odds, unit.ordinary):
        return facts
    return facts._replace(log_odds=unit.log_odds, ordinary=unit.ordinary)


def _all(form: Form, lexicon: Lexicon) -> tuple[_Weighed, ...]:
    return tuple(
        _new(_Weighed, (one.units, *_weights_of(one.shape, len(one.units), one.features, lexicon)))
        for one in stands(form)
    )


@lru_cache(maxsize=1 << 11)
def _weights_of(
    shape: Shape, units: int, features: Features, lexicon: Lexicon
) -> tuple[Shape, tuple[float, ...], tuple[float, ...], float, float]:
    """What a stand is weighed by: many of them have the same features."""
    weigh, bars = lexicon.of_names.get, TIERS[shape]
    own = () if units > 1 else ("single:odds", ODDS_FEATURES[shape])
    slopes = tuple(weigh(feature, 0.0) for feature in own)
    stand = Stand(tuple(range(units)), shape, features)
    sums = {case: _sum(stand.written(way), lexicon) for way, case in enumerate(CASES)}
    return shape, tuple(sums[case] for case in CASES), slopes, bars.medium, bars.most


def _sum(features: Features, lexicon: Lexicon) -> float:
    total = 0.0
    for feature, value in features:
        total += lexicon.of_names.get(feature, 0.0) * value
    return total
