"""Acceptances hold while they stand; extents are told in their finest form."""

from datetime import date

import pytest

from vestige.acceptance import Acceptance, Decision, Extent, Scope, Standing


@pytest.mark.parametrize("standing", list(Standing))
def test_only_what_holds_or_soon_ends_is_covered(standing: Standing) -> None:
    days = (date(2026, 1, 1), date(2027, 1, 1))
    told = (Decision.ACCEPTED, Scope.FINDING, "names/x", "somebody", "reason")
    one = Acceptance(*told, *days, standing)
    assert one.holds == (standing in {Standing.HOLDS, Standing.SOON})


def test_the_finest_form_comes_first() -> None:
    extent = Extent(2, (("a", "b"), ("all",)), (("v",), ("all",)))
    assert (extent.held, extent.values) == (("a", "b"), ("v",))
    assert Extent(1, (("a",),), ()).values == ()
