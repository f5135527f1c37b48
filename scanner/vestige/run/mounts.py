"""On what storage a root lies, so that one that is not mounted is no empty volume."""

import os
from collections.abc import Mapping
from typing import NamedTuple

GONE = "a root is missing: its volume may not be mounted"
EMPTY = "a root is empty: its volume may not be mounted"
ELSEWHERE = "a root lies on other storage than at the last review: its volume may not be mounted"


class Storage(NamedTuple):
    """The mount point above a root, the device, and the number of the file system on it."""

    mount: str
    device: int
    system: int

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
    return Storage(_mount(os.path.realpath(root)), status.st_dev, system)


def _mount(path: str) -> str:
    """The mount point at or above a real path."""
    while path != "/" and not os.path.ismount(path):
        path = os.path.dirname(path)
    return path


def same(one: Storage, other: Storage) -> bool:
    """Whether two are the same storage.

    The number of a device may change when a machine starts anew, and that of a file system is 0 on
    some: either of them being equal is enough, but the mount point must be.
    """
    by_system = one.system == other.system != 0
    return one.mount == other.mount and (one.device == other.device or by_system)


def of_noted(noted: object) -> dict[str, Storage]:
    """The storage of each root as it was noted; none if nothing was."""
    if not isinstance(noted, dict):
        return {}
    return {
        str(root): Storage(str(one[0]), int(one[1]), int(one[2]))
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
