"""The state of entries: read from the file system, and written as lines of JSON."""

import base64
import json
import os
import stat
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
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
    found = of_status(path, status, attributes(full, follow=False))
    return found._replace(target=os.readlink(full)) if found.kind is Kind.LINK else found


def of_status(
    path: bytes,
    status: os.stat_result,
    attributes: tuple[tuple[str, bytes], ...],
    sha256: str = "",
    problem: str = "",
) -> State:
    """The state that a status tells."""
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
        sha256,
        b"",
        attributes,
        problem,
    )


def attributes(where: bytes | int, *, follow: bool = True) -> tuple[tuple[str, bytes], ...]:
    """The extended attributes of a path or an open file, by name; none where there can be none.

    Access lists are among them (system.posix_acl_access), as the system encodes them.
    """
    if not hasattr(os, "listxattr"):
        return ()
    try:
        found = os.listxattr(where, follow_symlinks=follow)
        if not found:
            return ()
        return tuple(
            (name, os.getxattr(where, name, follow_symlinks=follow)) for name in sorted(found)
        )
    except OSError:
        return ()


def line(of: State) -> bytes:
    """One line of JSON. It is put together by hand, for a volume has millions of them."""
    try:
        path = f'"path":{_quoted(of.path.decode("utf-8"))}'
    except UnicodeDecodeError:
        told = names.json_path(of.path).items()
        path = ",".join(f'"{name}":{_quoted(text)}' for name, text in told)
    line = (
        f'{{{path},"kind":"{of.kind}","device":{of.device},"inode":{of.inode},'
        f'"links":{of.links},"size":{of.size},"mode":{of.mode},"uid":{of.uid},"gid":{of.gid},'
        f'"mtime_ns":{of.mtime_ns},"ctime_ns":{of.ctime_ns}'
    )
    if of.sha256:
        line += f',"sha256":"{of.sha256}"'
    if of.target or of.attributes or of.problem:
        line += f",{json.dumps(_seldom(of), ensure_ascii=False)[1:-1]}"
    return line.encode() + b"}\n"


_quoted = encode_basestring
"""A text as JSON writes it; all that a line holds can be written as UTF-8."""


def _seldom(of: State) -> dict[str, object]:
    """What few entries have: of a link its target, extended attributes, and why it was not read."""
    held: dict[str, object] = {}
    if of.target:
        held |= names.json_path(of.target, "target")
    if of.attributes:
        held["attributes"] = {n: base64.b64encode(v).decode("ascii") for n, v in of.attributes}
    if of.problem:
        held["problem"] = of.problem
    return held


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
