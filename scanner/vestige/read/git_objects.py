"""Trees of a git repository: the names in every folder that was ever kept, loose or in packs."""

import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, UNREAD, Ghosts, Record

PLACE = "git tree"
PACK = b"PACK"

LOOSE = re.compile(rb"/objects/[0-9a-f]{2}/[0-9a-f]{38}(?:[0-9a-f]{24})?\Z")
"""How the path of an object ends."""

BYTES = 256 << 20
UNPACKED = 512 << 20
"""Bytes of a pack that are read, and that come of them."""

_LARGEST = 32 << 20
"""Bytes of one tree."""

_KEPT = 64 << 20
"""Bytes of objects that are remembered, since others are told by their differences from them."""

_STEP = 64 << 10
_TREE, _OFFSET, _REFERENCE = 2, 6, 7
COMMIT, BLOB, TAG = 1, 3, 4
_ENTRY = re.compile(rb"[0-7]{5,6} ([^\0/]{1,4096})\0")


def loose(source: Readable) -> Ghosts | None:
    """The names in a loose tree; None if the object is none."""
    made = zlib.decompressobj()
    try:
        head = made.decompress(source.first, 32)
    except zlib.error:
        return None
    if not head.startswith(b"tree "):
        return None
    record = Record(PLACE)
    try:
        data = zlib.decompressobj().decompress(source.read(0, min(source.size, BYTES)), _LARGEST)
    except zlib.error:
        record.flaw(UNREAD)
        data = head
    stated, _, tree = data.partition(b"\0")
    if stated[5:] != str(len(tree)).encode():
        record.flaw(BUDGET if len(data) >= _LARGEST else UNREAD)
    _tell(tree, record)
    return record.ghosts()


def pack(source: Readable) -> Ghosts | None:
    """The names in all trees of a pack that are kept whole or as a difference from one before."""
    if not source.first.startswith(PACK) or source.first[4:8] not in (b"\0\0\0\2", b"\0\0\0\3"):
        return None
    record = Record(PLACE)
    record.whole = False
    trees = Pack(source, frozenset({_TREE}), record.flaw)
    seen: set[bytes] = set()
    for _, tree in trees.objects():
        _tell(tree, record, seen)
        if record.full:
            record.flaw(BUDGET)
            break
    return record.ghosts()


def _tell(tree: bytes, record: Record, seen: set[bytes] | None = None) -> None:
    """The names in a tree: mode, name, and the name of the object in 20 bytes, or 32.

    A tree has no name of its own: its names are told as those of one folder. Trees of a pack that
    have a name in common are mostly one folder at several times.
    """
    for width in (20, 32):
        names = _names(tree, width)
        if names is not None:
            break
    else:
        record.flaw(UNREAD)
        return
    for name in names:
        if seen is None or name not in seen:
            record.name(name)


def _names(tree: bytes, width: int) -> list[bytes] | None:
    found, at = [], 0
    while at < len(tree):
        match = _ENTRY.match(tree, at)
        if match is None:
            return None
        found.append(match[1])
        at = match.end() + width
    return found if at == len(tree) else None


class Pack:
    """The objects of some kinds in a pack, one behind the other (gitformat-pack).

    What cannot be told is a flaw, which is given by its code.
    """

    def __init__(
        self, source: Readable, wanted: frozenset[int], flaw: Callable[[str], None]
    ) -> None:
        self._source = source
        self._wanted = wanted
        self._flaw = flaw
        self._objects: OrderedDict[int, bytes] = OrderedDict()
        self._kept = self._given = 0
        self._kinds: dict[int, int] = {}

    def objects(self) -> Iterator[tuple[int, bytes]]:
        """The objects that can be told, each with its kind."""
        count = int.from_bytes(self._source.first[8:12], "big")
        at = 12
        for _ in range(count):
            if at >= BYTES or self._given >= UNPACKED:
                self._flaw(BUDGET)
                return
            try:
                start = at
                kind, base, at = self._head(at)
                wanted = kind == _OFFSET or kind in self._wanted
                data, at = self._unpacked(at, wanted=wanted)
                found = self._object(start, kind, base, data)
            except (zlib.error, IndexError, ValueError):
                self._flaw(UNREAD)
                return
            if found is not None:
                yield found

    def _object(self, start: int, kind: int, base: int, data: bytes) -> tuple[int, bytes] | None:
        """An object of a kind that is wanted; None of others, and of empty ones."""
        if kind == _REFERENCE:
            # Its base lies anywhere, here or in another pack.
            self._flaw(UNREAD)
        if kind == _OFFSET:
            kind = self._kinds.get(base, _REFERENCE)
            if kind in self._wanted:
                data = self._patched(base, data)
        self._kinds[start] = kind
        if kind not in self._wanted or not data:
            return None
        self._objects[start] = data
        self._kept += len(data)
        while self._kept > _KEPT:
            self._kept -= len(self._objects.popitem(last=False)[1])
        return kind, data

    def _patched(self, base: int, delta: bytes) -> bytes:
        """An object by its difference from another; nothing if that is not remembered any more."""
        known = self._objects.get(base)
        if known is None:
            self._flaw(BUDGET)
            return b""
        return _applied(known, delta)

    def _head(self, at: int) -> tuple[int, int, int]:
        """Kind of an object, where its base begins, and where its bytes begin."""
        start, data = at, self._source.read(at, 64)
        byte = data[0]
        kind, place = byte >> 4 & 7, 1
        while byte & 0x80:
            byte = data[place]
            place += 1
        base = 0
        if kind == _OFFSET:
            byte = data[place]
            back, place = byte & 0x7F, place + 1
            while byte & 0x80:
                byte = data[place]
                back, place = (back + 1) << 7 | byte & 0x7F, place + 1
            base = start - back
        elif kind == _REFERENCE:
            place += 20
        elif kind not in (COMMIT, _TREE, BLOB, TAG):
            raise ValueError
        return kind, base, start + place

    def _unpacked(self, at: int, *, wanted: bool) -> tuple[bytes, int]:
        """The bytes of an object if they are wanted, and where the next object begins."""
        made = zlib.decompressobj()
        found: list[bytes] = []
        length = 0
        while not made.eof:
            given = made.unconsumed_tail
            if not given:
                given = self._source.read(at, _STEP if length else 4096)
                at += len(given)
                if not given:
                    raise ValueError
            part = made.decompress(given, 1 << 20)
            length += len(part)
            if wanted and length <= _LARGEST:
                found.append(part)
            if self._given + length > UNPACKED:
                self._given += length
                raise ValueError
        self._given += length
        return b"".join(found), at - len(made.unused_data)


def _applied(base: bytes, delta: bytes) -> bytes:
    """What a difference makes of a base: copies of parts of it, and new bytes."""
    at = _passed(delta, _passed(delta, 0))
    found: list[bytes] = []
    length = 0
    while at < len(delta) and length < _LARGEST:
        order = delta[at]
        at += 1
        if order & 0x80:
            numbers = [0] * 7
            for bit in range(7):
                if order >> bit & 1:
                    numbers[bit] = delta[at]
                    at += 1
            start = int.from_bytes(bytes(numbers[:4]), "little")
            size = int.from_bytes(bytes(numbers[4:]), "little") or 0x10000
            part = base[start : start + size]
        else:
            part = delta[at : at + order]
            at += order
        if not part:
            raise ValueError
        found.append(part)
        length += len(part)
    return b"".join(found)


def _passed(delta: bytes, at: int) -> int:
    """Where a number of any length ends."""
    while delta[at] & 0x80:
        at += 1
    return at + 1
