"""Signs of pieces: what stands beside a word, whatever its letters."""

import pytest

from vestige.detect.signs import (
    LONG_NUMBER,
    announced,
    are_initials,
    followed,
    is_initial,
    neighbour,
)
from vestige.detect.units import layout_of
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")


def test_what_announces_stands_before() -> None:
    signs = layout_of("Frau Quintero", LEXICON).signs
    assert announced(signs, 2) == "strong"
    assert announced(signs, 0) == "no"
    assert announced(layout_of("Frau\nQuintero", LEXICON).signs, 2) == "no"


def test_numbers_of_five_digits_are_told_from_shorter_ones() -> None:
    one, other = (layout_of(text, LEXICON).signs for text in ("Quintero_0042", "Quintero_00421"))
    assert one != other
    assert neighbour(other, 0, 1) == LONG_NUMBER


def test_what_is_passed_is_no_neighbour() -> None:
    signs = layout_of("Quintero_CT_00421", LEXICON).signs
    assert neighbour(signs, 0, 1, frozenset({2})) == LONG_NUMBER
    assert neighbour(signs, 4, 1) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Q_Quintero", True),
        ("L_Quintero", True),
        ("W_Quintero", True),
        ("CT W Quintero", False),
        ("q_Quintero", False),
        ("4_Quintero", False),
        ("Th/L Quintero", False),
    ],
)
def test_a_capital_before_a_word_is_an_initial(text: str, *, said: bool) -> None:
    signs = layout_of(text, LEXICON).signs
    assert is_initial(signs, len(signs) - 1, -1) is said


def test_a_side_of_the_body_behind_a_word_is_no_initial() -> None:
    assert is_initial(layout_of("Quintero_Q", LEXICON).signs, 0, 1)
    assert not is_initial(layout_of("Quintero_L", LEXICON).signs, 0, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Patient 12 Quintero", "strong"),
        ("kasus 12 Quintero", "records"),
        ("kasus Quintero", "records"),
        ("12 Quintero", "no"),
        ("kasus 12345 Quintero", "no"),
        ("kasus 1 2 Quintero", "no"),
    ],
)
def test_a_short_number_may_stand_between_a_cue_and_a_name(text: str, said: str) -> None:
    signs = layout_of(text, LEXICON).signs
    assert announced(signs, len(signs) - 1) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quintero_patient", "examined"),
        ("Quintero (paciente)", "examined"),
        ("Quintero_PT", "no"),
        ("Quintero Kontrolle", "records"),
        ("Quintero Kowalski", "no"),
        ("Quintero", "no"),
    ],
)
def test_what_stands_behind_a_name_is_told(text: str, said: str) -> None:
    assert followed(layout_of(text, LEXICON).signs, 0) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("KW_Quintero", True),
        ("12_KW_Quintero", True),
        ("kw_Quintero", False),
        ("CT_Quintero", False),
        ("Kowalski_KW_Quintero", False),
    ],
)
def test_two_capitals_before_a_word_are_initials(text: str, *, said: bool) -> None:
    signs = layout_of(text, LEXICON).signs
    assert are_initials(signs, len(signs) - 1, -1) is said
