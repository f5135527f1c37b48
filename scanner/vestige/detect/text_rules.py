"""The rules that read a text: expressions, words of names, and numbers of persons, to hits."""

from collections.abc import Callable, Iterator
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


class Judgement(NamedTuple):
    """What the rules say of one text; `complete` unless one of them ran past its time limit."""

    hits: tuple[Hit, ...]
    complete: bool


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

    def hits(self, rule: Rule) -> list[Hit]:
        """What one rule says; TimeoutError if its expression runs past its limit."""
        found: list[Hit] = []
        if isinstance(rule.match, PatternMatch):
            hits = pattern.hits(rule, rule.match, self.text, self.lexicon)
            found.extend(hit for hit in hits if _of_names(rule) or not self._in_code(hit.span))
        elif isinstance(rule.match, WordsMatch):
            found.extend(_word_hits(rule, rule.match, self.name, self.names, self.lexicon))
        elif isinstance(rule.match, IdentifierMatch):
            numbers = self._numbers(rule.match)
            found.extend(identifiers.hits(rule, rule.match, numbers, self.text))
        return [*in_software(found, self.text)] if self.software and _of_names(rule) else found

    def _in_code(self, span: tuple[int, int]) -> bool:
        """Whether a span lies inside a UUID, UID or digest, whose digits are of nobody."""
        return any(start <= span[0] and span[1] <= end for start, end in self._codes)

    @cached_property
    def _codes(self) -> tuple[tuple[int, int], ...]:
        return tuple((one.start, one.end) for one in tokens(self.text) if one.kind in _CODES)

    def _numbers(self, match: IdentifierMatch) -> tuple[Identified, ...]:
        return _identified(self.text, match.known)


@lru_cache(maxsize=2)
def _identified(text: str, known: Identifiers) -> tuple[Identified, ...]:
    """The numbers in a text; some rules ask for them one after the other."""
    return identifiers.identified(text, known)


def text_judgement(
    text: str, rules: tuple[Rule, ...], lexicon: Lexicon, name: str = "", *, software: bool = False
) -> Judgement:
    """What rules for texts say; where two claim one span, the graver and surer stays.

    `name` is the whole name of a file whose stem the text is: its ending tells what it is of. Of
    the name of an entry in a tree of `software`, rules for names say what is unusual there.
    """
    heard = _Heard(text, name or text, lexicon, software)
    found: list[Hit] = []
    complete = True
    for rule in rules:
        try:
            found.extend(heard.hits(rule))
        except TimeoutError:
            complete = False
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
