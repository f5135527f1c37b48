"""Entries to their states, with the SHA-256 of files.

Every file is opened once, without following a link, and its status is taken before and after: what
has changed meanwhile is named, and has no digest.
"""

import hashlib
import os
import stat
from collections.abc import Iterable

from vestige.custody import states
from vestige.custody.tree import Listed
from vestige.evidence import State
from vestige.model import Kind

CHANGED = "changed while it was read"
_BUFFER = 1 << 20
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_NO_TIME = getattr(os, "O_NOATIME", 0)


def batch_states(root: bytes, batch: Iterable[Listed]) -> list[State]:
    """The states of entries, with the digests of files."""
    view = memoryview(bytearray(_BUFFER))
    return [_state(root, one, view) for one in batch]


def _state(root: bytes, one: Listed, view: memoryview) -> State:
    try:
        found = _of_file(root, one.path, view) if one.is_file else states.state(root, one.path)
    except OSError as error:
        return _unread(root, one, (error.strerror or "input or output error").lower())
    return found._replace(problem=one.problem) if one.problem else found


def _unread(root: bytes, one: Listed, reason: str) -> State:
    """What is still known of an entry that the system does not let be read."""
    try:
        return states.state(root, one.path)._replace(problem=reason)
    except OSError:
        kind = Kind.FILE if one.is_file else Kind.DIRECTORY if one.is_directory else Kind.SPECIAL
        return unknown(one.path, kind, reason)


def unknown(path: bytes, kind: Kind, reason: str) -> State:
    """The state of an entry of which the system says nothing, and why."""
    return State(path, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, problem=reason)


def _of_file(root: bytes, path: bytes, view: memoryview) -> State:
    descriptor = opened(b"%b/%b" % (root, path))
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            return states.state(root, path)._replace(problem="it is no file any more")
        digest = _digest(descriptor, before.st_size, view)
        after = os.fstat(descriptor)
        attributes = states.attributes(descriptor)
    finally:
        os.close(descriptor)
    if _moment(before) != _moment(after):
        return states.of_status(path, after, attributes, problem=CHANGED)
    return states.of_status(path, after, attributes, digest)


def _moment(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def opened(full: bytes) -> int:
    """A file open for reading, without a new time of access where that is permitted."""
    try:
        return os.open(full, _FLAGS | _NO_TIME)
    except PermissionError:
        return os.open(full, _FLAGS)


def _digest(descriptor: int, size: int, view: memoryview) -> str:
    """The digest of as many bytes as there were: that a file grew, its status tells."""
    # No more is asked for than there is: the kernel makes ready whatever is asked for.
    wanted = view[: max(1, min(size, _BUFFER))]
    read = os.readv(descriptor, [wanted])
    digest = hashlib.sha256(view[:read])
    if read == size:
        return digest.hexdigest()
    while count := os.readv(descriptor, [wanted]):
        digest.update(view[:count])
        read += count
        if read == size:
            break
    return digest.hexdigest()
