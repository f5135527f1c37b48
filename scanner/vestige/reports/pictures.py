"""Pictures of a Review laid out: what stands where, in the units of their drawing.

The map is an icicle: folders stand right of the folder that holds them, as high as their share.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from vestige.model import Band
from vestige.picture import Part, Pictures, Shape
from vestige.reports.timeline import Times, times
from vestige.review import Ranked, Review

WIDTH = 1000.0
"""The width of a map, where it is not deep; a unit is about a pixel on a wide screen."""

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
