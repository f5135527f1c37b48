"""The values that flow through Vestige, and the errors that stop it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from vestige.sensitive import Sensitive


class VestigeError(Exception):
    """Something that stops the command; its text holds no value read from a volume."""


class UsageError(VestigeError):
    """The command was asked for something that it cannot or must not do."""


class RuleError(VestigeError):
    """A rule, table or lexicon is broken: the text names the file and the key."""


class PolicyError(VestigeError):
    """A policy is broken: the text names the file and the key."""


class WorkspaceError(VestigeError):
    """The description of a workspace is broken: the text names the file and the key."""


class BusyError(VestigeError):
    """Another review works in the same workspace."""


class StoreError(VestigeError):
    """A scan file cannot be read or written."""


class SealError(VestigeError):
    """A case, a ledger or an exhibit cannot be read or written, or is not what it was."""


# --- enumerations ------------------------------------------------------------------------------


class Kind(StrEnum):
    """What an entry is; only files are ever opened."""

    DIRECTORY = "directory"
    FILE = "file"
    LINK = "link"
    SPECIAL = "special"


class State(StrEnum):
    """How the examination of an entry ended; every entry has exactly one."""

    READ = "read"
    PARTLY = "partly"
    SKIPPED = "skipped"
    UNREADABLE = "unreadable"


class Stage(StrEnum):
    """Where on its way a problem befell an entry."""

    WALK = "walk"
    READ = "read"
    DETECT = "detect"
    WORKER = "worker"
    HUNT = "hunt"
    END = "end"


class Where(StrEnum):
    """The kind of place in which a text stands."""

    PATH = "path"
    GHOST = "ghost"
    HEADER = "header"
    PRIVATE = "private"
    META = "meta"
    PREAMBLE = "preamble"
    TRAILING = "trailing"
    TABLE = "table"
    CONTENT = "content"
    BESIDE = "beside"
    PIXELS = "pixels"

    @property
    def is_name(self) -> bool:
        """Whether the text names an entry: one that stands there, or one of which a file tells."""
        return self in (Where.PATH, Where.GHOST)


class Band(IntEnum):
    """Severity of a claim, and band of a risk, from least to worst."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """The band in lower case, as rules, reports and options write it."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Band":
        """The band that `word` names; ValueError if there is none."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"{word!r} is no band; bands are {', '.join(bands())}") from None


def bands() -> tuple[str, ...]:
    """The words of all bands, worst first."""
    return tuple(band.word for band in sorted(Band, reverse=True))


# --- what walk and read give ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One directory, file, link or special file of a volume, in pre-order.

    `path` is relative to nothing: root and all. Sizes are bytes, times nanoseconds since 1970 UTC.
    """

    id: int
    parent: int
    name: bytes
    path: bytes
    kind: Kind
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    def __repr__(self) -> str:
        return f"Entry({self.id}, {self.kind})"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one entry that could not be read, and why; holds no value of the volume."""

    entry: int
    stage: Stage
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an entry a text stands, without the numbers of sequence items.

    `pointer` is "name", "preamble", or tags, as "(0040,0275)[*]/(0029,xx10) Q > PatientName". `tag`
    is the innermost one as ggggeeee, or what a label in its value stands for (0: none), `creator`
    its private creator, `concept` that of a content item, `vr` its VR ("": a further reading).
    `software` is of names of entries: whether they lie in a tree of software.
    """

    where: Where
    pointer: str
    tag: int = 0
    vr: str = ""
    creator: str = ""
    concept: str = ""
    software: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """One text with its place; `unread` is the code of the problem if it could not be read."""

    place: Place
    text: Sensitive
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a DICOM object says of its own de-identification.

    `codes` are its method codes (PS3.16 CID 7050), `markers` the tools whose marks it carries,
    `reused` the code that is both Patient ID and Patient's Name, `dates` the word in (0028,0303).
    """

    codes: frozenset[str] = frozenset()
    markers: frozenset[str] = frozenset()
    reused: Sensitive | None = None
    dates: str = ""


# --- what rules say ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule, or one row of its table, asserts where it hits."""

    rule: str
    title: str
    severity: Band
    certainty: float
    identifies: str
    basis: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The folder of the rule, which names what it is about."""
        return self.rule.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """What one rule says of one text; `span` counts characters of the text.

    `explain` gives the sentence that says why, without anything of the text.
    """

    claim: Claim
    span: tuple[int, int]
    value: Sensitive
    certainty: float
    explain: Callable[[], str] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim with a place. Findings are causes: one for a rule and a place, whatever the files.

    `digest` is of a value that belongs to the cause (in names), or ""; `masked` the first one.
    `explanation` says what the first one was judged by, and holds nothing of it.
    """

    id: int
    claim: Claim
    where: Where
    place: str
    masked: str
    digest: str
    explanation: str = ""

    @property
    def gives_way(self) -> bool:
        """Whether a family says it all of its members: but not what links them with others."""
        return self.where is Where.PATH and self.claim.subject != "linkage"


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of a family, and the name-like part of its name."""

    entry: int
    value: Sensitive


class Certainty(StrEnum):
    """How sure the judge of a family is that its names are names of people."""

    CERTAIN = "certain"
    LIKELY = "likely"
    REVIEW = "review"


class FamilyKind(StrEnum):
    """What tells the members of a family apart."""

    NAMES = "names"
    BIRTH_DATES = "birth-dates"
    INITIALS = "initials-and-birth-dates"
    RECORD_NUMBERS = "record-numbers"
    ACCESSION_NUMBERS = "accession-numbers"
    UID_TIMES = "uid-times"


GONE = "gone"
"""What stands for the headers below a family of which a file tells: nobody looked for them."""


@dataclass(frozen=True, slots=True)
class Family:
    """Sibling entries whose names share a template, such as {word}_{uuid}.

    `parent` is the directory that holds them, or that holds their directories where the template
    begins with a star for each level between; `share` the estimated share of members named after
    people, or numbered as `kind` says (a lower bound); `subjects` the estimated number of persons,
    0 if nothing tells; `examples` are masked names; times are ns since 1970 UTC.
    """

    parent: int
    template: str
    verdict: Certainty
    members: int
    distinct: int
    share: float
    files: int
    bytes: int
    subjects: int
    first_written: int
    last_written: int
    headers: str
    examples: tuple[str, ...]
    kind: FamilyKind = FamilyKind.NAMES
