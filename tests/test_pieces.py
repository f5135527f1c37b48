"""The expressions that cut texts: all of a text is cut, and plain texts alike by each of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.digits import form
from vestige.pieces import (
    CODED,
    COUNTED,
    LATIN,
    any_token,
    dated,
    latin_token,
    numbered_ending,
    numbered_token,
)
from vestige.text import kind_of

PLAIN = st.text(alphabet="aBcF019 _-./:(", max_size=60)


@given(st.text(max_size=80))
def test_nothing_of_a_text_is_left_out(text: str) -> None:
    cut = "".join(match.group() for match in any_token().finditer(text))
    assert [c for c in text if c.isalpha() or c.isdecimal()] == [
        c for c in cut if c.isalpha() or c.isdecimal()
    ]


@given(PLAIN)
def test_a_plain_text_is_cut_alike_by_the_expression_for_it(text: str) -> None:
    wanted = [match.span() for match in any_token().finditer(text)]
    assert [match.span() for match in numbered_token().finditer(text)] == wanted
    kinds = [match.lastgroup for match in any_token().finditer(text)]
    assert [kind_of(piece).name for piece in numbered_token().findall(text)] == kinds
    if not CODED.search(text):
        assert [match.span() for match in COUNTED.finditer(text)] == wanted


OF_LATIN = "".join(
    letter
    for letter in map(chr, (*range(0x250), 0x2BC, *range(0x300, 0x370), *range(0x2010, 0x2028)))
    if LATIN.fullmatch(letter)
)
DATED = st.sampled_from(("3 März 1961", "1961-02-03é", "9b74c98x", "AOÛT", "12.février.2001", "’n"))


@given(
    st.lists(st.text(OF_LATIN, max_size=8) | st.text("éß019-_. ", max_size=6) | DATED, max_size=6)
)
def test_a_latin_text_is_cut_alike_by_the_expression_for_it(parts: list[str]) -> None:
    text = "".join(parts)
    cut = [(one.lastgroup, one.group()) for one in any_token().finditer(text)]
    assert [(kind_of(piece).name, piece) for piece in latin_token().findall(text)] == cut


def test_letters_that_not_everyone_takes_for_the_same_are_not_latin_here() -> None:
    assert not any(LATIN.fullmatch(text) for text in ("²", "½", "ı", "ſ", "a@b", "Ω", "李"))
    assert LATIN.fullmatch("Müller’s Ærø – ª")


@pytest.mark.parametrize(
    ("text", "stands"), [("a_2020-01-31", True), ("1.2.34.567.8", True), ("a_12-b", False)]
)
def test_forms_in_which_a_date_or_uid_may_stand_are_known(text: str, stands: bool) -> None:  # noqa: FBT001
    assert bool(dated().search(form(text))) == stands


def test_extensions_with_digits_are_known_in_forms() -> None:
    assert numbered_ending().search(form("film.mp4"))
    assert not numbered_ending().search("film.dcm")
