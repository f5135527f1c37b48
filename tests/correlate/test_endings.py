"""Endings of surnames tell languages of no lexicon, and hardly any common word."""

import pytest

from vestige.correlate.endings import BY_CHANCE, is_patronymic
from vestige.planting.people import people


@pytest.mark.parametrize(
    "word", ["gelashvili", "papadopoulos", "sarkisyan", "kovalenko", "jonsdottir", "ozdemiroglu"]
)
def test_patronymics_are_known(word: str) -> None:
    assert is_patronymic(word)


@pytest.mark.parametrize("word", ["son", "sen", "yan", "season", "thorax", "series", "person"])
def test_an_ending_needs_a_stem(word: str) -> None:
    assert is_patronymic(word) is (word in ("season", "person"))


def test_half_of_georgian_surnames_end_so() -> None:
    surnames = people().surnames["ka"]
    ending = sum(is_patronymic(name.partition("=")[0].lower()) for name in surnames)
    assert ending > 10 * BY_CHANCE * len(surnames)
