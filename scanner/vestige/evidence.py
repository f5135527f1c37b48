"""The values of a chain of custody: steps, exhibits, differences, and what is told of a deletion.

Terms are those of ISO/IEC 27037:2012 (identification, collection, acquisition, preservation) and
NIST SP 800-88 Rev. 2 (verification, certificate).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vestige.model import Kind

Fact = str | int | float | bool | None
"""What a step may tell: no name of the volume ever."""


def utc(time_ns: int) -> str:
    """A time as ISO 8601 in UTC, to the nanosecond."""
    seconds, rest = divmod(time_ns, 1_000_000_000)
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest:09}Z"


@dataclass(frozen=True, slots=True)
class Clock:
    """By what clock a time was taken: its source, and how far it may be off, if the system knows.

    `offset_ns` is the correction that is still to be made, `error_ns` the greatest error that the
    system claims; both None where nothing is known.
    """

    source: str
    synchronised: bool | None = None
    offset_ns: int | None = None
    error_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a ledger.

    `time_ns` counts from 1970 UTC, `before` is the digest of the line before it.
    """

    number: int
    time_ns: int
    clock: Clock
    actor: str
    host: str
    tool: str
    catalog: str
    name: str
    facts: Mapping[str, Fact]
    before: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a ledger, and in which line (0: with the whole)."""

    line: int
    what: str


class Apart(StrEnum):
    """How what is there differs from what was sealed.

    UNLINKED explains: other names of a file are gone that were to be deleted, and with them its
    number of links and the time of its last change; nothing of the file itself is another.
    """

    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    ATTRIBUTES = "attributes"
    UNLINKED = "unlinked"


class State(NamedTuple):
    """One entry as it was sealed: what the file system said of it, and the SHA-256 of a file.

    `path` is relative to the root. Times are ns since 1970 UTC; `links` counts names of the file,
    `target` is that of a link, `attributes` are extended ones (access lists among them), by name.
    `problem` says why a file has no digest.
    """

    path: bytes
    kind: Kind
    device: int
    inode: int
    links: int
    size: int
    mode: int
    uid: int
    gid: int
    mtime_ns: int
    ctime_ns: int
    sha256: str = ""
    target: bytes = b""
    attributes: tuple[tuple[str, bytes], ...] = ()
    problem: str = ""

    @property
    def order(self) -> bytes:
        """By this, entries are sorted as the paths of all files below them are."""
        return self.path + b"/" if self.kind is Kind.DIRECTORY else self.path


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that is not as it was sealed; `what` names what differs, never a value."""

    apart: Apart
    path: bytes
    what: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A sealed subtree: what was sealed, how much, and its digests.

    `root` is the folder, `tops` what of it was sealed (nothing: all); `digest` is the SHA-256 of
    all lines of the manifest, sorted by path, `state_digest` that of all states.
    """

    id: str
    root: bytes
    tops: tuple[bytes, ...]
    device: int
    inode: int
    sealed_ns: int
    files: int
    directories: int
    others: int
    bytes: int
    unread: int
    digest: str
    state_digest: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A random sample of files: how many of how many, from which seed."""

    files: int
    of: int
    seed: str

    def says(self) -> str:
        """What the sample proves, in a sentence."""
        return (
            f"a sample of {self.files:,} of {self.of:,} files, seed {self.seed}: if one file in "
            f"a hundred had been altered, it would have shown it with a probability of "
            f"{self.detects(0.01):.1%}; one in a thousand, {self.detects(0.001):.1%}"
        )

    def detects(self, share: float) -> float:
        """The probability that the sample shows an alteration of this share of all files."""
        altered = max(1, round(share * self.of))
        missed = 1.0
        for drawn in range(min(self.files, self.of)):
            missed *= max(0, self.of - altered - drawn) / (self.of - drawn)
        return 1.0 - missed


@dataclass(frozen=True, slots=True)
class Comparison:
    """An exhibit held against a folder, in three steps: amounts, completeness, digests.

    `expected` and `found` are files and bytes; `compared` files were read and hashed. `counts` are
    all differences by their kind, `first` some of them: all were told when they were found.
    """

    expected: tuple[int, int]
    found: tuple[int, int]
    compared: int
    counts: Mapping[Apart, int]
    first: tuple[Difference, ...]
    in_place: bool
    sample: Sample | None = None

    @property
    def differing(self) -> int:
        """How many differences there are, of any kind."""
        return sum(self.counts.values())

    @property
    def counting(self) -> int:
        """How many of them break the proof: a copy may have other owners and times."""
        breaking = _OF_PLACE if self.in_place else _OF_CONTENT
        return sum(count for apart, count in self.counts.items() if apart in breaking)

    @property
    def holds(self) -> bool:
        """Whether everything is there as it was sealed."""
        return not self.counting


_OF_CONTENT = frozenset({Apart.MISSING, Apart.EXTRA, Apart.CHANGED, Apart.UNREADABLE})
_OF_PLACE = _OF_CONTENT | {Apart.ATTRIBUTES}


@dataclass(frozen=True, slots=True)
class Witness:
    """What the system shows beside the tree: whatever may still hold what was deleted."""

    open_handles: int
    processes_unseen: int
    linked_elsewhere: int
    other_mounts: tuple[str, ...] = ()
    snapshots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deletion:
    """A logical deletion as it was witnessed.

    `remaining` counts sealed entries that are still there; `rest` is what became of the rest of
    the parent, `copy` of the retained copy (None: not looked at).
    """

    exhibit: str
    listed: int
    remaining: int
    rest: Comparison | None
    copy: Comparison | None
    witness: Witness

    @property
    def holds(self) -> bool:
        """Whether all is gone, nothing else has changed, and a copy was verified."""
        rest, copy = self.rest, self.copy
        return (
            self.remaining == 0
            and rest is not None
            and rest.holds
            and copy is not None
            and copy.holds
            and copy.sample is None
        )


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that somebody added to a case."""

    kind: str
    exhibit: str
    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Case:
    """A case: who opened it and why, its steps, exhibits and documents, and what is wrong with it.

    `keyed` says whether the ledger was checked with the key of the case, or its chain alone;
    `signed` is the last line that a signature covers, by the key that was asked for (0: none).
    """

    id: str
    steps: tuple[Step, ...]
    exhibits: tuple[Exhibit, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    faults: tuple[Fault, ...] = ()
    keyed: bool = False
    signed: int = 0
