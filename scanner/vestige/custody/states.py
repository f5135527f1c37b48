"""The state of entries: read from the file system, and written as lines of JSON."""

import base64
import json
import os
import stat
from collections.abc import Iterable, Iterator
from typing import Any

from vestige.custody import names
from vestige.evidence import State
from vestige.model import Kind, SealError

HEAD = (
    "# Personal data: the names in this file may be those of persons. Keep it as the data "
    "themselves.\n"
)
"""What stands first in each file that holds names; readers pass over lines with a # in front."""

_KINDS = {stat.S_IFDIR: Kind.DIRECTORY, stat.S_IFREG: Kind.FILE, stat.S_IFLNK: Kind.LINK}
_NUMBERS = ("device", "inode", "links", "size", "mode", "uid", "gid", "mtime_ns", "ctime_ns")


def state(root: bytes, path: bytes) -> State:
    """The state of one entry, without a digest; OSError if the system says nothing of it."""
    full = os.path.join(root, path)
    status = os.lstat(full)
    target = os.readlink(full) if stat.S_ISLNK(status.st_mode) else b""
    return of_status(path, status, _attributes(full), target)


def of_status(
    path: bytes,
    status: os.stat_result,
    attributes: tuple[tuple[str, bytes], ...],
    target: bytes = b"",
) -> State:
    """The state that a status tells, without a digest."""
    return State(
        path,
        _KINDS.get(stat.S_IFMT(status.st_mode), Kind.SPECIAL),
        status.st_dev,
        status.st_ino,
        status.st_nlink,
        status.st_size,
        stat.S_IMODE(status.st_mode),
        status.st_uid,
        status.st_gid,
        status.st_mtime_ns,
        status.st_ctime_ns,
        target=target,
        attributes=attributes,
    )


def _attributes(full: bytes) -> tuple[tuple[str, bytes], ...]:
    return attributes(full, follow=False)


def attributes(where: bytes | int, *, follow: bool = True) -> tuple[tuple[str, bytes], ...]:
    """The extended attributes of a path or an open file, by name; none where there can be none.

    Access lists are among them (system.posix_acl_access), as the system encodes them.
    """
    if not hasattr(os, "listxattr"):
        return ()
    try:
        found = os.listxattr(where, follow_symlinks=follow)
        return tuple(
            (name, os.getxattr(where, name, follow_symlinks=follow)) for name in sorted(found)
        )
    except OSError:
        return ()


def line(of: State) -> bytes:
    """One line of JSON."""
    held: dict[str, object] = {**names.json_path(of.path), "kind": of.kind.value}
    held.update((name, getattr(of, name)) for name in _NUMBERS)
    if of.sha256:
        held["sha256"] = of.sha256
    if of.target:
        held |= names.json_path(of.target, "target")
    if of.attributes:
        held["attributes"] = {n: base64.b64encode(v).decode("ascii") for n, v in of.attributes}
    if of.problem:
        held["problem"] = of.problem
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def of_line(text: bytes) -> State:
    """The state that a line tells; SealError if it tells none."""
    try:
        held = json.loads(text)
        return _of_json(held)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SealError("a line of the state cannot be read: it is cut or was changed") from None


def _of_json(held: dict[str, Any]) -> State:
    numbers = {name: int(held[name]) for name in _NUMBERS}
    return State(
        names.of_json_path(held),
        Kind(held["kind"]),
        **numbers,
        sha256=str(held.get("sha256", "")),
        target=names.of_json_path(held, "target") if "target" in held else b"",
        attributes=tuple(
            (name, base64.b64decode(value)) for name, value in held.get("attributes", {}).items()
        ),
        problem=str(held.get("problem", "")),
    )


def states(lines: Iterable[bytes]) -> Iterator[State]:
    """The states of all lines but comments; SealError at the first that tells none."""
    return (of_line(text) for text in lines if not text.startswith(b"#"))


def whole(lines: Iterable[bytes]) -> Iterator[State]:
    """The states up to the first line that a kill has left unfinished."""
    for text in lines:
        if text.startswith(b"#"):
            continue
        if not text.endswith(b"\n"):
            return
        try:
            yield of_line(text)
        except SealError:
            return
