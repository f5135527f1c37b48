"""Pictures of a Review laid out: what stands where, in the units of their drawing.

The map is an icicle: folders stand right of the folder that holds them, as high as their share.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from vestige.model import Band
from vestige.picture import Bin, Part, Pictures, Shape, Span, Timeline, Unit
from vestige.review import Ranked, Review

WIDTH = 1000.0
"""The width of every picture; a unit is about a pixel on a wide screen."""

BOXES = 400
"""Boxes that a map has at most, whatever the volume."""

ROWS, CLEAN = 24, 8
"""Rows of the table beside the map, and how many of them tell of parts without findings."""

_HIGHEST, _LOWEST, _OF_ONE = 560.0, 64.0, 26.0
"""Height of a map, at most and at least, and as long as each part can have so much."""

_LEAST = 13.0
"""The height of a label, below which folders are told together."""

_SEEN = 0.1
"""The share of that height below which nothing can be seen."""

_LINE, _LETTER, _MARGIN = 16.0, 7.3, 38.0
"""Height of a further line, width of a letter, and what a label needs beside its letters."""

_LINES = 3

_NARROWEST = 155.0
"""Width of a column: what lies deep makes the picture wider."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the volume drawn: where, and how many lines of how many letters fit into it.

    `holds` says that parts of it are drawn beside it.
    """

    part: Part
    depth: int
    x: float
    y: float
    width: float
    height: float
    lines: int
    letters: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A map of the volume by one measure; `small` are places of findings without a label."""

    measure: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    small: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the table beside the map: a part, and how deep it lies."""

    part: Part
    depth: int


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


@dataclass(frozen=True, slots=True)
class Subject:
    """How many findings about one subject there are, by band, worst first, and in all."""

    name: str
    bands: tuple[tuple[Band, int], ...]
    findings: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """All pictures of a page."""

    maps: tuple[Map, ...]
    places: tuple[Place, ...]
    times: Times | None
    subjects: tuple[Subject, ...]


def drawn(review: Review) -> Drawn:
    """The pictures of a review; its entries are read for them."""
    made = review.pictures() if review.pictures else Pictures((), None)
    maps = (volume_map(made.roots, measure) for measure in ("entries", "bytes"))
    return Drawn(
        maps=tuple(one for one in maps if len(one.boxes) > 1),
        places=places(made.roots),
        times=times(made.timeline) if made.timeline else None,
        subjects=subjects(review.findings),
    )


# --- the map -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scale:
    """How parts become boxes: what is measured, height of one of it, and width of a column."""

    size: Callable[[Part], int]
    unit: float
    width: float
    least: float


def volume_map(roots: Sequence[Part], measure: str) -> Map:
    """The map of the roots by their `entries` or `bytes`; without boxes if they come to nothing."""
    size = _entries if measure == "entries" else _bytes
    whole = sum(map(size, roots))
    if not whole:
        return Map(measure, WIDTH, 0.0, (), ())
    height = min(max(_OF_ONE * sum(map(_leaves, roots)), _LOWEST), _HIGHEST)
    scale = _Scale(size, height / whole, WIDTH, _LEAST)
    boxes = tuple(_boxes(roots, scale))
    while len(boxes) > BOXES:
        scale = replace(scale, least=scale.least * 1.5)
        boxes = tuple(_boxes(roots, scale))
    columns = 1 + max(box.depth for box in boxes)
    scale = replace(scale, width=max(WIDTH / columns, _NARROWEST))
    boxes = tuple(_boxes(roots, scale))
    small = sorted(_small(roots, scale), key=lambda one: -_worst(one))
    return Map(measure, scale.width * columns, height, boxes, tuple(small))


def _small(parts: Sequence[Part], scale: _Scale) -> Iterator[Part]:
    """The phantom directories in parts, and other places of findings, that bear no label."""
    for group in _gathered(parts, scale):
        labelled = _height(group.told, scale) >= scale.least
        for one in group.parts:
            if _holds(one, scale):
                yield from _small(one.parts, scale)
            elif not labelled:
                yield from _phantoms(one) or ((one,) if one.band is not None else ())
            elif one.shape is Shape.FOLDER:
                yield from _phantoms(one)


def _phantoms(part: Part) -> tuple[Part, ...]:
    """The phantom directories in a part, at any depth."""
    if part.shape is Shape.MEMBERS:
        return (part,)
    return tuple(one for inside in part.parts for one in _phantoms(inside))


def _height(part: Part, scale: _Scale) -> float:
    return scale.size(part) * scale.unit


def _holds(part: Part, scale: _Scale) -> bool:
    """Whether something in it is high enough for a label, so that what is in it is drawn."""
    return any(_height(one.told, scale) >= scale.least for one in _gathered(part.parts, scale))


def _entries(part: Part) -> int:
    return part.entries


def _bytes(part: Part) -> int:
    return part.bytes


def _leaves(part: Part) -> int:
    return sum(map(_leaves, part.parts)) or 1


def _boxes(parts: Sequence[Part], scale: _Scale, depth: int = 0, top: float = 0.0) -> Iterator[Box]:
    """The boxes of parts that lie side by side, one under the other, each before those in it."""
    shown = [group.told for group in _gathered(parts, scale)]
    tops = accumulate((_height(part, scale) for part in shown), initial=top)
    for part, y in zip(shown, tops, strict=False):
        height, holds = _height(part, scale), _holds(part, scale)
        if height < scale.least * _SEEN:
            continue
        yield Box(
            part,
            depth,
            *(round(scale.width * depth, 2), round(y, 2), round(scale.width, 2)),
            round(height, 2),
            lines=min(int((height - _LEAST) / _LINE) + 1, _LINES) if height >= _LEAST else 0,
            letters=int((scale.width - _MARGIN) / _LETTER),
            holds=holds,
        )
        if holds:
            yield from _boxes(part.parts, scale, depth + 1, y)


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts that are told together, as one."""

    told: Part
    parts: tuple[Part, ...]


def _gathered(parts: Sequence[Part], scale: _Scale) -> list[_Group]:
    """Parts in the order in which they are drawn, largest first; small folders by their bands."""
    small: dict[int, list[Part]] = {}
    apart = []
    for one in parts:
        if _is_small(one, scale):
            small.setdefault(_worst(one), []).append(one)
        else:
            apart.append(one)
    apart.sort(key=lambda one: (one.shape is Shape.FILES, -scale.size(one)))
    together = [_Group(_together(small[band]), tuple(small[band])) for band in sorted(small)]
    return [*(_Group(one, (one,)) for one in apart), *reversed(together)]


def _worst(part: Part) -> int:
    """The worst band of a part as a number, for comparisons."""
    return -1 if part.band is None else part.band


def _is_small(part: Part, scale: _Scale) -> bool:
    if part.shape is Shape.FOLDER:
        return _height(part, scale) < scale.least
    return part.shape is Shape.REST


def _together(parts: Sequence[Part]) -> Part:
    """Folders of one band told by their number alone."""
    if len(parts) == 1:
        return parts[0]
    worst = max(parts, key=_worst)
    return Part(
        shape=Shape.REST,
        count=sum(one.count for one in parts),
        entries=sum(one.entries for one in parts),
        files=sum(one.files for one in parts),
        bytes=sum(one.bytes for one in parts),
        found=sum(one.found for one in parts),
        band=worst.band,
        finding=worst.finding,
    )


def places(roots: Sequence[Part]) -> tuple[Place, ...]:
    """The largest parts, those with findings first, each after the folder that holds it."""
    every = [place for root in roots for place in _places(root, 0)]
    found = [at for at, place in enumerate(every) if place.part.band is not None]
    clean = [at for at, place in enumerate(every) if place.part.band is None]

    def largest(those: Sequence[int], most: int) -> list[int]:
        return heapq.nlargest(most, those, key=lambda at: (every[at].part.entries, -at))

    shown = largest(found, ROWS - CLEAN)
    shown += largest(clean, ROWS - len(shown))
    return tuple(every[at] for at in sorted(shown))


def _places(part: Part, depth: int) -> Iterator[Place]:
    yield Place(part, depth)
    for inside in sorted(part.parts, key=lambda one: (one.shape is Shape.REST, -one.entries)):
        yield from _places(inside, depth + 1)


# --- the timeline --------------------------------------------------------------------------------

_LEFT, _TOP, _HIGH, _BELOW = 64.0, 14.0, 170.0, 34.0
_LANE, _LEAST_BAR, _GAP = 22.0, 2.0, 0.12
_TICKS, _WORD = 8, 76.0
_EPOCH = date(1970, 1, 1).toordinal()


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


# --- findings by kind ----------------------------------------------------------------------------


def subjects(findings: Iterable[Ranked]) -> tuple[Subject, ...]:
    """How many findings that count there are about each subject, those with the worst first."""
    found: dict[str, Counter[Band]] = {}
    for one in findings:
        if one.counts:
            found.setdefault(one.finding.claim.subject, Counter())[one.risk.band] += 1
    bands = sorted(Band, reverse=True)
    made = [
        Subject(name, tuple((band, counts[band]) for band in bands), counts.total())
        for name, counts in sorted(found.items())
    ]
    return tuple(sorted(made, key=lambda one: [-count for _, count in one.bands]))
