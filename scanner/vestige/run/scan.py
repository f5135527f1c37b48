"""Scan: walk, examine, keep, correlate, in one order, whatever the number of workers."""

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from vestige import __version__, catalog, walk
from vestige.catalog import Catalog, Policy
from vestige.model import Band, Entry, Kind, ScanState, State, UsageError
from vestige.run import key as keys
from vestige.run import outputs
from vestige.run.correlation import correlate
from vestige.run.crew import Crew
from vestige.run.examine import Cause, Examined, Examiner
from vestige.sensitive import Sensitive
from vestige.store import Judged, Row, Store, failures

SCAN_FILE = "scan.sqlite"
_BATCH = 128
_BATCH_AT_FOLDER_END = 32
"""Entries of a batch at most, and from how many a directory's end closes it: files of one
directory share texts, and small directories must not each cost a trip to a worker."""

_COMMIT_EVERY = 16
"""Batches between commits: what a killed scan has to do again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to scan, by what rules, and where the result goes."""

    roots: tuple[bytes, ...]
    out: Path
    policy: Policy
    catalog: Catalog
    key: bytes
    fail_on: Band
    jobs: int
    cross_file_systems: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is: entries and bytes done, and an estimate of the share of the tree."""

    entries: int
    bytes: int
    fraction: float


Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Request:
    """A scan as the user asks for it."""

    roots: tuple[Path, ...]
    out: Path | None = None
    policy: str = "gdpr"
    rules: tuple[Path, ...] = ()
    key: Path | None = None
    fail_on: Band | None = None
    jobs: int = 0
    cross_file_systems: bool = False
    resume: bool = False


def plan(request: Request) -> Plan:
    """The request with everything found and loaded; VestigeError says what is wrong with it."""
    roots = walk.roots(request.roots)
    out = request.out or Path(f"vestige-scan-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    outputs.demand_outside(out, roots)
    policy = catalog.policy(request.policy)
    return Plan(
        roots=roots,
        out=out,
        policy=policy,
        catalog=catalog.load(request.rules),
        key=keys.load(request.key, roots),
        fail_on=policy.fail_on if request.fail_on is None else request.fail_on,
        jobs=request.jobs or os.cpu_count() or 1,
        cross_file_systems=request.cross_file_systems,
        resume=request.resume,
    )


def scan(plan: Plan, listener: Listener) -> Path:
    """Scan, and give the scan file; on KeyboardInterrupt the file is consistent and resumable."""
    outputs.folder(plan.out, plan.roots)
    with failures():
        store = _store(plan)
        try:
            if store.noted("state") == ScanState.COMPLETE:
                # It was interrupted behind its end, while the reports were written.
                return plan.out / SCAN_FILE
            _keep_all(plan, store, listener)
            store.commit()
            correlate(store, plan.catalog, plan.policy, plan.key)
            store.note("finished", _now())
            store.note("state", ScanState.COMPLETE)
        except BaseException:
            store.roll_back()
            store.note("state", ScanState.INTERRUPTED)
            raise
        finally:
            store.close()
    return plan.out / SCAN_FILE


def _keep_all(plan: Plan, store: Store, listener: Listener) -> None:
    crew = Crew(plan.jobs, lambda: Examiner(plan.catalog, plan.policy, plan.key))
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
            **_identity(plan),
        },
        ((rule.id, rule.why, rule.remedy) for rule in plan.catalog.rules),
    )


def _identity(plan: Plan) -> dict[str, object]:
    """What must be the same for a scan to be the same scan; of the key only a keyed digest."""
    return {
        "roots": [root.hex() for root in plan.roots],
        "version": __version__,
        "catalog": plan.catalog.digest,
        "policy": plan.policy.name,
        "policy_digest": plan.policy.digest,
        "fail_on": plan.fail_on.word,
        "cross_file_systems": plan.cross_file_systems,
        "key": Sensitive("vestige").digest(plan.key),
    }


def _reopen(plan: Plan, path: Path) -> Store:
    store = Store.open(path)
    for key, value in _identity(plan).items():
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
        self._seen: dict[int, walk.Seen] = {}
        self._left: dict[int, list[walk.Left]] = {}
        self._batch: list[Entry] = []
        self._batches = 0
        self._entries = 0
        self._bytes = 0

    def keep(self, crew: Crew) -> None:
        """Examine and keep every entry."""
        last = 0
        for event in self._new_events():
            if isinstance(event, walk.Left):
                if last == 0 or not self._seen:
                    self._store.left(event.id, event.last, event.files, event.bytes)
                else:
                    self._left.setdefault(last, []).append(event)
                full = len(self._batch) >= _BATCH_AT_FOLDER_END
            else:
                last = event.entry.id
                self._seen[last] = event
                self._batch.append(_to_examine(event))
                full = len(self._batch) >= _BATCH
            if full:
                self._flush(crew)
        self._flush(crew)
        self._take(crew.finish())

    def _new_events(self) -> Iterator[walk.Seen | walk.Left]:
        """The walk, without the entries that an interrupted scan has kept and nobody touched."""
        kept = self._store.rows() if self._plan.resume else iter(())
        same = True
        events = walk.walk(self._plan.roots, cross_file_systems=self._plan.cross_file_systems)
        for event in events:
            if isinstance(event, walk.Left):
                yield event
                continue
            if same:
                row = next(kept, None)
                entry = event.entry
                if row is not None and _facts(row) == _facts(entry):
                    self._count(event)
                    continue
                same = False
                del kept
                self._store.reset_from(entry.id)
            yield event

    def _flush(self, crew: Crew) -> None:
        if self._batch:
            batch = tuple(self._batch)
            self._batch.clear()
            self._take(crew.give(batch))

    def _take(self, done: Iterator[tuple[tuple[Entry, ...], Examined]]) -> None:
        for batch, examined in done:
            self._keep_batch(batch, examined)
            self._batches += 1
            if self._batches % _COMMIT_EVERY == 0:
                self._store.commit()

    def _keep_batch(self, batch: tuple[Entry, ...], examined: Examined) -> None:
        numbers = self._numbers(examined)
        judged = []
        lefts: list[walk.Left] = []
        for entry, outcome in zip(batch, examined.outcomes, strict=True):
            seen = self._seen.pop(entry.id)
            judged.append(
                Judged(
                    seen.entry,
                    _worse(seen.state, outcome.state),
                    seen.reason or outcome.reason,
                    numbers[outcome.findings],
                    outcome.subject,
                    outcome.dicom,
                )
            )
            if seen.problem is not None:
                self._store.problems((seen.problem,))
            lefts.extend(self._left.pop(entry.id, ()))
            self._count(seen)
        self._store.add(judged)
        self._store.problems(examined.problems)
        for left in lefts:
            self._store.left(left.id, left.last, left.files, left.bytes)

    def _numbers(self, examined: Examined) -> list[tuple[int, ...]]:
        """The findings of each set of a batch, by number."""
        first: dict[Cause, str] = {}
        for value in examined.values:
            first.setdefault(value.cause, value.masked)
        numbers: dict[Cause, int] = {}
        sets = []
        for causes in examined.sets:
            for cause in causes:
                if cause not in numbers:
                    where, place = cause.where, cause.place
                    numbers[cause] = self._store.finding(
                        cause.claim, where, place, cause.digest, first.get(cause, "")
                    )
            sets.append(tuple(numbers[cause] for cause in causes))
        for value in examined.values:
            if value.cause in numbers:
                self._store.value(numbers[value.cause], value.digest, value.masked)
        return sets

    def _count(self, seen: walk.Seen) -> None:
        self._entries += 1
        self._bytes += seen.entry.size
        self._listener(Progress(self._entries, self._bytes, seen.fraction))


def _facts(entry: Entry | Row) -> tuple[object, ...]:
    """What must be equal for an entry to be the same as before."""
    times = (entry.mtime_ns, entry.ctime_ns)
    return (entry.id, entry.parent, entry.name, entry.kind, entry.size, *times, entry.inode)


def _to_examine(seen: walk.Seen) -> Entry:
    """The entry for the workers: a file that the walk could not even see must not be opened."""
    if seen.state is not None and seen.entry.kind is Kind.FILE:
        return replace(seen.entry, kind=Kind.SPECIAL)
    return seen.entry


def _worse(walked: State | None, examined: State) -> State:
    """The worse of what the walk and the examination say."""
    if walked is None:
        return examined
    if walked is State.READ:
        return examined
    return walked


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
