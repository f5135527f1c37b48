"""The scans that a workspace keeps: their folders, what each amounts to, and which may go."""

import json
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from vestige.model import StoreError
from vestige.review import Point, point_of_noted
from vestige.run import outputs

RECORD = "run.json"
"""What a review amounts to; it is written last, so that a folder with it is whole."""

SCAN_FILE = "scan.sqlite"
LATEST = "latest"

_SCHEMA = 1
_NAME = re.compile(r"\d{8}T\d{6}Z(?:\.\d{4})?")
_GOING = ".going-"
_LONGEST = 1_000_000
"""Bytes of a record that are read at most."""

OWN = frozenset(
    {RECORD, SCAN_FILE, f"{SCAN_FILE}-journal"}
    | {name for files in outputs.FORMATS.values() for name in files}
)
"""The files that a review leaves in its folder."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one review amounts to: counts and words, and no text of a volume.

    `full` says whether everything was read, `new` and `gone` count findings beside the review
    before (None: there is none to compare with); `reasons` are sentences of the verdict.
    """

    point: Point
    code: int
    finished: str
    reasons: tuple[str, ...]
    scan: str = ""
    full: bool = True
    entries: int = 0
    new: int | None = None
    gone: int | None = None

    @property
    def scanned(self) -> bool:
        """Whether there was a volume to scan."""
        return self.point.bands is not None


@dataclass(frozen=True, slots=True)
class Kept:
    """One folder of a review; without a record it came to no end."""

    name: str
    folder: Path
    record: Record | None


class Shelf:
    """The folder of a workspace's scans. What it did not make it leaves alone."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self.folder = workspace / "scans"

    def make(self) -> None:
        """Make the folder; StoreError if it cannot be."""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the workspace cannot be written ({error.strerror})") from None

    def kept(self) -> list[Kept]:
        """All reviews, first the oldest."""
        try:
            with os.scandir(self.folder) as entries:
                names = [
                    one.name
                    for one in entries
                    if _NAME.fullmatch(one.name) and one.is_dir(follow_symlinks=False)
                ]
        except OSError:
            return []
        folders = ((name, self.folder / name) for name in sorted(names))
        return [Kept(name, folder, _record(folder / RECORD)) for name, folder in folders]

    def ended(self) -> list[Kept]:
        """The reviews that came to their end with a scan, first the oldest."""
        return [one for one in self.kept() if one.record is not None and one.record.scanned]

    def unfinished(self) -> Kept | None:
        """The last review that had a volume to scan, if it came to no end but left a scan file."""
        for one in reversed(self.kept()):
            if one.record is None:
                return one if (one.folder / SCAN_FILE).is_file() else None
            if one.record.scanned:
                return None
        return None

    def fresh(self, now: datetime) -> Kept:
        """A new folder's name: the time, and where the clock went back, what follows the last.

        Names are unique and in the order of the reviews, whatever the clock does.
        """
        name = f"{now:%Y%m%dT%H%M%SZ}"
        last = max((one.name for one in self.kept()), default="")
        if name <= last:
            stamp, _, count = last.partition(".")
            name = f"{stamp}.{int(count or 0) + 1:04}"
        return Kept(name, self.folder / name, None)

    def keep(self, one: Kept, record: Record) -> Kept:
        """Write the record of a review, which ends it."""
        told = {**asdict(record), "point": record.point.noted(), "schema_version": _SCHEMA}
        with suppress(FileExistsError):
            one.folder.mkdir(mode=0o700)
        write_aside(one.folder / RECORD, (json.dumps(told, indent=2) + "\n").encode())
        return Kept(one.name, one.folder, record)

    def point_at(self, one: Kept) -> bool:
        """Let `latest` lead to a review; False where the file system has no links."""
        aside = self._workspace / f".{LATEST}.part"
        try:
            with suppress(FileNotFoundError):
                aside.unlink()
            aside.symlink_to(Path("scans") / one.name, target_is_directory=True)
            aside.replace(self._workspace / LATEST)
        except OSError:
            return False
        return True

    def prune(self, keep: int, needed: Collection[str] = ()) -> tuple[list[str], list[str]]:
        """Take away whole reviews older than the last `keep` scans; gives those gone and left.

        Left is what holds files that no review makes. Reviews without an end are not touched.
        """
        for leftover in self._going():
            _clear(leftover)
        scans = [one.name for one in self.ended()]
        oldest = scans[-keep] if len(scans) > keep else ""
        gone, left = [], []
        for one in self.kept():
            if one.name >= oldest or one.record is None or one.name in needed:
                continue
            if _foreign(one.folder):
                left.append(one.name)
                continue
            # It is renamed first: what is half taken away is no review any more.
            going = self.folder / f"{_GOING}{one.name}"
            with suppress(OSError):
                one.folder.rename(going)
                _clear(going)
                gone.append(one.name)
        return gone, left

    def _going(self) -> Iterator[Path]:
        with suppress(OSError), os.scandir(self.folder) as entries:
            for one in entries:
                name = one.name.removeprefix(_GOING)
                if name != one.name and _NAME.fullmatch(name) and one.is_dir(follow_symlinks=False):
                    yield Path(one.path)


def last_full(kept: list[Kept]) -> tuple[int, str]:
    """How many reviews followed the last one that read everything, and when that one began."""
    count = 0
    for one in reversed(kept):
        if one.record is not None and one.record.full:
            return count, one.record.point.started
        count += 1
    return count, ""


def seconds_since(began: str, now: datetime) -> float:
    """Seconds since a time in ISO 8601; endless if it is none, or if the clock went back."""
    try:
        passed = now - datetime.fromisoformat(began)
    except (ValueError, TypeError):
        return float("inf")
    return passed.total_seconds() if passed >= timedelta() else float("inf")


def write_aside(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, so that it appears whole; StoreError if it cannot be."""
    aside = path.with_name(f".{path.name}.part")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(aside, flags, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except OSError as error:
        raise StoreError(f"{path.name} cannot be written ({error.strerror})") from None


def _record(file: Path) -> Record | None:
    """The record in a file; None if there is none that this Vestige can read."""
    try:
        with file.open("rb") as stream:
            told = json.loads(stream.read(_LONGEST))
        if told.pop("schema_version") != _SCHEMA:
            return None
        reasons = tuple(map(str, told.pop("reasons")))
        return Record(point=point_of_noted(told.pop("point")), reasons=reasons, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _foreign(folder: Path) -> bool:
    """Whether a folder holds what no review makes."""
    try:
        with os.scandir(folder) as entries:
            return any(
                one.name.removeprefix(".").removesuffix(".part") not in OWN
                or not one.is_file(follow_symlinks=False)
                for one in entries
            )
    except OSError:
        return True


def _clear(folder: Path) -> None:
    if not _foreign(folder):
        shutil.rmtree(folder, ignore_errors=True)
