"""Grounds: in which trees of software directories lie, as their listings tell."""

import os
from contextlib import suppress
from typing import NamedTuple

from vestige import listing, software
from vestige.listing import Listing
from vestige.software import NOWHERE, Begun, Ground


class Tree(NamedTuple):
    """A tree of software: its first and last entry, and the directory that shows it (0: none)."""

    first: int
    last: int
    kind: str
    shown_by: int


def ground_above(root: bytes) -> Ground:
    """What a root lies in, by the listings of the directories above it, of which nothing is kept.

    What may not be listed there tells nothing.
    """
    ground, path, name = NOWHERE, b"/", b""
    *above, _ = root.strip(b"/").split(b"/")
    for next_name in (*above, b""):
        if ground.kind or root == b"/":
            break
        with suppress(OSError):
            names = listing.of(path, os.lstat(path))
            try:
                ground = ground.at(begun(name, names), 0)
            finally:
                if names.descriptor >= 0:
                    os.close(names.descriptor)
        if next_name:
            ground, path, name = ground.below(next_name), os.path.join(path, next_name), next_name
    return ground


def begun(name: bytes, names: Listing) -> Begun | None:
    """The tree of software that begins at an open directory."""

    def has(path: bytes) -> bool:
        try:
            os.stat(path, dir_fd=names.descriptor, follow_symlinks=False)
        except OSError:
            return False
        return True

    return (
        software.begins(name, names.others, names.folders, has) if names.descriptor >= 0 else None
    )
