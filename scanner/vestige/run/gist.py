"""Gist: what of a text matters to the rules, so that what has one gist is judged once.

Plain words in small letters, of which no rule asks, stand for one another, as do short numbers
that stand alone. Whatever may be a name, a date, a number or what announces them stays as it is;
and where several plain words follow each other, what stands before and behind them is judged
apart, unless the line announces something.
"""

import re
from collections.abc import Iterator, Sequence

from vestige.catalog import Catalog, PatternMatch
from vestige.lexicon import Lexicon

_WORDS = re.compile(r"[a-z]{2,}")
_TOKEN = re.compile(r"([a-z]+)([.,;)]?)")
SHORT_NUMBER = re.compile(r"(?:\d{1,3}|\d{0,6}\.\d+)(?:%|s|ms|sec|mm|cm|MB|GB|kB)?([,;)]?)")
UNIQUE = re.compile(
    r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?=[0-9a-f]*[a-f][0-9]|[0-9a-f]*[0-9][a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}))[,;)]?"
)
"""Numbers that are drawn, and digests of files (MD5, SHA-1, SHA-256): each is another."""

UID = re.compile(r"(?<![\w.])[012](?:\.(?:0|[1-9]\d{0,38})){5,}(?![\w.])")
"""A unique identifier of ISO 8824, of which no rule about texts says anything."""

_ENTITY = re.compile(r"(?<=[A-Za-z][-_])\d{1,4}(?!\d)")
_PLAIN, _COMMON, _NUMBER, _OTHER, _DIGITS = "\1", "\2", "\3", "\4", "\5"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AMONG_NUMBERS = re.compile("\3[^ ]? (?:[^ ]{0,2}\\d|\3)|\\d[^ ]{0,2} \3")
_NOTHING = re.compile("[\1\3\4 .,;)(]*")
_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"[^\W\d_]+")
_LONGEST_LABEL = 40
_REMEMBERED = 1 << 18
_APART = 3
"""Plain words that part what stands before and behind them."""

_NEAR = 5
"""Words before and behind one that a rule asks for, which stay as they are."""

_OF_ADDRESSES = frozenset(
    f"contacts/{name}"
    for name in ("email", "office-email", "ip-address", "site-link", "telling-link")
)
"""Rules that look for what is one word: no other word tells them anything."""

PARTICLES = frozenset("of in on for at by from per with to is a an as and or no do the".split())
"""Words that stand in many expressions, and announce nothing."""

SHORTEST = 16
"""Characters of a text at least that is worth it; the form of a shorter one is as good."""


class Gist:
    """The gist of one text, and of its parts."""

    __slots__ = ("_pieces", "_words", "whole")

    def __init__(self, whole: str, words: Sequence[str], pieces: Sequence[str]) -> None:
        self.whole = whole
        self._words = words
        self._pieces = pieces

    @property
    def takes_any_digits(self) -> bool:
        """Whether no digit of the text matters."""
        return _DIGIT.search(self.whole) is None

    def parts(self) -> Iterator[tuple[str, str]]:
        """The gist of each part that may say something, and its text."""
        if not self._pieces:
            yield self.whole, " ".join(self._words)
            return
        start, run = 0, 0
        for place, piece in enumerate(self._pieces):
            run = run + 1 if piece == _PLAIN else 0
            if run == _APART:
                yield from self._part(start, place - 1)
            if run >= _APART:
                start = place
        yield from self._part(start, len(self._pieces))

    def _part(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        gist = " ".join(self._pieces[start:end])
        if not _NOTHING.fullmatch(gist):
            yield gist, " ".join(self._words[start:end])


class Gists:
    """Makes gists of texts; one lives in each worker."""

    def __init__(self, catalog: Catalog) -> None:
        self._lexicon: Lexicon = catalog.lexicon
        self._asked = asked(catalog)
        self._of_token: dict[str, str] = {}
        self._telling: set[str] = set()

    def of(self, text: str) -> Gist:
        """The gist of a text: texts of one gist say the same of persons, or nothing."""
        known = self._of_token
        words = text.split(" ")
        try:
            pieces = [known[word] for word in words]
        except KeyError:
            self._learn(words)
            pieces = [known[word] for word in words]
        made = " ".join(pieces)
        if _NUMBER in made and (_AMONG_NUMBERS.search(made) or _YEAR.search(made)):
            return Gist(text, (text,), ())
        if not self._telling.isdisjoint(pieces):
            pieces = self._around_telling(words, pieces)
            made = " ".join(pieces)
        if _COMMON in made:
            made = made.replace(_COMMON, _PLAIN)
            pieces = made.split(" ")
        return Gist(made, words, pieces)

    def _around_telling(self, words: Sequence[str], pieces: Sequence[str]) -> list[str]:
        """The pieces, but words as they are that stand near one that a rule asks for."""
        kept = list(pieces)
        for place, piece in enumerate(pieces):
            if piece in self._telling:
                near = slice(max(place - _NEAR, 0), place + _NEAR + 1)
                kept[near] = words[near]
        return kept

    def _learn(self, words: Sequence[str]) -> None:
        if len(self._of_token) > _REMEMBERED:
            self._of_token.clear()
            self._telling.clear()
        for word in words:
            if word not in self._of_token:
                piece = self._of_token[word] = self._piece(word)
                bare = _BARE.findall(word.lower())
                if not self._asked.isdisjoint(bare) and len(word) <= _LONGEST_LABEL:
                    self._telling.add(piece)

    def _piece(self, word: str) -> str:
        """What stands for a word: itself, unless it is plain or a short number."""
        if number := SHORT_NUMBER.fullmatch(word):
            return _NUMBER + number[1]
        if UNIQUE.fullmatch(word):
            return _OTHER
        found = _TOKEN.fullmatch(word)
        if found is None:
            return _ENTITY.sub(_DIGITS, UID.sub(_OTHER, word))
        plain = found[1] in PARTICLES or self._lexicon.ordinary(found[1])
        if found[1] in self._asked:
            return word
        if plain:
            return _PLAIN + found[2]
        return _COMMON + found[2] if self._lexicon.evidence(found[1]).vocabulary else word


def asked(catalog: Catalog) -> frozenset[str]:
    """The words that stand in expressions of rules, or in labels that announce numbers."""
    found: set[str] = set()
    for rule in catalog.rules:
        if isinstance(rule.match, PatternMatch) and rule.id not in _OF_ADDRESSES:
            found.update(_WORDS.findall(rule.match.expression.pattern.lower()))
            if rule.match.needs is not None:
                found.update(_WORDS.findall(rule.match.needs.of_text.pattern.lower()))
    for label in catalog.tables.identifiers.labels:
        found.update(_WORDS.findall(label.lower()))
    return frozenset(found - PARTICLES - _LINKING)


_LINKING = frozenset("is was ist war lautet es era est".split())
"""Verbs between what announces a name and the name; rules ask for what announces it."""
