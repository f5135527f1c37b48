"""The timeline laid out: bars as high as their files and as wide as their days."""

from vestige.model import Band
from vestige.picture import Bin, Timeline, Unit
from vestige.reports.timeline import WIDTH, times


def test_bars_are_as_high_as_their_files_and_as_wide_as_their_days() -> None:
    bins = (
        Bin(0, 31, ((Band.CRITICAL, 300), (Band.LOW, 100))),
        Bin(31, 59, ()),
        Bin(59, 90, ((Band.HIGH, 200),)),
    )
    made = times(Timeline(Unit.MONTH, bins, (), 0))
    critical, low, high = made.bars
    assert (critical.height, low.height, high.height) == (127.5, 42.5, 85.0)
    assert low.y + low.height == critical.y
    assert critical.y + critical.height == high.y + high.height == made.ground
    assert critical.x + critical.width < high.x
    assert high.x + high.width <= WIDTH
    assert [one.text for one in made.levels] == ["400", "200", "0"][::-1]
    assert made.most is not None
    assert made.most.text == "1970-01"


def test_no_bar_is_too_low_to_be_seen_and_none_too_high() -> None:
    bins = (Bin(0, 1, ((Band.CRITICAL, 1), (Band.HIGH, 1), (Band.LOW, 5_000_000))),)
    made = times(Timeline(Unit.DAY, bins, (), 0))
    assert min(bar.height for bar in made.bars) >= 2
    assert min(bar.y for bar in made.bars) > 0


def test_marks_of_the_axis_are_few_and_stay_inside() -> None:
    bins = tuple(Bin(day, day + 1, ((Band.LOW, 1),)) for day in range(18_000, 18_061))
    made = times(Timeline(Unit.DAY, bins, (), 0))
    assert 4 <= len(made.ticks) <= 8
    assert made.ticks[0].text == "2019-04-14"
    assert max(tick.at for tick in made.ticks) < WIDTH - 60
