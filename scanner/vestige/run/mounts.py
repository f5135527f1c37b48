"""On what storage a root lies, so that one that is not mounted is no empty volume."""

import os
import re
from collections.abc import Mapping
from typing import NamedTuple

GONE = "a root is missing: its volume may not be mounted"
EMPTY = "a root is empty: its volume may not be mounted"
ELSEWHERE = "a root lies on other storage than at the last review: its volume may not be mounted"


_TABLE = "/proc/self/mountinfo"
"""The mounts as Linux tells them: see proc(5)."""


class Storage(NamedTuple):
    """The mount point above a root, the device, the number of its file system, and its source.

    The number is 0, the source "", where the system does not tell.
    """

    mount: str
    device: int
    system: int
    source: str = ""

    def noted(self) -> list[object]:
        """What is kept of it, as JSON can hold it."""
        return list(self)


def storage(root: str) -> Storage | None:
    """On what a root lies; None if it cannot be told."""
    try:
        status = os.stat(root)
        system = os.statvfs(root).f_fsid
    except OSError:
        return None
    mount = _mount(os.path.realpath(root))
    return Storage(mount, status.st_dev, system, _source(mount))


def _mount(path: str) -> str:
    """The mount point at or above a real path."""
    while path != "/" and not os.path.ismount(path):
        path = os.path.dirname(path)
    return path


def _source(mount: str) -> str:
    """What is mounted at a mount point: a device, or host and path of a network drive."""
    found = ""
    try:
        with open(_TABLE, "rb") as table:
            for line in table:
                before, _, behind = line.partition(b" - ")
                fields, more = before.split(b" "), behind.split(b" ")
                if len(fields) > _POINT and len(more) > 1 and _plain(fields[_POINT]) == mount:
                    found = _plain(more[1])
    except OSError:
        return ""
    return found


_POINT = 4
"""The field of a line that is the mount point."""


def _plain(field: bytes) -> str:
    """A field of the table of mounts without its octal escapes."""
    return os.fsdecode(re.sub(rb"\\([0-7]{3})", lambda one: bytes((int(one[1], 8),)), field))


def same(one: Storage, other: Storage) -> bool:
    """Whether two are the same storage.

    The mount point must be the same. The number of a device may be another one when a machine
    starts anew, and network drives have no number of a file system: then their source tells.
    """
    if one.mount != other.mount:
        return False
    if one.system and other.system and one.system == other.system:
        return True
    if one.device == other.device:
        return not (one.system and other.system)
    return one.source == other.source and _is_network(one.source)


def _is_network(source: str) -> bool:
    return ":" in source or source.startswith("//")


def of_noted(noted: object) -> dict[str, Storage]:
    """The storage of each root as it was noted; none if nothing was."""
    if not isinstance(noted, dict):
        return {}
    return {
        str(root): Storage(str(one[0]), int(one[1]), int(one[2]), str(one[3]))
        for root, one in noted.items()
        if isinstance(one, list) and len(one) == len(Storage._fields)
    }


def wrong(root: str, before: Mapping[str, Storage]) -> str:
    """Why a root cannot be reviewed: missing, empty or elsewhere than before; "" if it can."""
    now = storage(root)
    if now is None or not os.path.isdir(root):
        return GONE
    if root in before and not same(before[root], now):
        return ELSEWHERE
    return EMPTY if _is_empty(root) else ""


def _is_empty(root: str) -> bool:
    try:
        with os.scandir(root) as entries:
            return next(entries, None) is None
    except OSError:
        # What may not be listed is no empty root: the scan says so of it.
        return False
