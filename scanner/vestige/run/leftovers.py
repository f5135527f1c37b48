"""Leftovers: what a pipeline, a program or a person left behind, where findings lie in it."""

from collections.abc import Iterator
from dataclasses import replace

from vestige.catalog import Catalog, KnownMatch, Leftover, Policy, Rule
from vestige.model import Band, Claim, Where
from vestige.store import Store
from vestige.text import readings

LEFTOVER = "leftover"
"""The check that rules about leftovers name."""

_WEIGHTY = Band.MEDIUM
"""Severity of a finding from which on a leftover in which it lies is worth a look of its own."""


def judge_leftovers(store: Store, catalog: Catalog, policy: Policy) -> None:
    """Keep what the rule about leftovers says of folders and files with findings in them."""
    for rule in catalog.rules:
        asked = isinstance(rule.match, KnownMatch) and rule.match.check == LEFTOVER
        if asked and policy.counts(rule.id):
            _judge(store, rule, catalog)


def _judge(store: Store, rule: Rule, catalog: Catalog) -> None:
    folders = dict(_folders(store, catalog))
    found: dict[Leftover, list[int]] = {}
    for number in sorted(store.weight.folders(_WEIGHTY, folders)):
        found.setdefault(folders[number], []).append(number)
    for number, name in store.weight.files(_WEIGHTY):
        leftover = catalog.tables.leftovers.file(readings(name)[0])
        if leftover is not None:
            found.setdefault(leftover, []).append(number)
    for leftover, entries in found.items():
        number = store.finding(claim_of(rule, leftover), Where.PATH, leftover.key, "", "")
        store.attach_to_entries(number, entries)


def _folders(store: Store, catalog: Catalog) -> Iterator[tuple[int, Leftover]]:
    """The uppermost folders that were left behind; what lies in one of them belongs to it."""
    roots = store.roots()
    found = (
        (number, leftover)
        for number, name in store.directories()
        if number not in roots
        and (leftover := catalog.tables.leftovers.folder(readings(name)[0])) is not None
    )
    last = 0
    for number, leftover in found:
        if number > last:
            last = store.lasts((number,)).get(number, number)
            yield number, leftover


def claim_of(rule: Rule, leftover: Leftover) -> Claim:
    """What is told of a leftover: what it is, and which stage of a pipeline it betrays."""
    stage = f" (stage: {leftover.stage})" if leftover.stage else ""
    return replace(rule.claim, title=f"{rule.title}: {leftover.what}{stage}")
