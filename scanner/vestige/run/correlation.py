"""Correlation: the stored tree to families, kept as findings of their own."""

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vestige.catalog import Catalog, FamilyMatch, Policy, Rule
from vestige.correlate.families import NameFamily, Sibling, families
from vestige.digits import form_of
from vestige.model import Band, Certainty, Claim, Family, Where
from vestige.sensitive import Sensitive
from vestige.software import is_telling
from vestige.store import Store
from vestige.text import readings, shown

_EXAMPLES = 5
_MOST = 0.8
"""Share of a family's names that must be telling in a tree of software for it to count fully."""
_FEWEST_FORMS = 3
"""Names that differ in more than their digits; a family of names of people has twice as many."""


def correlate(store: Store, catalog: Catalog, policy: Policy, key: bytes) -> None:
    """Find the families among all siblings, and keep them."""
    rules = {
        verdict: rule
        for rule in catalog.rules
        if isinstance(rule.match, FamilyMatch)
        and Where.PATH in rule.where
        and policy.counts(rule.id)
        for verdict in rule.match.verdicts
    }
    found = sorted(_found(store, catalog), key=lambda one: one[0])
    for parent, family in found:
        rule = rules.get(family.verdict)
        if rule is not None:
            _keep(store, parent, family, rule, key)


def _found(store: Store, catalog: Catalog) -> Iterator[tuple[int, NameFamily]]:
    trees = [(tree.first, tree.last) for tree in store.software()]
    for parent, group in store.sibling_groups():
        if len({form_of(name) for _, name in group}) >= _FEWEST_FORMS:
            siblings = [Sibling(number, readings(name)[0]) for number, name in group]
            for family in families(siblings, catalog.lexicon):
                yield parent, _in_context(family, siblings, trees)


def _in_context(
    family: NameFamily, siblings: Sequence[Sibling], trees: Sequence[tuple[int, int]]
) -> NameFamily:
    """A family in a tree of software is to be looked at, no more, where words alone speak for it.

    `trees` are first and last entries, in order. A UUID, a date or a number of a person beside
    the words, a caret or a comma between them tell of people there as anywhere.
    """
    at = bisect_right(trees, (siblings[0].entry, sys.maxsize)) - 1
    if at < 0 or siblings[0].entry > trees[at][1]:
        return family
    names = {sibling.entry: sibling.name for sibling in siblings}
    telling = sum(is_telling(names[member.entry]) for member in family.members)
    if telling >= _MOST * len(family.members):
        return family
    return replace(family, verdict=Certainty.REVIEW)


def _keep(store: Store, parent: int, found: NameFamily, rule: Rule, key: bytes) -> None:
    if not isinstance(rule.match, FamilyMatch):
        return
    claim = replace(rule.claim, certainty=rule.match.verdicts[found.verdict])
    family = _facts(store, parent, found)
    place = f"{family.template} below entry {parent}"
    digest = Sensitive(place).digest(key)
    number = store.finding(
        _claim(claim, family), Where.PATH, family.template, digest, family.examples[0]
    )
    store.family(number, family, [member.entry for member in found.members])
    for member in found.members:
        store.value(number, member.value.digest(key), member.value.masked)


def _claim(claim: Claim, family: Family) -> Claim:
    """The claim, of medium severity at most where the judge of names is in doubt."""
    doubtful = family.verdict is Certainty.REVIEW
    return replace(claim, severity=min(claim.severity, Band.MEDIUM)) if doubtful else claim


def _facts(store: Store, parent: int, found: NameFamily) -> Family:
    files = size = 0
    first, last = 0, 0
    states: set[str] = set()
    for member in found.members:
        counts = store.below(member.entry)
        files += counts[0]
        size += counts[1]
        if counts[0]:
            first = min(first or counts[2], counts[2])
            last = max(last, counts[3])
        dicom, worst = store.header_severities(member.entry)
        if dicom:
            states.add("dirty" if worst >= Band.MEDIUM else "clean")
    return Family(
        parent=parent,
        template=found.template,
        verdict=found.verdict,
        members=len(found.members),
        distinct=found.distinct,
        share=found.share,
        files=files,
        bytes=size,
        subjects=found.distinct,
        first_written=first,
        last_written=last,
        headers="mixed" if len(states) > 1 else next(iter(states), "none"),
        examples=tuple(
            shown(readings(store.row(member.entry).name)[0], (), _nothing)
            for member in found.members[:_EXAMPLES]
        ),
    )


def _nothing(_word: str) -> bool:
    """No word is shown: each may be the name."""
    return False
