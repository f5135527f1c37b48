"""Correlation: the stored tree to families, kept as findings of their own."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vestige.catalog import Catalog, FamilyMatch, Policy, Rule
from vestige.correlate.kindred import kindred
from vestige.correlate.nested import outermost
from vestige.correlate.reasons import of_family
from vestige.correlate.templates import FoundFamily, Placed, Siblings
from vestige.model import Band, Certainty, Claim, Family, FamilyKind, Where
from vestige.run.in_software import InSoftware
from vestige.sensitive import Sensitive
from vestige.store import Store
from vestige.text import first_readings, readings, shown

_EXAMPLES = 5

_Rules = dict[tuple[FamilyKind, Certainty], Rule]


def correlate(
    store: Store, catalog: Catalog, policy: Policy, key: bytes, families: Sequence[Placed]
) -> None:
    """Keep the families that were found among all entries."""
    rules = _rules(catalog, policy)
    software = InSoftware(store)
    for one in families:
        rule = rules[one.family.kind, one.family.verdict]
        number = _keep(store, one.parent, one.family, rule, key)
        store.explain(number, of_family(one.family, in_software=software.is_weak(one)))


def _rules(catalog: Catalog, policy: Policy) -> _Rules:
    """The rules about families, by the kind and the verdict that they are about."""
    return {
        (rule.match.kind, verdict): rule
        for rule in catalog.rules
        if isinstance(rule.match, FamilyMatch)
        and Where.PATH in rule.where
        and policy.counts(rule.id)
        for verdict in rule.match.verdicts
    }


def families_of(store: Store, catalog: Catalog, policy: Policy) -> Sequence[Placed]:
    """The families that a rule is about, in the order of the directories that hold them."""
    rules, software = _rules(catalog, policy), InSoftware(store)
    every = map(software.judged, kindred(_directories(store), catalog.lexicon))
    telling = [one for one in every if (one.family.kind, one.family.verdict) in rules]
    members = {member.entry for one in telling for member in one.family.members}
    told = outermost(telling, store.lasts(members))
    told = [one for one in told if (one.family.kind, one.family.verdict) in rules]
    return sorted(told, key=lambda one: (one.parent, one.family.kind, one.family.template))


def _directories(store: Store) -> Iterator[tuple[int, Siblings]]:
    for directory, entries, names in store.sibling_groups():
        yield directory, Siblings(entries, first_readings(names))


def _keep(store: Store, parent: int, found: FoundFamily, rule: Rule, key: bytes) -> int:
    """The number of the finding of a family."""
    if not isinstance(rule.match, FamilyMatch):
        return 0
    claim = replace(rule.claim, certainty=rule.match.verdicts[found.verdict])
    family = _facts(store, parent, found)
    digest = Sensitive(_place(store, family)).digest(key)
    number = store.finding(
        _claim(claim, family), Where.PATH, family.template, digest, family.examples[0]
    )
    store.family(number, family, [*(member.entry for member in found.members), *found.told])
    for member in found.members:
        store.value(number, member.value.digest(key), member.value.masked)
    return number


def _place(store: Store, family: Family) -> str:
    """Where a family stands, whatever the numbers of entries are: the way from its root."""
    place = f"{family.template} below {os.fsdecode(store.way(family.parent))}"
    return place if family.kind is FamilyKind.NAMES else f"{family.kind} {place}"


def _claim(claim: Claim, family: Family) -> Claim:
    """The claim, of medium severity at most where the judge of names is in doubt."""
    doubtful = family.verdict is Certainty.REVIEW
    return replace(claim, severity=min(claim.severity, Band.MEDIUM)) if doubtful else claim


def _facts(store: Store, parent: int, found: FoundFamily) -> Family:
    entries = [member.entry for member in found.members]
    below = store.below(entries)
    return Family(
        parent=parent,
        template=found.template,
        verdict=found.verdict,
        members=len(entries),
        distinct=found.distinct,
        share=found.share,
        files=below.files,
        bytes=below.bytes,
        subjects=found.subjects,
        first_written=below.first_written,
        last_written=below.last_written,
        headers=_HEADERS[store.dirty_headers(entries)],
        examples=tuple(
            shown(readings(store.row(entry).name)[0], (), _nothing) for entry in entries[:_EXAMPLES]
        ),
        kind=found.kind,
    )


_HEADERS = {
    frozenset[bool](): "none",
    frozenset({False}): "clean",
    frozenset({True}): "dirty",
    frozenset({False, True}): "mixed",
}


def _nothing(_word: str) -> bool:
    """No word is shown: each may be the name."""
    return False
