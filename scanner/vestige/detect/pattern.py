"""Pattern rules: regular expressions with a captured value."""

from collections.abc import Iterator

from vestige.catalog import TIME_LIMIT, PatternMatch, Rule
from vestige.detect.checks import check
from vestige.detect.words import name_like
from vestige.lexicon import Lexicon
from vestige.model import Hit
from vestige.sensitive import Sensitive


def hits(rule: Rule, match: PatternMatch, text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Hits of the rule in the text; TimeoutError if the expression runs past its limit."""
    for found in match.expression.finditer(text, timeout=TIME_LIMIT):
        value = found.group("value")
        if not value:
            continue
        if match.words and name_like(value, lexicon) <= 0:
            continue
        if match.check and not check(match.check)(value):
            continue
        yield Hit(rule.claim, found.span("value"), Sensitive(value), rule.certainty)
