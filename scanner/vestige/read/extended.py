"""Extended: attributes that a file system keeps beside a name, as tools and people write them."""

import os
from typing import NamedTuple

MOST_BYTES = 256 << 10
"""Bytes of the attributes of one entry that are looked at."""

_PREFIX = "user."


class Attributes(NamedTuple):
    """Names and values of the user's attributes of an entry, and whether some were left out."""

    data: bytes
    cut: bool


def attributes(path: bytes) -> Attributes:
    """The user's extended attributes of an entry; of a link those of itself, which has none.

    Empty where the system knows none, or does not let us read them: they are no content.
    """
    if not hasattr(os, "listxattr"):
        return Attributes(b"", cut=False)
    parts: list[bytes] = []
    room = MOST_BYTES
    try:
        for name in os.listxattr(path, follow_symlinks=False):
            if not name.startswith(_PREFIX):
                continue
            value = os.getxattr(path, name, follow_symlinks=False)
            told = b"%s\n%s\n" % (os.fsencode(name.removeprefix(_PREFIX)), value)
            parts.append(told[: max(room, 0)])
            room -= len(told)
    except OSError:
        return Attributes(b"".join(parts), cut=False)
    return Attributes(b"".join(parts), cut=room < 0)
