"""Candidates: the words that may be a name, and what is weighed of them."""

import pytest

from vestige.detect.candidates import candidates, limited
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("Quintero^Maria", {"shape:caret", "pair:best", "pair:worst:formal", "pair:given"}),
        ("Quintero_Li", {"shape:pair", "pair:worst:free", "pair:short surname"}),
        ("Amber_Fox", {"shape:pair", "pair:given and surname", "pair:vocabulary"}),
        ("אמיר כהן", {"shape:pair", "pair:case:none"}),
        ("Quintero 19610203", {"shape:name-date", "single:odds", "single:odds:name-date"}),
    ],
)
def test_what_is_weighed_of_a_name(text: str, features: set[str]) -> None:
    found = {feature for one in candidates(text, LEXICON) for feature, _ in one.features}
    assert features <= found


def test_one_word_of_the_vocabulary_beside_a_name_is_as_any() -> None:
    found = {
        feature for one in candidates("Amber_Quintero", LEXICON) for feature, _ in one.features
    }
    assert "pair:vocabulary" not in found


def test_ordinary_words_are_no_candidates() -> None:
    assert list(candidates("knee_left_series", LEXICON)) == []


def test_log_odds_count_within_limits() -> None:
    assert [limited(odds) for odds in (-9.0, -1.0, 0.5, 9.0)] == [-5.0, -1.0, 0.5, 5.0]
