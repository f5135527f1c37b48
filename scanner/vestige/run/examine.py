"""Examine: a batch of entries to outcomes; what a worker process does."""

from collections.abc import Sequence
from dataclasses import dataclass

from vestige.catalog import Catalog, Policy
from vestige.detect.elements import declaration
from vestige.detect.judge import Judge
from vestige.model import (
    Claim,
    Declaration,
    Entry,
    Hit,
    Kind,
    Observation,
    Problem,
    Stage,
    State,
    Where,
)
from vestige.read import dicom, name
from vestige.read.file import open_source
from vestige.read.unreadable import Unreadable

NO_READER = "no-reader"
"""Reason of a file whose content nothing here can read: its name was judged, no more."""

_NOTHING = Declaration()
_OVERRUN = "a rule ran past its time limit on one text, and said nothing of it"


@dataclass(frozen=True, slots=True)
class Cause:
    """What a finding is known by: its claim, its place, and the value's digest in names."""

    claim: Claim
    where: Where
    place: str
    digest: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value seen for the first time by this worker: its digest and its mask."""

    cause: Cause
    digest: str
    masked: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the examination of one entry ended; `findings` counts into the batch's sets."""

    state: State
    reason: str
    findings: int
    subject: str
    dicom: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """The outcomes of a batch, entry by entry, and what they share."""

    outcomes: tuple[Outcome, ...]
    sets: tuple[tuple[Cause, ...], ...]
    values: tuple[Value, ...]
    problems: tuple[Problem, ...]


class Examiner:
    """Reads and judges entries; one lives in each worker."""

    def __init__(self, catalog: Catalog, policy: Policy, key: bytes) -> None:
        self._judge = Judge(catalog, policy)
        self._key = key

    def examine(self, entries: Sequence[Entry]) -> Examined:
        """The outcomes of the entries; nothing about one entry keeps the others from theirs."""
        batch = _Batch()
        for entry in entries:
            self._entry(entry, batch)
        return batch.examined()

    def _entry(self, entry: Entry, batch: "_Batch") -> None:
        causes: dict[Cause, None] = {}
        before = len(batch.problems)
        outcome = (State.READ, "", "", False)
        try:
            for observed in name.observations(entry):
                if isinstance(observed, Problem):
                    batch.problems.append(observed)
                else:
                    self._observe(entry, (observed,), _NOTHING, causes, batch)
            if entry.kind is Kind.FILE:
                outcome = self._file(entry, causes, batch)
        except Exception as error:  # noqa: BLE001 - the worker boundary: nothing may be lost
            detail = f"{error.__class__.__name__} while it was examined"
            batch.problems.append(Problem(entry.id, Stage.WORKER, "internal-error", detail))
            outcome = (State.UNREADABLE, "", "", False)
        state, reason, subject, is_dicom = outcome
        if state is State.READ and len(batch.problems) > before:
            state = State.PARTLY
        batch.outcomes.append(Outcome(state, reason, batch.set_of(causes), subject, is_dicom))

    def _file(
        self, entry: Entry, causes: dict[Cause, None], batch: "_Batch"
    ) -> tuple[State, str, str, bool]:
        try:
            with open_source(entry) as source:
                examined = dicom.examine(source, entry)
                changed = source.changed(entry) if examined is None else None
        except Unreadable as error:
            batch.problems.append(error.problem(entry))
            return State.UNREADABLE, "", "", False
        if changed is not None:
            batch.problems.append(changed)
            return State.UNREADABLE, "", "", False
        if examined is None:
            return State.SKIPPED, NO_READER, "", False
        batch.problems.extend(examined.problems)
        facts = examined.facts
        declared = declaration(
            facts.method,
            facts.method_codes,
            facts.creators,
            facts.sop_instance,
            (facts.patient_id, facts.patient_name),
        )
        self._observe(entry, examined.observations, declared, causes, batch)
        return State.READ, "", self._subject(facts), entry.size > 0

    def _subject(self, facts: dicom.ObjectFacts) -> str:
        """The keyed digest of whoever the object says it is of; "" if it does not say."""
        who = facts.patient_id or facts.patient_name
        return who.digest(self._key) if who else ""

    def _observe(
        self,
        entry: Entry,
        observations: Sequence[Observation],
        declared: Declaration,
        causes: dict[Cause, None],
        batch: "_Batch",
    ) -> None:
        complete = True
        for observation in observations:
            judgement, judged_now = self._judge.judge(observation, declared)
            complete = complete and judgement.complete
            for hit in judgement.hits:
                cause = self._cause(hit, observation)
                causes[cause] = None
                if judged_now:
                    digest = hit.value.digest(self._key)
                    batch.values.append(Value(cause, digest, hit.value.masked))
        if not complete:
            batch.problems.append(Problem(entry.id, Stage.DETECT, "timeout", _OVERRUN))

    def _cause(self, hit: Hit, observation: Observation) -> Cause:
        place = observation.place
        in_name = place.where is Where.PATH
        digest = hit.value.digest(self._key) if in_name else ""
        return Cause(hit.claim, place.where, place.pointer, digest)


class _Batch:
    """What a batch has given so far; sets of findings are kept once."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.values: list[Value] = []
        self.problems: list[Problem] = []
        self._sets: dict[tuple[Cause, ...], int] = {(): 0}

    def set_of(self, causes: dict[Cause, None]) -> int:
        """The number of the set with these causes."""
        return self._sets.setdefault(tuple(causes), len(self._sets))

    def examined(self) -> Examined:
        """All of it."""
        return Examined(
            tuple(self.outcomes), tuple(self._sets), tuple(self.values), tuple(self.problems)
        )


def lost(entry: Entry, code: str, detail: str) -> Examined:
    """The outcome of an entry whose worker died or ran out of time over it."""
    problem = Problem(entry.id, Stage.WORKER, code, detail)
    outcome = Outcome(State.UNREADABLE, "", 0, "", dicom=False)
    return Examined((outcome,), ((),), (), (problem,))
