"""Lists of subjects in programs."""

import pytest

from vestige.read.beside.named_lists import told


@pytest.mark.parametrize(
    "text",
    [
        "subjects = {'Quintero_Maria', 'sub-02'};",
        'SUBJECT_IDS <- c("sub-02",\n  "Quintero_Maria")',
        '{"patients": ["Quintero_Maria"]}',
        "pacientes=('Quintero_Maria' 'sub-02')",
    ],
)
def test_joined_names_are_those_of_folders(text: str) -> None:
    (found,) = told(text)
    assert list(found.texts) == ["Quintero_Maria"]
    assert found.place.where.is_name


@pytest.mark.parametrize(
    "text",
    [
        "colours = ['light_blue', 'dark_red']",
        "subjects = ['sub-01', 'sub-02', 'control']",
        "subjects = load('light_blue')",
        "subjects = 3; x = ['light_blue']",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert not any("light_blue" in part.texts for part in told(text))
    assert not list(told(text))


def test_many_beginnings_take_no_time() -> None:
    assert not list(told("subjects = [" * 50_000))
