"""Roots before and after a scan: a volume that went away meanwhile was not seen whole."""

import os
from collections.abc import Mapping, Sequence

from vestige.model import Problem, Stage
from vestige.store import Store

NO_FILE = "no-file"
"""The code of a root without a file beside others that have some."""

_DETAILS = {
    "vanished": "the root went away while the scan ran: its volume may have been unmounted",
    "replaced": "another folder took the place of the root while the scan ran",
    NO_FILE: "the root holds no file: an empty or missing mount looks the same",
}

Top = tuple[int, int] | None
"""Device and inode of a root; None if it is not there."""


def tops(roots: Sequence[bytes]) -> Mapping[bytes, Top]:
    """What the roots are now."""
    return {root: _top(root) for root in roots}


def look_back(store: Store, began: Mapping[bytes, Top]) -> None:
    """Count each root as read in part that is not what it was, or holds no file beside others."""
    roots = store.roots()
    for number, root in roots.items():
        code = _code(began.get(root), _top(root))
        if not code and len(roots) > 1 and not store.below([number]).files:
            code = NO_FILE
        # A resumed scan may have said so before.
        if code and store.lessen(number):
            store.problems([Problem(number, Stage.WALK, code, _DETAILS[code])])


def _code(before: Top, now: Top) -> str:
    if now is None:
        return "vanished"
    return "" if now == before else "replaced"


def _top(root: bytes) -> Top:
    try:
        status = os.lstat(root)
    except OSError:
        return None
    return status.st_dev, status.st_ino
