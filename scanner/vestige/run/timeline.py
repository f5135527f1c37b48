"""Timeline: days and what was written on them, as bars of even length that a picture can show."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from vestige.model import Band
from vestige.picture import Bin, Span, Timeline, Unit

BARS = 60
"""Bars that a timeline has at most, or one more where the first is cut."""

DAY = 86_400_000_000_000
"""A day in nanoseconds."""

_EPOCH = date(1970, 1, 1).toordinal()
_FAT = date(1980, 1, 1).toordinal() - _EPOCH

UNDATED = frozenset({-1, 0, _FAT - 1, _FAT})
"""Days that stand for no time: those from which systems and archives count, in any time zone."""

_DAYS = {
    Unit.DAY: 1,
    Unit.WEEK: 7,
    Unit.MONTH: 30,
    Unit.QUARTER: 91,
    Unit.YEAR: 365,
    Unit.DECADE: 3652,
}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120}
_YEAR = 12


def timeline(written: Mapping[tuple[int, Band], int], spans: Iterable[Span]) -> Timeline | None:
    """The timeline of how many files were written on each day, by band; None without files."""
    if not written:
        return None
    undated = sum(count for (day, _), count in written.items() if day in UNDATED)
    dated = {key: count for key, count in written.items() if key[0] not in UNDATED}
    if not dated:
        return Timeline(Unit.DAY, (), (), undated)
    first, last = min(dated)[0], max(dated)[0]
    unit = next((u for u, days in _DAYS.items() if last - first < BARS * days), Unit.DECADE)
    edges = _edges(unit, first, last)
    counts: list[dict[Band, int]] = [{} for _ in edges[1:]]
    for (day, band), count in dated.items():
        of_bin = counts[bisect_right(edges, day) - 1]
        of_bin[band] = of_bin.get(band, 0) + count
    bins = (
        Bin(since, until, tuple(sorted(of_bin.items(), reverse=True)))
        for since, until, of_bin in zip(edges, edges[1:], counts, strict=False)
    )
    shown = tuple(one for one in spans if one.until >= first and one.since <= last)
    return Timeline(unit, tuple(bins), shown, undated)


def _edges(unit: Unit, first: int, last: int) -> list[int]:
    """The first days of the bars from the one of `first` on, and the first day after the last."""
    edges = [_floor(unit, first)]
    while edges[-1] <= last:
        edges.append(_next(unit, edges[-1]))
    return edges


def _floor(unit: Unit, day: int) -> int:
    if unit not in _MONTHS:
        # 1970-01-01 was a Thursday: weeks begin on Mondays.
        return day - (day + 3) % _DAYS[unit]
    that = date.fromordinal(day + _EPOCH)
    months = that.year * _YEAR + that.month - 1
    return _month(months - months % _MONTHS[unit])


def _next(unit: Unit, day: int) -> int:
    if unit not in _MONTHS:
        return day + _DAYS[unit]
    that = date.fromordinal(day + _EPOCH)
    return _month(that.year * _YEAR + that.month - 1 + _MONTHS[unit])


def _month(months: int) -> int:
    """The first day of a month that is counted from the year 0 on."""
    return date(months // _YEAR, months % _YEAR + 1, 1).toordinal() - _EPOCH
