"""Sets of words weighed together: surnames against towns and terms."""

import pytest

from vestige.correlate.set_odds import BIAS, FEATURES, HALF, SIZE, certainty, odds, of_word, weighed
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")
SURNAMES = (
    "Kowalczyk Gutierrez Schneider Papadopoulos Lindqvist Fernandez Novotny Dimitrov Okafor "
    "Johansson Moreau Rossi Yilmaz Haddad Tanaka Andersen Vasquez Kaminski Hoffmann"
).split()
TOWNS = (
    "Villanueva Fuentespina Oberndorf Montecalvo Kirchberg Saint Greenville Pueblonuevo Niederau "
    "Casalnuovo Santillana Neustadt Woodbridge Bridgeport Springfield Altkirchen Roccaforte "
    "Hinojosa Lakewood Maplewood"
).split()
TERMS = "knee axial brain series export contrast abdomen sagittal thorax localizer report".split()


def said(words: list[str]) -> float | None:
    return odds({word.lower(): LEXICON.evidence(word.lower()) for word in words}, LEXICON)


def test_surnames_are_told_from_towns() -> None:
    names, towns = said(SURNAMES), said(TOWNS)
    assert names is not None
    assert towns is not None
    assert names > 1
    assert towns < 0


def test_of_words_and_terms_nothing_is_said() -> None:
    assert said(TERMS) is None


@pytest.mark.parametrize("words", [["李", "王", "张"], ["محمد", "احمد", "علي"]])
def test_of_scripts_whose_letters_were_not_learnt_nothing_is_said(words: list[str]) -> None:
    assert said(words) is None


def test_few_words_say_less_than_many() -> None:
    assert certainty(HALF) == 0.5
    weights = {**dict.fromkeys(FEATURES, 0.0), "plain common": 4.0, SIZE: 0.0, BIAS: 0.0}
    means = [1.0, *[0.0] * (len(FEATURES) - 1)]
    assert 0 < weighed(means, 6, weights) < weighed(means, 600, weights) < 4


def test_every_feature_has_a_value_and_a_weight() -> None:
    row = of_word("kowalczyk", LEXICON.evidence("kowalczyk"), 1.0)
    assert len(row) == len(FEATURES)
    assert {*FEATURES, SIZE, BIAS} == LEXICON.of_sets.keys()
