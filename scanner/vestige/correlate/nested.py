"""Nested families: names at one level, and names, dates or series below, are told once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from vestige.correlate.templates import FEWEST, FoundFamily, Placed, surest, with_members
from vestige.model import Certainty, FamilyKind

_NAMES = FamilyKind.NAMES
_RANKS = list(Certainty)


class _Span(NamedTuple):
    """A member of a family with the last entry below it, and its place among the members."""

    entry: int
    last: int
    family: int
    place: int


@dataclass(slots=True)
class _Told:
    """What is told of one family.

    `gone` are the places of members that others tell, `takes` the families that it tells, `given`
    the persons that it tells by place, and `below` their entries.
    """

    gone: set[int] = field(default_factory=set)
    takes: set[int] = field(default_factory=set)
    given: dict[int, set[str]] = field(default_factory=dict)
    below: list[int] = field(default_factory=list)


def outermost(found: Sequence[Placed], last: Mapping[int, int]) -> list[Placed]:
    """The families without what another tells: no entry is in two, or below a member of another.

    The outer one takes the inner, and the persons of both levels together where these are names;
    but numbers and a few doubtful names leave the members below which more certain names stand.
    `last` gives the last entry below each member that is a directory.
    """
    spans = _spans(found, last)
    covered: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for inner, above in _enclosed(spans):
        for outer in above:
            covered[outer.family, inner.family].add(outer.place)
    taking = {pair: _takes(found, *pair, len(places)) for pair, places in covered.items()}
    told = [_Told() for _ in found]
    for inner, above in _enclosed(spans):
        for outer in above:
            if outer.place not in told[outer.family].gone:
                _tell(found, told, outer, inner, taken=taking[outer.family, inner.family])
    return list(_rest(found, told))


def _spans(found: Sequence[Placed], last: Mapping[int, int]) -> list[_Span]:
    """All members in pre-order; of one entry in several families the surest and greatest first."""
    ranks = sorted(range(len(found)), key=lambda number: _order(found[number]))
    rank = {number: place for place, number in enumerate(ranks)}
    spans = [
        _Span(member.entry, last.get(member.entry, member.entry), number, place)
        for number, one in enumerate(found)
        for place, member in enumerate(one.family.members)
    ]
    return sorted(spans, key=lambda span: (span.entry, rank[span.family]))


def _order(one: Placed) -> tuple[bool, int, int, int, str]:
    family = one.family
    rank = _RANKS.index(family.verdict)
    return family.kind is not _NAMES, rank, -len(family.members), one.parent, family.key


def _enclosed(spans: Sequence[_Span]) -> Iterator[tuple[_Span, tuple[_Span, ...]]]:
    """Each member that is at or below others, with these, the outermost first."""
    above: list[_Span] = []
    for span in spans:
        while above and above[-1].last < span.entry:
            above.pop()
        if above:
            yield span, tuple(above)
        above.append(span)


def _takes(found: Sequence[Placed], outer: int, inner: int, covered: int) -> bool:
    """Whether a family tells what lies below its members, `covered` of which hold the other."""
    above, below = found[outer].family, found[inner].family
    if above.kind is not _NAMES and below.kind is _NAMES and below.sure:
        return False
    if 2 * covered >= len(above.members):
        return True
    as_sure = _RANKS.index(above.verdict) <= _RANKS.index(below.verdict)
    return as_sure and len(below.members) <= len(above.members)


def _tell(
    found: Sequence[Placed], told: Sequence[_Told], outer: _Span, inner: _Span, *, taken: bool
) -> None:
    """Tell one of two members with the other, that is at the same entry or above it."""
    if inner.place in told[inner.family].gone:
        return
    if outer.entry != inner.entry and not taken:
        told[outer.family].gone.add(outer.place)
        return
    told[inner.family].gone.add(inner.place)
    told[outer.family].takes.add(inner.family)
    if outer.entry != inner.entry and _follows(found[outer.family], outer, found[inner.family]):
        person = found[inner.family].family.persons[inner.place]
        told[outer.family].given.setdefault(outer.place, set()).add(person)
        told[outer.family].below.append(inner.entry)


def _follows(outer: Placed, at: _Span, inner: Placed) -> bool:
    """Whether surnames stand at one level and given names at the next."""
    if outer.family.kind is not _NAMES or inner.family.kind is not _NAMES:
        return False
    stars = inner.family.template.count("*/") - outer.family.template.count("*/")
    return inner.parent == (outer.parent if stars == 1 else at.entry) and stars in (0, 1)


def _rest(found: Sequence[Placed], told: Sequence[_Told]) -> Iterator[Placed]:
    """What is left of the families, as sure as those of their kind that they took."""
    for one, done in zip(found, told, strict=True):
        family = one.family
        places = [place for place in range(len(family.members)) if place not in done.gone]
        if len(places) < min(FEWEST, len(family.members)):
            continue
        inner = (found[number].family for number in sorted(done.takes))
        alike = [other.verdict for other in inner if other.kind is family.kind]
        family = replace(_with_given_names(family, done), verdict=surest([family.verdict, *alike]))
        whole = len(places) == len(family.members)
        yield Placed(one.parent, family if whole else with_members(family, places))


def _with_given_names(family: FoundFamily, done: _Told) -> FoundFamily:
    """The family with the persons told by surname and given name together."""
    persons = list(family.persons)
    more: list[str] = []
    for place, given in sorted(done.given.items()):
        first, *others = sorted(given)
        more += [f"{persons[place]}/{other}" for other in others]
        persons[place] = f"{persons[place]}/{first}"
    if not persons:
        return family
    told = tuple(sorted(done.below))
    return replace(family, persons=tuple(persons), more=tuple(more), told=told)
