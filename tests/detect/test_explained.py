"""What a judgement was made of can be told, and is what the judgement was made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.detect.explained import WordClass, explained, word_classes
from vestige.detect.shapes import TIERS, Shape, Tier
from vestige.detect.words import person_names
from vestige.lexicon import Lexicon, load
from vestige.shipped import rules

_LEXICON = load(rules() / "lexicons")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return _LEXICON


def test_a_name_is_told_term_by_term(lexicon: Lexicon) -> None:
    text = "RODRIGUEZ_MARIA_19610203"
    told = explained(text, lexicon)
    assert not told.opaque
    assert [text[slice(*token.span)] for token in told.tokens] == [
        *("RODRIGUEZ", "_", "MARIA", "_", "19610203")
    ]
    assert WordClass.COMMON_SURNAME in told.tokens[0].classes
    assert WordClass.COMMON_GIVEN in told.tokens[2].classes
    best = next(one for one in told.candidates if one.told)
    assert best.shape is Shape.PAIR_DATE
    assert text[slice(*best.span)] == "RODRIGUEZ_MARIA"
    assert best.score == pytest.approx(sum(term.points for term in best.terms))
    assert told.tier is Tier.HIGH


def test_what_can_hold_no_name_is_looked_at_no_closer(lexicon: Lexicon) -> None:
    told = explained("IM0001.dcm", lexicon)
    assert told.opaque
    assert not told.candidates
    assert not told.names
    assert told.tier is Tier.SILENT


def test_a_limit_is_told(lexicon: Lexicon) -> None:
    (lone,) = explained("RODRIGUEZ", lexicon).candidates
    assert lone.limited
    assert lone.score == TIERS[Shape.LONE].most < sum(term.points for term in lone.terms)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("J", WordClass.INITIAL),
        ("paciente", WordClass.CUE),
        ("for", WordClass.WEAK_CUE),
        ("van", WordClass.PARTICLE),
        ("release", WordClass.VOCABULARY),
        ("MPRAGE", WordClass.TECHNICAL),
        ("abdomen", WordClass.MEDICAL),
        ("xqzvkq", WordClass.UNKNOWN),
    ],
)
def test_words_are_classed(word: str, said: WordClass, lexicon: Lexicon) -> None:
    assert said in word_classes(word, lexicon)


@given(st.text(max_size=60))
def test_what_is_told_is_what_was_found(text: str) -> None:
    told = explained(text, _LEXICON)
    assert told.names == person_names(text, _LEXICON)
    assert "".join(text[slice(*token.span)] for token in told.tokens) == text
