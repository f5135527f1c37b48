"""Where names may stand: the same in all texts of one form."""

import pytest

from vestige.detect.candidates import candidates
from vestige.detect.shapes import Shape
from vestige.detect.stands import form_of, stands
from vestige.detect.units import layout_of
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")


def shapes(text: str) -> list[Shape]:
    return [stand.shape for stand in stands(form_of(layout_of(text, LEXICON)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kowalski_Anna_19610203", "QUINTERO_MARIA_19550312"),
        ("Kowalski_4711", "Quintero_0042"),
        ("Quintero, Maria", "kowalski, anna"),
        ("Frau Quintero", "Herr Kowalski"),
    ],
)
def test_names_of_one_form_stand_in_the_same_places(one: str, other: str) -> None:
    assert form_of(layout_of(one, LEXICON)) == form_of(layout_of(other, LEXICON))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kowalski_4711", "Kowalski_47110"),
        ("Kowalski_Anna", "Kowalski, Anna"),
        ("Q_Kowalski", "q_Kowalski"),
        ("Quintero_CT", "Quintero_Kowalski"),
        ("Quintero.py", "Quintero.dcm"),
    ],
)
def test_what_matters_makes_another_form(one: str, other: str) -> None:
    assert form_of(layout_of(one, LEXICON)) != form_of(layout_of(other, LEXICON))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kowalski^Anna", [Shape.CARET, Shape.LONE, Shape.LONE]),
        ("Kowalski_Anna_19610203", [Shape.PAIR_DATE, Shape.LONE, Shape.NAME_DATE]),
        ("Kowalski_4711", [Shape.NAME_SERIAL]),
        ("Kowalski_47110", [Shape.NAME_NUMBER]),
        ("Kowalski_MR_knee", [Shape.NAME_EXAM]),
        ("Herr Kowalski", [Shape.CUE_NAME]),
        ("Kowalski (12) Anna", [Shape.LONE, Shape.LONE]),
        ("axial_knee", []),
    ],
)
def test_shapes_are_told_by_what_stands_around(text: str, found: list[Shape]) -> None:
    assert shapes(text) == found


@pytest.mark.parametrize("comma", ["、", "，", "،"])
def test_commas_of_other_scripts_are_commas(comma: str) -> None:
    assert Shape.COMMA in shapes(f"Kowalski{comma}Anna")


def test_w_behind_other_words_is_short_for_with_and_no_initial() -> None:
    assert Shape.INITIAL_NAME in shapes("W_Kowalski")
    assert Shape.INITIAL_NAME not in shapes("CHEST W CONTRA")


def test_the_case_stands_behind_the_shape() -> None:
    (found,) = candidates("KOWALSKI", LEXICON)
    assert [feature for feature, _ in found.features[:2]] == ["shape:lone", "single:case:upper"]
