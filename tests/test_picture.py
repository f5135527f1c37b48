"""What pictures show: sums of bars."""

from tests.pictured import pictures


def test_a_timeline_counts_what_its_bars_count() -> None:
    timeline = pictures().timeline
    assert timeline is not None
    assert [one.total for one in timeline.bins] == [312_040, 0, 412]
    assert timeline.files == 312_452
