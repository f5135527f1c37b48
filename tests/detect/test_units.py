"""Words that may name someone, with their particles; letters and cues are left out."""

import pytest

from vestige.detect.units import layout_of
from vestige.lexicon import Lexicon, load
from vestige.shipped import rules


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(rules() / "lexicons")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Maria_de la Cruz", ["Maria", "de la Cruz"]),
        ("J_Quintero", ["Quintero"]),
        ("patient Quintero", ["Quintero"]),
        ("van_Dijk^Anna", ["van_Dijk", "Anna"]),
        ("山田太郎", ["山田", "太郎"]),
        ("", []),
    ],
)
def test_words_become_units(text: str, units: list[str], lexicon: Lexicon) -> None:
    found = layout_of(text, lexicon).units
    assert [text[unit.start : unit.end] for unit in found] == units
