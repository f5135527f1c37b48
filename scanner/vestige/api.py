"""The Python call: a scan or a gate as a function, for schedulers and pipelines.

`from vestige import scan, gate` gives both. They print nothing, set no signal handler, and may run
in any thread of a process that may start others. Errors are `VestigeError`; what one entry could
not give is no error, but stands in the review.
"""

import gc
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from vestige.gate import exit_code
from vestige.model import Band, UsageError
from vestige.review import Ranked, Review, Verdict
from vestige.run import gate as gates
from vestige.run.plan import Plan, Request
from vestige.run.planned import planned
from vestige.run.reported import reported
from vestige.run.scan import Listener
from vestige.run.scan import scan as run_scan

AnyPath = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What a scan came to: its folder, the review that its reports show, and all that follows.

    Paths and values in it are masked. The reports stand in `folder`; occurrences are not held in
    memory: read occurrences.csv.
    """

    folder: Path
    review: Review

    @property
    def verdict(self) -> Verdict:
        """Whether the data may leave, and why."""
        return self.review.verdict

    @property
    def findings(self) -> tuple[Ranked, ...]:
        """All findings, worst first, accepted ones among them (`one.counts` tells)."""
        return self.review.findings

    @property
    def exit_code(self) -> int:
        """That of the command: 0 nothing found and all read, 1 findings, 3 incomplete."""
        return exit_code(self.review.verdict)


def scan(  # noqa: PLR0913 - one parameter for each thing that may be asked
    roots: AnyPath | Iterable[AnyPath],
    *,
    out: AnyPath | None = None,
    policy: str = "gdpr",
    rules: Iterable[AnyPath] = (),
    roster: AnyPath | None = None,
    baseline: AnyPath | None = None,
    key: AnyPath | None = None,
    fail_on: str | None = None,
    jobs: int = 0,
    readers: int = 0,
    resume: bool = False,
    cross_file_systems: bool = False,
    software_as_data: bool = False,
    hunt: bool = False,
    listener: Listener | None = None,
) -> Result:
    """Scan folders, write the reports into `out`, and give the result.

    Everything is as in `vestige scan`: `out` is the folder for the results (by default
    vestige-scan-<UTC time> in the current one), `policy` a name or a TOML file, `fail_on` a band,
    `jobs` the number of worker processes (0: as many as cores). `listener` is told how far the scan
    is. VestigeError says what is wrong with what was asked, or that the result cannot be written.
    """
    request = Request(
        roots=_paths(roots),
        out=_path(out),
        policy=policy,
        rules=_paths(rules),
        roster=_path(roster),
        baseline=_path(baseline),
        key=_path(key),
        fail_on=_band(fail_on),
        jobs=jobs,
        readers=readers,
        resume=resume,
        cross_file_systems=cross_file_systems,
        software_as_data=software_as_data,
        hunt=hunt,
    )
    return _scanned(planned(request), listener or _nobody)


def gate(  # noqa: PLR0913 - one parameter for each thing that may be asked
    roots: AnyPath | Iterable[AnyPath],
    *,
    out: AnyPath | None = None,
    policy: str = "gdpr",
    rules: Iterable[AnyPath] = (),
    roster: AnyPath | None = None,
    baseline: AnyPath | None = None,
    key: AnyPath | None = None,
    fail_on: str | None = None,
    allow: Iterable[str] = (),
    clearance: AnyPath | None = None,
    valid: timedelta = gates.VALID,
    sign: AnyPath | None = None,
    files_from: AnyPath | None = None,
    jobs: int = 0,
    readers: int = 0,
    resume: bool = False,
    cross_file_systems: bool = False,
    software_as_data: bool = False,
    hunt: bool = False,
    listener: Listener | None = None,
) -> Verdict:
    """Judge whether folders may leave: `verdict.outcome` is PASS, BLOCK or INCOMPLETE.

    Everything is as in `vestige gate`, which fails closed: only PASS lets data go. `verdict.gaps`
    says what keeps it from passing beside findings; `allow` names gaps that somebody answers for.
    `clearance` and `files_from` are files that are written only if it passes: the manifest of what
    was judged, which holds for `valid`, signed with the key in `sign`, and the list of its files.
    """
    request = Request(
        roots=_paths(roots),
        out=_path(out),
        policy=policy,
        rules=_paths(rules),
        roster=_path(roster),
        baseline=_path(baseline),
        key=_path(key),
        fail_on=_band(fail_on),
        jobs=jobs,
        readers=readers,
        resume=resume,
        cross_file_systems=cross_file_systems,
        software_as_data=software_as_data,
        hunt=hunt,
    )
    wanted = gates.Wanted(
        clearance=_path(clearance),
        valid=valid,
        sign=_path(sign),
        files_from=_path(files_from),
        allowed=frozenset(allow),
    )
    with _own_process():
        return gates.gate(planned(request), wanted, listener or _nobody).verdict


def _scanned(asked: Plan, listener: Listener) -> Result:
    with _own_process():
        file = run_scan(asked, listener)
    return Result(asked.out, _without_streams(reported(asked, file)))


def _without_streams(review: Review) -> Review:
    """The review without what is read from the scan file, which is closed."""
    return replace(review, troubles=review.problems, occurrences=(), pictures=None)


@contextmanager
def _own_process() -> Iterator[None]:
    """A process in which workers may be started; what a scan sets for its speed is set back."""
    if multiprocessing.current_process().daemon:
        raise UsageError(
            "a daemonic process may start no others: call Vestige from a process that is none, or "
            "run the command"
        )
    before = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _nobody(_progress: object) -> None:
    """Whoever is told when nobody listens."""


def _path(given: AnyPath | None) -> Path | None:
    return None if given is None else Path(given)


def _paths(given: AnyPath | Iterable[AnyPath]) -> tuple[Path, ...]:
    if isinstance(given, str | os.PathLike):
        return (Path(given),)
    return tuple(map(Path, given))


def _band(word: str | None) -> Band | None:
    try:
        return None if word is None else Band.of(word)
    except ValueError as error:
        raise UsageError(f"fail_on: {error}") from None
