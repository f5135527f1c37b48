"""Families of a tree: cousins are judged together, and small groups find their kin."""

# ruff: noqa: S311 - seeded for tests, not for secrets

import random
import uuid
from collections.abc import Mapping

import pytest

from vestige.correlate.kindred import kindred
from vestige.correlate.templates import Placed, Sibling
from vestige.lexicon import Lexicon, load
from vestige.model import Certainty, FamilyKind
from vestige.shipped import rules

Tree = Mapping[str, "Tree"]

SURNAMES = str.split(
    "QUINTERO RODRIGUEZ SCHNEIDER KOWALSKI FERRARI DUBOIS HERNANDEZ NAKAMURA PETROVIC LINDQVIST "
    "OKONKWO MARTINEZ ESPINOZA HOFFMANN BIANCHI LEFEVRE ANDERSSON WOJCIK"
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(rules() / "lexicons")


def groups(tree: Tree) -> list[tuple[int, list[Sibling]]]:
    """The directories of a tree with their entries, each after those below it; 1 is the root."""
    found: list[tuple[int, list[Sibling]]] = []
    count = 1

    def enter(number: int, entries: Tree) -> None:
        nonlocal count
        siblings = []
        for name, below in entries.items():
            count += 1
            siblings.append(Sibling(count, name))
            if below:
                enter(count, below)
        found.append((number, siblings))

    enter(1, tree)
    return found


def opaque(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def leaf(*names: str) -> Tree:
    return {name: {} for name in names}


def one(tree: Tree, lexicon: Lexicon) -> Placed:
    found = kindred(groups(tree), lexicon)
    assert len(found) == 1, [(placed.parent, placed.family.template) for placed in found]
    return found[0]


def test_one_named_child_of_each_directory_makes_cousins(lexicon: Lexicon) -> None:
    rng = random.Random(1)
    tree = {"export": {opaque(rng): leaf(f"{name}_{opaque(rng)}") for name in SURNAMES}}
    placed = one(tree, lexicon)
    assert placed.parent == 2
    assert placed.family.template == "*/{word}_{uuid}"
    assert placed.family.verdict is Certainty.CERTAIN
    assert placed.family.subjects == len(placed.family.members) == len(SURNAMES)


def test_cousins_are_found_two_levels_apart(lexicon: Lexicon) -> None:
    rng = random.Random(2)
    tree = {opaque(rng): {opaque(rng): leaf(f"{name}_report.pdf")} for name in SURNAMES}
    placed = one(tree, lexicon)
    assert (placed.parent, placed.family.template) == (1, "*/*/{word}_{word}.pdf")


def test_groups_too_small_to_be_sure_of_find_their_kin(lexicon: Lexicon) -> None:
    tree = {f"2019-{month:02}": leaf(*SURNAMES[month * 3 : month * 3 + 3]) for month in range(6)}
    placed = one(tree, lexicon)
    assert placed.family.template == "*/{word}"
    assert len(placed.family.members) == len(SURNAMES)


def test_one_template_under_many_parents_is_one_family(lexicon: Lexicon) -> None:
    rng = random.Random(3)
    tree = {
        f"site{number}": leaf(*(f"{name}_{opaque(rng)}" for name in rng.sample(SURNAMES, 14)))
        for number in range(4)
    }
    placed = one(tree, lexicon)
    assert (placed.parent, placed.family.template) == (1, "*/{word}_{uuid}")
    assert len(placed.family.members) == 4 * 14
    assert placed.family.subjects <= len(SURNAMES)


def test_two_parents_keep_their_own_families(lexicon: Lexicon) -> None:
    tree = {"first": leaf(*SURNAMES[:12]), "second": leaf(*SURNAMES[:12])}
    found = kindred(groups(tree), lexicon)
    assert sorted(placed.parent for placed in found) == [2, 15]


def test_words_of_the_trade_make_no_cousins(lexicon: Lexicon) -> None:
    words = str.split("localizer survey bold fieldmap angio perfusion topogram report lung bone")
    rng = random.Random(4)
    tree = {opaque(rng): leaf(f"{word}.nii.gz", "DICOMDIR") for word in words * 3}
    assert kindred(groups(tree), lexicon) == []


def test_birth_dates_make_cousins_too(lexicon: Lexicon) -> None:
    rng = random.Random(5)
    born = [f"{rng.randint(1930, 2010)}0{rng.randint(1, 9)}1{rng.randint(0, 9)}" for _ in range(30)]
    placed = one({opaque(rng): leaf(day) for day in born}, lexicon)
    assert placed.family.kind is FamilyKind.BIRTH_DATES
    assert placed.family.template == "*/{date}"


def test_a_flat_directory_is_not_held_for_the_one_above(lexicon: Lexicon) -> None:
    rng = random.Random(6)
    many = leaf(*(f"IM{number:05}.dcm" for number in range(5_000)))
    assert kindred(groups({opaque(rng): many}), lexicon) == []
