"""The timeline: bars of even length from the first day to the last, whatever the days are."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige.model import Band
from vestige.picture import Span, Unit
from vestige.run.timeline import BARS, DAY, UNDATED, timeline

_FARTHEST = (1 << 63) // DAY
_EPOCH = date(1970, 1, 1).toordinal()


def days(iso: str) -> int:
    return date.fromisoformat(iso).toordinal() - _EPOCH


@given(
    st.dictionaries(
        st.tuples(st.integers(-_FARTHEST, _FARTHEST), st.sampled_from(Band)),
        st.integers(1, 9),
        min_size=1,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_file_is_in_one_bar_or_undated(written: dict[tuple[int, Band], int]) -> None:
    made = timeline(written, ())
    assert made is not None
    assert made.files + made.undated == sum(written.values())
    assert len(made.bins) <= BARS + 1
    assert all(one.since < one.until for one in made.bins)
    assert all(one.until == other.since for one, other in pairwise(made.bins))
    dated = [day for day, _ in written if day not in UNDATED]
    if dated:
        assert made.bins[0].since <= min(dated) < made.bins[0].until
        assert made.bins[-1].since <= max(dated) < made.bins[-1].until


@pytest.mark.parametrize(
    ("first", "last", "unit", "begins", "bars"),
    [
        ("2021-05-05", "2021-05-05", Unit.DAY, "2021-05-05", 1),
        ("2021-05-05", "2021-06-30", Unit.DAY, "2021-05-05", 57),
        ("2021-05-05", "2022-03-01", Unit.WEEK, "2021-05-03", 44),
        ("2019-01-10", "2021-12-27", Unit.MONTH, "2019-01-01", 36),
        ("2010-05-05", "2022-01-01", Unit.QUARTER, "2010-04-01", 48),
        ("1990-07-01", "2026-01-01", Unit.YEAR, "1990-01-01", 37),
        ("1903-07-01", "2226-01-01", Unit.DECADE, "1900-01-01", 33),
    ],
)
def test_the_unit_follows_from_the_days(
    first: str, last: str, unit: Unit, begins: str, bars: int
) -> None:
    made = timeline({(days(first), Band.HIGH): 1, (days(last), Band.HIGH): 1}, ())
    assert made is not None
    assert (made.unit, made.bins[0].since, len(made.bins)) == (unit, days(begins), bars)


def test_bands_of_a_bar_come_worst_first() -> None:
    day = days("2021-05-05")
    made = timeline({(day, Band.LOW): 2, (day, Band.CRITICAL): 1, (day, Band.HIGH): 3}, ())
    assert made is not None
    assert made.bins[0].files == ((Band.CRITICAL, 1), (Band.HIGH, 3), (Band.LOW, 2))


def test_times_that_stand_for_none_stretch_no_axis() -> None:
    day = days("2021-05-05")
    made = timeline({(0, Band.HIGH): 5, (3652, Band.HIGH): 2, (day, Band.HIGH): 1}, ())
    assert made is not None
    assert (made.undated, made.files, len(made.bins)) == (7, 1, 1)
    nothing = timeline({(0, Band.HIGH): 5}, ())
    assert nothing is not None
    assert (nothing.undated, nothing.bins) == (5, ())
    assert timeline({}, ()) is None


def test_spans_outside_of_the_bars_are_left_out() -> None:
    day = days("2021-05-05")
    inside, outside = Span("F1", "a", Band.HIGH, 0, day), Span("F2", "b", Band.HIGH, 0, day - 1)
    made = timeline({(day, Band.HIGH): 1}, (inside, outside))
    assert made is not None
    assert made.spans == (inside,)
