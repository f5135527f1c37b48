"""The rules that read a text: expressions, words of names, and numbers of persons, to hits."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from vestige.catalog import IdentifierMatch, Identifiers, PatternMatch, Rule, WordsMatch
from vestige.detect import identifiers, pattern, reasons
from vestige.detect.expectation import in_software, told
from vestige.detect.identifiers import Identified
from vestige.detect.words import NameLike, person_names
from vestige.lexicon import Lexicon
from vestige.model import Hit
from vestige.sensitive import Sensitive
from vestige.text import TokenKind, tokens

_NAMES = "names/"
_CODES = frozenset({TokenKind.UUID, TokenKind.UID, TokenKind.HEX})
_LEAST_DIGEST = 16
"""Characters of a digest at least: 03FEB61 is a date."""

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


@dataclass(frozen=True, eq=False)
class _Heard:
    """One text with the names and the numbers in it, each sought when the first rule asks."""

    text: str
    name: str
    lexicon: Lexicon
    software: bool

    @cached_property
    def names(self) -> tuple[NameLike, ...]:
        found = person_names(self.name, self.lexicon)
        return tuple(told(found, self.text)) if self.software else found

    @cached_property
    def bare(self) -> str:
        """The text without its UUIDs, whose digits are of nobody; its length stays."""
        if self.text.count("-") < _DASHES_OF_A_UUID:
            return self.text
        return _UUID.sub(lambda found: _BLANK * len(found.group()), self.text)

    def hits(self, rule: Rule) -> list[Hit]:
        """What one rule says; TimeoutError if its expression runs past its limit."""
        found: list[Hit] = []
        if isinstance(rule.match, PatternMatch):
            named = _of_names(rule)
            hits = pattern.hits(rule, rule.match, self.text if named else self.bare, self.lexicon)
            found.extend(hit for hit in hits if named or not self._in_code(hit.span))
        elif isinstance(rule.match, WordsMatch):
            found.extend(_word_hits(rule, rule.match, self.name, self.names, self.lexicon))
        elif isinstance(rule.match, IdentifierMatch):
            numbers = _identified(self.bare, rule.match.known)
            found.extend(identifiers.hits(rule, rule.match, numbers, self.text))
        return [*in_software(found, self.text)] if self.software and _of_names(rule) else found

    def _in_code(self, span: tuple[int, int]) -> bool:
        """Whether a span lies inside a UID or a digest, whose digits are of nobody either."""
        return any(start <= span[0] and span[1] <= end for start, end in self._codes)

    @cached_property
    def _codes(self) -> tuple[tuple[int, int], ...]:
        codes = (one for one in tokens(self.text) if one.kind in _CODES)
        return tuple((c.start, c.end) for c in codes if len(c.text) >= _LEAST_DIGEST)


@lru_cache(maxsize=2)
def _identified(text: str, known: Identifiers) -> tuple[Identified, ...]:
    """The numbers in a text; some rules ask for them one after the other."""
    return identifiers.identified(text, known)


class TextRules:
    """Rules that read texts, in groups by what a text needs to hold for them to be tried."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._always: list[Rule] = []
        groups: dict[tuple[bool, re.Pattern[str]], list[Rule]] = {}
        for rule in rules:
            needs = rule.match.needs if isinstance(rule.match, PatternMatch) else None
            if needs is None:
                self._always.append(rule)
            else:
                groups.setdefault((_of_names(rule), needs.of_text), []).append(rule)
        self._groups = tuple((named, needs.search, of) for (named, needs), of in groups.items())

    def of(self, text: str, bare: str) -> Iterator[Rule]:
        """The rules that are to be tried on a text, or on what is left of it without UUIDs."""
        yield from self._always
        for named, found, rules in self._groups:
            if found(text if named else bare):
                yield from rules


def text_judgement(
    text: str, rules: TextRules, lexicon: Lexicon, name: str = "", *, software: bool = False
) -> Judgement:
    """What rules for texts say; where two claim one span, the graver and surer stays.

    `name` is the whole name of a file whose stem the text is: its ending tells what it is of. Of
    the name of an entry in a tree of `software`, rules for names say what is unusual there.
    """
    heard = _Heard(text, name or text, lexicon, software)
    found: list[Hit] = []
    complete = True
    for rule in rules.of(text, heard.bare):
        try:
            found.extend(heard.hits(rule))
        except TimeoutError:
            complete = False
    if not found:
        return NOTHING if complete else Judgement((), complete=False)
    found.sort(key=lambda hit: (-hit.claim.severity, -hit.certainty, hit.span, hit.claim.rule))
    kept = sorted(_apart(found, len(text)), key=lambda hit: (hit.span, hit.claim.rule))
    return Judgement(tuple(kept), complete)


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


def _word_hits(
    rule: Rule, match: WordsMatch, text: str, names: tuple[NameLike, ...], lexicon: Lexicon
) -> list[Hit]:
    return [
        Hit(
            *(rule.claim, name.span, Sensitive(text[slice(*name.span)]), rule.certainty),
            _explaining(text, name, lexicon),
        )
        for name in names
        if name.tier == match.tier and (not match.shapes or name.shape in match.shapes)
    ]


def _explaining(text: str, name: NameLike, lexicon: Lexicon) -> Callable[[], str]:
    return lambda: reasons.of_name(text, name, lexicon)
