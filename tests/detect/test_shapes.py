"""The one table of tiers: which shapes may be told, and how loud."""

import pytest

from vestige.detect.shapes import PAIRS, TIERS, Shape, Tier, candidates, tier_of
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_has_its_row_in_the_table(shape: Shape) -> None:
    bars = TIERS[shape]
    assert bars.medium <= bars.most
    assert tier_of(shape, bars.medium - 0.1) is Tier.SILENT
    assert tier_of(shape, bars.medium) is Tier.MEDIUM


@pytest.mark.parametrize(
    "shape",
    [Shape.LONE, Shape.NAME_EXAM, Shape.NAME_UUID, Shape.NAME_HASH, Shape.NAME_NUMBER],
)
def test_one_word_alone_or_with_a_code_is_never_high(shape: Shape) -> None:
    assert tier_of(shape, TIERS[shape].most) is Tier.MEDIUM


@pytest.mark.parametrize("shape", sorted(PAIRS))
def test_pairs_may_be_high(shape: Shape) -> None:
    assert tier_of(shape, TIERS[shape].high) is Tier.HIGH


@pytest.mark.parametrize("comma", ["、", "，", "،"])
def test_commas_of_other_scripts_are_commas(comma: str) -> None:
    found = [one.shape for one in candidates(f"Kowalski{comma}Anna", LEXICON)]
    assert Shape.COMMA in found


def test_w_behind_other_words_is_short_for_with_and_no_initial() -> None:
    assert Shape.INITIAL_NAME in {one.shape for one in candidates("W_Kowalski", LEXICON)}
    assert Shape.INITIAL_NAME not in {one.shape for one in candidates("CHEST W CONTRA", LEXICON)}
