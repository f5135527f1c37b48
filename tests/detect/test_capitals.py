"""Capitals inside words that were written with the marks of letters apart."""

import unicodedata
from typing import Literal

import pytest

from vestige import shipped
from vestige.detect.candidates import candidates
from vestige.detect.capitals import recased
from vestige.detect.shapes import Tier
from vestige.detect.words import judged, person_names
from vestige.lexicon import load

_LEXICON = load(shipped.rules() / "lexicons")
_NAMES = (
    *("székely", "hoàng", "đặng", "kovačević", "sandström", "győri", "trường", "ádám", "müller"),
    "ceñal",
)


def _in_title_case_by_mistake(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).title())


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_read_as_it_was_meant(name: str, form: Literal["NFC", "NFD"]) -> None:
    mistaken = unicodedata.normalize(form, _in_title_case_by_mistake(name))
    meant = unicodedata.normalize(form, name.capitalize())
    assert mistaken != meant
    assert recased(f"{mistaken}_0412", _LEXICON) == f"{meant}_0412"


@pytest.mark.parametrize("name", _NAMES)
def test_one_surname_alone_is_never_high(name: str) -> None:
    found = person_names(_in_title_case_by_mistake(name), _LEXICON)
    assert all(one.tier is not Tier.HIGH for one in found)


@pytest.mark.parametrize(
    "text",
    [
        *("RenéDupont", "JoséMartin", "JoséGarcía", "AndréGarcía", "СергейИванов"),
        *("RenéZarquonel", "АндрейЗаболотный", "НиколайЖвиренко"),
        *("SZÉKELY", "Székely", "ÁDÁM", "Ægir"),
    ],
)
def test_two_names_and_names_in_one_case_stay(text: str) -> None:
    assert recased(text, _LEXICON) == text


def test_what_is_told_of_such_a_text_is_what_is_explained_of_it() -> None:
    text = f"{_in_title_case_by_mistake('székely')}, {_in_title_case_by_mistake('ádám')} 1961"
    (told,) = person_names(text, _LEXICON)
    assert told.tier is Tier.HIGH
    found = {(one.span, one.shape): judged(one, _LEXICON) for one in candidates(text, _LEXICON)}
    assert found[told.span, told.shape] == pytest.approx(told.score)
