"""BSON: documents as MongoDB dumps them, one behind the other, told as those of JSON are.

Structure as of bsonspec.org, version 1.1.
"""

from collections.abc import Iterator

from vestige.read.beside import gathered, structured
from vestige.read.beside.gathered import Pairs
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Readable

_SMALLEST = 5
_LARGEST = 16 << 20
"""Bytes of a document: MongoDB takes no larger one."""

_DEEPEST = 100
_FIXED = {
    0x01: 8,
    0x06: 0,
    0x07: 12,
    0x08: 1,
    0x09: 8,
    0x0A: 0,
    0x10: 4,
    0x11: 8,
    0x12: 8,
    0x13: 16,
    0x7F: 0,
    0xFF: 0,
}
"""Bytes of values by type: double, undefined, id, boolean, date, null, integers, and so on."""

_TEXTS = {0x02, 0x0D, 0x0E}
_INTEGERS = {0x10, 0x12}
_DOCUMENT, _ARRAY, _BINARY, _EXPRESSION, _REFERENCE, _SCOPED = 3, 4, 5, 0x0B, 0x0C, 0x0F
_KNOWN = frozenset({*_FIXED, *_TEXTS, *range(1, 0x14)})
_LONGEST_KEY = 1_024
_BATCH = 1_000


def is_bson(readable: Readable) -> bool:
    """Whether a file begins with a document: its length, and an element with a name."""
    first = readable.first
    length = _number(first, 0)
    if not _SMALLEST < length <= min(readable.size, _LARGEST) or first[4] not in _KNOWN:
        return False
    name, mark, _ = first[5 : 5 + _LONGEST_KEY].partition(b"\0")
    if not mark or not name or not name.isascii() or not name.decode().isprintable():
        return False
    following = readable.read(length - 1, 5)
    return following[:1] == b"\0" and (length == readable.size or _number(following, 1) > 0)


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The values of all documents by their names; what is bytes as files inside."""
    at = 0
    batch: list[object] = []
    while at + _SMALLEST <= readable.size:
        length = _number(readable.read(at, 4), 0)
        if not _SMALLEST <= length <= min(readable.size - at, _LARGEST):
            yield Lost("damaged")
            break
        if not bounds.take(length):
            yield Lost("text-budget")
            break
        document = _Document(readable.read(at, length))
        batch.append(document.value(0, array=False, depth=0)[0])
        yield from document.files
        if document.torn:
            yield Lost("damaged")
        if len(batch) >= _BATCH:
            yield from _told(batch)
            batch.clear()
        at += length
    yield from _told(batch)


def _told(batch: list[object]) -> Iterator[Part]:
    yield from structured.told(batch)
    yield from gathered.listed(batch)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little", signed=True)


class _Document:
    """The bytes of one document, and what was met in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.files: list[Inner] = []
        self.torn = False

    def value(self, at: int, *, array: bool, depth: int) -> tuple[object, int]:
        """The document or array that begins there, and where it ends."""
        end = min(at + max(_number(self._data, at), _SMALLEST), len(self._data))
        found = Pairs()
        at += 4
        while at < end - 1 and depth < _DEEPEST:
            kind = self._data[at]
            mark = self._data.find(b"\0", at + 1, end)
            if mark < 0 or kind not in _KNOWN:
                self.torn = True
                break
            name = self._data[at + 1 : mark].decode("utf-8", "replace")
            value, at = self._element(kind, mark + 1, depth)
            found.append((name, value))
        return ([one for _, one in found] if array else found), end

    def _element(self, kind: int, at: int, depth: int) -> tuple[object, int]:
        """A value of a type, and where it ends; None for what is neither text nor number."""
        if kind in {_DOCUMENT, _ARRAY}:
            return self.value(at, array=kind == _ARRAY, depth=depth + 1)
        if kind in _FIXED:
            raw = self._data[at : at + _FIXED[kind]]
            number = int.from_bytes(raw, "little", signed=True)
            return (str(number) if kind in _INTEGERS else None), at + _FIXED[kind]
        if kind == _EXPRESSION:
            first = self._data.find(b"\0", at) + 1
            text = self._data[at : max(first - 1, at)].decode("utf-8", "replace")
            return text, max(self._data.find(b"\0", first) + 1, at + 1)
        return self._long(kind, at)

    def _long(self, kind: int, at: int) -> tuple[object, int]:
        """A value that begins with its length: a text, bytes, or a program."""
        length = max(_number(self._data, at), 0)
        raw = self._data[at + 4 : at + 4 + length]
        if kind == _BINARY:
            held = self._data[at + 5 : at + 5 + length]
            self.files.append(Inner(b"value", Held(held), surely=False))
            return None, at + 5 + length
        if kind == _SCOPED:
            return None, at + max(length, _SMALLEST)
        text = raw.rstrip(b"\0").decode("utf-8", "replace")
        return text, at + 4 + length + 12 * (kind == _REFERENCE)
