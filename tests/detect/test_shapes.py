"""The one table of tiers: which shapes may be told, and how loud."""

import pytest

from vestige.detect.shapes import PAIRS, TIERS, Shape, Tier, tier_of


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
