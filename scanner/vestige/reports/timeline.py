"""The timeline of a Review laid out: bars, axes and spans, in the units of their drawing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vestige.model import Band
from vestige.picture import Bin, Span, Timeline, Unit

WIDTH = 1000.0
"""The width of the picture; a unit is about a pixel on a wide screen."""

_LEFT, _TOP, _HIGH, _BELOW = 64.0, 14.0, 170.0, 34.0
_LANE, _LEAST_BAR, _GAP = 22.0, 2.0, 0.12
_TICKS, _WORD = 8, 76.0
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place of an axis, with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the timeline for one band; a bar begins at its upper end."""

    band: Band
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """When the files of a phantom directory were written, as a line of the timeline."""

    span: Span
    x: float
    width: float
    y: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar of the timeline in words: when, and files by band."""

    text: str
    bin: Bin


@dataclass(frozen=True, slots=True)
class Times:
    """The timeline drawn, and the same in words; `most` is the stretch with most files."""

    timeline: Timeline
    height: float
    ground: float
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]
    most: Stretch | None


def times(timeline: Timeline) -> Times:
    """The timeline drawn: the highest bar stands for most files, the worst band lowest."""
    bins = timeline.bins
    since, until = (bins[0].since, bins[-1].until) if bins else (0, 1)
    most = max((one.total for one in bins), default=1)
    unit = (WIDTH - _LEFT) / (until - since)

    def x(day: int) -> float:
        return round(_LEFT + (min(max(day, since), until) - since) * unit, 1)

    ground = _TOP + _HIGH
    lines = tuple(
        Line(
            span,
            *(x(span.since), round(max(x(span.until + 1) - x(span.since), 3.0), 1)),
            ground + _BELOW + _LANE * (lane + 0.5),
        )
        for lane, span in enumerate(timeline.spans)
    )
    stretches = tuple(Stretch(_stretch(timeline.unit, one.since), one) for one in bins)
    return Times(
        timeline=timeline,
        height=ground + _BELOW + _LANE * len(lines),
        ground=ground,
        bars=tuple(bar for one in bins for bar in _bars(one, most, x)),
        lines=lines,
        ticks=_ticks(stretches, x),
        levels=tuple(
            Mark(round(ground - _HIGH * level / most, 1), f"{level:,}")
            for level in sorted({0, most // 2, most})
        ),
        stretches=stretches,
        most=max(stretches, key=lambda one: one.bin.total, default=None),
    )


def _bars(one: Bin, most: int, x: Callable[[int], float]) -> Iterator[Bar]:
    """What stands for each band, one upon the other; none is too low to be seen."""
    left, width = x(one.since), x(one.until) - x(one.since)
    y = _TOP + _HIGH
    for band, count in one.files:
        height = max(_HIGH * count / most, _LEAST_BAR)
        y -= height
        yield Bar(band, round(left + width * _GAP / 2, 1), round(y, 1), *_wide(width, height))


def _wide(width: float, height: float) -> tuple[float, float]:
    return round(width * (1 - _GAP), 1), round(height, 1)


def _ticks(stretches: Sequence[Stretch], x: Callable[[int], float]) -> tuple[Mark, ...]:
    """So many stretches that their texts do not touch, at even steps."""
    step = -(-len(stretches) // _TICKS)
    ticks = (Mark(x(one.bin.since), one.text) for one in stretches[:: step or 1])
    return tuple(one for one in ticks if one.at <= WIDTH - _WORD)


def _stretch(unit: Unit, day: int) -> str:
    """The stretch that begins on this day, as ISO 8601 writes it, or as people count it."""
    that = date.fromordinal(day + _EPOCH)
    return {
        Unit.DAY: that.isoformat(),
        Unit.WEEK: that.isoformat(),
        Unit.MONTH: f"{that:%Y-%m}",
        Unit.QUARTER: f"{that.year} Q{that.month // 3 + 1}",
        Unit.YEAR: f"{that.year}",
        Unit.DECADE: f"{that.year}",
    }[unit]
