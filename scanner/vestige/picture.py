"""What the pictures of a report show: where on a volume findings lie, and when files were written.

Every name in them is masked, and all of them are bounded, however large the volume is.
"""

from dataclasses import dataclass
from enum import StrEnum

from vestige.model import Band


class Shape(StrEnum):
    """What a part of a volume stands for."""

    FOLDER = "folder"
    MEMBERS = "members"
    FILES = "files"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a volume, with the parts in it.

    A folder whose only entry is a folder is one part with it: `name` then holds both. `MEMBERS` are
    the entries of one phantom directory, whose finding is `family`; `FILES` what lies directly in a
    folder and is no folder; `REST` folders that are told by their number alone. `count` is how many
    of them lie side by side. `entries`, `files` and `bytes` are of all below, `found` the files of
    them with findings that count; `band` and `finding` are those of the worst finding, None and ""
    without any.
    """

    shape: Shape
    name: str = ""
    path: str = ""
    count: int = 0
    entries: int = 0
    files: int = 0
    bytes: int = 0
    found: int = 0
    band: Band | None = None
    finding: str = ""
    family: str = ""
    parts: tuple["Part", ...] = ()


class Unit(StrEnum):
    """How long a bar of the timeline is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True)
class Bin:
    """Files by the worst band of what was found in them, written from day to day.

    Days are counted from 1970-01-01; `until` is the first day that is no part of it any more.
    `files` come worst band first, and hold no band without files.
    """

    since: int
    until: int
    files: tuple[tuple[Band, int], ...]

    @property
    def total(self) -> int:
        """All files of it."""
        return sum(count for _, count in self.files)


@dataclass(frozen=True, slots=True)
class Span:
    """From which day to which the files of a phantom directory were written."""

    finding: str
    path: str
    band: Band
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """When the files with findings that count were written; the bins follow without a gap.

    `undated` are files whose time is one that copying leaves where it does not know it.
    """

    unit: Unit
    bins: tuple[Bin, ...]
    spans: tuple[Span, ...]
    undated: int

    @property
    def files(self) -> int:
        """All files of it that bear a time."""
        return sum(one.total for one in self.bins)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The parts of the roots of a volume, and its timeline; none where there is nothing to show."""

    roots: tuple[Part, ...]
    timeline: Timeline | None
