"""Scores by plans: what they are the sums of, whichever text showed the plan first."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige.detect.candidates import candidates
from vestige.detect.plans import scored
from vestige.detect.shapes import TIERS, Shape
from vestige.detect.words import judged
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")
WORDS = (
    *("Garcia", "LOPEZ", "maria", "Müller", "Kim", "Seo", "yeon", "de", "van", "patient", "Frau"),
    *("knee", "CT", "left", "W", "L", "q", "RODRIGUEZMARIA", "JSMITH", "山田太郎", "李", "Tour"),
)
OTHERS = ("19610203", "004217", "17", "9b74c9897bac770f", "1.2.840.113619.2", "a@b.test")
GAPS = ("_", " ", ", ", "^", "-", ".", "", "\n", " (", "__", ":")
TEXTS = st.lists(
    st.tuples(st.sampled_from((*WORDS, *WORDS, *OTHERS)), st.sampled_from(GAPS)),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join(f"{piece}{gap}" for piece, gap in parts))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(("", ".py", ".dcm")))
def test_scores_are_the_sums_of_the_features(text: str, ending: str) -> None:
    found = [
        (one.span, one.shape, judged(one, LEXICON)) for one in candidates(text + ending, LEXICON)
    ]
    told = [one for one in found if one[2] >= TIERS[one[1]].medium]
    assert [tuple(one) for one in scored(text + ending, LEXICON)] == told


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4), st.randoms())
def test_it_does_not_matter_which_text_showed_a_plan(texts: list[str], chance: Random) -> None:
    lexicon = replace(LEXICON)  # another one, of which no plan is known
    chance.shuffle(texts)
    for text in texts:
        assert scored(text, lexicon) == scored(text, LEXICON)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Seo yeon", "Box Tea bag"),
        ("Garcia Anna q", "Garcia Hans q"),
        ("RODRIGUEZMARIA_17", "ZARGOTHY_17"),
        ("Müller^Anna", "Muller^Anna"),
        ("Maria Garcia.py", "Maria Garcia.dcm"),
    ],
)
def test_texts_of_one_form_keep_their_own_names(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        lexicon = replace(LEXICON)
        told = [scored(text, lexicon) for text in (first, second)]
        assert told == [scored(text, replace(LEXICON)) for text in (first, second)]


def test_a_long_text_is_scored_as_a_short_one() -> None:
    text = "Garcia^Maria; " * 30
    shapes = [one.shape for one in scored(text, LEXICON)]
    assert shapes.count(Shape.CARET) == 30
