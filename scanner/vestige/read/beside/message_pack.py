"""MessagePack: values one behind the other, as programs keep and send them, told as those of JSON.

Structure as of github.com/msgpack/msgpack, spec.md. There is no signature: a file counts if it
begins with an object whose first key is a word.
"""

from collections.abc import Iterator

from vestige.read.beside import gathered, structured
from vestige.read.beside.gathered import Pairs
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Part, Readable

BEGINS = bytes((*range(0x81, 0xA0), *range(0xDC, 0xE0)))

_OBJECTS = frozenset({*range(0x81, 0x90), 0xDE, 0xDF})
_LISTS = frozenset({*range(0x91, 0xA0), 0xDC, 0xDD})
_DEEPEST = 100
_NODES = 2_000_000
_LONGEST_KEY, _FEWEST = 64, 2
_WIDTHS = {0xD9: 1, 0xDA: 2, 0xDB: 4, 0xC4: 1, 0xC5: 2, 0xC6: 4}
_COUNTS = {0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}
_FIXED = {0xCA: 4, 0xCB: 8, 0xC0: 0, 0xC2: 0, 0xC3: 0}
_INTEGERS = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
_SIGNED = range(0xD0, 0xD4)
_EXTENSIONS = {0xD4: 1, 0xD5: 2, 0xD6: 4, 0xD7: 8, 0xD8: 16}
_LONG_EXTENSIONS = {0xC7: 1, 0xC8: 2, 0xC9: 4}


class _TornError(ValueError):
    """Bytes that are no value."""


def looks(readable: Readable) -> bool:
    """Whether a file begins with an object, or with a list of some, whose first key is a word."""
    first = readable.first
    at = 0
    for _ in range(_FEWEST):
        kind = first[at] if at < len(first) else 0
        at += 1 + _COUNTS.get(kind, 0)
        if kind in _OBJECTS:
            return _is_key(first, at)
        if kind not in _LISTS:
            return False
    return False


def _is_key(first: bytes, at: int) -> bool:
    """Whether a text begins there that may be a key."""
    kind = first[at] if at < len(first) else 0
    start = at + 2 if kind == 0xD9 else at + 1  # noqa: PLR2004 - a text of one byte of length
    length = first[at + 1] if kind == 0xD9 and at + 1 < len(first) else kind & 0x1F  # noqa: PLR2004
    key = first[start : start + length]
    if not (0xA0 <= kind <= 0xBF or kind == 0xD9) or len(key) < length:  # noqa: PLR2004 - as above
        return False
    word = key.decode("ascii", "replace")
    return _FEWEST <= length <= _LONGEST_KEY and word.replace("_", "").replace("-", "").isalnum()


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The values of a file by their keys; what is bytes as files inside."""
    length = min(readable.size, WHOLE)
    if length < readable.size or not bounds.take(length):
        yield Lost("text-budget")
    values = _Values(readable.read(0, length))
    found: list[object] = []
    try:
        while values.at < length:
            found.append(values.next(0))
    except (_TornError, IndexError):
        yield Lost("damaged")
    yield from values.files
    yield from structured.told(found)
    yield from gathered.listed(found)


class _Values:
    """Values in bytes, from a place on."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = _NODES
        self.at = 0
        self.files: list[Inner] = []

    def next(self, depth: int) -> object:
        """The next value; None for what is neither text nor whole number."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise _TornError
        kind = self._data[self.at]
        self.at += 1
        if kind in _COUNTS or 0x80 <= kind <= 0x9F:  # noqa: PLR2004 - short ones
            return self._collection(kind, depth)
        if kind <= 0x7F or kind >= 0xE0:  # noqa: PLR2004 - numbers of this byte alone
            return str(kind if kind <= 0x7F else kind - 256)  # noqa: PLR2004 - as above
        if kind in _INTEGERS:
            raw = self._taken(_INTEGERS[kind])
            return str(int.from_bytes(raw, "big", signed=kind in _SIGNED))
        if kind in _WIDTHS or 0xA0 <= kind <= 0xBF:  # noqa: PLR2004 - short texts
            return self._written(kind)
        self._passed(kind)
        return None

    def _collection(self, kind: int, depth: int) -> object:
        count = self._number(_COUNTS[kind]) if kind in _COUNTS else kind & 0x0F
        if not (0x80 <= kind <= 0x8F or kind in {0xDE, 0xDF}):  # noqa: PLR2004 - objects
            return [self.next(depth + 1) for _ in range(count)]
        found = Pairs()
        for _ in range(count):
            key = self.next(depth + 1)
            value = self.next(depth + 1)
            found.append((key if isinstance(key, str) else "", value))
        return found

    def _written(self, kind: int) -> str | None:
        raw = self._taken(self._number(_WIDTHS[kind]) if kind in _WIDTHS else kind & 0x1F)
        if kind in {0xC4, 0xC5, 0xC6}:
            self.files.append(Inner(b"value", Held(raw), surely=False))
            return None
        return raw.decode("utf-8", "replace")

    def _passed(self, kind: int) -> None:
        """Passes what is no text: fractions, nothing, truth, and values of programs' own types."""
        if kind in _EXTENSIONS:
            self._taken(1 + _EXTENSIONS[kind])
        elif kind in _LONG_EXTENSIONS:
            self._taken(1 + self._number(_LONG_EXTENSIONS[kind]))
        elif kind in _FIXED:
            self._taken(_FIXED[kind])
        else:
            raise _TornError

    def _number(self, width: int) -> int:
        return int.from_bytes(self._taken(width), "big")

    def _taken(self, count: int) -> bytes:
        raw = self._data[self.at : self.at + count]
        if len(raw) < count:
            raise _TornError
        self.at += count
        return raw
