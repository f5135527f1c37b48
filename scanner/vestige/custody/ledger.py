"""The ledger: one line of JSON for each step, each holding the SHA-256 of the line before it.

A line ends with a keyed digest of itself, whose key lies outside the case: a chain that somebody
computed anew without the key is told from the one that was written. How long the ledger is, and
how it ends, is noted beside the key after every step: a ledger that was cut is told too. Whoever
has no key can still check the chain, and the Ed25519 signatures that steps may carry.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from vestige.evidence import Clock, Fact, Fault, Step, utc
from vestige.model import SealError

FILE = "ledger.jsonl"
FIRST = "0" * 64
"""What stands for the line before the first one."""

_LONGEST = 1 << 20


class Anchor(NamedTuple):
    """How long a ledger is, and the digest of its last line, as noted beside its key."""

    lines: int
    digest: str


class Key(NamedTuple):
    """The key of a case, and how its ledger ends, as noted beside it."""

    secret: bytes
    anchor: Anchor


class Told(NamedTuple):
    """A step to be written."""

    name: str
    facts: Mapping[str, Fact]


class Witnessed(NamedTuple):
    """When a step was taken, by whom, where, and by which tool and catalog."""

    time_ns: int
    clock: Clock
    actor: str
    host: str
    tool: str
    catalog: str


def line(step: Step, key: bytes) -> bytes:
    """A step as a line, with its keyed digest."""
    clock = step.clock
    held = {
        "step": step.number,
        "time_ns": step.time_ns,
        "time": utc(step.time_ns),
        "clock": {
            "source": clock.source,
            "synchronised": clock.synchronised,
            "offset_ns": clock.offset_ns,
            "error_ns": clock.error_ns,
        },
        "actor": step.actor,
        "host": step.host,
        "tool": step.tool,
        "catalog": step.catalog,
        "name": step.name,
        "facts": dict(step.facts),
        "before": step.before,
    }
    body = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'{body[:-1]},"keyed":"{_keyed(body.encode(), key)}"}}\n'.encode()


def _keyed(body: bytes, key: bytes) -> str:
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def append(folder: Path, told: Told, by: Witnessed, key: Key) -> tuple[Step, Anchor]:
    """Write a step behind the last one, lasting when this returns.

    SealError if anything is wrong with the ledger, or it cannot be written: nothing is appended to
    a ledger that somebody changed.
    """
    with _locked(folder) as stream:
        found = read(folder, key) if os.fstat(stream.fileno()).st_size or key.anchor.lines else None
        if found is not None and found.faults:
            fault = found.faults[0]
            raise SealError(f"the ledger is not as it was left: line {fault.line}: {fault.what}")
        lines, last = found.anchor if found is not None else (0, FIRST)
        step = Step(lines + 1, *by, told.name, dict(told.facts), last)
        text = line(step, key.secret)
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return step, Anchor(step.number, digest(text))


def last_line(folder: Path) -> bytes:
    """The last line, its end left out; SealError if there is none."""
    try:
        return (folder / FILE).read_bytes().splitlines()[-1]
    except (OSError, IndexError):
        raise SealError("there is no ledger: the folder is no case of Vestige") from None


def digest(text: bytes) -> str:
    """The SHA-256 of a line, its end left out."""
    return hashlib.sha256(text.rstrip(b"\n")).hexdigest()


@contextmanager
def _locked(folder: Path) -> Iterator[Any]:
    """The ledger open for reading and appending, for one process at a time."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(folder / FILE, flags, 0o600), "r+b") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield stream
    except OSError as error:
        raise SealError(f"the ledger cannot be written ({error.strerror})") from None


class Read(NamedTuple):
    """A ledger as it was read: its steps as far as they can be read, and what is wrong with it."""

    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]
    anchor: Anchor


def read(folder: Path, key: Key | None) -> Read:
    """The ledger of a case, each line checked; SealError if there is none.

    Without the key only the chain is checked, and nothing tells whether lines are missing at its
    end.
    """
    try:
        lines = (folder / FILE).read_bytes().splitlines(keepends=True)
    except OSError:
        raise SealError("there is no ledger: the folder is no case of Vestige") from None
    steps: list[Step] = []
    faults: list[Fault] = []
    before, latest = FIRST, 0
    for number, text in enumerate(lines, 1):
        step = _step(text)
        if step is None:
            faults.append(Fault(number, "it cannot be read: it is cut, or was changed"))
        else:
            steps.append(step)
            faults += _faults(number, step, before, latest)
            faults += _unkeyed(number, text, key)
            latest = max(latest, step.time_ns)
        before = digest(text)
    faults += _cut(lines, key)
    return Read(tuple(steps), tuple(faults), Anchor(len(lines), before))


def _faults(number: int, step: Step, before: str, latest: int) -> Iterator[Fault]:
    if step.number != number:
        yield Fault(number, f"it says that it is step {step.number}: lines are missing or moved")
    if step.before != before:
        yield Fault(number, "the line before it is not the one upon which it was written")
    if step.time_ns < latest:
        yield Fault(
            number, "it is older than a line before it: the clock was set back, or lines moved"
        )


def _unkeyed(number: int, text: bytes, key: Key | None) -> Iterator[Fault]:
    """What is wrong with the keyed digest of a line, where the key is at hand."""
    if key is None:
        return
    body, _, keyed = text.rstrip(b"\n").rpartition(b',"keyed":"')
    if not hmac.compare_digest(keyed, f'{_keyed(body + b"}", key.secret)}"}}'.encode()):
        yield Fault(number, "it was not written with the key of the case, or was changed since")


def _cut(lines: list[bytes], key: Key | None) -> Iterator[Fault]:
    """What is wrong with the end.

    A ledger that is longer than what was noted beside its key was written by whoever has the key,
    and died before noting it: its last lines are keyed.
    """
    if key is None or not key.anchor.lines:
        return
    known = key.anchor.lines
    if len(lines) < known:
        yield Fault(len(lines) + 1, f"{known - len(lines)} lines are missing at the end")
    elif digest(lines[known - 1]) != key.anchor.digest:
        yield Fault(known, "it is not the step that was noted beside the key")


def _step(text: bytes) -> Step | None:
    if not text.endswith(b"\n") or len(text) > _LONGEST:
        return None
    try:
        held = json.loads(text)
        clock = held["clock"]
        return Step(
            int(held["step"]),
            int(held["time_ns"]),
            Clock(
                str(clock["source"]), clock["synchronised"], clock["offset_ns"], clock["error_ns"]
            ),
            str(held["actor"]),
            str(held["host"]),
            str(held["tool"]),
            str(held["catalog"]),
            str(held["name"]),
            dict(held["facts"]),
            str(held["before"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
