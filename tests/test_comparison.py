"""Comparisons: what is new stops a gate, and what was not seen is no clean bill."""

from dataclasses import replace

import pytest

from vestige.comparison import NOWHERE, Amount, Change, Compared, Comparison, Side
from vestige.model import Band

SIDE = Side("1" * 16, "2026-11-21T10:00:00Z", ("v*****",), "0.1.0", 1)
ROW = Compared(
    *(Change.NEW, "ab" * 16, "", "F7", Band.HIGH, 71.5, "names/surname", "A surname", "path"),
    *("name", "Z****", NOWHERE, Amount(2, 1), 0, ("v*****/Z****",)),
)
FOUND = Comparison(SIDE, SIDE, Band.MEDIUM, (ROW,))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change.NEW, 1),
        (Change.GROWN, 1),
        (Change.EXPIRED, 1),
        (Change.MOVED, 0),
        (Change.PERSISTING, 0),
        (Change.ACCEPTED, 0),
        (Change.UNSEEN, 0),
        (Change.GONE, 0),
    ],
)
def test_only_what_nobody_has_judged_stops(change: Change, code: int) -> None:
    found = replace(FOUND, rows=(replace(ROW, change=change),))
    assert found.exit_code == code
    assert found.counts[change.value] == 1
    assert sum(found.counts.values()) == 1


def test_below_the_band_nothing_stops_and_gaps_are_incomplete() -> None:
    low = replace(FOUND, rows=(replace(ROW, band=Band.LOW),))
    assert (low.exit_code, low.blocking) == (0, ())
    assert replace(low, gaps=("A directory was not read.",)).exit_code == 3
    assert replace(FOUND, gaps=("A directory was not read.",)).exit_code == 1
