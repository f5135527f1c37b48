"""Nested families are told once, with the persons of both levels."""

import pytest

from vestige.correlate.nested import outermost
from vestige.correlate.templates import FoundFamily, Placed
from vestige.model import Certainty, FamilyKind, Member
from vestige.sensitive import Sensitive


def family(
    entries: dict[int, str],
    template: str = "{word}",
    verdict: Certainty = Certainty.CERTAIN,
    kind: FamilyKind = FamilyKind.NAMES,
) -> FoundFamily:
    persons = tuple(entries.values())
    members = tuple(Member(entry, Sensitive(person)) for entry, person in entries.items())
    count = len(set(persons))
    return FoundFamily(kind, template, template, members, verdict, 0.9, count, 9.0, persons)


OUTER = {entry: f"s{entry}" for entry in range(10, 90, 10)}
"""Eight directories, each with nine entries below it."""
LAST = {entry: entry + 9 for entry in OUTER}
INNER = {entry + 1: f"g{entry}" for entry in OUTER}


def test_given_names_below_surnames_are_told_with_them() -> None:
    two = INNER | {12: "another"}
    found = [Placed(1, family(OUTER)), Placed(1, family(two, "*/{word}"))]
    (placed,) = outermost(found, LAST)
    assert placed.family.template == "{word}"
    assert len(placed.family.members) == 8
    assert placed.family.subjects == 9
    assert placed.family.told == tuple(sorted(two))


def test_series_below_names_add_no_person() -> None:
    series = family(INNER, "*/*/{word}", Certainty.REVIEW)
    (placed,) = outermost([Placed(1, family(OUTER)), Placed(1, series)], LAST)
    assert placed.family.subjects == 8
    assert placed.family.told == ()


def test_the_outer_family_is_as_sure_as_the_inner() -> None:
    doubtful = family(OUTER, verdict=Certainty.REVIEW)
    found = [Placed(1, doubtful), Placed(1, family(INNER, "*/{word}"))]
    (placed,) = outermost(found, LAST)
    assert placed.family.verdict is Certainty.CERTAIN


def test_a_few_doubtful_names_do_not_hide_a_greater_family() -> None:
    doubtful = family(OUTER, verdict=Certainty.REVIEW)
    greater = family({entry: f"p{entry}" for entry in range(11, 20)})
    placed = outermost([Placed(1, doubtful), Placed(10, greater)], LAST)
    assert [(one.parent, len(one.family.members)) for one in placed] == [(1, 7), (10, 9)]


@pytest.mark.parametrize("kind", [FamilyKind.BIRTH_DATES, FamilyKind.RECORD_NUMBERS])
def test_names_below_numbers_are_told_instead_of_them(kind: FamilyKind) -> None:
    found = [Placed(1, family(OUTER, "{long}", kind=kind)), Placed(1, family(INNER, "*/{word}"))]
    (placed,) = outermost(found, LAST)
    assert placed.family.kind is FamilyKind.NAMES


def test_numbers_below_names_are_told_with_them() -> None:
    dates = family(INNER, "*/{date}", kind=FamilyKind.BIRTH_DATES)
    (placed,) = outermost([Placed(1, family(OUTER)), Placed(1, dates)], LAST)
    assert placed.family.kind is FamilyKind.NAMES


def test_an_entry_is_in_one_family() -> None:
    found = [Placed(1, family(OUTER, verdict=Certainty.LIKELY)), Placed(0, family(OUTER, "*/x"))]
    (placed,) = outermost(found, LAST)
    assert placed.family.verdict is Certainty.CERTAIN


def test_families_side_by_side_stay() -> None:
    other = family({entry: f"o{entry}" for entry in range(100, 108)})
    found = [Placed(1, family(OUTER)), Placed(99, other)]
    assert outermost(found, LAST) == found
