"""People are written as people write them, the same for one seed."""

# ruff: noqa: S311 - seeded for tests, not for secrets

import random
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID

import pytest

from benchmarks import name_forms
from benchmarks.name_forms import FORMS, PAIRS, SETS, WEAK, People, seen, slipped, strata, written
from benchmarks.name_lists import Names

ROOT = Path(__file__).parents[2]
PERSON = ("Quintero Peña", "Lucía")
COUNTED = Names(
    "register",
    "xx",
    tuple((f"Name{'abcdefghij'[n]}", float(2 ** (10 - n))) for n in range(10)),
    (("Anna", 0.0),),
)


@pytest.mark.parametrize("form", [form.template for form in FORMS] + list(SETS))
def test_every_template_can_be_written_and_a_seed_gives_the_same(form: str) -> None:
    one, other = (written(form, PERSON, random.Random(7)) for _ in range(2))
    assert one == other
    assert "{" not in one
    assert any(part in unquote(one).lower() for part in ("quinter", "luc", "qu", "peñ", "pe"))


def test_there_are_many_templates_of_every_group() -> None:
    assert len(FORMS) >= 60
    assert {form.group for form in FORMS} == {*PAIRS, *WEAK, *name_forms.OTHER}
    assert len({form.template for form in FORMS if form.group in PAIRS}) >= 15


def test_encoded_forms_decode_to_the_person() -> None:
    text = written("%{S}, {G}", PERSON, random.Random(1))
    assert re.fullmatch(r"[A-Za-z0-9%._~-]+", text)
    assert ", " in unquote(text)


def test_decomposed_forms_are_decomposed() -> None:
    text = written("nfd:{S} {G}", PERSON, random.Random(1))
    assert unicodedata.normalize("NFC", text) != text


def test_run_on_capitals_have_no_gap() -> None:
    assert re.fullmatch(r"[^\W\d_]+", written("{SG}", PERSON, random.Random(2)))


def test_one_name_in_ten_has_a_slip() -> None:
    chance = random.Random(3)
    slips = sum(slipped("Kowalski", chance) != "Kowalski" for _ in range(2_000))
    assert 120 < slips < 280
    assert all(slipped("Li", chance) == "Li" for _ in range(100))


def test_strata_part_a_list_by_its_bearers() -> None:
    parts = strata(COUNTED)
    sizes = [len(parts[part].surnames) for part in ("head", "torso", "tail")]
    assert sum(sizes) == 10
    assert sizes == sorted(sizes)
    assert parts["head"].surnames[0][0] == "Namea"


def test_people_are_drawn_by_count_and_evenly() -> None:
    people = People(COUNTED)
    chance = random.Random(5)
    drawn = [people.person(chance)[0] for _ in range(2_000)]
    assert 500 < drawn.count("Namea") < 800
    assert set(drawn) == {name for name, _ in COUNTED.surnames}


def test_short_surnames_are_those_of_two_letters() -> None:
    names = Names("a", "vi", (("Vũ", 0.0), ("Nguyen", 0.0), ("Ng", 0.0)), (("Anh", 0.0),))
    people, chance = People(names, short=True), random.Random(1)
    assert {people.person(chance)[0] for _ in range(50)} == {"Vũ", "Ng"}
    assert People(COUNTED, short=True).empty


def test_templates_that_were_fitted_are_known() -> None:
    fitted = seen(ROOT / "rules" / "lexicons" / "shapes.py")
    assert "{S}^{G}" in fitted
    assert "{S} ({n})" not in fitted
    assert seen(ROOT / "absent.py") == frozenset()


def test_uuids_are_uuids() -> None:
    assert UUID(name_forms.uuid(random.Random(4))).version == 4
