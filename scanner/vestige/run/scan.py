"""Scan: walk, examine, keep, correlate, in one order, whatever the number of workers."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

from vestige import walk
from vestige.model import Entry, UsageError
from vestige.review import ScanState
from vestige.run import outputs
from vestige.run.batch import Examined
from vestige.run.causes import Cause
from vestige.run.copies import judge_copies
from vestige.run.correlation import correlate
from vestige.run.crew import Batch, Crew
from vestige.run.examine import Examiner
from vestige.run.hunting import Hunting, hunt
from vestige.run.known import know
from vestige.run.linking import link
from vestige.run.plan import Plan, identity
from vestige.run.roots import look_back, tops
from vestige.run.tables import judge_tables
from vestige.run.traces import CUT
from vestige.run.volume import judge_volume
from vestige.store import Outcome, Row, SeriesFacts, Store, failures
from vestige.trace import Trace

SCAN_FILE = "scan.sqlite"
_BATCH = 512
_BATCH_AT_FOLDER_END = 256
"""Entries of a batch at most, and from how many a directory's end closes it: files of one
directory share texts, and small directories must not each cost a trip to a worker."""

_COMMIT_EVERY = 16
"""Batches between commits: what a killed scan has to do again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan, or its second pass, is: entries, bytes, and a guess at the share of all."""

    entries: int
    bytes: int
    fraction: float
    hunting: bool = False


Listener = Callable[[Progress], None]


def scan(plan: Plan, listener: Listener) -> Path:
    """Scan, and give the scan file; on KeyboardInterrupt the file is consistent and resumable."""
    outputs.folder(plan.out, plan.roots)
    began = tops(plan.roots)
    with failures():
        store = _store(plan)
        try:
            if store.noted("state") == ScanState.COMPLETE:
                # It was interrupted behind its end, while the reports were written.
                return plan.out / SCAN_FILE
            _keep_all(plan, store, listener)
            look_back(store, began)
            store.index()
            store.commit()
            _conclude(plan, store)
            if plan.hunt:
                hunted = Hunting(plan.catalog, plan.policy, plan.key, plan.roster, plan.jobs)
                hunt(store, hunted, lambda n, size, s: listener(Progress(n, size, s, hunting=True)))
            store.note("finished", _now())
            store.note("state", ScanState.COMPLETE)
        except BaseException:
            store.roll_back()
            store.note("state", ScanState.INTERRUPTED)
            raise
        finally:
            store.close()
    return plan.out / SCAN_FILE


def _conclude(plan: Plan, store: Store) -> None:
    """What all entries together tell, each step upon what those before it have found.

    Families first, for they name persons; then who is known, which makes names and texts telling;
    then tables of persons, claims and copies, which ask what is clean and what names somebody.
    """
    correlate(store, plan.catalog, plan.policy, plan.key)
    know(store, plan.catalog, plan.policy, plan.key, plan.roster)
    judge_tables(store, plan.catalog, plan.policy, plan.key)
    judge_volume(store, plan.catalog, plan.policy)
    judge_copies(store, plan.catalog, plan.policy)
    link(store, plan.catalog, plan.policy, plan.key, plan.crack_seconds)


def _keep_all(plan: Plan, store: Store, listener: Listener) -> None:
    near = plan.roster is not None and plan.roster.near
    crew = Crew(
        plan.jobs,
        lambda: Examiner(plan.catalog, plan.policy, plan.key, plan.readers, near=near),
    )
    try:
        _Keeper(plan, store, listener).keep(crew)
    finally:
        crew.close()


def _store(plan: Plan) -> Store:
    path = plan.out / SCAN_FILE
    if plan.resume:
        return _reopen(plan, path)
    if os.path.lexists(path):
        raise UsageError(
            "the output folder holds a scan already; name another with --out, or go on with it "
            "by --resume"
        )
    return Store.create(
        path,
        {
            "id": secrets.token_hex(8),
            "started": _now(),
            "finished": "",
            "state": ScanState.RUNNING,
            "rules": len(plan.catalog.rules),
            "accepts_unexamined": plan.policy.accepts_unexamined,
            **identity(plan),
        },
        ((rule.id, rule.why, rule.remedy) for rule in plan.catalog.rules),
    )


def _reopen(plan: Plan, path: Path) -> Store:
    store = Store.open(path)
    for key, value in identity(plan).items():
        if store.noted(key) != value:
            store.close()
            raise UsageError(
                f"the scan was begun with other {key.replace('_', ' ')}: it cannot be resumed; "
                "start anew, or give the same"
            )
    return store


class _Keeper:
    """Takes entries from the walk to the workers, and their outcomes to the store, in order."""

    def __init__(self, plan: Plan, store: Store, listener: Listener) -> None:
        self._plan = plan
        self._store = store
        self._listener = listener
        self._batch: list[walk.Siblings] = []
        self._waiting = 0
        self._folders: list[tuple[int, int, int, int]] = []
        self._trees: list[walk.Tree] = []
        self._findings: dict[int, tuple[Cause | Trace, int]] = {}
        self._cut = False
        self._numbered: dict[int, tuple[dict[int, SeriesFacts], dict[int, int]]] = {}
        self._batches = 0
        self._entries = 0
        self._bytes = 0

    def keep(self, crew: Crew) -> None:
        """Examine and keep every entry."""
        for event in self._new_events():
            if isinstance(event, walk.Left):
                self._folders.append((event.id, event.last, event.files, event.bytes))
                self._trees += filter(None, (event.tree,))
                full = self._waiting >= _BATCH_AT_FOLDER_END
            else:
                self._batch.append(event)
                self._waiting += len(event.listed)
                full = self._waiting >= _BATCH
            if full:
                self._flush(crew)
        self._flush(crew)
        self._take(crew.finish())

    def _new_events(self) -> Iterator[walk.Siblings | walk.Left]:
        """The walk, without the entries that an interrupted scan has kept and nobody touched."""
        kept = self._store.rows() if self._plan.resume else iter(())
        same = self._plan.resume
        passed: list[walk.Siblings] = []
        for event in self._walk():
            if isinstance(event, walk.Left) or not same:
                yield event
                continue
            count = _equal(event.entries(), kept)
            self._count((event,))
            first = self._store.batch_of(event.first + min(count, len(event.listed) - 1))
            passed = [*(one for one in passed if one.first + len(one.listed) > first), event]
            if count < len(event.listed):
                same = False
                del kept
                # What became of bytes is kept for whole batches: what has changed is done again
                # from the beginning of its batch.
                self._store.reset_from(first)
                again = [one.part(max(first - one.first, 0), len(one.listed)) for one in passed]
                self._uncount(again)
                yield from again

    def _walk(self) -> Iterator[walk.Siblings | walk.Left]:
        plan = self._plan
        return walk.walk(
            plan.roots,
            cross_file_systems=plan.cross_file_systems,
            software_as_data=plan.software_as_data,
            only=plan.only,
        )

    def _flush(self, crew: Crew) -> None:
        if self._folders:
            self._store.left(self._folders)
            self._store.left_software(self._trees)
            self._folders, self._trees = [], []
        if self._batch:
            batch, self._batch, self._waiting = tuple(self._batch), [], 0
            self._take(crew.give(batch))

    def _take(self, done: Iterator[tuple[Batch, Examined]]) -> None:
        for batch, examined in done:
            self._keep_batch(batch, examined)
            self._batches += 1
            if self._batches % _COMMIT_EVERY == 0:
                self._store.commit()

    def _keep_batch(self, batch: Batch, examined: Examined) -> None:
        sets, traces = self._numbers(examined)
        if examined.cut and not self._cut:
            self._cut = True
            self._store.note(CUT, value=True)
        outcomes = [
            self._store.outcome(
                Outcome(
                    one.state,
                    one.reason,
                    sets[one.findings],
                    one.subject,
                    self._series(examined.series, one.series),
                    one.dicom,
                    traces[one.findings],
                )
            )
            for one in examined.outcomes
        ]
        numbers = [outcomes[code] for code in examined.codes]
        for cause, family in examined.families:
            self._store.told_family(self._finding(examined.causes[cause], ""), family)
        ids = chain.from_iterable(
            range(siblings.first, siblings.first + len(siblings.listed)) for siblings in batch
        )
        parents = chain.from_iterable(
            repeat(siblings.parent, len(siblings.listed)) for siblings in batch
        )
        facts = chain.from_iterable(siblings.listed for siblings in batch)
        self._store.add(zip(ids, parents, facts, numbers, examined.instances, strict=True))
        met = (one.problem for siblings in batch for one in siblings.met.values())
        self._store.problems((*filter(None, met), *examined.problems))
        self._store.account(batch[0].first, examined.account)
        self._count(batch)

    def _numbers(self, examined: Examined) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
        """The findings of each set of a batch, by number, and its traces."""
        first: dict[int, str] = {}
        for value in examined.values:
            first.setdefault(value.cause, value.masked)
        numbers: dict[int, int] = {}
        sets = []
        for causes in examined.sets:
            for cause in causes:
                if cause not in numbers:
                    numbers[cause] = self._finding(examined.causes[cause], first.get(cause, ""))
            sets.append(tuple(numbers[cause] for cause in causes if cause >= 0))
        for value in examined.values:
            if value.cause in numbers:
                self._store.value(numbers[value.cause], value.digest, value.masked)
        told = [traces_of(causes) for causes in examined.sets]
        return sets, [tuple(numbers[one] for one in traces) for traces in told]

    def _series(self, told: dict[int, SeriesFacts], series: int) -> int:
        """The store's number of a worker's series, of which a worker tells once."""
        if not series:
            return 0
        _, numbers = self._numbered.setdefault(id(told), (told, {}))
        facts = told.pop(series, None)
        if facts is not None:
            numbers[series] = self._store.series(facts)
        return numbers[series]

    def _finding(self, cause: Cause | Trace, masked: str) -> int:
        """The number of a cause's finding, or of a trace; they live as long as their workers do."""
        known = self._findings.get(id(cause))
        if known is not None and known[0] is cause:
            return known[1]
        if isinstance(cause, Trace):
            number = self._store.traces.number(cause)
        else:
            claim, where = cause.claim, cause.where
            number = self._store.finding(claim, where, cause.place, cause.digest, masked)
            if cause.explanation:
                self._store.explain(number, cause.explanation)
        self._findings[id(cause)] = cause, number
        return number

    def _uncount(self, batch: Sequence[walk.Siblings]) -> None:
        """Take what is done again from what is done."""
        self._entries -= sum(len(siblings.listed) for siblings in batch)
        self._bytes -= sum(facts[2] for siblings in batch for facts in siblings.listed)

    def _count(self, batch: Batch) -> None:
        self._entries += sum(len(siblings.listed) for siblings in batch)
        self._bytes += sum(facts[2] for siblings in batch for facts in siblings.listed)
        self._listener(Progress(self._entries, self._bytes, batch[-1].fraction))


def traces_of(causes: Sequence[int]) -> tuple[int, ...]:
    """The traces among the numbers of causes: they are negative."""
    return tuple(one for one in causes if one < 0)


def _equal(entries: Sequence[Entry], kept: Iterator[Row]) -> int:
    """How many entries, from the first one on, are as they were kept."""
    for count, entry in enumerate(entries):
        row = next(kept, None)
        if row is None or _facts(row) != _facts(entry):
            return count
    return len(entries)


def _facts(entry: Entry | Row) -> tuple[object, ...]:
    """What must be equal for an entry to be the same as before."""
    times = (entry.mtime_ns, entry.ctime_ns)
    return (entry.id, entry.parent, entry.name, entry.kind, entry.size, *times, entry.inode)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
