"""Scan: walk, examine, keep, correlate, in one order, whatever the number of workers."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

from vestige import walk
from vestige.grounds import Tree
from vestige.model import Entry, UsageError, Where
from vestige.read.compared import Comparing
from vestige.read.held import Hold
from vestige.review import ScanState
from vestige.run import afterwards, folders
from vestige.run.batch import Examined
from vestige.run.causes import Cause
from vestige.run.crew import Batch, Crew
from vestige.run.empties import weight
from vestige.run.examine import Examiner
from vestige.run.lettering import PICTURES
from vestige.run.numbers import Numbers
from vestige.run.outcomes import Outcomes
from vestige.run.plan import Plan, identity
from vestige.run.roots import look_back, tops
from vestige.run.since import SCAN_FILE, Carrier, EarlierScan, Uncounted, earlier_scan
from vestige.run.traces import CUT
from vestige.store import Entries, Row, Store, failures

_BATCH = 512
_BATCH_AT_FOLDER_END = 256
"""Entries of a batch at most, and from how many a directory's end closes it: files of one
directory share texts, and small directories must not each cost a trip to a worker."""

_AHEAD = 2
"""Batches given to each worker before what comes afterwards is loaded: while they have work."""

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
    folders.folder(plan.out, plan.roots)
    began = tops(plan.roots)
    with failures(), earlier_scan(plan) as earlier:
        store = _store(plan, earlier)
        try:
            if store.noted("state") == ScanState.COMPLETE:
                # It was interrupted behind its end, while the reports were written.
                return plan.out / SCAN_FILE
            _keep_all(plan, store, listener, earlier)
            look_back(store, began)
            store.index()
            store.commit()
            afterwards.conclude(plan, store)
            if plan.hunt:
                afterwards.hunt(
                    plan, store, lambda n, size, s: listener(Progress(n, size, s, hunting=True))
                )
            store.note("finished", _now())
            store.note("state", ScanState.COMPLETE)
        except BaseException:
            store.roll_back()
            store.note("state", ScanState.INTERRUPTED)
            raise
        finally:
            store.close()
    return plan.out / SCAN_FILE


def _keep_all(plan: Plan, store: Store, listener: Listener, earlier: EarlierScan | None) -> None:
    near = plan.roster is not None and plan.roster.near

    def examiner() -> Examiner:
        readers, hold = plan.readers, _hold(plan)
        of_plan = plan.catalog, plan.policy, plan.key, readers
        seconds = plan.picture_seconds
        return Examiner(*of_plan, near=near, hold=hold, picture_seconds=seconds)

    distrusted = frozenset[int]()
    while True:
        looking = plan.picture_seconds > 0
        crew = Crew(plan.jobs, examiner, whole=plan.clearing or plan.paranoid, looking=looking)
        try:
            carrier = earlier.carrier(distrusted) if earlier is not None else None
            _Keeper(plan, store, listener, carrier).keep(crew)
        except Uncounted as uncounted:
            # So many values are gone that others would count now: where they may be is read.
            distrusted |= {uncounted.finding}
            store.forget()
        else:
            return
        finally:
            crew.close()


def _hold(plan: Plan) -> Hold | None:
    """Who reads files whole, if somebody must."""
    if plan.clearing:
        return Hold()
    return Comparing(plan.key) if plan.paranoid else None


def _store(plan: Plan, earlier: EarlierScan | None) -> Store:
    path = plan.out / SCAN_FILE
    since = None if earlier is None else earlier.since.noted()
    if plan.resume:
        return _reopen(plan, path, since)
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
            "since": since,
            "inputs": plan.inputs,
        },
        ((rule.id, rule.why, rule.remedy) for rule in plan.catalog.rules),
    )


def _reopen(plan: Plan, path: Path, since: dict[str, object] | None) -> Store:
    store = Store.open(path)
    for key, value in {**identity(plan), "since": since}.items():
        if store.noted(key) != value:
            store.close()
            raise UsageError(
                f"the scan was begun with other {key.replace('_', ' ')}: it cannot be resumed; "
                "start anew, or give the same"
            )
    return store


class _Keeper:
    """Takes entries from the walk to the workers, and their outcomes to the store, in order."""

    def __init__(
        self, plan: Plan, store: Store, listener: Listener, carrier: Carrier | None
    ) -> None:
        self._plan = plan
        self._store = store
        self._listener = listener
        self._batch: list[walk.Siblings] = []
        self._waiting = 0
        self._folders: list[tuple[int, int, int, int, bytes]] = []
        self._trees: list[Tree] = []
        self._numbers = Numbers(store)
        self._outcomes = Outcomes(store, self._numbers, carrier)
        self._carrier = carrier
        self._loading = afterwards.loading()
        self._given = 0
        self._cut = False
        self._pictures = 0
        self._batches = 0
        self._entries = 0
        self._bytes = 0

    def keep(self, crew: Crew) -> None:
        """Examine and keep every entry."""
        for event in self._new_events():
            if isinstance(event, walk.Left):
                self._folders.append(event[:5])
                if event.tree is not None:
                    self._trees.append(event.tree)
                full = self._waiting >= _BATCH_AT_FOLDER_END
            else:
                self._batch.append(event)
                self._waiting += weight(event)
                full = self._waiting >= _BATCH
            if full:
                self._flush(crew)
        self._flush(crew)
        self._take(crew.finish())
        if self._plan.picture_seconds > 0:
            before = self._store.noted(PICTURES) if self._plan.resume else None
            read = self._pictures + (before if isinstance(before, int) else 0)
            self._store.note(PICTURES, read)

    def _new_events(self) -> Iterator[walk.Siblings | walk.Left]:
        """The walk, without the entries that an interrupted scan has kept and nobody touched."""
        return self._not_kept() if self._plan.resume else self._walk()

    def _not_kept(self) -> Iterator[walk.Siblings | walk.Left]:
        """The same where a scan was interrupted."""
        kept = self._store.rows()
        same = True
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
        events = walk.walk(
            plan.roots,
            cross_file_systems=plan.cross_file_systems,
            software_as_data=plan.software_as_data,
            only=plan.only,
        )
        return events if self._carrier is None else self._carrier.matched(events)

    def _flush(self, crew: Crew) -> None:
        if self._folders:
            self._store.left(self._folders)
            self._store.left_software(self._trees)
            self._folders, self._trees = [], []
        if self._batch:
            batch, self._batch, self._waiting = tuple(self._batch), [], 0
            self._take(crew.give(batch))
            self._given += 1
            if self._given >= _AHEAD * self._plan.jobs:
                next(self._loading, None)

    def _take(self, done: Iterator[tuple[Batch, Examined]]) -> None:
        for batch, examined in done:
            self._keep_batch(batch, examined)
            self._batches += 1
            if self._batches % _COMMIT_EVERY == 0:
                self._store.commit()

    def _keep_batch(self, batch: Batch, examined: Examined) -> None:
        if examined.cut and not self._cut:
            self._cut = True
            self._store.note(CUT, value=True)
        facts = list(chain.from_iterable([siblings.listed for siblings in batch]))
        ids = _numbers(batch, len(facts))
        carried = self._outcomes.carried(batch, ids, examined)
        numbers, kept = self._outcomes.of(ids, examined, carried)
        for cause, family in examined.families:
            of_family = examined.causes[cause]
            if isinstance(of_family, Cause):
                self._store.told_family(self._numbers.cause(of_family), family)
        self._values_of_ghosts(examined)
        parents = chain.from_iterable(
            [repeat(siblings.parent, len(siblings.listed)) for siblings in batch]
        )
        known = ids, list(parents), facts
        self._store.add(Entries(*known, numbers, examined.instances, *kept))
        met = [one.problem for siblings in batch if siblings.met for one in siblings.met.values()]
        self._store.problems((*filter(None, met), *examined.problems))
        if self._plan.clearing:
            self._store.clearing.keep(examined.digests)
        else:
            self._store.contents.keep_digests(examined.digests)
        self._store.within.keep(self._members(examined))
        self._pictures += examined.pictures
        account = examined.account
        if self._carrier is not None:
            account += self._carrier.account(carried.values())
            self._store.problems(self._carrier.problems(carried))
        self._store.account(batch[0].first, account, len(carried))
        self._count(batch)

    def _values_of_ghosts(self, examined: Examined) -> None:
        """The values of families of which files tell: no entry holds them."""
        for value in examined.values:
            cause = examined.causes[value.cause]
            if isinstance(cause, Cause) and cause.where is Where.GHOST:
                number = self._numbers.cause(cause)
                self._store.value(number, value.digest, value.masked, value.explanation)

    def _members(self, examined: Examined) -> Iterator[tuple[int, bytes, tuple[int, ...], int]]:
        """The files inside entries in which there is a finding, or a trace that may become one."""
        known: dict[tuple[int, ...], tuple[tuple[int, ...], int]] = {}
        for one in examined.members:
            found = known.get(one.causes)
            if found is None:
                told = self._numbers.of_causes(examined, one.causes)
                traces = self._store.traces.set_of(told.traces)
                found = known[one.causes] = told.findings, traces
            if any(found):
                yield one.entry, one.way, *found

    def _uncount(self, batch: Sequence[walk.Siblings]) -> None:
        """Take what is done again from what is done."""
        self._entries -= sum(len(siblings.listed) for siblings in batch)
        self._bytes -= sum([facts[2] for siblings in batch for facts in siblings.listed])

    def _count(self, batch: Batch) -> None:
        self._entries += sum([len(siblings.listed) for siblings in batch])
        full = [siblings for siblings in batch if not siblings.empty]
        self._bytes += sum([facts[2] for siblings in full for facts in siblings.listed])
        self._listener(Progress(self._entries, self._bytes, batch[-1].fraction))


def _numbers(batch: Batch, count: int) -> Sequence[int]:
    """The numbers of so many entries of a batch, which rise; as a rule they have no gap."""
    begin, end = batch[0].first, batch[-1].first + len(batch[-1].listed)
    if end - begin == count:
        return range(begin, end)
    spans = [range(one.first, one.first + len(one.listed)) for one in batch]
    return list(chain.from_iterable(spans))


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
