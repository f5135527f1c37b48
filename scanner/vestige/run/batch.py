"""Batches: what the examination of some entries has given, equal outcomes and sets told once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vestige.account import NO_BYTES, Account
from vestige.carried import Carried
from vestige.model import Family, Problem, Stage, State
from vestige.read.held import Digest
from vestige.run.alike import column
from vestige.run.causes import Causes, Told, Value
from vestige.run.objects import Content
from vestige.run.repeated import Held, Outcome, Parts, Plain, Repeated
from vestige.run.series import Match
from vestige.store import SeriesFacts

EMPTY = Content((), "", 0)
"""What is said of a file without content."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a batch has given: for each entry, in order, the number of its outcome.

    `kept` is for each entry the number of its content, as a later scan may carry it over, 0 if it
    may not; `sums` is that of its account, 0 if it has none; `owns` is the index in `own` of the
    silent causes that differ from file to file of one series, which stand neither in its set nor in
    its content. Sets of findings are numbers of causes. What numbers stand for is told in the first
    batch of the worker in which they are used: `outcomes`, `contents`, `accounts`, `sets`, `causes`
    and what is kept of `series`. Negative numbers of causes are traces and values. `account` is of
    the DICOM files that were read, `instances` are keyed digests of the SOP Instance UID of each
    entry, 0 where there is none; `families` are of names that files tell, with their causes; `cut`
    says that texts were left without a trace, as they were too many; `digests` are of the files,
    where they are held for a clearance; `members` are files inside entries, `pictures` counts those
    in which text was read.
    """

    codes: Sequence[int]
    outcomes: dict[int, Outcome]
    sets: dict[int, tuple[int, ...]]
    causes: dict[int, Told]
    values: tuple[Value, ...]
    problems: tuple[Problem, ...]
    series: dict[int, SeriesFacts]
    account: Account
    instances: Sequence[int]
    kept: Sequence[int]
    contents: dict[int, Held]
    own: tuple[tuple[int, ...], ...]
    owns: Sequence[int]
    sums: Sequence[int]
    accounts: dict[int, Account]
    families: tuple[tuple[int, Family], ...] = ()
    cut: bool = False
    digests: tuple[Digest, ...] = ()
    members: tuple["Member", ...] = ()
    pictures: int = 0


class Member(NamedTuple):
    """A file inside an entry of which something is said: its way in there, and the causes.

    The way is written from container to container, as `b"!/dir/IM1"` or `b"!/b.tar!/IM1"`.
    """

    entry: int
    way: bytes
    causes: tuple[int, ...]


class Batch:
    """What a batch has given so far; equal outcomes and sets of findings are told once."""

    def __init__(self, causes: Causes, repeated: Repeated) -> None:
        self._causes = causes
        self._repeated = repeated
        self._plain = repeated.plain
        self._accounts = repeated.accounts.numbers
        self.codes: list[int] = []
        self.instance = b""
        self.software = False
        self.instances: list[int] = []
        self.problems: list[Problem] = []
        self.kept: list[int] = []
        self.owns: list[int] = []
        self._own: dict[tuple[int, ...], int] = {(): 0}
        self.sums: list[int] = []
        self.lasting = True
        self._sum = self._kept = 0
        self._whose = 0
        self.families: list[tuple[int, Family]] = []
        self.digests: list[Digest] = []
        self.members: list[Member] = []

    def matched(self, match: Match, size: int) -> Content:
        """What a file of `size` bytes holds that is like others, whose bytes are counted here."""
        self.instance = match.instance
        self._whose = self._own.setdefault(match.own, len(self._own))
        read = match.end + match.behind
        parsed = read - match.searched - match.opaque
        self._count((parsed, match.searched, size - read, match.opaque))
        return match.content

    def usual(self, match: Match, size: int, instance: int) -> None:
        """The entry in hand is a file of `size` bytes like others, and its name says nothing."""
        content, own, end, _, searched, opaque, behind, _ = match
        plain = self._plain.get(id(content))
        if plain is None:
            plain = self._plainly(content)
        read = end + behind
        parts = (read - searched - opaque, searched, size - read, opaque)
        sums, owns = self._accounts, self._own
        self.sums.append(sums.get(parts) or self._repeated.accounts.number(parts))
        self.owns.append(owns.setdefault(own, len(owns)) if own else 0)
        self.codes.append(plain[0])
        self.kept.append(plain[1])
        self.instances.append(instance)

    def account(self, account: Account) -> None:
        """Count what became of the bytes of the entry in hand."""
        self._count((account.parsed, account.searched, account.pixels, account.opaque))

    def _count(self, parts: Parts) -> None:
        self._sum = self._repeated.accounts.number(parts)

    def plain(self, content: Content) -> int:
        """The number of the outcome of a file that was read and whose name says nothing."""
        code, self._kept, _ = self._plain.get(id(content)) or self._plainly(content)
        return code

    def _plainly(self, content: Content) -> Plain:
        """The numbers of such an outcome, and of what is kept of it, met for the first time."""
        is_dicom = content is not EMPTY
        code = self.code(State.READ, "", content, is_dicom=is_dicom)
        kept = self._number_kept(content, is_dicom=content.dicom) if is_dicom else 0
        plain = self._plain[id(content)] = Plain(code, kept, content)
        return plain

    def empty(self, count: int) -> None:
        """So many files that are empty, and whose names say nothing, come next."""
        self.begin()
        self.codes += [self.plain(EMPTY)] * count
        self.instances += [0] * count
        self.sums += [0] * count
        self.kept += [0] * count
        self.owns += [0] * count
        self._anew()

    def begin(self, *, software: bool = False) -> None:
        """Take the next entries in hand, one by one, which may lie in a tree of software."""
        self.software = software
        self._anew()

    def end(self, instance: int) -> None:
        """The entry in hand is done; its instance is kept with it."""
        self.instances.append(instance)
        self.sums.append(self._sum)
        self.kept.append(self._kept)
        self.owns.append(self._whose)
        self._anew()

    def _anew(self) -> None:
        """Nothing is known yet of the entry in hand."""
        self.instance = b""
        self.lasting = True
        self._sum = self._kept = 0
        self._whose = 0

    def keep(self, content: Content, *, is_dicom: bool) -> None:
        """Keep the content of the entry in hand, so that a later scan may carry it over."""
        self._kept = self._number_kept(content, is_dicom=is_dicom)

    def _number_kept(self, content: Content, *, is_dicom: bool) -> int:
        found = self._causes.set_of(content.causes)
        whose = (content.subject, content.series)
        held = Held(found, *whose, dicom=is_dicom, reason=content.reason)
        return self._repeated.contents.number(held)

    def carried(self, carried: Carried, named: tuple[int, ...], *, well: bool) -> int:
        """The number of the outcome of a file whose content is carried over.

        `named` are the causes in its name; `well` if all was read of that.
        """
        state = State.READ if well and not carried.partly else State.PARTLY
        state = State.SKIPPED if carried.reason else state
        content = EMPTY._replace(causes=named)
        number = carried.content
        return self.code(state, carried.reason, content, is_dicom=carried.dicom, carried=number)

    def code(
        self, state: State, reason: str, content: Content, *, is_dicom: bool, carried: int = 0
    ) -> int:
        """The number of an outcome."""
        findings = self._causes.set_of(content.causes)
        whose = (content.subject, content.series)
        outcome = Outcome(state, reason, findings, *whose, is_dicom, carried)
        return self._repeated.outcomes.number(outcome)

    def broken(self, number: int, error: Exception) -> int:
        """The number of the outcome of an entry over which the examination itself failed.

        MemoryError if it failed by that: what the worker remembers may be half written then.
        """
        if isinstance(error, MemoryError):
            raise error
        detail = f"{error.__class__.__name__} while it was examined"
        self.problems.append(Problem(number, Stage.WORKER, "internal-error", detail))
        self._sum = self._kept = 0
        self._whose = 0
        return self.code(State.UNREADABLE, "", EMPTY, is_dicom=False)

    def examined(self) -> Examined:
        """All of it."""
        causes, fresh = self._causes.untold()
        repeated = self._repeated
        accounts = {number: Account(*one) for number, one in repeated.accounts.untold().items()}
        return Examined(
            column(self.codes),
            repeated.outcomes.untold(),
            self._causes.untold_sets(),
            causes,
            fresh,
            tuple(self.problems),
            self._causes.untold_series(),
            repeated.account(Counter(self.sums)),
            column(self.instances),
            column(self.kept),
            repeated.contents.untold(),
            tuple(self._own),
            column(self.owns),
            column(self.sums),
            accounts,
            tuple(self.families),
            digests=tuple(self.digests),
            members=tuple(self.members),
        )


def lost(number: int, code: str, detail: str) -> Examined:
    """The outcome of an entry whose worker died or ran out of time over it."""
    problem = Problem(number, Stage.WORKER, code, detail)
    outcome = Outcome(State.UNREADABLE, "", 0, "", 0, dicom=False)
    told: tuple[Problem, ...] = (problem,)
    return Examined(
        [1], {1: outcome}, {}, {}, (), told, {}, NO_BYTES, [0], [0], {}, ((),), [0], [0], {}
    )
