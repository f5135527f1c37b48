"""Leftovers: what a pipeline, a program or a person left behind, where findings lie in it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from vestige.catalog import Catalog, KnownMatch, Leftover, Leftovers, Policy, Rule
from vestige.correlate import many
from vestige.model import Band, Claim, Where
from vestige.store import Store
from vestige.text import first_readings, readings

LEFTOVER = "leftover"
"""The check that rules about leftovers name."""

_WEIGHTY = Band.MEDIUM
"""Severity of a finding from which on a leftover in which it lies is worth a look of its own."""

_TOGETHER = 10_000
"""Names of leftovers of which it is asked at once what was found in the files."""


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
    for leftover, entries in _files(store, catalog):
        found.setdefault(leftover, []).extend(entries)
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


def _files(store: Store, catalog: Catalog) -> list[tuple[Leftover, list[int]]]:
    """The files that were left behind with findings in them, in the order of the first of each."""
    named = _named(store, catalog.tables.leftovers)
    found: dict[Leftover, list[int]] = {}
    while some := dict(islice(named, _TOGETHER)):
        for number in store.weight.files(_WEIGHTY, some):
            found.setdefault(some[number], []).append(number)
    return sorted(found.items(), key=lambda one: min(one[1]))


def _named(store: Store, leftovers: Leftovers) -> Iterator[tuple[int, Leftover]]:
    """The entries whose name is that of a file that was left behind.

    Where few files are of weight no others are asked for.
    Names of one form are asked for together, for most are of forms that none has.
    """
    few = store.weight.few(_WEIGHTY, _TOGETHER)
    groups = store.outline.stretches(_TOGETHER) if few is None else (few,)
    for entries, names in groups:
        texts = first_readings(names)
        forms = many.forms(texts)
        telling = frozenset(filter(leftovers.may_be_file, set(forms)))
        for number, text, form in zip(entries, texts, forms, strict=True) if telling else ():
            if form in telling and (leftover := leftovers.file(text)) is not None:
                yield number, leftover


def claim_of(rule: Rule, leftover: Leftover) -> Claim:
    """What is told of a leftover: what it is, and which stage of a pipeline it betrays."""
    stage = f" (stage: {leftover.stage})" if leftover.stage else ""
    return replace(rule.claim, title=f"{rule.title}: {leftover.what}{stage}")
