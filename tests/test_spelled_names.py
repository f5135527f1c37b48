import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.spelled_names import names


@pytest.mark.parametrize(
    ("text", "family", "given_names"),
    [
        ("QUINTERO^ANA", ("quintero",), ("ana",)),
        ("Quintero, Ana", ("quintero",), ("ana",)),
        ("ZARGO^BELA^^DR", ("zargo",), ("bela",)),
        ("De la Zargo^Iu", ("zargo", "delazargo"), ("iu",)),
    ],
)
def test_a_name_is_its_surnames_and_given_names(
    text: str, family: tuple[str, ...], given_names: tuple[str, ...]
) -> None:
    (name,) = names(text)
    assert (name.family, name.given) == (family, given_names)


def test_a_name_without_an_order_is_in_both() -> None:
    (name,) = names("Ana Quintero")
    assert {("ana", "quintero"), ("quintero", "ana")} <= set(name.pairs())


def test_runs_are_words_pairs_and_initials_forwards_and_backwards() -> None:
    (name,) = names("QUINTERO^ANA")
    runs = set(name.runs())
    assert {"quintero", "oretniuq", "quinteroana", "anaquintero", "aquintero", "quinteroa"} <= runs
    assert "anaoretniuq" in runs


@given(st.text(max_size=60))
def test_any_text_may_be_a_name(text: str) -> None:
    for name in names(text):
        assert all(name.runs())
