"""A hook: the files of a commit, judged where they lie, before anybody else can see them."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vestige.chosen import chosen
from vestige.model import UsageError
from vestige.review import Ranked, Review
from vestige.run.entry import entry_of
from vestige.run.occurrences import EVERY
from vestige.run.plan import Request
from vestige.run.planned import planned
from vestige.run.review import open_review
from vestige.run.scan import Listener, scan
from vestige.store import Store

_FILES = 10
"""Files of a finding that are named."""

_FEW = 500
"""Files for which one worker is faster than several."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: the path of a file or folder, masked and in clear."""

    masked: str
    clear: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that counts, and the first places where it is."""

    ranked: Ranked
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the files of a commit amount to: findings that count, files, and those not read."""

    found: tuple[Found, ...]
    files: int
    unread: int
    unexamined: int

    @property
    def code(self) -> int:
        """0 nothing was found, 1 something was, 3 nothing was, but a file could not be read.

        Files of kinds that nothing reads are in every commit: their names are judged, and their
        number is told, but they stop nothing.
        """
        if self.found:
            return 1
        return 3 if self.unread else 0


def judge(files: Sequence[Path], request: Request, listener: Listener) -> Judged:
    """Judge these files, below the folder in which the command runs; nothing is left behind.

    `request` says how, its roots and folder are not used. UsageError if there is no such file.
    """
    root = Path.cwd()
    given = frozenset(_from(root, file) for file in files)
    if not given:
        return Judged((), 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="vestige-hook-") as folder:
        jobs = request.jobs or (1 if len(given) <= _FEW else 0)
        asked = replace(
            request, roots=(root,), out=Path(folder) / "scan", only=chosen(given), jobs=jobs
        )
        store, review = open_review(scan(planned(asked), listener), EVERY)
        try:
            return _judged(store, review, len(given))
        finally:
            store.close()


def _from(root: Path, file: Path) -> bytes:
    """The path of a file from the root on; UsageError if it is none below it."""
    # The folder's links are followed, not the file's: a link is judged itself.
    there = os.path.join(os.path.realpath(file.parent), file.name)
    if not os.path.lexists(there) or (os.path.isdir(there) and not os.path.islink(there)):
        raise UsageError("a file that was given is not there, or is a folder; give files")
    below = os.path.relpath(there, os.path.realpath(root))
    if below.startswith(".."):
        raise UsageError("a file that was given lies outside the folder in which this runs")
    return os.fsencode(below)


def _judged(store: Store, review: Review, files: int) -> Judged:
    counting = [one for one in review.findings if one.risk.band >= review.scan.fail_on]
    coverage = review.scan.coverage
    missed = max(files - coverage.files - _links(store), 0)
    return Judged(
        found=tuple(Found(one, tuple(_places(store, review, one))) for one in counting),
        files=files,
        unread=coverage.unreadable + coverage.partly + missed,
        unexamined=coverage.unexamined,
    )


def _links(store: Store) -> int:
    """How many of the entries are neither files nor folders."""
    return sum(row.kind.value not in ("file", "directory") for row in store.rows())


def _places(store: Store, review: Review, one: Ranked) -> Iterator[Place]:
    """The first places of a finding; a family's is its folder."""
    roots = store.roots()
    if one.family is not None:
        yield Place(one.paths[0], os.fsdecode(entry_of(store, one.family.parent, roots).path))
        return
    count = 0
    for occurrence in review.occurrences:
        if occurrence.finding == one.number and count < _FILES:
            count += 1
            yield Place(occurrence.path, os.fsdecode(entry_of(store, occurrence.entry, roots).path))
