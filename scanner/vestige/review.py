"""What a scan amounts to: all that a report may know, with every path and value masked."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import NamedTuple

from vestige.acceptance import Acceptance, Accepting, Identity
from vestige.account import NO_BYTES, Account
from vestige.anonymity import SinglingOut
from vestige.key_table import KeyTable
from vestige.model import Band, Family, FamilyKind, Finding, Kind, Stage, Where
from vestige.picture import Pictures


class ScanState(StrEnum):
    """How far a scan has come."""

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    COMPLETE = "complete"


class Outcome(Enum):
    """What a gate says of a volume."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    BLOCK = "block"
    INCOMPLETE = "incomplete"

    @property
    def exit_code(self) -> int:
        """0 pass, 1 block, 3 incomplete."""
        return {"pass": 0, "block": 1, "incomplete": 3}[self.value]


@dataclass(frozen=True, slots=True)
class Risk:
    """Score (0 to 100), band, and the sentences that say why."""

    score: float
    band: Band
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a finding goes: entries, files and bytes at or below them, subjects if known."""

    entries: int
    files: int
    bytes: int
    subjects: int | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A finding with all that a report says of it; paths and values are masked."""

    rank: int
    finding: Finding
    risk: Risk
    reach: Reach
    distinct: int
    values: tuple[str, ...]
    paths: tuple[str, ...]
    why: str
    remedy: str
    family: Family | None = None
    accepted: Acceptance | None = None
    identity: Identity | None = None
    key: KeyTable | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts for the verdict: nobody answers for it, or no longer."""
        return self.accepted is None or not self.accepted.holds

    @property
    def undoes(self) -> bool:
        """Whether it is a key to codes of the volume, and nobody answers for it."""
        return self.counts and self.key is not None and self.key.undoes

    @property
    def number(self) -> str:
        """The name by which `vestige show` knows the finding, as F12."""
        return f"F{self.finding.id}"


class Occurrence(NamedTuple):
    """One entry in which a finding holds; the path is masked."""

    finding: str
    entry: int
    path: str
    location: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with the masked path of its entry, as reports show it."""

    path: str
    stage: Stage
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of entries: seen = read + unreadable + skipped, always.

    `partly` are those of `read` of which a part could not be read; `unexamined` those of `skipped`
    whose content exists and was not looked at. `files`, `directories` and `bytes` are of `seen`;
    `account` says what became of the bytes of DICOM files; `carried` are entries that have not
    changed since an earlier scan, of which nothing but the name was read now.
    """

    seen: int
    read: int
    partly: int
    unreadable: int
    skipped: int
    unexamined: int
    files: int
    directories: int
    bytes: int
    account: Account = NO_BYTES
    carried: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything that exists was looked at in full."""
        return self.unreadable == 0 and self.partly == 0 and self.unexamined == 0


@dataclass(frozen=True, slots=True)
class SoftwareTree:
    """One tree of software: its kind, the masked path of what shows it, and the entries in it."""

    kind: str
    path: str
    entries: int


@dataclass(frozen=True, slots=True)
class SoftwareTrees:
    """All entries whose names were judged as those of software, and in which trees they lie.

    `kinds` come with most entries first, `widest` are the trees with most.
    """

    entries: int
    trees: int
    kinds: tuple[str, ...]
    widest: tuple[SoftwareTree, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that keeps a volume from being known to be clean, or that was allowed to be so."""

    code: str
    count: int
    sentence: str
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether data may leave, and the sentences that say why; `gaps` are told among them.

    `of_gate` says that all was asked that a gate asks, which is more than a scan is asked.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    of_gate: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """The earlier scan from which one goes on: its id, and when it began (ISO 8601 UTC).

    `anew` says why nothing of it was carried over, "" if it could be; `by_digest` that contents
    were compared by their digests, whatever the times of files.
    """

    scan: str
    started: str
    anew: str = ""
    by_digest: bool = False

    def noted(self) -> dict[str, object]:
        """What is kept of it, as JSON can hold it."""
        told = {"scan": self.scan, "started": self.started, "anew": self.anew}
        return {**told, "by_digest": self.by_digest}


@dataclass(frozen=True, slots=True)
class Scan:
    """One examination of one volume or more; times are ISO 8601 UTC, `roots` masked."""

    id: str
    roots: tuple[str, ...]
    started: str
    finished: str
    version: str
    catalog_digest: str
    rules: int
    policy: str
    fail_on: Band
    state: ScanState
    coverage: Coverage
    limits: tuple[str, ...] = ()
    policy_digest: str = ""
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class Hunt:
    """What was searched for known persons behind all readers: files, bytes, and for how many."""

    files: int
    bytes: int
    persons: int

    def noted(self) -> dict[str, object]:
        """What is kept of it, as JSON can hold it."""
        return {"files": self.files, "bytes": self.bytes, "persons": self.persons}

    @property
    def words(self) -> str:
        """What was searched, in a sentence."""
        return (
            f"{self.files:,} files, {self.bytes:,} bytes were hunted through for "
            f"{self.persons:,} known persons; that is no reading of them."
        )


@dataclass(frozen=True, slots=True)
class Point:
    """One review of a workspace: when it began, its verdict, and findings by band, worst first.

    `bands` is None where nothing could be scanned; `complete` says whether everything that exists
    was looked at in full.
    """

    started: str
    outcome: Outcome
    bands: tuple[tuple[Band, int], ...] | None
    complete: bool

    def noted(self) -> dict[str, object]:
        """What is kept of it, as JSON can hold it."""
        bands = None if self.bands is None else {band.word: count for band, count in self.bands}
        told = {"started": self.started, "outcome": self.outcome.value}
        return {**told, "bands": bands, "complete": self.complete}


def point_of_noted(noted: Mapping[str, object]) -> Point:
    """The point of which that was kept; ValueError if it is none."""
    bands = noted.get("bands")
    if not (bands is None or isinstance(bands, dict)):
        raise ValueError("no bands")
    counts = None if bands is None else tuple((Band.of(w), int(n)) for w, n in bands.items())
    outcome = Outcome(noted.get("outcome"))
    return Point(str(noted.get("started", "")), outcome, counts, noted.get("complete") is True)


def point(scan: Scan, verdict: Verdict, findings: Iterable[Ranked]) -> Point:
    """The point that a scan is among the reviews of its workspace; what is accepted is no part."""
    counts = Counter(one.risk.band for one in findings if one.counts)
    bands = tuple((band, counts[band]) for band in sorted(Band, reverse=True))
    complete = scan.coverage.complete and scan.state is ScanState.COMPLETE
    return Point(scan.started, verdict.outcome, bands, complete)


@dataclass(frozen=True, slots=True)
class Review:
    """All a report may know: bounded by causes; `occurrences` and `troubles` (problems) stream.

    `revealed` says that paths and values are in clear, at the explicit wish of whoever asked.
    `pictures` are made when a report asks for them: all entries are read for them.
    """

    scan: Scan
    verdict: Verdict
    findings: tuple[Ranked, ...]
    problems: tuple[Trouble, ...]
    problem_counts: tuple[tuple[str, int], ...]
    skipped_counts: tuple[tuple[str, int], ...]
    subjects: int | None
    troubles: Iterable[Trouble] = field(default=(), compare=False)
    occurrences: Iterable[Occurrence] = field(default=(), compare=False)
    singling_out: SinglingOut | None = None
    software: SoftwareTrees | None = None
    hunt: Hunt | None = None
    lettering: int | None = None
    accepting: Accepting | None = None
    trend: tuple[Point, ...] = ()
    revealed: bool = False
    pictures: Callable[[], Pictures] | None = field(default=None, compare=False)

    @property
    def families(self) -> tuple[Ranked, ...]:
        """The findings that are families of names, in rank order."""
        return tuple(ranked for ranked in self.findings if _of_names(ranked.family))


def _of_names(family: Family | None) -> bool:
    return family is not None and family.kind is FamilyKind.NAMES


class Strength(StrEnum):
    """How much speaks for it that an entry is about a person who is sought."""

    STRONG = "strong"
    LIKELY = "likely"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Located:
    """One place at which a person who is sought stands, or is led to.

    `person` is a number in the list of those sought, never a name; `why` holds no value. `shared`
    says that the entry is about others too, as a table is.
    """

    person: str
    entry: int
    kind: Kind
    where: Where
    place: str
    why: str
    strength: Strength
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Locating:
    """What a search for persons came to: how many were sought, where they stand, what was not seen.

    `unseen` are sentences; if there are none, all that the scan could look at was asked.
    """

    sought: int
    found: tuple[Located, ...]
    unseen: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 if anybody was found, 0 if nobody and all was read, 3 else."""
        return 1 if self.found else 3 if self.unseen else 0
