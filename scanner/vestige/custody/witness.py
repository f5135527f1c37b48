"""What a system shows beside the tree: whatever may still hold what was deleted from it.

All of it is looked at, nothing changed. What the system does not let be seen is counted.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vestige.evidence import State, Witness
from vestige.model import Kind

_PROC = Path("/proc")
_DELETED = b" (deleted)"
_BEFORE_PATH = 5
"""Fields before the path in maps (proc(5))."""
_SNAPSHOTS = (".snapshot", ".snapshots", ".zfs/snapshot", "@GMT")
_SNAPSHOTTING = frozenset({"btrfs", "zfs", "bcachefs", "nilfs2", "apfs"})
"""File systems that can keep what was deleted in snapshots."""


class _Mount(NamedTuple):
    """One line of mountinfo(5)."""

    device: str
    of: bytes
    at: bytes
    kind: str


def witness(root: bytes, states: Iterable[State], without: Iterable[bytes]) -> Witness:
    """What may still hold the entries that were deleted from below `root`.

    `states` are those of the deleted entries, `without` their topmost paths.
    """
    handles, unseen = _handles([os.path.join(root, one) if one else root for one in without])
    mounts = tuple(_mounts())
    own = _mount_of(root, mounts)
    return Witness(
        handles,
        unseen,
        _linked_elsewhere(states),
        tuple(_others(root, own, mounts)) if own else (),
        tuple(_snapshots(root, own)),
    )


def _linked_elsewhere(states: Iterable[State]) -> int:
    """Deleted files of which the file system counted more names than were sealed."""
    names: dict[tuple[int, int], list[int]] = {}
    for one in states:
        if one.kind is Kind.FILE and one.links > 1:
            names.setdefault((one.device, one.inode), [one.links, 0])[1] += 1
    return sum(links > sealed for links, sealed in names.values())


def _handles(tops: list[bytes]) -> tuple[int, int]:
    """Open files below `tops`, and processes whose open files may not be seen."""
    found = unseen = 0
    processes = (p for p in _listed(_PROC) if p.isdigit()) if _PROC.is_dir() else ()
    for process in processes:
        try:
            held = {*_opened(_PROC / process / "fd"), *_mapped(_PROC / process / "maps")}
        except PermissionError:
            unseen += 1
            continue
        except OSError:
            continue
        found += sum(any(_below(path, top) for top in tops) for path in held)
    return found, unseen


def _opened(folder: Path) -> Iterator[bytes]:
    """The paths of the open files of a process, deleted ones too."""
    for name in os.listdir(folder):
        with suppress(OSError):
            yield os.readlink(os.fsencode(folder / name)).removesuffix(_DELETED)


def _mapped(file: Path) -> set[bytes]:
    """The paths of files that a process has in its memory: it may have closed them since."""
    lines = (line.split(None, _BEFORE_PATH) for line in file.read_bytes().splitlines())
    paths = (fields[-1] for fields in lines if len(fields) > _BEFORE_PATH)
    return {path.removesuffix(_DELETED).replace(rb"\012", b"\n") for path in paths}


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _mounts() -> Iterator[_Mount]:
    try:
        lines = (_PROC / "self" / "mountinfo").read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        before, _, behind = line.partition(b" - ")
        fields, kind = before.split(b" "), behind.split(b" ")[0]
        of, at = (re.sub(rb"\\([0-7]{3})", _octal, field) for field in fields[3:5])
        yield _Mount(fields[2].decode("ascii", "replace"), of, at, kind.decode("ascii", "replace"))


def _octal(found: re.Match[bytes]) -> bytes:
    return bytes([int(found.group(1), 8) & 0xFF])


def _mount_of(root: bytes, mounts: Iterable[_Mount]) -> _Mount | None:
    """The mount in which a folder lies: the longest, and of equal ones the last."""
    inside = [one for one in mounts if _below(root, one.at)]
    return max(inside, key=lambda one: len(one.at), default=None)


def _below(path: bytes, folder: bytes) -> bool:
    return folder in (b"/", path) or path.startswith(folder + b"/")


def _others(root: bytes, own: _Mount, mounts: Iterable[_Mount]) -> Iterator[str]:
    """Other places at which the same folder is mounted, by kind and device, never by name."""
    inner = os.path.normpath(os.path.join(own.of, os.path.relpath(root, own.at)))
    for one in mounts:
        same = one.device == own.device and one != own
        if same and (_below(inner, one.of) or _below(one.of, inner)):
            yield f"{one.kind} on device {one.device}"


def _snapshots(root: bytes, own: _Mount | None) -> Iterator[str]:
    """Signs of snapshots of the file system."""
    if own is not None and own.kind in _SNAPSHOTTING:
        yield f"{own.kind} can keep snapshots, which are not looked into"
    top = own.at if own else b"/"
    folder = root
    while True:
        for name in _SNAPSHOTS:
            if os.path.isdir(os.path.join(folder, name.encode())):
                yield f"a folder {name} stands in the folder or above it"
        if folder in (top, b"/"):
            return
        folder = os.path.dirname(folder)
