"""Words that announce a name, or belong to one."""

import pytest

from vestige.detect.cues import (
    EXAMINED,
    PARTICLES,
    RECORDS,
    TOLD_APART,
    cue,
    is_letter,
    is_particle,
)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Paciente", "strong"),
        ("for", "weak"),
        ("MR", "no"),
        ("Quintero", "no"),
        ("PRÉNOM", "strong"),
    ],
)
def test_some_words_announce_a_name(word: str, said: str) -> None:
    assert cue(word) == said


def test_particles_and_letters_are_no_names() -> None:
    assert is_particle("De")
    assert not is_particle("Quintero")
    assert is_letter("q")
    assert not is_letter("李")


def test_words_of_records_are_folds_and_no_particles() -> None:
    assert all(word.isascii() and word.islower() and word.isalpha() for word in RECORDS | EXAMINED)
    assert not PARTICLES & (RECORDS | EXAMINED)
    assert RECORDS | EXAMINED <= TOLD_APART
