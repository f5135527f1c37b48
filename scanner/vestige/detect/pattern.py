"""Pattern rules: regular expressions with a captured value."""

from collections.abc import Callable, Iterator
from enum import Enum
from functools import lru_cache

from regex import Match, Pattern

from vestige.catalog import TIME_LIMIT, PatternMatch, Rule
from vestige.detect import reasons
from vestige.detect.checks import check
from vestige.detect.plain import are_unknown
from vestige.detect.words import odds_of
from vestige.lexicon import Lexicon
from vestige.model import Hit
from vestige.sensitive import Sensitive
from vestige.text import normal, words


def holds(match: PatternMatch, text: str) -> bool:
    """Whether a text holds what the expression needs."""
    return match.needs is None or match.needs.of_text.search(text) is not None


def may_hold(match: PatternMatch, form: str) -> bool:
    """Whether a text of that form may hold what the expression needs."""
    needs = match.needs
    return needs is None or needs.of_form is None or _found(needs.of_form, form)


@lru_cache(maxsize=32)
def _found(needs: Pattern[str], text: str) -> bool:
    """Whether there is anything; several rules need the same of one text."""
    return needs.search(text) is not None


class Failed(Enum):
    """What is asked of a captured value, and is not so."""

    NOTHING = ""
    WORDS = "words"
    CHECK = "check"


def hits(rule: Rule, match: PatternMatch, text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Hits of the rule in the text; TimeoutError if the expression runs past its limit."""
    if holds(match, text):
        yield from found(rule, match, text, lexicon)


def found(rule: Rule, match: PatternMatch, text: str, lexicon: Lexicon) -> list[Hit]:
    """The same of a text that holds what the expression needs."""
    told = []
    for one in _search(match, text):
        value = one["value"]
        if value and _failed(match, value, lexicon) is Failed.NOTHING:
            told.append(_hit(rule, match, value, one.span("value"), lexicon))
    return told


def _hit(
    rule: Rule, match: PatternMatch, value: str, span: tuple[int, int], lexicon: Lexicon
) -> Hit:
    explain = _explaining(match, value, lexicon)
    return Hit(rule.claim, span, Sensitive(value), rule.certainty, explain)


SHORT = 255
"""Characters of a text, as long as names of entries are, in which what `ends_soon` may search
without a clock: to look at that takes longer than most of these searches."""


def captured(
    match: PatternMatch, text: str, lexicon: Lexicon
) -> Iterator[tuple[tuple[int, int], Failed]]:
    """What the expression captures, and what of the rest that is asked fails; or TimeoutError."""
    for one in _search(match, text):
        if value := one.group("value"):
            yield one.span("value"), _failed(match, value, lexicon)


def _search(match: PatternMatch, text: str) -> Iterator[Match[str]]:
    if match.ends_soon and len(text) <= SHORT:
        found: Iterator[Match[str]] = match.expression.compiled.finditer(text)
    else:
        found = match.expression.compiled.finditer(text, timeout=TIME_LIMIT)
    return found


def _failed(match: PatternMatch, value: str, lexicon: Lexicon) -> Failed:
    if match.words and not _are_words(match.words, value, lexicon):
        return Failed.WORDS
    if match.check and not check(match.check)(value):
        return Failed.CHECK
    return Failed.NOTHING


def _explaining(match: PatternMatch, value: str, lexicon: Lexicon) -> Callable[[], str]:
    return lambda: reasons.of_pattern(match, value, lexicon)


def _are_words(wanted: str, value: str, lexicon: Lexicon) -> bool:
    """Whether a value is of the words that a rule asks for."""
    among = words(value)
    if wanted != "surname":
        told = among if value.isascii() else words(normal(value))
        if not are_unknown(told, lexicon):
            return False
    return wanted == "unknown" or odds_of(value, among, lexicon) > 0
