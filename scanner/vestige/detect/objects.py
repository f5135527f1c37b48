"""Object rules: what a DICOM object states as a whole, beside what was found in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vestige.catalog import Catalog, ObjectMatch, Policy, Rule, Tables
from vestige.detect import claims, pixels, uids
from vestige.detect.claims import Said, Stated
from vestige.model import Claim, RuleError
from vestige.sensitive import Sensitive
from vestige.statement import Statement, Tag

Check = Callable[[Stated], str]
"""What gives the place of which a rule's claim holds in an object; "" if it does not hold."""

CHECKS: Mapping[str, Check] = {**claims.CHECKS, **pixels.CHECKS, **uids.CHECKS}
"""The checks that an object rule may name."""

_ROOMS = (claims.CHECKS, pixels.CHECKS, uids.CHECKS)
_REMEMBERED = 1_000
"""Objects of which is remembered what the checks of one room said beside the same causes."""


class ObjectHit(NamedTuple):
    """A claim that holds of an object, and the pointer to the element on which it rests.

    `order` is where the rule stands among the object rules.
    """

    order: int
    claim: Claim
    pointer: str


_Rules = tuple[tuple[int, Rule, Check], ...]
"""Rules with their checks, and where they stand among the object rules."""


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
            tuple((order, rule, check) for order, rule, name, check in rules if name in checks)
            for checks in _ROOMS
        )

    def hits(self, statement: Statement, said: Sequence[Said]) -> tuple[ObjectHit, ...]:
        """What the rules say of an object, of which the elements said that already."""
        return self.beside(said).hits(statement)

    def beside(self, said: Sequence[Said]) -> "Beside":
        """The rules for objects of which the elements said that already."""
        return Beside(self._rooms, tuple(said), self._tables)


class Beside:
    """The object rules beside what was found in the elements of some objects."""

    def __init__(self, rooms: tuple[_Rules, ...], said: tuple[Said, ...], tables: Tables) -> None:
        self._rooms = [_Room(rules, said, tables) for rules in rooms]

    def hits(self, statement: Statement) -> tuple[ObjectHit, ...]:
        """What the rules say of an object, in their order."""
        hits = [hit for room in self._rooms for hit in room.hits(statement)]
        return tuple(sorted(hits, key=_order))


class _Room:
    """Rules that look at the same things; what they say holds where these are the same.

    `_asked` are the elements for which any of their checks has asked so far.
    """

    def __init__(self, rules: _Rules, said: tuple[Said, ...], tables: Tables) -> None:
        self._rules = rules
        self._said = said
        self._tables = tables
        self._asked: tuple[int, ...] = ()
        self._known: dict[tuple[object, ...], tuple[ObjectHit, ...]] = {}

    def hits(self, statement: Statement) -> tuple[ObjectHit, ...]:
        """What these rules say of an object."""
        key = self._key(statement)
        found = self._known.get(key)
        if found is None:
            heard = _Heard(statement.values)
            found = tuple(self._found(replace(statement, values=heard)))
            if not heard.asked.issubset(self._asked) or len(self._known) >= _REMEMBERED:
                self._known.clear()
                self._asked = tuple(sorted(heard.asked.union(self._asked)))
                key = self._key(statement)
            self._known[key] = found
        return found

    def _key(self, statement: Statement) -> tuple[object, ...]:
        return (statement.texts(self._asked), *statement.beyond())

    def _found(self, statement: Statement) -> Iterator[ObjectHit]:
        stated = Stated(statement, self._said, self._tables)
        for order, rule, check in self._rules:
            pointer = check(stated)
            if pointer:
                yield ObjectHit(order, rule.claim, pointer)


class _Heard(Mapping[int, Sensitive]):
    """The values of a statement, and for which of them somebody has asked."""

    def __init__(self, values: Mapping[int, Sensitive]) -> None:
        self._values = values
        self.asked: set[int] = set()

    def __getitem__(self, tag: int) -> Sensitive:
        self.asked.add(tag)
        return self._values[tag]

    def __iter__(self) -> Iterator[int]:
        self.asked.update(Tag)
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


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
