"""Families: sibling entries whose names share a template, and tell persons apart."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from vestige.correlate import many
from vestige.correlate.birth_dates import dates, spread_as_births
from vestige.correlate.numbers import number_families
from vestige.correlate.templates import (
    FEWEST,
    FoundFamily,
    Named,
    Sibling,
    Siblings,
    groups,
    person,
    varying,
)
from vestige.correlate.word_sets import Beside, judged
from vestige.digits import digits_in
from vestige.lexicon import Lexicon
from vestige.model import Certainty, FamilyKind, Member
from vestige.sensitive import Sensitive
from vestige.text import opaque

_RARE = 0.01
"""Share of the siblings up to which an ordinary word counts as rare."""
_FEWEST_FORMS = 3
"""Names that differ in more than their digits; a family of names of people has twice as many."""
_SMALL = 2 * FEWEST
"""Members up to which a group may have more of its kind in neighbouring directories."""
_FEW_NUMBERS = 2
_DIGITS = range(5, 19)
_NUMBERED = ("{uuid}", "{uid}", "{hex}", "{date}")

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_NATIVE = 0.8
_RANKS = tuple(Certainty)


def families(siblings: Iterable[Sibling], lexicon: Lexicon) -> tuple[FoundFamily, ...]:
    """The families among entries of one directory whose words or numbers may tell persons.

    Families of other words are not given; order is by verdict, then by number of members.
    """
    return ordered(divided(list(siblings), lexicon)[0])


def ordered(found: Iterable[FoundFamily]) -> tuple[FoundFamily, ...]:
    """Families, the surest and greatest first."""

    def order(one: FoundFamily) -> tuple[int, int, str, str]:
        return _RANKS.index(one.verdict), -len(one.members), one.kind.value, one.template

    return tuple(sorted(found, key=order))


def divided(
    siblings: Siblings | Sequence[Sibling], lexicon: Lexicon
) -> tuple[list[FoundFamily], list[Sibling]]:
    """The families among siblings or cousins, and those who may have kin elsewhere.

    These are of groups too small to be sure of, and in no family that is.
    """
    every = Siblings.of(siblings)
    if len(every) <= _FEW_NUMBERS and all(map(many.is_uuid, every.names)):
        # A store has such directories by the hundred thousand.
        # A UUID is opaque.
        return [], every.at([p for p, name in enumerate(every.names) if _is_of_number(name)])
    if _FEW_NUMBERS < len(every) < FEWEST and every.are_uuids:
        return [], []
    worded = () if every.are_uuids else many.worded(every.names, every.forms)
    found, rest = _of_names(every, worded, lexicon)
    taken = {member.entry for family in found for member in family.members}
    others = every.without(taken)
    numbered = number_families(others)
    if len(others) - len(rest) <= _FEW_NUMBERS:
        known = {one.entry for one in rest}
        taken.update(member.entry for family in numbered for member in family.members)
        ones = others.at(range(len(others)))
        rest += [one for one in ones if one.entry not in known | taken and _tells(one.name)]
    return [*found, *numbered], rest


def _tells(name: str) -> bool:
    """Whether a name without words may be a date or number of a person."""
    return _is_of_number(name) and opaque(name)


def _is_of_number(name: str) -> bool:
    """Whether a name has as many digits as a date or the number of a person."""
    return digits_in(name) in _DIGITS


def _of_names(
    every: Siblings, worded: Sequence[int], lexicon: Lexicon
) -> tuple[list[FoundFamily], list[Sibling]]:
    """The families of names, and the siblings of small groups that are in none of them for sure."""
    if len({every.forms[place] for place in worded}) < _FEWEST_FORMS:
        return [], every.at(worded[:_SMALL])
    found: list[FoundFamily] = []
    rest: list[Sibling] = []
    for key, group in groups(every.at(worded)).items():
        family = _family(key, group, lexicon)
        if family is not None:
            found.append(family)
        if len(group) <= _SMALL and (family is None or not family.sure):
            rest += [named.sibling for named in group]
    return found, rest


def _family(key: str, group: Sequence[Named], lexicon: Lexicon) -> FoundFamily | None:
    if len(group) < FEWEST:
        return None
    rest = varying(group)
    judgement = judged([words for _, words in rest], lexicon, _beside(group))
    held = _held(rest, lexicon)
    if judgement.verdict is None or not held:
        return None
    forms = Counter(named.form for named, _ in held)
    return FoundFamily(
        kind=FamilyKind.NAMES,
        key=key,
        template=min(forms, key=lambda form: (-forms[form], form)),
        members=tuple(Member(one.sibling.entry, Sensitive(one.value)) for one, _ in held),
        verdict=judgement.verdict,
        share=round(judgement.share, 4),
        distinct=len({words for _, words in held}),
        score=round(judgement.score, 3),
        persons=_persons(held),
    )


def _beside(group: Sequence[Named]) -> Beside:
    native = sum(_LATIN.search(named.value) is None for named in group)
    numbered = any(mark in group[0].form for mark in _NUMBERED)
    return Beside(numbered=numbered, native=native >= _NATIVE * len(group))


def _persons(held: Sequence[tuple[Named, tuple[str, ...]]]) -> tuple[str, ...]:
    """Who each member is: the words in any order and spelling, with the date if all were born."""
    words = [person(found) for _, found in held]
    read = dates([named.date for named, _ in held])
    if not spread_as_births([one for one in read if one is not None]):
        return tuple(words)
    return tuple(f"{one} {born}" for one, born in zip(words, read, strict=True))


def _held(
    rest: Sequence[tuple[Named, tuple[str, ...]]], lexicon: Lexicon
) -> list[tuple[Named, tuple[str, ...]]]:
    """The siblings that are members: ordinary words are none, but where they seem surnames too.

    That is so for the rare word among many siblings, and for a word that also is a surname and
    stands once: in a thousand people there is one called Page.
    """
    counts = Counter(words for _, words in rest)
    few = _RARE * len(rest)

    def belongs(words: tuple[str, ...]) -> bool:
        if not all(lexicon.ordinary(word) for word in words) or counts[words] <= few:
            return True
        named = any(lexicon.evidence(word).named for word in words)
        return named and counts[words] == 1

    return [(named, words) for named, words in rest if belongs(words)]
