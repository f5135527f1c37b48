"""Extended: what a file system keeps beside a name: attributes as tools write them, and the owner.

Where macOS says from where a file was downloaded, it says so in a property list.
"""

import os
import plistlib
import pwd
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.parsers.expat import ExpatError

from vestige.read.carve import runs

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


LISTS = hasattr(os, "listxattr")
"""Whether this system tells of extended attributes at all."""

_PROPERTY_LIST = b"bplist"
_MOST_TEXTS = 1_000


def is_users(name: str) -> bool:
    """Whether an attribute of that name was written by a user or a program, not by the system."""
    return name.startswith(_PREFIX)


def told(target: int | bytes) -> Iterator[str]:
    """Names and values of the user's attributes of an open file or of the entry at a path."""
    room = MOST_BYTES
    try:
        for name in names(target):
            if is_users(name) and room > 0:
                yield name.removeprefix(_PREFIX)
                value = (
                    os.getxattr(target, name) if isinstance(target, int) else _value(target, name)
                )
                room -= len(value)
                yield from _texts(value[:MOST_BYTES])
    except OSError:
        return


def names(target: int | bytes) -> list[str]:
    """The names of the attributes of an open file, or of the entry at a path; OSError if none are.

    A link is not followed.
    """
    if isinstance(target, int):
        return os.listxattr(target)
    return os.listxattr(target, follow_symlinks=False)


def _value(path: bytes, name: str) -> bytes:
    return os.getxattr(path, name, follow_symlinks=False)


def _texts(value: bytes) -> Iterator[str]:
    """The texts of a value: of a property list those in it, else what can be read in the bytes."""
    if value.startswith(_PROPERTY_LIST):
        try:
            yield from _inside(plistlib.loads(value), [_MOST_TEXTS])
        except (ValueError, KeyError, IndexError, OverflowError, RecursionError, ExpatError):
            pass
        else:
            return
    try:
        text = value.decode("utf-8").strip("\0")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        yield from runs(value)
    else:
        yield text


def _inside(told_of: object, left: list[int]) -> Iterator[str]:
    left[0] -= 1
    if left[0] < 0:
        return
    if isinstance(told_of, str):
        yield told_of
    elif isinstance(told_of, bytes):
        yield from runs(told_of)
    elif isinstance(told_of, list | dict):
        each = [*told_of, *told_of.values()] if isinstance(told_of, dict) else told_of
        for one in each:
            yield from _inside(one, left)


@lru_cache(maxsize=1 << 12)
def owner(number: int) -> str:
    """The full name, or else the account, of a user of this machine; "" if it knows none."""
    try:
        found = pwd.getpwuid(number)
    except (KeyError, OverflowError):
        return ""
    full = found.pw_gecos.partition(",")[0].strip()
    return full or found.pw_name
