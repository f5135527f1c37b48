"""Phantom copies: instances of which a volume holds two files, one of which says who it is."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby
from operator import itemgetter

from vestige.catalog import Catalog, KnownMatch, Policy, Rule
from vestige.correlate.copies import Copy, Pair, pairs, title
from vestige.model import Band, Where
from vestige.run.paths import Paths
from vestige.run.volume import named
from vestige.store import Store

PHANTOM = "phantom-copy"
"""The check that rules about copies name."""

PLACE = "(0008,0018)"


def judge_copies(store: Store, catalog: Catalog, policy: Policy) -> None:
    """Keep what the rule about copies says of trees that hold the same images."""
    for rule in catalog.rules:
        asked = isinstance(rule.match, KnownMatch) and rule.match.check == PHANTOM
        if asked and policy.counts(rule.id):
            found = pairs(_groups(store))
            paths = Paths(store, catalog.lexicon)
            for pair, entries in found.items():
                _keep(store, rule, pair, entries, paths)


def _keep(store: Store, rule: Rule, pair: Pair, entries: list[int], paths: Paths) -> None:
    masked = {number: paths.path(number) if number else "" for number in pair[1:]}
    claim = replace(rule.claim, title=title(pair, len(entries), masked))
    number = store.finding(claim, Where.HEADER, PLACE, "", "")
    store.attach_to_entries(number, entries)


def _groups(store: Store) -> Iterator[list[Copy]]:
    """The copies of each instance that has more than one."""
    copies = store.copies()
    first = next(copies, None)
    if first is None:
        return
    tops = list(_tops(store))
    firsts = [top[0] for top in tops]
    dirty, clean = _headers(store)
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for _, rows in groupby(chain((first,), copies), itemgetter(0)):
        group = []
        for _, entry, parent, found in rows:
            place = bisect_right(firsts, entry) - 1
            top = tops[place] if place >= 0 else (0, 0, 0)
            tree = top[2] if top[0] <= entry <= top[1] else 0
            way = (*_way(store, parent, ways), entry)
            group.append(Copy(entry, way, tree, found in dirty, found in clean))
        yield group


def _way(store: Store, number: int, known: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """The directories from the root down to one of them."""
    way = known.get(number)
    if way is None:
        way = known[number] = (*_way(store, store.row(number).parent, known), number)
    return way


def _tops(store: Store) -> Iterator[tuple[int, int, int]]:
    """The uppermost entries that are named after somebody: first and last entry, and where."""
    covered = 0
    for entry in named(store):
        if entry > covered:
            covered = store.lasts((entry,)).get(entry, entry)
            yield entry, covered, store.row(entry).parent or entry


def _headers(store: Store) -> tuple[set[int], set[int]]:
    """Sets of findings of headers that name somebody, and of those in which nothing weighs."""
    severities = {
        one.id: one.claim.severity
        for one in store.findings()
        if one.where is not Where.PATH and one.claim.identifies not in {"claim", "pixels"}
    }
    dirty, clean = set[int](), {0}
    for number, members in store.sets().items():
        worst = max((severities[m] for m in members if m in severities), default=Band.INFO)
        if worst >= Band.HIGH:
            dirty.add(number)
        elif worst < Band.MEDIUM:
            clean.add(number)
    return dirty, clean
