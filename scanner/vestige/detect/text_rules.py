"""The rules that read a text: expressions, words of names, and numbers of persons, to hits."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from vestige.catalog import IdentifierMatch, Identifiers, PatternMatch, Rule, WordsMatch
from vestige.detect import identifiers, pattern, reasons
from vestige.detect.demands import Held
from vestige.detect.expectation import in_software, told
from vestige.detect.shapes import NameLike, Shape, Tier
from vestige.detect.tried import Expressions
from vestige.detect.words import person_names
from vestige.lexicon import Lexicon
from vestige.model import Hit
from vestige.sensitive import Sensitive
from vestige.text import TokenKind, tokens

_NAMES = "names/"
_CODES = frozenset({TokenKind.UUID, TokenKind.UID, TokenKind.HEX})
_LEAST_DIGEST = 16
"""Characters of a digest at least: 03FEB61 is a date."""

_MAY_BE_CODE = re.compile(r"[0-9A-Fa-f]{12}|\.\d+\.\d")
"""What each UUID, each UID and each digest of that length holds."""

_UUID = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_DASHES_OF_A_UUID = 4
_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""No letter, digit or separator: what stands for a UUID is beside nothing."""


class Judgement(NamedTuple):
    """What the rules say of one text; `complete` unless one of them ran past its time limit."""

    hits: tuple[Hit, ...]
    complete: bool


NOTHING = Judgement((), complete=True)
"""What is said of most texts."""


class _Heard:
    """One text and what is left of it without its UUIDs, each with what rules may ask of it."""

    __slots__ = ("_codes", "bare", "of_bare", "of_text", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.bare = bare = _bare(text)
        self.of_text = Held(text, plain=text.isascii())
        self.of_bare = self.of_text if bare is text else Held(bare, plain=text.isascii())
        self._codes: tuple[tuple[int, int], ...] | None = None

    def tried(self, rules: "TextRules") -> list[tuple[Rule, PatternMatch]]:
        """The rules whose expressions may find something in what they read of it."""
        if self.of_bare is self.of_text:
            return rules.of_all.tried(self.of_text)
        return rules.of_names.tried(self.of_text) + rules.of_others.tried(self.of_bare)

    def outside_codes(self, hits: list[Hit]) -> list[Hit]:
        """Those of some hits that do not lie in a UID or a digest: its digits are of nobody."""
        return [hit for hit in hits if not self._in_code(hit.span)] if hits else hits

    def _in_code(self, span: tuple[int, int]) -> bool:
        if self._codes is None and _MAY_BE_CODE.search(self.text) is None:
            self._codes = ()
        if self._codes is None:
            codes = (one for one in tokens(self.text) if one.kind in _CODES)
            self._codes = tuple((c.start, c.end) for c in codes if len(c.text) >= _LEAST_DIGEST)
        return any(start <= span[0] and span[1] <= end for start, end in self._codes)


def _bare(text: str) -> str:
    """The text without its UUIDs, whose digits are of nobody; its length stays."""
    if text.count("-") < _DASHES_OF_A_UUID:
        return text
    return _UUID.sub(_blanked, text)


def _blanked(found: re.Match[str]) -> str:
    return _BLANK * len(found.group())


class TextRules:
    """Rules that read texts: for words, for numbers, and for names and others by expressions."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        words: list[tuple[Rule, WordsMatch]] = []
        numbers: dict[Identifiers, list[tuple[Rule, IdentifierMatch]]] = {}
        expressions: dict[bool, list[tuple[Rule, PatternMatch]]] = {True: [], False: []}
        for rule in rules:
            match = rule.match
            if isinstance(match, WordsMatch):
                words.append((rule, match))
            elif isinstance(match, IdentifierMatch):
                numbers.setdefault(match.known, []).append((rule, match))
            elif isinstance(match, PatternMatch):
                expressions[_of_names(rule)].append((rule, match))
        self.words = tuple(words)
        self.of_words = lru_cache(maxsize=None)(self._of_words)
        self.numbers = tuple(numbers.items())
        self.of_names = Expressions(expressions[True])
        self.of_others = Expressions(expressions[False])
        self.of_all = Expressions([*expressions[True], *expressions[False]])

    def _of_words(self, tier: Tier, shape: Shape) -> tuple[Rule, ...]:
        """The rules that tell of names of a tier and a shape."""
        told = (rule for rule, match in self.words if match.tier == tier and _is_of(match, shape))
        return tuple(told)


def _is_of(match: WordsMatch, shape: Shape) -> bool:
    return not match.shapes or shape in match.shapes


def text_judgement(
    text: str, rules: TextRules, lexicon: Lexicon, name: str = "", *, software: bool = False
) -> Judgement:
    """What rules for texts say; where two claim one span, the graver and surer stays.

    `name` is the whole name of a file whose stem the text is: its ending tells what it is of. Of
    the name of an entry in a tree of `software`, rules for names say what is unusual there.
    """
    heard = _Heard(text)
    found = _certain(heard, name or text, rules, lexicon, software=software)
    complete = True
    for rule, sought in heard.tried(rules):
        try:
            if _of_names(rule):
                found += pattern.found(rule, sought, text, lexicon)
            else:
                found += heard.outside_codes(pattern.found(rule, sought, heard.bare, lexicon))
        except TimeoutError:
            complete = False
    if not found:
        return NOTHING if complete else Judgement((), complete=False)
    if software:
        found = [*_in_software(found, text)]
    return Judgement(_kept(found, len(text)), complete)


def _certain(
    heard: _Heard, name: str, rules: TextRules, lexicon: Lexicon, *, software: bool
) -> list[Hit]:
    """What rules say that are no expressions: of words, and of numbers."""
    found: list[Hit] = []
    if rules.words:
        for one in _names(heard.text, name, lexicon, software=software):
            found += _word_hits(rules, name, one, lexicon)
    if heard.of_bare.digits >= identifiers.LEAST_DIGITS or "<<" in heard.text:
        for known, of_known in rules.numbers:
            numbers = identifiers.identified(heard.bare, known)
            for rule, match in of_known if numbers else ():
                found += identifiers.hits(rule, match, numbers, heard.text)
    return found


def _kept(found: list[Hit], length: int) -> tuple[Hit, ...]:
    """Of hits that overlap the gravest and surest, in the order of the text."""
    if len(found) > 1:
        found.sort(key=lambda hit: (-hit.claim.severity, -hit.certainty, hit.span, hit.claim.rule))
        found = sorted(_apart(found, length), key=lambda hit: (hit.span, hit.claim.rule))
    return tuple(found)


def _names(text: str, name: str, lexicon: Lexicon, *, software: bool) -> tuple[NameLike, ...]:
    """The names in a text, of which fewer are told in a tree of software."""
    found = person_names(name, lexicon)
    return tuple(told(found, text)) if software and found else found


def _in_software(hits: list[Hit], text: str) -> Iterator[Hit]:
    """Hits in the name of an entry of a tree of software, where names of people count less."""
    of_names = [hit for hit in hits if hit.claim.rule.startswith(_NAMES)]
    yield from (hit for hit in hits if not hit.claim.rule.startswith(_NAMES))
    yield from in_software(of_names, text)


def _of_names(rule: Rule) -> bool:
    return rule.id.startswith(_NAMES)


def _apart(hits: list[Hit], length: int) -> Iterator[Hit]:
    """The hits that no earlier one overlaps."""
    taken = bytearray(length)
    for hit in hits:
        start, end = hit.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield hit


def _word_hits(rules: TextRules, text: str, name: NameLike, lexicon: Lexicon) -> list[Hit]:
    """What rules for words say of a name in a text."""
    span = name.span
    return [
        Hit(
            *(rule.claim, span, Sensitive(text[slice(*span)]), rule.certainty),
            _explaining(text, name, lexicon),
        )
        for rule in rules.of_words(name.tier, name.shape)
    ]


def _explaining(text: str, name: NameLike, lexicon: Lexicon) -> Callable[[], str]:
    return lambda: reasons.of_name(text, name, lexicon)
