"""People: enough of them, plausible, always the same, and nobody real by design."""

import re
from datetime import datetime

import pytest

from vestige.model import VestigeError
from vestige.planting.people import _names, fields, locale_of, people, person

KNOWN = people()
ORDINARY = ("ar", "de", "en", "es", "fr", "it", "ja", "pl", "pt", "tr", "zh")


@pytest.mark.parametrize("locale", ["eu", "fi", "ka"])
def test_locales_of_no_lexicon_have_a_thousand_surnames(locale: str) -> None:
    surnames = KNOWN.surnames[locale]
    assert len(surnames) >= 1000
    assert len(set(surnames)) == len(surnames)
    assert all(name[0].isupper() and name[1:].islower() for name in surnames)


@pytest.mark.parametrize("locale", ORDINARY)
def test_ordinary_locales_have_forty_names_and_more(locale: str) -> None:
    names = KNOWN.names[locale]
    assert 40 <= len(set(names.surnames)) <= 80
    assert 40 <= len(set(names.given)) <= 80


@pytest.mark.parametrize("locale", KNOWN.locales)
def test_a_person_is_plausible(locale: str) -> None:
    for number in range(1, 60):
        one = fields(person(KNOWN, 3, locale, number))
        born = datetime.strptime(f"{one['birth_date']} +0000", "%Y%m%d %z")
        seen = datetime.strptime(f"{one['study_date']} +0000", "%Y%m%d %z")
        assert born < seen
        assert 1931 <= born.year <= 2005
        assert one["age"] == f"{(seen - born).days // 365:03}Y"
        assert re.fullmatch(r"[a-z0-9.-]+@mail\.example", str(one["email"]))
        assert re.fullmatch(r"[1-9]\d{7}", str(one["mrn"]))
        assert one["sex"] in ("F", "M")
        assert str(one["name"]).count("^") == 1
        assert str(one["SURNAME"]) == str(one["surname"]).upper()
        assert "=" not in f"{one['surname']}{one['given']}{one['surname_native']}"


def test_native_forms_are_groups_of_a_person_name() -> None:
    one = fields(person(KNOWN, 1, "ja", 1))
    roman, native, phonetic = str(one["name_groups"]).split("=")
    assert roman == one["name"]
    assert roman.isascii()
    assert native == f"{one['surname_native']}^{one['given_native']}"
    assert not native.isascii()
    assert "^" in phonetic


def test_tamil_people_have_initials() -> None:
    assert all(len(person(KNOWN, 1, "ta", n).given[0]) == 1 for n in range(1, 20))


def test_people_depend_on_seed_locale_and_number_alone() -> None:
    assert person(KNOWN, 1, "de", 5) == person(people(), 1, "de", 5)
    assert len({person(KNOWN, seed, "de", n).mrn for seed in (1, 2) for n in range(1, 500)}) > 990
    assert len({person(KNOWN, 1, "de", n).uuid for n in range(1, 500)}) == 499


@pytest.mark.parametrize("table", [{}, {"surnames": ["Quandt"]}, {"given": ["Elke"]}])
def test_a_locale_needs_surnames_and_given_names(table: dict[str, list[str]]) -> None:
    with pytest.raises(VestigeError, match=r"^file: needs surnames and given names$"):
        _names("file", table)


def test_an_unknown_locale_is_refused_by_name() -> None:
    with pytest.raises(VestigeError, match="'xx' is no locale; there are ar, de"):
        locale_of(KNOWN, "xx", "demo")
