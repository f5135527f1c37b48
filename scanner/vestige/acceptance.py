"""Acceptances: who answers for what was found, why and until when; and what exactly they cover."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Decision(StrEnum):
    """What somebody decided of a finding that no longer counts."""

    ACCEPTED = "accepted"
    FALSE_ALARM = "false-alarm"


class Scope(StrEnum):
    """What an acceptance covers: one finding, one family, or a rule below a directory."""

    FINDING = "finding"
    FAMILY = "family"
    BELOW = "below"


class Standing(StrEnum):
    """What has become of an acceptance; of findings those that hold, or soon end, do not count."""

    HOLDS = "holds"
    SOON = "expires soon"
    EXPIRED = "expired"
    WORSE = "worse than accepted"
    OUTGROWN = "outgrown"
    UNNEEDED = "no longer needed"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An acceptance as reports show it: who answers for what, why, until when (UTC, inclusive).

    `detail` says in a sentence what has become of it, "" where it simply holds.
    """

    decision: Decision
    scope: Scope
    rule: str
    by: str
    because: str
    accepted_on: date
    until: date
    standing: Standing
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether what it covers does not count."""
        return self.standing in (Standing.HOLDS, Standing.SOON)


@dataclass(frozen=True, slots=True)
class Accepting:
    """The baseline that a review was made with: its file's name and digest, and what is unneeded.

    `unneeded` are the acceptances that match nothing any more.
    """

    name: str
    digest: str
    acceptances: int
    unneeded: tuple[Acceptance, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """Exactly where a finding holds and what it found, as keyed digests; acceptances cover no more.

    Each is told in several forms, the finest first. `places` are digests of its entries, of its
    directories with what they hold, and of all of them; `found` of its values, and of all of them.
    What has too many parts for a form is not told in it.
    """

    entries: int
    places: tuple[tuple[str, ...], ...]
    found: tuple[tuple[str, ...], ...]

    @property
    def held(self) -> tuple[str, ...]:
        """Where it holds, in the finest form: what an acceptance keeps."""
        return self.places[0]

    @property
    def values(self) -> tuple[str, ...]:
        """What it found, in the finest form; empty where that is not known."""
        return self.found[0] if self.found else ()


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a finding is known in a later scan, and its extent now.

    `key` is the fingerprint of the key of the digests.
    """

    key: str
    fingerprint: str
    extent: Extent
