"""Whether words can be spoken, or were made up of syllables."""

import pytest

from vestige.correlate.speech import are_made, is_speakable


@pytest.mark.parametrize("word", ["kowalski", "fischer", "rossi", "oyelaran"])
def test_names_of_people_can_be_spoken(word: str) -> None:
    assert is_speakable(word)


@pytest.mark.parametrize("word", ["xqzvkd", "bcdfgh", "aaaeeei"])
def test_random_letters_cannot(word: str) -> None:
    assert not is_speakable(word)


def test_a_set_that_alternates_throughout_is_made_up() -> None:
    assert are_made(["lusab", "babad", "gutih", "tugad"])
    assert not are_made(["schmidt", "kowalski", "nguyen", "garcia"])
