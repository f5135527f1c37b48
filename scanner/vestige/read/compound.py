"""Compound files (MS-CFB), and the catalog of thumbnails in Thumbs.db of old Windows.

Its stream `Catalog` names every picture that was ever shown in the folder.
"""

from collections.abc import Iterator
from struct import Struct, error

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, Ghosts, Record, told

PLACE = "Thumbs.db"
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BYTES = 16 << 20
"""Bytes of the directory, of a table and of a catalog that are read, of each."""

_CATALOG = "catalog"
_LAST = 0xFFFFFFFA
"""Numbers of sectors end below this one (MS-CFB section 2.1)."""

_ENTRY, _HEAD = 128, 512
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_LEFT, _CHILD = 0x44, 0x4C
_DEEPEST = 32
"""Storages within storages that are followed."""

_SHORT, _LONG, _THREE = Struct("<H"), Struct("<I"), Struct("<III")
_ITEM = 16
"""Bytes of an entry of a catalog before its name: sizes, number and time."""


def read(source: Readable) -> Ghosts | None:
    """The names that a catalog of thumbnails holds; None if the file has none."""
    if source.first[:8] != MAGIC:
        return None
    record = Record(PLACE)
    record.whole = False
    try:
        catalog = Compound(source).stream(_CATALOG)
        if catalog is None:
            return None
        for name in _names(catalog):
            record.name(told(name), found=True)
        if len(catalog) >= BYTES:
            record.flaw(BUDGET)
    except (error, IndexError, ValueError):
        record.flaw()
    return record.ghosts()


def _names(catalog: bytes) -> Iterator[str]:
    """The names in a catalog; ValueError if it breaks off."""
    at = _SHORT.unpack_from(catalog, 0)[0]
    for _ in range(_LONG.unpack_from(catalog, 4)[0]):
        size = _LONG.unpack_from(catalog, at)[0]
        if size < _ITEM or at + size > len(catalog):
            raise ValueError
        name = catalog[at + _ITEM : at + size].decode("utf-16-le", "replace")
        yield name.split("\0", 1)[0]
        at += size


class Compound:
    """An open compound file; struct.error, IndexError or ValueError where it is none."""

    def __init__(self, source: Readable, most: int = BYTES) -> None:
        self._source = source
        self._most = most
        head = source.read(0, _HEAD)
        self._sector = 1 << _shift(head, 0x1E)
        self._small = 1 << _shift(head, 0x20)
        self._cutoff = _LONG.unpack_from(head, 0x38)[0]
        self._table = self._fat(head)
        self._small_table = _numbers(self._chain(_LONG.unpack_from(head, 0x3C)[0]))
        self._pool: bytes | None = None
        self._directory = self._chain(_LONG.unpack_from(head, 0x30)[0])

    def stream(self, wanted: str) -> bytes | None:
        """The stream of that name, as much as is read of it; None if there is none."""
        for at in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            kind, name, where = self._entry(at)
            if kind == _STREAM and name == wanted:
                return self.content(where)
        return None

    def content(self, where: tuple[int, int]) -> bytes:
        """The bytes of a stream that begins in a sector and has a size, as much as is read."""
        start, size = where
        if size >= self._cutoff:
            return self._chain(start, size)[:size]
        if self._pool is None:
            roots = (self._entry(at) for at in range(0, len(self._directory), _ENTRY))
            pool = next((where for kind, _, where in roots if kind == _ROOT), (_LAST, 0))
            self._pool = self._chain(*pool)[: pool[1]]
        return self._short(start, size, self._pool)

    def streams(self) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
        """The ways to all streams through their storages, and where each is (section 2.6).

        Names are in lower case; an entry to which two others point is told once.
        """
        waiting: list[tuple[int, tuple[str, ...]]] = []
        seen = set[int]()
        if len(self._directory) >= _ENTRY:
            waiting = [(_LONG.unpack_from(self._directory, _CHILD)[0], ())]
        while waiting:
            number, above = waiting.pop()
            at = number * _ENTRY
            if number in seen or at + _ENTRY > len(self._directory):
                continue
            seen.add(number)
            kind, name, where = self._entry(at)
            left, right, child = _THREE.unpack_from(self._directory, at + _LEFT)
            waiting += ((right, above), (left, above))
            if kind == _STREAM:
                yield (*above, name), where
            elif kind == _STORAGE and len(above) < _DEEPEST:
                waiting.append((child, (*above, name)))

    def _entry(self, at: int) -> tuple[int, str, tuple[int, int]]:
        """Kind, name, first sector and size of an entry of the directory."""
        entry = self._directory[at : at + _ENTRY]
        length = max(min(_SHORT.unpack_from(entry, 0x40)[0], 64) - 2, 0)
        name = entry[:length].decode("utf-16-le", "replace").lower()
        return (
            entry[0x42],
            name,
            (_LONG.unpack_from(entry, 0x74)[0], _LONG.unpack_from(entry, 0x78)[0]),
        )

    def _at(self, number: int) -> bytes:
        data = self._source.read((number + 1) * self._sector, self._sector)
        if len(data) < self._sector and (number + 1) * self._sector >= self._source.size:
            raise ValueError
        return data

    def _fat(self, head: bytes) -> tuple[int, ...]:
        """The numbers of the sectors that follow each: from the head, then from further lists."""
        listed = [n for n in _numbers(head[0x4C:_HEAD]) if n < _LAST]
        more, seen = _LONG.unpack_from(head, 0x44)[0], set[int]()
        while more < _LAST:
            if more in seen or len(listed) * self._sector > BYTES:
                raise ValueError
            seen.add(more)
            *numbers, more = _numbers(self._at(more))
            listed.extend(n for n in numbers if n < _LAST)
        return _numbers(b"".join(self._at(n) for n in listed[: BYTES // self._sector]))

    def _chain(self, start: int, size: int = 1 << 62) -> bytes:
        """The sectors that follow each other from one on; no more than the limit, or the size."""
        most = min(self._most, size)
        found: list[bytes] = []
        seen = set[int]()
        while start < _LAST and len(found) * self._sector < most:
            if start in seen:
                raise ValueError
            seen.add(start)
            found.append(self._at(start))
            start = self._table[start]
        return b"".join(found)

    def _short(self, start: int, size: int, pool: bytes) -> bytes:
        """A short stream, from the stream in which all short ones lie."""
        found: list[bytes] = []
        while start < _LAST and len(found) * self._small < size:
            found.append(pool[start * self._small : (start + 1) * self._small])
            start = self._small_table[start]
        return b"".join(found)[:size]


def _shift(head: bytes, at: int) -> int:
    shift = int(_SHORT.unpack_from(head, at)[0])
    if not 6 <= shift <= 12:  # noqa: PLR2004 - sectors of 64 to 4,096 bytes
        raise ValueError
    return shift


def _numbers(data: bytes) -> tuple[int, ...]:
    return Struct(f"<{len(data) // 4}I").unpack_from(data, 0)
