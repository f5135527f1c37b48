"""Pattern rules: regular expressions with a captured value."""

import re
from collections.abc import Iterator
from functools import lru_cache

from vestige.catalog import TIME_LIMIT, PatternMatch, Rule
from vestige.detect.checks import check
from vestige.detect.plain import are_unknown
from vestige.detect.words import name_like
from vestige.lexicon import Lexicon
from vestige.model import Hit
from vestige.sensitive import Sensitive

_NEEDS = {
    "digits": re.compile(r"(?:\d\D*){5}"),
    "at": re.compile(r"@|(?i:[\[(]at[\])])"),
    "link": re.compile("://"),
    "labelled": re.compile(r"[^\W\d_][\W_]{0,8}\d(?:[ ._/()-]{0,2}\d){4}"),
    "date": re.compile(
        r"(?<!\d)(?:\d{8}(?!\d)|\d{4}[-_./ ]\d\d?[-_./ ]\d\d?(?!\d)"
        r"|\d\d?[-_./ ]\d\d?[-_./ ]\d{4}(?!\d)|\d\d?[^\W\d]{0,2}[-_./ ]{0,2}(?:d[ei] )?"
        r"[^\W\d_]{3,12}[-_./, ]{0,3}(?:del? )?\d{4}(?!\d)"
        r"|\d{4}[-_./ ]{0,2}[^\W\d_]{3,12}[-_./ ]{0,2}\d"
        r"|[^\W\d_]{3,12}\.?[-_. ]\d\d?[^\W\d]{0,2},?[-_. ]\d{4}(?!\d))"
    ),
    "network": re.compile(r"\d\.\d{1,3}\.\d|::|(?::[0-9A-Fa-f]{1,4}){3}"),
    "colons": re.compile(r"[:-][^:-]*[:-]"),
}


@lru_cache(maxsize=32)
def holds(needs: str, text: str) -> bool:
    """Whether a text holds what an expression needs; the same for all texts of one form."""
    return not needs or _NEEDS[needs].search(text) is not None


def hits(rule: Rule, match: PatternMatch, text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Hits of the rule in the text; TimeoutError if the expression runs past its limit."""
    if not holds(match.needs, text):
        return
    for found in match.expression.finditer(text, timeout=TIME_LIMIT):
        value = found.group("value")
        if not value:
            continue
        if match.words and not _are_words(match.words, value, lexicon):
            continue
        if match.check and not check(match.check)(value):
            continue
        yield Hit(rule.claim, found.span("value"), Sensitive(value), rule.certainty)


def _are_words(wanted: str, value: str, lexicon: Lexicon) -> bool:
    """Whether a value is of the words that a rule asks for."""
    if wanted != "surname" and not are_unknown(value, lexicon):
        return False
    return wanted == "unknown" or name_like(value, lexicon) > 0
