"""Grounds: what a gate asks of a scan file beside findings and coverage."""

from vestige.gate import TOLD, Grounds
from vestige.model import Kind
from vestige.run.plan import Plan
from vestige.run.traces import CUT
from vestige.store import Store

GATE = "gate"
"""Notes in a scan file that it is of a gate, and what the gate was told."""


def note(store: Store, plan: Plan, allowed: frozenset[str]) -> None:
    """Keep that the scan is of a gate: from now on all is asked that a gate asks."""
    counting = sum(plan.policy.counts(rule.id) for rule in plan.catalog.rules)
    told = {"rules": counting, "allowed": sorted(allowed), "clearing": plan.clearing}
    store.note(GATE, told)
    store.commit()


def grounds_of(store: Store) -> Grounds | None:
    """What the gate asks of a scan; None if the scan is of no gate."""
    noted = store.noted(GATE)
    if not isinstance(noted, dict):
        return None
    clearing = store.clearing
    return Grounds(
        rules=int(noted["rules"]),
        problems=clearing.problem_entries(),
        texts_cut=bool(store.noted(CUT)),
        unknown_classes=clearing.of_unknown_class(),
        empty_roots=clearing.empty_roots(),
        links=clearing.of_kind(Kind.LINK),
        specials=clearing.of_kind(Kind.SPECIAL),
        undigested=clearing.without_digest() if noted["clearing"] else 0,
        otherwise=clearing.problems_otherwise(TOLD),
        allowed=frozenset(noted["allowed"]),
    )
