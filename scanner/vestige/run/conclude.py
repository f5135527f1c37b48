"""Conclude: what all entries of a scan together tell, once each has been examined."""

from vestige.run.copies import judge_copies
from vestige.run.correlation import correlate
from vestige.run.keys import judge_tables
from vestige.run.known import know
from vestige.run.leftovers import judge_leftovers
from vestige.run.linking import begun, link
from vestige.run.plan import Plan
from vestige.run.volume import judge_volume
from vestige.store import Store


def conclude(plan: Plan, store: Store) -> None:
    """Keep what all entries together tell, each step upon what those before it have found.

    Families first, for they name persons; then who is known, which makes names and texts telling;
    then tables of persons, claims and copies, which ask what is clean and what names somebody; at
    last what was left behind, where any of that was found. Codes are tried meanwhile, beside all
    that, where more than one process may work.
    """
    seconds = plan.crack_seconds
    subjects = begun(store, plan.catalog, plan.policy, seconds, aside=plan.jobs > 1)
    correlate(store, plan.catalog, plan.policy, plan.key)
    know(store, plan.catalog, plan.policy, plan.key, plan.roster)
    judge_tables(store, plan.catalog, plan.policy, plan.key)
    judge_volume(store, plan.catalog, plan.policy)
    judge_copies(store, plan.catalog, plan.policy)
    link(store, subjects, (plan.catalog, plan.policy), plan.key, seconds)
    judge_leftovers(store, plan.catalog, plan.policy)
