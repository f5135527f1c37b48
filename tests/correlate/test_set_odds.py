"""Sets of words weighed together: surnames against towns and terms."""

import pytest

from vestige.correlate.set_odds import (
    BIAS,
    FEATURES,
    OF_TONGUES,
    SIZE,
    UNITS,
    odds,
    of_word,
    weighed,
)
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


NAMED = (*FEATURES, *OF_TONGUES, SIZE)


def test_units_tell_features_that_say_something_only_together() -> None:
    weights = dict.fromkeys((*NAMED, BIAS, *UNITS), 0.0)
    weights |= {f"{unit}:{name}": 0.0 for unit in UNITS for name in (*NAMED, BIAS)}
    both = {"plain common": 2.0, "spoken": 2.0, BIAS: -3.0}
    weights |= {"unit a": 3.0} | {f"unit a:{name}": value for name, value in both.items()}
    blank = dict.fromkeys((*FEATURES, *OF_TONGUES), 0.0)

    def told(*names: str) -> float:
        return weighed([*(blank | dict.fromkeys(names, 1.0)).values()], 30, weights)

    assert told("plain common") == told("spoken") < 0 < told("plain common", "spoken")


def test_every_feature_has_a_value_and_a_weight() -> None:
    row = of_word("kowalczyk", LEXICON.evidence("kowalczyk"), 1.0)
    assert len(row) == len(FEATURES)
    own = {f"{unit}:{name}" for unit in UNITS for name in (*NAMED, BIAS)}
    assert {*NAMED, BIAS, *UNITS, *own} == LEXICON.of_sets.keys()
