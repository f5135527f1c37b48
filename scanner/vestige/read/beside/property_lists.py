"""Binary property lists, in which macOS and its programs keep settings and what was opened last.

Read by the standard library: plain values only, nothing is built of them.
"""

import plistlib
from collections.abc import Iterator
from datetime import datetime

from vestige.read.beside import gathered, structured
from vestige.read.beside.gathered import Pairs
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Readable

SIGN = b"bplist0"

_MOST = 16 << 20
_NODES = 200_000
_DEEPEST = 64
_LEAST_FILE = 16
_BROKEN = (
    *(plistlib.InvalidFileException, ValueError, TypeError, KeyError, IndexError),
    *(OverflowError, RecursionError, MemoryError, UnicodeError, OSError),
)


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The values of a list by their keys; bytes in them may be files."""
    if readable.size > _MOST or not bounds.take(readable.size):
        yield Lost("text-budget")
        return
    try:
        loaded = plistlib.loads(readable.read(0, readable.size), fmt=plistlib.FMT_BINARY)
    except _BROKEN:
        yield Lost("damaged")
        return
    plain = _Plain()
    value = plain.of(loaded, 0)
    yield from plain.files
    if plain.left < 0:
        yield Lost("text-budget")
    yield from structured.told(value)
    yield from gathered.listed(value)


class _Plain:
    """Values as those of JSON are told; the same object may stand at many places."""

    def __init__(self) -> None:
        self.left = _NODES
        self.files: list[Inner] = []

    def of(self, one: object, depth: int) -> object:
        """A value; None of what is neither text, number, day, nor holds any."""
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            return None
        if isinstance(one, dict):
            return Pairs((str(key), self.of(value, depth + 1)) for key, value in one.items())
        if isinstance(one, list):
            return [self.of(value, depth + 1) for value in one]
        if isinstance(one, bytes):
            if len(one) >= _LEAST_FILE:
                self.files.append(Inner(b"value", Held(one), surely=False))
            return None
        if isinstance(one, datetime):
            return one.date().isoformat()
        return str(one) if isinstance(one, str | int) and not isinstance(one, bool) else None
