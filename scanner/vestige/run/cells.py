"""Cells: what the distinct cells of a column are, taken together, where nothing else says it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vestige.catalog import Catalog, FamilyMatch, Policy, Rule
from vestige.correlate.families import families
from vestige.correlate.reasons import of_family
from vestige.correlate.templates import FoundFamily, Sibling
from vestige.lexicon import Lexicon
from vestige.model import Certainty, FamilyKind, Place, Where
from vestige.run.causes import Cause, Causes

FEWEST = 6
"""Distinct cells at least: fewer are no set."""

_MOST = 600
"""Distinct cells that are looked at: so many say what a column holds."""

_LONGEST = 64
_SHARE = 0.5
"""Share of the cells that must belong to a family for it to say what the column holds."""

_MEMO = 4_096


class Cells:
    """Judges columns; one lives in each worker. Columns with the same cells are judged once."""

    def __init__(self, catalog: Catalog, policy: Policy, causes: Causes) -> None:
        self._lexicon: Lexicon = catalog.lexicon
        self._causes = causes
        self._known: dict[tuple[Place, tuple[str, ...]], tuple[int, ...]] = {}
        self._rules: dict[tuple[FamilyKind, Certainty], Rule] = {
            (rule.match.kind, verdict): rule
            for rule in catalog.rules
            if isinstance(rule.match, FamilyMatch)
            and Where.BESIDE in rule.where
            and policy.counts(rule.id)
            for verdict in rule.match.verdicts
        }

    def said(self, place: Place, cells: Iterable[str]) -> tuple[int, ...]:
        """The causes of what the cells of a column are together, and the values of each."""
        some = _some(cells)
        if len(some) < FEWEST or not self._rules:
            return ()
        found = self._known.get((place, some))
        if found is None:
            if len(self._known) >= _MEMO:
                self._known.clear()
            found = self._known[place, some] = self._judged(place, some)
        return found

    def _judged(self, place: Place, cells: tuple[str, ...]) -> tuple[int, ...]:
        siblings = [Sibling(number, cell) for number, cell in enumerate(cells)]
        numbers: dict[int, None] = {}
        for family in families(siblings, self._lexicon):
            rule = self._rules.get((family.kind, family.verdict))
            if rule is not None and len(family.members) >= _SHARE * len(cells):
                numbers.update(dict.fromkeys(self._told(place, family, rule)))
        return tuple(numbers)

    def _told(self, place: Place, family: FoundFamily, rule: Rule) -> Iterable[int]:
        if not isinstance(rule.match, FamilyMatch):
            return
        claim = replace(rule.claim, certainty=rule.match.verdicts[family.verdict])
        number = self._causes.number(
            Cause(claim, place.where, place.pointer, "", of_family(family))
        )
        yield number
        for member in family.members:
            value = self._causes.note(number, member.value.reveal())
            yield self._causes.more(number) if value is None else value


def _some(cells: Iterable[str]) -> tuple[str, ...]:
    """Cells that may be names or numbers, so many as are looked at."""
    kept: Sequence[str] = sorted({cell for cell in cells if 1 < len(cell) <= _LONGEST})
    step = -(-len(kept) // _MOST) or 1
    return tuple(kept[::step])
