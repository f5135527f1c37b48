"""Volume: what all series together tell of the claims that their objects make."""

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from sys import intern

from vestige.catalog import Catalog, Policy, Rule, VolumeMatch
from vestige.correlate import claims, faces
from vestige.correlate.claims import Series, is_called_clean
from vestige.correlate.volume import check
from vestige.model import Band, Finding, Where
from vestige.store import Store
from vestige.text import readings

_READ = claims.READ | faces.READ
"""The facts that checks read; all series of a volume are held at once, without their others."""

PLACE = "series"
"""The place of what is said of a series beside others."""


def judge_volume(store: Store, catalog: Catalog, policy: Policy) -> None:
    """Keep what the volume rules say, as findings of the files of the series concerned."""
    rules = [
        (rule, rule.match)
        for rule in catalog.rules
        if isinstance(rule.match, VolumeMatch) and policy.counts(rule.id)
    ]
    volume = tuple(_series(store)) if rules else ()
    for rule, match in rules:
        found = sorted(check(match.check)(volume, catalog.tables))
        if found:
            store.attach(_finding(store, rule), found)


def _finding(store: Store, rule: Rule) -> int:
    return store.finding(rule.claim, Where.HEADER, PLACE, "", "")


def _series(store: Store) -> Iterator[Series]:
    known = store.series_below(named(store))
    called = store.series_below(_called_clean(store))
    for row in store.series_rows():
        worst = Band.INFO if row.worst is None else row.worst
        facts = {key: intern(text) for key, text in row.facts.items() if key in _READ}
        yield Series(row.id, facts, row.files, worst, row.id in known, row.id in called)


def named(store: Store) -> Iterator[int]:
    """The entries whose name identifies somebody, alone or as one of a family, in pre-order."""
    telling = {one.id for one in store.findings() if _identifies(one)}
    members = sorted(entry for entry, family in store.member_of().items() if family in telling)
    sets = [number for number, found in store.sets().items() if telling.intersection(found)]
    holding = (one.entry for one in store.holdings.entries(sets)) if sets else ()
    return (entry for entry, _ in groupby(merge(holding, members)))


def _identifies(one: Finding) -> bool:
    direct = one.claim.identifies == "direct" and one.claim.severity >= Band.HIGH
    return direct and one.where is Where.PATH


def _called_clean(store: Store) -> Iterator[int]:
    """The directories whose name says that their content was de-identified, in pre-order."""
    for number, name in store.directories():
        if is_called_clean(readings(name)[0]):
            yield number
