"""The judge: one observation and the catalog to hits, each distinct text once."""

from vestige.catalog import Catalog, PatternMatch, Policy, Rule, WordsMatch
from vestige.detect import pattern
from vestige.detect.elements import ElementRules
from vestige.detect.words import NameLike, person_names
from vestige.lexicon import Lexicon
from vestige.model import Declaration, Hit, Observation, Place, Sensitive, Where
from vestige.text import TokenKind, normal, tokens

_FREE_TEXT_VRS = frozenset({"LO", "LT", "SH", "ST", "UC", "UT", "OB", "OW", "UN", "CS", ""})
"""VRs in which people write sentences, or which may hide text."""

_NAMED_CLASSES = frozenset({"direct-identifier", "pseudonym", "staff", "site"})
"""Attributes whose whole value is the finding: no need to look for names inside."""

_LONGEST_TEXT = 65_536
_MEMO_LIMIT = 200_000


class Judge:
    """Rules applied to texts, with a bounded memo on declaration, place and text."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        self._catalog = catalog
        self._lexicon = catalog.lexicon
        self._elements = ElementRules(catalog, policy)
        self._rules: dict[Where, tuple[Rule, ...]] = {
            where: tuple(
                rule
                for rule in catalog.rules
                if where in rule.where
                and policy.counts(rule.id)
                and isinstance(rule.match, PatternMatch | WordsMatch)
            )
            for where in Where
        }
        self._memo: dict[tuple[Declaration, Place, str], tuple[Hit, ...]] = {}

    def hits(self, observation: Observation, declared: Declaration) -> tuple[tuple[Hit, ...], bool]:
        """The hits in one text, and whether it was judged now (not remembered)."""
        key = (declared, observation.place, observation.text.reveal())
        known = self._memo.get(key)
        if known is not None:
            return known, False
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        hits = self._judge(observation, declared)
        self._memo[key] = hits
        return hits, True

    def _judge(self, observation: Observation, declared: Declaration) -> tuple[Hit, ...]:
        place = observation.place
        by_table = self._elements.hits(observation, declared)
        if not self._is_free_text(place):
            return by_table
        text = normal(observation.text.reveal())[:_LONGEST_TEXT]
        if place.where is Where.PATH:
            text = _stem(text)
        return (*by_table, *text_hits(text, self._rules[place.where], self._lexicon))

    def _is_free_text(self, place: Place) -> bool:
        if place.where in (Where.PATH, Where.PREAMBLE, Where.TRAILING):
            return True
        row = self._catalog.tables.attribute(place.tag)
        named = row is not None and row.row_class in _NAMED_CLASSES
        return place.vr in _FREE_TEXT_VRS and not named


def text_hits(text: str, rules: tuple[Rule, ...], lexicon: Lexicon) -> tuple[Hit, ...]:
    """Hits of pattern and words rules; where two claim one span, the graver and surer stays."""
    found: list[Hit] = []
    names: tuple[NameLike, ...] | None = None
    for rule in rules:
        if isinstance(rule.match, PatternMatch):
            found.extend(pattern.hits(rule, rule.match, text, lexicon))
        elif isinstance(rule.match, WordsMatch):
            if names is None:
                names = person_names(text, lexicon)
            found.extend(_word_hits(rule, rule.match, text, names))
    found.sort(key=lambda hit: (-hit.claim.severity, -hit.certainty, hit.span, hit.claim.rule))
    kept: list[Hit] = []
    for hit in found:
        if not any(hit.span[0] < k.span[1] and k.span[0] < hit.span[1] for k in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: (hit.span, hit.claim.rule)))


def _word_hits(rule: Rule, match: WordsMatch, text: str, names: tuple[NameLike, ...]) -> list[Hit]:
    return [
        Hit(rule.claim, name.span, Sensitive(text[slice(*name.span)]), rule.certainty)
        for name in names
        if str(name.shape) in match.shapes and match.at_least <= name.score < match.below
    ]


def _stem(name: str) -> str:
    """A file name without its known extensions."""
    found = tokens(name)
    if found and found[-1].kind is TokenKind.EXTENSION:
        first = next(t for t in found if t.kind is TokenKind.EXTENSION)
        stem = name[: first.start].rstrip(".")
        return stem or name
    return name
