"""Conclude: what all entries of a scan together tell, once each has been examined."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from vestige.catalog import Catalog, Policy
from vestige.correlate.templates import Placed
from vestige.run.aside import Aside
from vestige.run.copies import judge_copies
from vestige.run.correlation import correlate, families_of
from vestige.run.keys import judge_tables
from vestige.run.known import know
from vestige.run.leftovers import judge_leftovers
from vestige.run.linking import begun, link
from vestige.run.plan import Plan
from vestige.run.since import SCAN_FILE
from vestige.run.volume import judge_volume
from vestige.store import Store, failures

_MEMBERS = 20_000
"""Members of families that one process tells another; more are found where they are kept."""


def conclude(plan: Plan, store: Store) -> None:
    """Keep what all entries together tell, each step upon what those before it have found.

    Families first, for they name persons; then who is known, which makes names and texts telling;
    then tables of persons, claims and copies, which ask what is clean and what names somebody; at
    last what was left behind, where any of that was found. Where more than one process may work,
    families and copies are looked for beside the subjects, and codes are tried beside all that.
    """
    seconds, apart = plan.crack_seconds, plan.jobs > 1
    reading = _Reading(plan.out / SCAN_FILE, plan.catalog, plan.policy) if apart else None
    subjects = begun(store, plan.catalog, plan.policy, seconds, aside=apart)
    families, copied = (None, True) if reading is None else reading.done()
    if families is None:
        families = families_of(store, plan.catalog, plan.policy)
    correlate(store, plan.catalog, plan.policy, plan.key, families)
    know(store, plan.catalog, plan.policy, plan.key, plan.roster)
    judge_tables(store, plan.catalog, plan.policy, plan.key)
    judge_volume(store, plan.catalog, plan.policy)
    if copied:
        judge_copies(store, plan.catalog, plan.policy)
    link(store, subjects, (plan.catalog, plan.policy), plan.key, seconds)
    judge_leftovers(store, plan.catalog, plan.policy)


class _Reading:
    """What asks nothing but entries, read by processes beside this one.

    They read the scan file by connections of their own, which lock it: nothing may be written until
    all of them are done.
    """

    def __init__(self, file: Path, catalog: Catalog, policy: Policy) -> None:
        self._families = Aside(partial(_few_families, file, catalog, policy))
        self._copied = Aside(partial(_has_copies, file))

    def done(self) -> tuple[Sequence[Placed] | None, bool]:
        """The families, None if they are too large to be told, and whether there are copies."""
        return self._families.result(), self._copied.result()


def _few_families(file: Path, catalog: Catalog, policy: Policy) -> Sequence[Placed] | None:
    with failures(), closing(Store.open(file, read_only=True)) as store:
        found = families_of(store, catalog, policy)
    return found if sum(len(one.family.members) for one in found) <= _MEMBERS else None


def _has_copies(file: Path) -> bool:
    with failures(), closing(Store.open(file, read_only=True)) as store:
        return next(store.copies(), None) is not None
