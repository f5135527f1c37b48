"""Signs of pieces: what stands beside a word, whatever its letters."""

import pytest

from vestige.detect.signs import LONG_NUMBER, announced, is_initial, neighbour
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
    ],
)
def test_a_capital_before_a_word_is_an_initial(text: str, *, said: bool) -> None:
    signs = layout_of(text, LEXICON).signs
    assert is_initial(signs, len(signs) - 1, -1) is said


def test_a_side_of_the_body_behind_a_word_is_no_initial() -> None:
    assert is_initial(layout_of("Quintero_Q", LEXICON).signs, 0, 1)
    assert not is_initial(layout_of("Quintero_L", LEXICON).signs, 0, 1)
