"""Kindred: the families of a whole tree, of neighbouring directories together too."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vestige.correlate.families import divided
from vestige.correlate.templates import FEWEST, FoundFamily, Placed, Sibling, Siblings, surest
from vestige.lexicon import Lexicon
from vestige.model import FamilyKind

_DEEPEST = 3
"""Directories that may stand between the members of a family and the one that holds them all."""
_MOST_COUSINS = 200_000
"""Entries of small groups that are held for directories that are not yet done; those beyond have
no cousins."""
_MOST_TIMED = 200_000
"""Members that families of UIDs with times may have in a tree: every file may be one."""
_PARENTS = 3
"""Directories with families of one template, from which these are one family."""


@dataclass(slots=True)
class _Left:
    """What is left of a directory for the one above: its families, and who may have cousins."""

    families: list[FoundFamily] = field(default_factory=list)
    rest: list[Sibling] = field(default_factory=list)


def kindred(
    directories: Iterable[tuple[int, Siblings | Sequence[Sibling]]], lexicon: Lexicon
) -> list[Placed]:
    """The families of a tree, of directories with their entries, each after those below it.

    Held are the families, and of small groups those below directories that are not yet done.
    """
    waiting: dict[int, _Left] = {}
    found: list[Placed] = []
    timed = held = 0
    for parent, ones in directories:
        siblings = Siblings.of(ones)
        known = filter(waiting.__contains__, siblings.entries) if waiting else ()
        below = {entry: waiting.pop(entry) for entry in known}
        held -= sum([len(lower.rest) for lower in below.values()])
        left = _left(siblings, below, lexicon)
        if timed > _MOST_TIMED:
            left.families = [f for f in left.families if f.kind is not FamilyKind.UID_TIMES]
        held += len(left.rest)
        if held > _MOST_COUSINS:
            held -= len(left.rest)
            left.rest = []
        timed += sum([len(f.members) for f in left.families if f.kind is FamilyKind.UID_TIMES])
        for number, lower in below.items():
            found += [Placed(number, family) for family in lower.families]
        if left.families or left.rest:
            waiting[parent] = left
    for number, lower in waiting.items():
        found += [Placed(number, family) for family in lower.families]
    return found


def _left(siblings: Siblings, below: Mapping[int, _Left], lexicon: Lexicon) -> _Left:
    """The families of a directory, those of its directories among them if there are several."""
    families, rest = divided(siblings, lexicon)
    if not below:
        return _Left(families, rest)
    merged = _merged(below)
    cousins = [
        replace(one, above=one.above + 1)
        for lower in below.values()
        for one in lower.rest
        if one.above < _DEEPEST
    ]
    far, still = divided(cousins, lexicon) if len(cousins) >= FEWEST else ([], cousins)
    return _Left([*families, *_joined(merged, far)], rest + still)


def _merged(below: Mapping[int, _Left]) -> list[FoundFamily]:
    """One family for those of one kind and template in several directories, which lose theirs."""
    alike: defaultdict[tuple[FamilyKind, str], list[tuple[_Left, FoundFamily]]] = defaultdict(list)
    for lower in below.values():
        for family in lower.families:
            if family.template.count("*/") < _DEEPEST:
                alike[family.kind, family.key].append((lower, family))
    merged = []
    for group in alike.values():
        if len(group) >= _PARENTS:
            for lower, family in group:
                lower.families.remove(family)
            merged.append(_one([family for _, family in group], "*/"))
    return merged


def _one(group: Sequence[FoundFamily], above: str = "") -> FoundFamily:
    """One family of several, as sure as the surest of them; shares count by members."""
    first = group[0]
    persons = tuple(one for family in group for one in family.persons)
    members = tuple(one for family in group for one in family.members)
    forms = Counter(family.template for family in group)
    return FoundFamily(
        kind=first.kind,
        key=above + first.key,
        template=above + min(forms, key=lambda form: (-forms[form], form)),
        members=members,
        verdict=surest(family.verdict for family in group),
        share=round(sum(f.share * len(f.members) for f in group) / len(members), 4),
        distinct=len(set(persons)) or sum(family.distinct for family in group),
        score=round(sum(family.score for family in group), 3),
        persons=persons,
    )


def _joined(merged: Sequence[FoundFamily], far: Sequence[FoundFamily]) -> list[FoundFamily]:
    """Merged families with the cousins of the same kind and template."""
    alike: defaultdict[tuple[FamilyKind, str], list[FoundFamily]] = defaultdict(list)
    for family in (*merged, *far):
        alike[family.kind, family.key].append(family)
    return [group[0] if len(group) == 1 else _one(group) for group in alike.values()]
