"""A review that repeats: one scan in its workspace, compared, noted, told, and old ones let go."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vestige.catalog.workspace import Workspace
from vestige.comparison import Change, Compared, Comparison
from vestige.gate import exit_code
from vestige.model import StoreError, VestigeError, WorkspaceError
from vestige.reports.language import language
from vestige.review import Outcome, Point, Review, ScanState
from vestige.run import kept, mounts, notice, outputs
from vestige.run.acceptance import IDENTIFIED, Answering
from vestige.run.compare import accepted_in, compare, decisions
from vestige.run.events import Fact, Teller
from vestige.run.kept import Kept, Record, Shelf
from vestige.run.lock import locked
from vestige.run.occurrences import OCCURRENCES
from vestige.run.plan import Plan, Request, identity, plan
from vestige.run.review import TREND, open_review
from vestige.run.rule_check import demand_borne_out
from vestige.run.scan import Listener, scan
from vestige.run.since import earlier_scan
from vestige.store import Store, failures

LOCK = "lock"
STORAGE = "storage"
"""Under what a scan file keeps on what storage its roots lay."""

ACCEPTED = "accepted"
"""Under what a scan file keeps the fingerprints of what was accepted at its review."""

_INCOMPLETE, _INTERNAL, _USAGE = 3, 4, 2
_EXPECTED_MODE = 0o077


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is told how a review goes: of its progress, and of events."""

    progress: Listener
    tell: Teller


@dataclass(frozen=True, slots=True)
class Asked:
    """What one run is asked for beside what the workspace states."""

    full: bool = False
    storage_changed: bool = False
    now: datetime | None = None

    @property
    def time(self) -> datetime:
        """When the run begins, UTC."""
        return self.now or datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a review ended; without a review nothing could be scanned. `new` is worst first."""

    kept: Kept
    record: Record
    review: Review | None = None
    new: tuple[Compared, ...] = ()


def run(space: Workspace, voice: Voice, asked: Asked) -> Ended:
    """One review of a workspace; BusyError if another is at work there.

    Whatever ends it but an interrupt is told to the notification command.
    """
    _folder(space)
    with locked(space.folder / LOCK):
        shelf = Shelf(space.folder)
        shelf.make()
        _be_humble(space, voice)
        try:
            ended = _Run(space, shelf, voice, asked).made()
        except VestigeError as error:
            code = _INTERNAL if isinstance(error, StoreError) else _USAGE
            _notify(space, voice, {**_NOTHING, "verdict": notice.FAILED, "code": str(code)})
            raise
        _prune(space, shelf, voice)
        _notify(space, voice, _facts(ended))
    return ended


def _folder(space: Workspace) -> None:
    """Make the workspace for its owner alone, or see that it is one."""
    try:
        space.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = space.folder.stat().st_mode
    except OSError as error:
        raise StoreError(f"the workspace cannot be made ({error.strerror})") from None
    if mode & _EXPECTED_MODE:
        raise WorkspaceError(
            f"{space.config.name}: workspace: the folder is open to others; chmod 700"
        )


def _be_humble(space: Workspace, voice: Voice) -> None:
    """Give way to others, in computing and, where the system has `ionice`, on disks."""
    with suppress(OSError):
        if space.nice > os.nice(0):
            os.nice(space.nice - os.nice(0))
    idle = shutil.which("ionice")
    done = False
    if space.nice and idle is not None:
        with suppress(OSError, subprocess.SubprocessError):
            command = [idle, "-c", "3", "-p", str(os.getpid())]
            ran = subprocess.run(  # noqa: S603 - a program of the system, words of our own
                command, capture_output=True, check=False, timeout=10
            )
            done = ran.returncode == 0
    voice.tell("priority", {"nice": os.nice(0), "idle_io": done})


class _Run:
    """One review, from the look at its roots to its record."""

    def __init__(self, space: Workspace, shelf: Shelf, voice: Voice, asked: Asked) -> None:
        self._space = space
        self._shelf = shelf
        self._voice = voice
        self._asked = asked
        self._before = shelf.ended()

    def made(self) -> Ended:
        """Scan if the roots are there, and keep what it amounts to."""
        wrong = self._wrong()
        if wrong:
            return self._not_scanned(wrong)
        one, planned = self._planned()
        began: dict[str, Fact] = {
            "scan": one.name,
            "full": planned.since is None,
            "resumed": planned.resume,
        }
        self._voice.tell("begun", began)
        if self._space.rules:
            demand_borne_out(planned.catalog)
        file = scan(planned, self._voice.progress)
        self._note(file)
        day = self._asked.time.date()
        answering = Answering(planned.key, planned.baseline, day, IDENTIFIED)
        store, review = open_review(file, OCCURRENCES, answering)
        try:
            store.note(ACCEPTED, sorted(accepted_in(review)))
            manner = outputs.Manner(language(self._space.language), self._space.csv_bom)
            outputs.write(review, planned.out, self._space.outputs, manner)
        finally:
            store.close()
        since = review.scan.since
        return self._kept(one, review, full=since is None or bool(since.anew))

    # --- before ---

    def _roots(self) -> list[str]:
        return [os.path.realpath(root) for root in self._space.roots]

    def _wrong(self) -> tuple[str, ...]:
        """Why nothing can be scanned."""
        before = {} if self._asked.storage_changed else self._storage_before()
        told = (mounts.wrong(root, before) for root in self._roots())
        return tuple(sorted({one for one in told if one}))

    def _storage_before(self) -> dict[str, mounts.Storage]:
        """On what the roots lay at the last review."""
        for one in reversed(self._before):
            with suppress(VestigeError):
                store = Store.open(one.folder / kept.SCAN_FILE)
                try:
                    return mounts.of_noted(store.noted(STORAGE))
                finally:
                    store.close()
        return {}

    def _reads_all(self) -> bool:
        """Whether it is time to read everything."""
        if self._asked.full or not self._before:
            return True
        full = self._space.full
        followed, began = kept.last_full(self._before)
        if full.reviews and followed + 1 >= full.reviews:
            return True
        return bool(full.seconds) and kept.seconds_since(began, self._asked.time) >= full.seconds

    def _base(self) -> Path | None:
        """The last scan that came to its end: from it, what did not change is carried over."""
        return self._before[-1].folder / kept.SCAN_FILE if self._before else None

    def _planned(self) -> tuple[Kept, Plan]:
        """The folder and the plan: of the review that was broken off, or of a new one."""
        broken = self._shelf.unfinished()
        if broken is not None:
            for base in (self._base(), None):
                planned = plan(self._request(broken, base, resume=True))
                if _goes_on(planned):
                    return broken, planned
            self._voice.tell("not-resumed", {"scan": broken.name})
        one = self._shelf.fresh(self._asked.time)
        if "." in one.name:
            self._voice.tell("clock-went-back", {"scan": one.name})
        base = None if self._reads_all() else self._base()
        if base is not None:
            planned = plan(self._request(one, base, resume=False))
            if _serves(planned):
                return one, planned
            self._voice.tell("earlier-unusable", {"scan": one.name})
        return one, plan(self._request(one, None, resume=False))

    def _request(self, one: Kept, base: Path | None, *, resume: bool) -> Request:
        space = self._space
        return Request(
            roots=space.roots,
            out=one.folder,
            policy=space.policy,
            rules=space.rules,
            key=space.key,
            fail_on=space.fail_on,
            jobs=space.jobs,
            readers=space.readers,
            cross_file_systems=space.cross_file_systems,
            software_as_data=space.software_as_data,
            hunt=space.hunt,
            paranoid=space.paranoid,
            roster=space.roster,
            baseline=space.baseline,
            since=base,
            resume=resume,
        )

    # --- behind ---

    def _note(self, file: Path) -> None:
        """Note in the scan file on what its roots lie, and the reviews before it."""
        on = {root: mounts.storage(root) for root in self._roots()}
        points = [one.record.point.noted() for one in self._shelf.kept() if one.record is not None]
        with failures():
            store = Store.open(file)
            store.note(STORAGE, {root: it.noted() for root, it in on.items() if it is not None})
            store.note(TREND, points)
            store.close()

    def _not_scanned(self, wrong: tuple[str, ...]) -> Ended:
        """Keep that there was nothing to scan: that is neither clean nor gone."""
        one = self._shelf.fresh(self._asked.time)
        began = self._asked.time.isoformat(timespec="seconds").replace("+00:00", "Z")
        said = tuple(f"{text[0].upper()}{text[1:]}." for text in wrong)
        point = Point(began, Outcome.INCOMPLETE, None, complete=False)
        record = Record(point, _INCOMPLETE, began, said, full=False)
        self._voice.tell("not-scanned", {"scan": one.name, "roots": len(self._space.roots)})
        return Ended(self._shelf.keep(one, record), record)

    def _kept(self, one: Kept, review: Review, *, full: bool) -> Ended:
        """Compare with the review before, and keep what it amounts to."""
        compared = self._compared(one, review)
        fresh = tuple(row for row in compared.rows if row.change.is_new) if compared else ()
        record = Record(
            point=review.trend[-1],
            code=exit_code(review.verdict),
            finished=review.scan.finished,
            reasons=review.verdict.reasons,
            scan=review.scan.id,
            full=full,
            entries=review.scan.coverage.seen,
            new=None if compared is None else len(fresh),
            gone=None if compared is None else len(compared.of(Change.GONE)),
        )
        made = self._shelf.keep(one, record)
        if not self._shelf.point_at(made):
            self._voice.tell("no-link", {"scan": one.name})
        told = {band.word: count for band, count in record.point.bands or ()}
        self._voice.tell("ended", {"scan": one.name, "verdict": _word(record), **told})
        return Ended(made, record, review, fresh)

    def _compared(self, one: Kept, review: Review) -> Comparison | None:
        """What became of findings since the last review; None if there is none to compare with.

        What was accepted then and counts now is new, though nothing on the volume has changed.
        """
        last = self._base()
        with suppress(VestigeError):
            if last is None:
                return None
            decided = decisions(accepted_in(review), _accepted_then(last))
            return compare(last, one.folder / kept.SCAN_FILE, None, decided)
        return None


def _accepted_then(file: Path) -> list[str]:
    """The fingerprints of what was accepted at an earlier review."""
    with failures(), closing(Store.open(file, read_only=True)) as store:
        noted = store.noted(ACCEPTED)
    return list(map(str, noted)) if isinstance(noted, list) else []


def _goes_on(planned: Plan) -> bool:
    """Whether a scan that was broken off can be resumed by a plan."""
    with suppress(VestigeError), earlier_scan(planned) as earlier:
        since = None if earlier is None else earlier.since.noted()
        store = Store.open(planned.out / kept.SCAN_FILE)
        try:
            wanted = {**identity(planned), "since": since}
            return all(store.noted(key) == value for key, value in wanted.items())
        finally:
            store.close()
    return False


def _serves(planned: Plan) -> bool:
    """Whether a plan can go on from the scan before: another Vestige may have made it."""
    with suppress(VestigeError), earlier_scan(planned):
        return True
    return False


def _prune(space: Workspace, shelf: Shelf, voice: Voice) -> None:
    gone, left = shelf.prune(space.keep)
    if gone or left:
        voice.tell("pruned", {"gone": len(gone), "left": len(left)})


_NOTHING = {
    **dict.fromkeys(("new", "gone", "critical", "high", "medium", "low", "info"), ""),
    **dict.fromkeys(("entries", "folder", "report", "summary"), ""),
}


def _word(record: Record) -> str:
    return record.point.outcome.value


def _facts(ended: Ended) -> dict[str, str]:
    """What the notification command is told: words, counts, and paths of the workspace's own."""
    record, folder = ended.record, ended.kept.folder
    bands = {band.word: str(count) for band, count in record.point.bands or ()}
    files = {"report": folder / "report.html", "summary": folder / "summary.json"}
    return {
        **_NOTHING,
        **bands,
        "verdict": _word(record),
        "code": str(record.code),
        "new": "" if record.new is None else str(record.new),
        "gone": "" if record.gone is None else str(record.gone),
        "entries": str(record.entries),
        "folder": os.fspath(folder),
        **{name: os.fspath(file) for name, file in files.items() if file.exists()},
    }


def _notify(space: Workspace, voice: Voice, facts: Mapping[str, str]) -> None:
    """Tell the notification command; that it fails is told, and loses nothing."""
    clean = facts["verdict"] == Outcome.PASS.value
    if not space.notice.command or (clean and not space.notice.always):
        return
    wrong = notice.send(space.notice, facts)
    voice.tell("not-notified" if wrong else "notified", {"why": wrong} if wrong else {})


def latest_state(one: Kept) -> str:
    """The state of a review without a record, for the table of reviews."""
    with suppress(VestigeError):
        store = Store.open(one.folder / kept.SCAN_FILE)
        try:
            state = str(store.noted("state"))
        finally:
            store.close()
        return "reports missing" if state == ScanState.COMPLETE else state
    return "no scan"
