"""Batches: what the examination of some entries has given, equal outcomes and sets kept once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vestige.account import NO_BYTES, Account
from vestige.model import Family, Problem, Stage, State
from vestige.read.held import Digest
from vestige.run.causes import Cause, Causes, Value
from vestige.run.objects import Content
from vestige.run.series import Match
from vestige.store import SeriesFacts
from vestige.trace import Trace

EMPTY = Content((), "", 0)
"""What is said of a file without content."""


class Outcome(NamedTuple):
    """How the examination of an entry ended; `findings` counts into the batch's sets.

    `series` is the worker's number of what is kept of the series, 0 if nothing is.
    """

    state: State
    reason: str
    findings: int
    subject: str
    series: int
    dicom: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """What a batch has given: for each entry, in order, the index of its outcome.

    Sets of findings are numbers of causes. What they stand for is in `causes`, of each number in
    the first batch of the worker in which it was used; so is what is kept of `series`. Negative
    numbers are traces. `account` is of the DICOM files that were read, `instances` are keyed
    digests of the SOP Instance UID of each entry, 0 where there is none; `families` are of names
    that files tell, with their causes; `cut` says that texts were left without a trace, as they
    were too many; `digests` are of the files, where they are held for a clearance.
    """

    codes: Sequence[int]
    outcomes: tuple[Outcome, ...]
    sets: tuple[tuple[int, ...], ...]
    causes: dict[int, Cause | Trace]
    values: tuple[Value, ...]
    problems: tuple[Problem, ...]
    series: dict[int, SeriesFacts]
    account: Account
    instances: Sequence[int]
    families: tuple[tuple[int, Family], ...] = ()
    cut: bool = False
    digests: tuple[Digest, ...] = ()


class Batch:
    """What a batch has given so far; equal outcomes and sets of findings are kept once."""

    def __init__(self, causes: Causes) -> None:
        self._causes = causes
        self._plain: dict[int, int] = {}
        self._contents: list[Content] = []
        self._outcomes: dict[Outcome, int] = {}
        self._sets: dict[tuple[int, ...], int] = {(): 0}
        self._matched = self._searched = self._pixels = self._opaque = 0
        self.codes: list[int] = []
        self.instance = b""
        self.instances: list[int] = []
        self.problems: list[Problem] = []
        self.accounts: list[Account] = []
        self.families: list[tuple[int, Family]] = []
        self.digests: list[Digest] = []

    def matched(self, match: Match, size: int) -> Content:
        """What a file of `size` bytes holds that is like others, whose bytes are counted here."""
        self.instance = match.instance
        self._matched += size
        self._searched += match.searched
        self._pixels += size - match.end - match.behind
        self._opaque += match.opaque
        return match.content

    def plain(self, content: Content) -> int:
        """The index of the outcome of a file that was read and whose name says nothing."""
        found = self._plain.get(id(content))
        if found is None:
            # It is kept with its index, so that no other can take its identity.
            self._contents.append(content)
            is_dicom = content is not EMPTY
            found = self.code(State.READ, "", content, is_dicom=is_dicom)
            self._plain[id(content)] = found
        return found

    def code(self, state: State, reason: str, content: Content, *, is_dicom: bool) -> int:
        """The index of an outcome."""
        findings = self._sets.setdefault(content.causes, len(self._sets))
        outcome = Outcome(state, reason, findings, content.subject, content.series, is_dicom)
        return self._outcomes.setdefault(outcome, len(self._outcomes))

    def broken(self, number: int, error: Exception) -> int:
        """The index of the outcome of an entry over which the examination itself failed."""
        detail = f"{error.__class__.__name__} while it was examined"
        self.problems.append(Problem(number, Stage.WORKER, "internal-error", detail))
        return self.code(State.UNREADABLE, "", EMPTY, is_dicom=False)

    def examined(self) -> Examined:
        """All of it."""
        causes, fresh = self._causes.untold()
        sets, outcomes = tuple(self._sets), tuple(self._outcomes)
        series = self._causes.untold_series()
        problems = tuple(self.problems)
        return Examined(
            self.codes,
            outcomes,
            sets,
            causes,
            fresh,
            problems,
            series,
            self._account(),
            self.instances,
            tuple(self.families),
            digests=tuple(self.digests),
        )

    def _account(self) -> Account:
        """What became of the bytes of all DICOM files that were read."""
        parsed = self._matched - self._searched - self._pixels - self._opaque
        alike = Account(parsed, self._searched, self._pixels, self._opaque)
        return sum(self.accounts, alike)


def lost(number: int, code: str, detail: str) -> Examined:
    """The outcome of an entry whose worker died or ran out of time over it."""
    problem = Problem(number, Stage.WORKER, code, detail)
    outcome = Outcome(State.UNREADABLE, "", 0, "", 0, dicom=False)
    return Examined([0], (outcome,), ((),), {}, (), (problem,), {}, NO_BYTES, [0])
