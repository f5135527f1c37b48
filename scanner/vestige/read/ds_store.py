""".DS_Store: names of a folder's entries as the Finder of macOS keeps them, gone ones among them.

A buddy allocator holds blocks; one of them leads to a B-tree of records, each with a name in
UTF-16BE, a code of what is kept, and a value. Records stay legible in blocks that were given back:
they are looked for in all bytes, also where the tree is damaged.
"""

import re
from struct import Struct

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, Ghosts, Record, told

PLACE = "DS_Store"
PUT_BACK = "DS_Store, where an entry was thrown away"
COMMENT = "DS_Store, comment"

MAGIC = b"\x00\x00\x00\x01Bud1"
BYTES = 32 << 20
"""Bytes of a file that are read."""

_BLOCKS = 65_536
_LONGEST = 255
"""UTF-16 units of a name at most (HFS+ and APFS)."""

_LONG = Struct(">I")
_VALUE = re.compile(rb"(?s)[ -~]{4}(?:bool|shor|long|type|comp|dutc|blob|ustr)")
_TEXTS = {b"ptbL": PUT_BACK, b"ptbN": PUT_BACK, b"cmmt": COMMENT}
"""Values that are texts: where something lay before it was thrown away, and comments."""

_FIXED = {b"bool": 1, b"shor": 4, b"long": 4, b"type": 4, b"comp": 8, b"dutc": 8}


def read(source: Readable) -> Ghosts | None:
    """The names that stand in a .DS_Store; None if it is none."""
    if source.first[:8] != MAGIC:
        return None
    data = source.read(0, min(source.size, BYTES))
    record = Record(PLACE)
    if source.size > BYTES:
        record.flaw(BUDGET)
    if not _Tree(data).is_sound():
        record.flaw()
    for match in _VALUE.finditer(data):
        _carve(data, match.start(), match.group(), record)
    return record.ghosts()


def _carve(data: bytes, at: int, kind: bytes, record: Record) -> None:
    """The name in front of the code at `at`, by its length that stands before it."""
    for length in range(1, _LONGEST + 1):
        start = at - 2 * length
        if start < _LONG.size:
            return
        if _LONG.unpack_from(data, start - _LONG.size)[0] == length:
            name = data[start:at].decode("utf-16-be", "replace")
            if name != ".":
                record.name(told(name), found=True)
            if kind[:4] in _TEXTS and kind[4:] == b"ustr":
                _text(data, at + len(kind), kind[:4], record)
            return


def _text(data: bytes, at: int, code: bytes, record: Record) -> None:
    """A value that is a text."""
    if at + _LONG.size > len(data):
        return
    length = _LONG.unpack_from(data, at)[0]
    text = data[at + _LONG.size : at + _LONG.size + 2 * length].decode("utf-16-be", "replace")
    if code == b"ptbL":
        record.path(told(text), _TEXTS[code])
    elif text:
        record.name(told(text), _TEXTS[code])


class _Tree:
    """The tree of records, walked to see whether the file is whole."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._blocks: list[int] = []

    def is_sound(self) -> bool:
        """Whether every record of the tree stands where it should, and none is missing."""
        try:
            return self._walk()
        except (IndexError, ValueError, KeyError):
            return False

    def _number(self, at: int) -> int:
        if not 0 <= at <= len(self._data) - _LONG.size:
            raise ValueError
        return int(_LONG.unpack_from(self._data, at)[0])

    def _block(self, number: int) -> int:
        """Where a block begins."""
        return (self._blocks[number] & ~0x1F) + 4

    def _walk(self) -> bool:
        root = self._number(8) + 4
        count = self._number(root)
        if count > _BLOCKS:
            return False
        self._blocks = [self._number(root + 8 + 4 * n) for n in range(count)]
        at = root + 8 + 4 * -(-count // 256) * 256
        if not self._number(at) or self._data[at + 4 : at + 9] != b"\x04DSDB":
            return False
        master = self._block(self._number(at + 9))
        return self._records(self._number(master)) >= self._number(master + 8)

    def _records(self, first: int) -> int:
        """How many records the tree holds; ValueError if it is no tree."""
        waiting, seen, total = [first], set[int](), 0
        while waiting:
            node = waiting.pop()
            if node in seen:
                raise ValueError
            seen.add(node)
            start = self._block(node)
            right, count = self._number(start), self._number(start + 4)
            at = start + 8
            for _ in range(count):
                if right:
                    waiting.append(self._number(at))
                    at += 4
                at = self._after(at)
            total += count
            waiting.extend((right,) if right else ())
        return total

    def _after(self, at: int) -> int:
        """Where the record at `at` ends."""
        at += 4 + 2 * self._number(at)
        kind = self._data[at + 4 : at + 8]
        at += 8
        if kind in _FIXED:
            return at + _FIXED[kind]
        return at + 4 + self._number(at) * {b"blob": 1, b"ustr": 2}[kind]
