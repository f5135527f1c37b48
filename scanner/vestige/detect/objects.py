"""Object rules: what a DICOM object states as a whole, beside what was found in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vestige.catalog import Catalog, ObjectMatch, Policy, Rule
from vestige.detect import claims, pixels, uids
from vestige.detect.claims import Said, Stated
from vestige.model import Claim, RuleError
from vestige.statement import Statement

Check = Callable[[Stated], str]
"""What gives the place of which a rule's claim holds in an object; "" if it does not hold."""

CHECKS: Mapping[str, Check] = {**claims.CHECKS, **pixels.CHECKS, **uids.CHECKS}
"""The checks that an object rule may name."""


class ObjectHit(NamedTuple):
    """A claim that holds of an object, and the pointer to the element on which it rests."""

    claim: Claim
    pointer: str


class ObjectRules:
    """The object rules of a catalog; RuleError if one names a check that there is none of."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        self._tables = catalog.tables
        self._rules: tuple[tuple[Rule, Check], ...] = tuple(
            (rule, _check(rule, rule.match))
            for rule in catalog.rules
            if isinstance(rule.match, ObjectMatch) and policy.counts(rule.id)
        )

    def hits(self, statement: Statement, said: Sequence[Said]) -> Iterator[ObjectHit]:
        """What the rules say of an object, of which the elements said that already."""
        stated = Stated(statement, tuple(said), self._tables)
        for rule, check in self._rules:
            pointer = check(stated)
            if pointer:
                yield ObjectHit(rule.claim, pointer)


def _check(rule: Rule, match: ObjectMatch) -> Check:
    try:
        return CHECKS[match.check]
    except KeyError:
        known = ", ".join(CHECKS)
        raise RuleError(
            f"{rule.id}.toml: match.object.check: {match.check!r} is unknown; checks are {known}"
        ) from None
