"""Deletions as they are witnessed: Vestige deletes nothing, and says what is no longer there."""

import os
from collections.abc import Iterable

from vestige.evidence import State


def remaining(root: bytes, states: Iterable[State]) -> int:
    """How many of the sealed entries are still there, whatever they now are.

    An entry that the system does not let be looked at counts as being there.
    """
    return sum(_there(os.path.join(root, one.path)) for one in states)


def _there(path: bytes) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def tops(states: Iterable[State]) -> tuple[bytes, ...]:
    """The topmost sealed entries: none of them lies below another. They come in order."""
    found: list[bytes] = []
    for one in states:
        if not found or not one.path.startswith(found[-1] + b"/"):
            found.append(one.path)
    return tuple(found)
