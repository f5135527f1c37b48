"""Gist: what of a text matters to the rules, so that texts of one gist are judged once.

Plain words in small letters, of which no rule asks, stand for one another, as do short numbers
that stand alone. Whatever may be a name, a date, a number or what announces them stays as it is.
"""

import re
from collections.abc import Iterable

from vestige.catalog import Catalog, PatternMatch
from vestige.lexicon import Lexicon

_WORDS = re.compile(r"[a-z]{2,}")
_TOKEN = re.compile(r"([a-z]+)([.,;)]?)")
_SHORT_NUMBER = re.compile(r"\d{1,3}[,;)%]?|\d{0,6}\.\d+")
_UNIQUE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[,;)]?")
_PLAIN, _COMMON, _NUMBER, _OTHER = "\1", "\2", "\3", "\4"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AMONG_NUMBERS = re.compile("\3[^ ]? (?:[^ ]{0,2}\\d|\3)|\\d[^ ]{0,2} \3")
_SENTENCE = re.compile("[\1\2]")
_REMEMBERED = 1 << 18
_SHORTEST = 16
"""Characters of a text at least that is worth it; the form of a shorter one is as good."""


class Gists:
    """Makes gists of texts; one lives in each worker."""

    def __init__(self, catalog: Catalog) -> None:
        self._lexicon: Lexicon = catalog.lexicon
        self._asked = asked(catalog)
        self._of_token: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The gist of a text: texts of one gist say the same of persons, or nothing."""
        if len(text) < _SHORTEST or not text.isascii():
            return text
        known = self._of_token
        words = text.split(" ")
        try:
            pieces = [known[word] for word in words]
        except KeyError:
            self._learn(words)
            pieces = [known[word] for word in words]
        made = " ".join(pieces)
        if _NUMBER in made and (_AMONG_NUMBERS.search(made) or _YEAR.search(made)):
            return text
        if _COMMON in made and self._is_telling(pieces):
            made = " ".join(
                word if piece[:1] == _COMMON else piece
                for word, piece in zip(words, pieces, strict=True)
            )
        else:
            made = made.replace(_COMMON, _PLAIN)
        while "\1 \1 \1" in made:
            made = made.replace("\1 \1 \1", "\1 \1")
        return made

    def _is_telling(self, pieces: Iterable[str]) -> bool:
        """Whether words that rules ask for stand there: beside them any word may be a name."""
        return any(
            (piece[:1].islower() and piece.strip(".,;)") in self._asked) or piece[-1:] in ":="
            for piece in pieces
            if piece
        )

    def _learn(self, words: Iterable[str]) -> None:
        if len(self._of_token) > _REMEMBERED:
            self._of_token.clear()
        for word in words:
            self._of_token[word] = self._piece(word)

    def _piece(self, word: str) -> str:
        """What stands for a word: itself, unless it is plain or a short number."""
        if _SHORT_NUMBER.fullmatch(word):
            return _NUMBER + ("" if word[-1].isdigit() else word[-1])
        if _UNIQUE.fullmatch(word):
            return _OTHER
        found = _TOKEN.fullmatch(word)
        if found is None or found[1] in self._asked:
            return word
        if self._lexicon.ordinary(found[1]):
            return _PLAIN + found[2]
        return _COMMON + found[2] if self._lexicon.evidence(found[1]).vocabulary else word


def asked(catalog: Catalog) -> frozenset[str]:
    """The words that stand in expressions of rules, or in labels that announce numbers."""
    found: set[str] = set()
    for rule in catalog.rules:
        if isinstance(rule.match, PatternMatch):
            found.update(_WORDS.findall(rule.match.expression.pattern.lower()))
            if rule.match.needs is not None:
                found.update(_WORDS.findall(rule.match.needs.of_text.pattern.lower()))
    for label in catalog.tables.identifiers.labels:
        found.update(_WORDS.findall(label.lower()))
    return frozenset(found)
