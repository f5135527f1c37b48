"""Faces: series whose slices are many and thin enough to render the face of a head."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from vestige.catalog import Tables
from vestige.model import Band

_SLICES: Final = 30
"""Slices from which a face can be rendered."""

_MANY: Final = 100
"""Slices that are thin, whatever is not said of their distance."""

_THIN = {"CT": 3.0, "MR": 2.0, "PT": 5.0, "CBCT": 1.0}
"""Millimetres between slices up to which a face can be rendered, by the kind of volume."""

_CRANIOFACIAL: Final = "1.2.840.10008.5.1.4.1.1.13.1.2"
_FEATURES_CLEANED: Final = "113102"


READ = frozenset(
    {
        *("class", "modality", "head", "thickness", "spacing", "frames", "acquired"),
        *("features", "codes", "series"),
    }
)
"""The facts that are read of a series."""


class Volume(NamedTuple):
    """What is kept of a series, and how many files are of it.

    `series` is the number of what is kept. Of `facts` those in `READ` are read: "thickness" and
    "spacing" are in millimetres, "acquired" is 2D or 3D, and by "series" rows of one series are
    known to belong together.
    """

    series: int
    facts: Mapping[str, str]
    files: int


class Head(NamedTuple):
    """A series from which a face can be rendered: its rows, its slices, and how grave that is."""

    series: tuple[int, ...]
    slices: int
    severity: Band


def heads(volumes: Iterable[Volume], tables: Tables) -> tuple[Head, ...]:
    """The volumes of heads that nobody says were defaced (PS3.15 section E.3.2).

    A YES in (0028,0302) is a finding of its own, and is left to it.
    """
    at_risk: dict[str, list[Volume]] = defaultdict(list)
    for volume in volumes:
        if _kind(volume, tables) and not _is_answered(volume):
            at_risk[volume.facts.get("series") or f"row {volume.series}"].append(volume)
    found = (_head(rows, tables) for rows in at_risk.values())
    return tuple(sorted(head for head in found if head is not None))


def _head(rows: list[Volume], tables: Tables) -> Head | None:
    slices = sum(map(_slices, rows))
    if slices < _SLICES or not any(_is_thin(row, slices, tables) for row in rows):
        return None
    worst = max(tables.head_volumes[_kind(row, tables)].severity for row in rows)
    return Head(tuple(sorted(row.series for row in rows)), slices, worst)


def _kind(volume: Volume, tables: Tables) -> str:
    """The class or modality by which the table lists the volume; "" if it shows no head."""
    facts = volume.facts
    kind = facts.get("class", "")
    if kind not in tables.head_volumes:
        # Objects without a class are judged by their modality, others by their class alone.
        kind = "" if kind else facts.get("modality", "")
    shown = "head" in facts or kind == _CRANIOFACIAL
    return kind if shown and kind in tables.head_volumes else ""


def _is_answered(volume: Volume) -> bool:
    codes = volume.facts.get("codes", "").split()
    return bool(volume.facts.get("features")) or _FEATURES_CLEANED in codes


def _slices(volume: Volume) -> int:
    frames = volume.facts.get("frames", "1")
    return volume.files * max(1, int(float(frames)))


def _is_thin(volume: Volume, slices: int, tables: Tables) -> bool:
    """Whether slices lie close enough; MR in two dimensions has gaps, however thin it is."""
    row = tables.head_volumes[_kind(volume, tables)]
    limit = min(limit for word, limit in _THIN.items() if word in row.modalities)
    if "MR" in row.modalities and volume.facts.get("acquired") == "2D":
        return False
    distances = [
        float(volume.facts[key]) for key in ("spacing", "thickness") if key in volume.facts
    ]
    distances = [one for one in distances if one > 0]
    return min(distances) <= limit if distances else slices >= _MANY
