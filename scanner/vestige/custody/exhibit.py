"""Exhibits: a subtree sealed as a manifest that `sha256sum -c` verifies, and the state of entries.

The manifest lists files alone, by path; the state lists all entries in the same order. Both are
written line by line: a seal that was killed goes on without reading again what it has hashed.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from vestige.custody import names, states
from vestige.custody.hashing import batch_states
from vestige.custody.parallel import in_order
from vestige.custody.tree import Listed, entries
from vestige.evidence import Exhibit, State
from vestige.model import Kind, SealError

MANIFEST, STATE, FACTS = "manifest.sha256", "state.jsonl", "exhibit.json"
_PART, _BEFORE = "state.part", "state.before"
_SYNC_SECONDS = 2.0
"""After which what is known of sealed files is made lasting."""


class Sealing(NamedTuple):
    """How far a seal has come: entries, and bytes of files."""

    entries: int
    bytes: int


Listener = Callable[[Sealing], None]


class Sealed(NamedTuple):
    """Some entries as they are written: their states, their lines of the manifest, and counts."""

    states: bytes
    manifest: bytes
    files: int
    directories: int
    others: int
    bytes: int
    unread: int


def sealed(found: Iterable[State]) -> Sealed:
    """Entries as they are written."""
    lines, manifest = [], []
    files = directories = others = size = unread = 0
    for one in found:
        lines.append(states.line(one))
        unread += bool(one.problem)
        if one.kind is Kind.FILE:
            files, size = files + 1, size + one.size
        elif one.kind is Kind.DIRECTORY:
            directories += 1
        else:
            others += 1
        if one.sha256:
            manifest.append(names.manifest_line(one.sha256, one.path))
    told = (files, directories, others, size, unread)
    return Sealed(b"".join(lines), b"".join(manifest), *told)


def _sealed_batch(root: bytes, batch: list[Listed | State]) -> Sealed:
    """Entries read, but for those whose state is known."""
    fresh = iter(batch_states(root, (one for one in batch if isinstance(one, Listed))))
    return sealed(one if isinstance(one, State) else next(fresh) for one in batch)


@dataclass(slots=True)
class _Totals:
    """What has been written so far."""

    files: int = 0
    directories: int = 0
    others: int = 0
    bytes: int = 0
    unread: int = 0
    manifest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    state: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, done: Sealed) -> None:
        self.files += done.files
        self.directories += done.directories
        self.others += done.others
        self.bytes += done.bytes
        self.unread += done.unread
        self.manifest.update(done.manifest)
        self.state.update(done.states)

    @property
    def entries(self) -> int:
        return self.files + self.directories + self.others


@dataclass(frozen=True, slots=True)
class Subtree:
    """What is to be sealed: a folder, and what of it (nothing: all)."""

    root: bytes
    tops: tuple[bytes, ...] = ()


def seal(of: Subtree, folder: Path, jobs: int, listener: Listener, now: int) -> Exhibit:
    """Seal a subtree into `folder`, whose name is that of the exhibit.

    SealError if the subtree cannot be listed, or the exhibit not be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / FACTS).exists():
            raise SealError(f"{folder.name} is sealed already")
        totals = _write(of, folder, jobs, listener)
        made = _exhibit(of, folder.name, totals, now)
        _keep(folder / FACTS, json.dumps(facts(made), indent=1).encode() + b"\n")
        for old in (_PART, _BEFORE):
            (folder / old).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or error.__class__.__name__
        raise SealError(f"the exhibit cannot be written ({reason}); look at the disk") from None
    return made


def reopen(folder: Path) -> None:
    """Let a seal that was finished, but of which no ledger tells, be gone on with."""
    if (folder / FACTS).exists():
        (folder / FACTS).unlink()
        (folder / STATE).replace(folder / _PART)


def _write(of: Subtree, folder: Path, jobs: int, listener: Listener) -> _Totals:
    totals, synced = _Totals(), time.monotonic()
    known = _known(folder)
    work = _not_known(entries(of.root, of.tops), known, of.root)
    with ExitStack() as files:
        state = files.enter_context(_private(folder / _PART))
        manifest = files.enter_context(_private(folder / f"{MANIFEST}.part"))
        for stream in (state, manifest):
            stream.write(states.HEAD.encode())
        for done in in_order(partial(_sealed_batch, of.root), work, jobs):
            state.write(done.states)
            manifest.write(done.manifest)
            totals.add(done)
            if time.monotonic() - synced > _SYNC_SECONDS:
                _sync(state)
                synced = time.monotonic()
            listener(Sealing(totals.entries, totals.bytes))
        _sync(state)
        _sync(manifest)
    (folder / _PART).replace(folder / STATE)
    (folder / f"{MANIFEST}.part").replace(folder / MANIFEST)
    return totals


def _known(folder: Path) -> Iterator[State]:
    """What a seal that was killed has told: the older half first, where it was killed twice."""
    part, before = folder / _PART, folder / _BEFORE
    if part.exists():
        _join(part, before)
    return _read(before) if before.exists() else iter(())


def _join(part: Path, before: Path) -> None:
    """Put the states of `part`, and those that `before` tells beyond them, into `before`."""
    last = b""
    aside = before.with_name(f"{before.name}.new")
    with _private(aside) as stream:
        for one in _read(part):
            stream.write(states.line(one))
            last = one.order
        if before.exists():
            for one in _read(before):
                if one.order > last:
                    stream.write(states.line(one))
        _sync(stream)
    aside.replace(before)
    part.unlink()


def _read(file: Path) -> Iterator[State]:
    with file.open("rb") as stream:
        yield from states.whole(stream)


def _not_known(
    listed: Iterable[Listed], known: Iterator[State], root: bytes
) -> Iterator[Listed | State]:
    """Entries to be read; instead of those that are as they were when they were read, that."""
    told = next(known, None)
    for one in listed:
        while told is not None and told.order < one.order:
            told = next(known, None)
        same = told is not None and told.order == one.order and _as_before(root, one, told)
        yield told if told is not None and same else one


def _as_before(root: bytes, one: Listed, told: State) -> bool:
    if one.problem or told.problem:
        return False
    try:
        status = os.lstat(os.path.join(root, one.path))
    except OSError:
        return False
    now = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return now == (told.device, told.inode, told.size, told.mtime_ns, told.ctime_ns)


def _exhibit(of: Subtree, name: str, totals: _Totals, now: int) -> Exhibit:
    status = os.stat(of.root)
    return Exhibit(
        name,
        of.root,
        of.tops,
        status.st_dev,
        status.st_ino,
        now,
        totals.files,
        totals.directories,
        totals.others,
        totals.bytes,
        totals.unread,
        totals.manifest.hexdigest(),
        totals.state.hexdigest(),
    )


def facts(of: Exhibit) -> dict[str, object]:
    """An exhibit as JSON holds it."""
    return {
        "about": states.HEAD.strip("# \n"),
        "exhibit": of.id,
        **names.json_path(of.root, "root"),
        "tops": [names.json_path(top) for top in of.tops],
        **{name: getattr(of, name) for name in _NUMBERS},
        "manifest_sha256": of.digest,
        "state_sha256": of.state_digest,
    }


_NUMBERS = (
    "device",
    "inode",
    "sealed_ns",
    "files",
    "directories",
    "others",
    "bytes",
    "unread",
)


def load(folder: Path) -> Exhibit:
    """The exhibit in a folder; SealError if there is none, or it is damaged."""
    try:
        held = json.loads((folder / FACTS).read_bytes())
        return Exhibit(
            str(held["exhibit"]),
            names.of_json_path(held, "root"),
            tuple(names.of_json_path(top) for top in held["tops"]),
            **{name: int(held[name]) for name in _NUMBERS},
            digest=str(held["manifest_sha256"]),
            state_digest=str(held["state_sha256"]),
        )
    except FileNotFoundError:
        raise SealError(f"there is no sealed exhibit {folder.name} in this case") from None
    except (OSError, ValueError, KeyError, TypeError, SealError):
        raise SealError(f"the facts of exhibit {folder.name} cannot be read") from None


def listed(folder: Path) -> Iterator[State]:
    """The states that an exhibit tells; SealError where they are not those that were sealed."""
    told = load(folder).state_digest
    digest = hashlib.sha256()
    with (folder / STATE).open("rb") as stream:
        for text in stream:
            if text.startswith(b"#"):
                continue
            digest.update(text)
            yield states.of_line(text)
    if digest.hexdigest() != told:
        raise SealError(f"the state of exhibit {folder.name} is not what was sealed")


def manifest_digest(folder: Path) -> str:
    """The SHA-256 of all lines of the manifest but comments."""
    return digest_of(folder / MANIFEST)


def digest_of(file: Path) -> str:
    """The SHA-256 of all lines of a file but comments."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        for text in stream:
            if not text.startswith(b"#"):
                digest.update(text)
    return digest.hexdigest()


def first_change(folder: Path) -> str:
    """Which line of the manifest is the first that is not as the state has it."""
    with (folder / STATE).open("rb") as state, (folder / MANIFEST).open("rb") as manifest:
        expected = (
            names.manifest_line(one.sha256, one.path) for one in states.whole(state) if one.sha256
        )
        for number, text in enumerate(manifest, 1):
            if not text.startswith(b"#") and text != next(expected, b""):
                return f"first in line {number}"
    return "at its end"


def _private(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _keep(path: Path, content: bytes) -> None:
    aside = path.with_name(f"{path.name}.part")
    with _private(aside) as stream:
        stream.write(content)
        _sync(stream)
    aside.replace(path)


def _sync(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
