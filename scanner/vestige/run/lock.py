"""The lock of a workspace: two reviews never work in one at once."""

import fcntl
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from vestige.model import BusyError, StoreError

_LONGEST = 1_000
"""Bytes that are read of what a holder wrote of itself."""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock while the block runs; BusyError says who holds it already.

    The system lets go of it when its holder ends, however it ends: what a dead process wrote
    into the file blocks nobody. It is a record lock, which workers do not inherit: those of a
    killed review live some seconds longer than it does.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise StoreError(f"the lock of the workspace cannot be opened ({error.strerror})") from None
    try:
        _take(descriptor)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise BusyError(
            f"another review is at work in this workspace: {_holder(descriptor)}"
        ) from None
    except OSError as error:
        raise StoreError(f"the workspace cannot be locked ({error.strerror})") from None
    since = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    said = {"pid": os.getpid(), "host": platform.node(), "since": since}
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(said).encode() + b"\n", 0)
    except OSError as error:
        raise StoreError(f"the workspace cannot be written ({error.strerror})") from None


def _holder(descriptor: int) -> str:
    """Who holds the lock, as far as it has said so."""
    try:
        said = json.loads(os.pread(descriptor, _LONGEST, 0))
        return f"process {int(said['pid'])} on {said['host']!s}, since {said['since']!s}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said who it is"
