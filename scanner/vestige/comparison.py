"""What became of findings between two scans of a volume, as reports may show it."""

from dataclasses import dataclass
from enum import StrEnum

from vestige.model import Band


class Change(StrEnum):
    """What became of a finding; the order is that of reports."""

    NEW = "new"
    GROWN = "grown"
    EXPIRED = "expired"
    MOVED = "moved"
    PERSISTING = "persisting"
    ACCEPTED = "accepted"
    UNSEEN = "not seen"
    GONE = "gone"

    @property
    def is_new(self) -> bool:
        """Whether something is there that nobody has judged: a gate stops at it."""
        return self in (Change.NEW, Change.GROWN, Change.EXPIRED)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two scans: its id and when it began (ISO 8601 UTC), masked roots, and findings."""

    scan: str
    started: str
    roots: tuple[str, ...]
    version: str
    findings: int


@dataclass(frozen=True, slots=True)
class Amount:
    """How far a finding goes in one scan: entries, and distinct values as far as they count."""

    entries: int
    values: int


NOWHERE = Amount(0, 0)
"""How far a finding goes that is not there."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One finding in both scans; paths and values are masked.

    `old` and `new` are its numbers there, as F12, "" where it is not; `before` and `now` how far it
    goes; `more` are values that are new, `paths` the first places now, or where it stood.
    """

    change: Change
    fingerprint: str
    old: str
    new: str
    band: Band
    score: float
    rule: str
    title: str
    where: str
    place: str
    masked: str
    before: Amount
    now: Amount
    more: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scans of one volume: what became of each finding, worst first.

    `caveats` say what keeps the two from being wholly comparable, `gaps` what the newer one did not
    see, so that what is missing there is not known to be gone.
    """

    old: Side
    new: Side
    fail_on: Band
    rows: tuple[Compared, ...]
    caveats: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    def of(self, change: Change) -> tuple[Compared, ...]:
        """The findings of which this became."""
        return tuple(row for row in self.rows if row.change is change)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each change, those of which there are none included."""
        return {change.value: len(self.of(change)) for change in Change}

    @property
    def blocking(self) -> tuple[Compared, ...]:
        """What is new, at or above the band."""
        return tuple(row for row in self.rows if row.change.is_new and row.band >= self.fail_on)

    @property
    def exit_code(self) -> int:
        """1 if anything is new at or above the band, 3 if not all was seen, else 0."""
        if self.blocking:
            return 1
        return 3 if self.gaps else 0
