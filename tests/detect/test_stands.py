"""Where names may stand: the same in all texts of one form."""

import pytest

from vestige.detect.candidates import candidates
from vestige.detect.shapes import Shape
from vestige.detect.stands import form_of, stands
from vestige.detect.units import layout_of
from vestige.detect.word_facts import LOWER, TITLE
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
        ("Kowalski/Anna", [Shape.PAIR, Shape.LONE, Shape.LONE]),
        ("Kowalski (Anna)", [Shape.PAIR, Shape.LONE, Shape.LONE]),
        ("Kowalski & Anna", [Shape.LONE, Shape.LONE]),
        ("kasus 12 Kowalski", [Shape.NAME_SERIAL]),
        ("KW-Kowalski", [Shape.PAIR, Shape.INITIAL_NAME]),
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kowalski_Anna", "pair:alone"),
        ("KW Kowalski_Anna", "pair:alone"),
        ("Befund Kowalski_Anna postop", "pair:among words of records"),
        ("Befund Kowalski_Anna window", "pair:among ordinary words"),
        ("Befund Kowalski_Anna Quintero", "pair:among others"),
    ],
)
def test_company_is_told(text: str, told: str) -> None:
    (pair,) = (
        stand for stand in stands(form_of(layout_of(text, LEXICON))) if stand.units == _units(text)
    )
    assert told in [feature for feature, _ in pair.features]


def _units(text: str) -> tuple[int, int]:
    """The numbers of the units of Kowalski and Anna in a text."""
    words = [unit.word for unit in layout_of(text, LEXICON).units]
    return words.index("Kowalski"), words.index("Anna")


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Kowalski_Anna_12", True),
        ("12. Kowalski Anna", True),
        ("Befund 12 Kowalski Anna CT", True),
        ("Kowalski_Anna", False),
        ("Kowalski_Anna_12345", False),
    ],
)
def test_a_number_beside_is_told(text: str, *, counted: bool) -> None:
    found = stands(form_of(layout_of(text, LEXICON)))
    (pair,) = (stand for stand in found if stand.units == _units(text))
    assert (("pair:counted", 1.0) in pair.features) is counted


def test_small_letters_before_two_capitals_are_a_language() -> None:
    (initials,) = (
        stand
        for stand in stands(form_of(layout_of("quintero_KW", LEXICON)))
        if stand.shape is Shape.INITIAL_NAME
    )
    small, title = ([feature for feature, _ in initials.written(way)] for way in (LOWER, TITLE))
    assert "single:two initials:lower" in small
    assert "single:two initials:lower" not in title
