"""Object rules: what a DICOM object states as a whole, beside what was found in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from vestige.catalog import Catalog, ObjectMatch, Policy, Rule, Tables
from vestige.detect import claims, pixels, uids
from vestige.detect.claims import Said, Stated
from vestige.model import Claim, RuleError
from vestige.statement import Statement

Check = Callable[[Stated], str]
"""What gives the place of which a rule's claim holds in an object; "" if it does not hold."""

CHECKS: Mapping[str, Check] = {**claims.CHECKS, **pixels.CHECKS, **uids.CHECKS}
"""The checks that an object rule may name."""

_ROOMS = ((claims.CHECKS, claims.ASKED), (pixels.CHECKS, pixels.ASKED), (uids.CHECKS, uids.ASKED))
_REMEMBERED = 1_000
"""Objects of which is remembered what the checks of one room said, for each that was found."""


class ObjectHit(NamedTuple):
    """A claim that holds of an object, and the pointer to the element on which it rests.

    `order` is where the rule stands among the object rules.
    """

    order: int
    claim: Claim
    pointer: str


class _Room(NamedTuple):
    """The rules whose checks ask for the same elements, with their places among all rules."""

    asked: tuple[int, ...]
    rules: tuple[tuple[int, Rule, Check], ...]


class ObjectRules:
    """The object rules of a catalog; RuleError if one names a check that there is none of."""

    def __init__(self, catalog: Catalog, policy: Policy) -> None:
        self._tables = catalog.tables
        rules = [
            (order, rule, rule.match.check, _check(rule, rule.match))
            for order, rule in enumerate(catalog.rules)
            if isinstance(rule.match, ObjectMatch) and policy.counts(rule.id)
        ]
        self._rooms = tuple(
            _Room(
                tuple(sorted(asked)),
                tuple((order, rule, check) for order, rule, name, check in rules if name in checks),
            )
            for checks, asked in _ROOMS
        )

    def hits(self, statement: Statement, said: Sequence[Said]) -> tuple[ObjectHit, ...]:
        """What the rules say of an object, of which the elements said that already."""
        return self.beside(said).hits(statement)

    def beside(self, said: Sequence[Said]) -> "Beside":
        """The rules for objects of which the elements said that already."""
        return Beside(self._rooms, tuple(said), self._tables)


class Beside:
    """The object rules beside what was found in the elements of some objects.

    What the checks of one room say is remembered by what they ask for.
    """

    def __init__(self, rooms: tuple[_Room, ...], said: tuple[Said, ...], tables: Tables) -> None:
        self._rooms = rooms
        self._tables = tables
        self._known: tuple[dict[tuple[object, ...], tuple[ObjectHit, ...]], ...]
        self._known = tuple({} for _ in rooms)
        self.said = said

    def hits(self, statement: Statement) -> tuple[ObjectHit, ...]:
        """What the rules say of an object, in their order."""
        beyond = statement.beyond()
        hits: list[ObjectHit] = []
        for room, known in zip(self._rooms, self._known, strict=True):
            key = (statement.texts(room.asked), *beyond)
            found = known.get(key)
            if found is None:
                if len(known) >= _REMEMBERED:
                    known.clear()
                found = known[key] = self._found(room, statement)
            hits += found
        return tuple(sorted(hits, key=_order))

    def _found(self, room: _Room, statement: Statement) -> tuple[ObjectHit, ...]:
        # What a check does not say that it asks for is not there: what is remembered holds then.
        stated = Stated(statement.only(room.asked), self.said, self._tables)
        told = ((order, rule.claim, check(stated)) for order, rule, check in room.rules)
        return tuple(ObjectHit(*one) for one in told if one[-1])


def _order(hit: ObjectHit) -> int:
    return hit.order


def _check(rule: Rule, match: ObjectMatch) -> Check:
    try:
        return CHECKS[match.check]
    except KeyError:
        known = ", ".join(CHECKS)
        raise RuleError(
            f"{rule.id}.toml: match.object.check: {match.check!r} is unknown; checks are {known}"
        ) from None
