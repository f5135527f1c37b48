"""The header of 7z archives (7-Zip's 7zFormat.txt): packed streams, and names of files."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

HEAD = 32
_MOST = 1_000_000
_CODERS = 8
"""Steps of one packing."""

_END, HEADER, _PROPERTIES, _STREAMS, _FILES, _PACK, _UNPACK, _SUB, _SIZE, _CRC, _FOLDER = (
    *(0x00, 0x01, 0x02, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B),
)
_UNPACK_SIZE, _NUMBER, _EMPTY, _NAMES, PACKED_HEADER = 0x0C, 0x0D, 0x0E, 0x11, 0x17


class Coder(NamedTuple):
    """One step of packing, by the number of its method, and its properties."""

    method: bytes
    properties: bytes


class Packed(NamedTuple):
    """One packed stream: its steps, where it stands, how long it is, and what comes of it."""

    coders: tuple[Coder, ...]
    start: int
    packed: int
    size: int
    sizes: tuple[int, ...]


class Header(NamedTuple):
    """The packed streams, and names of files with those that have no content."""

    streams: tuple[Packed, ...]
    names: tuple[bytes, ...]
    empty: frozenset[int]


class Record:
    """The bytes of a header, in order; IndexError where they end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        found = self._data[self._at : self._at + count]
        if len(found) < count:
            raise IndexError
        self._at += count
        return found

    def left(self) -> bytes:
        """All that is left."""
        return self._data[self._at :]

    def byte(self) -> int:
        """The next byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """A number of one to nine bytes, the first of which tells how many."""
        first = self.byte()
        more = next((n for n in range(8) if not first & 0x80 >> n), 8)
        low = int.from_bytes(self.take(more), "little")
        return low + ((first & (0x7F >> more)) << 8 * more if more < 8 else 0)  # noqa: PLR2004 - bytes

    def count(self) -> int:
        """A number of things of which there cannot be more than a header has room for."""
        found = self.number()
        if found > _MOST:
            raise ValueError
        return found

    def bits(self, count: int) -> list[bool]:
        """So many bits, the highest of a byte first."""
        data = self.take(-(-count // 8))
        return [bool(data[n // 8] & 0x80 >> n % 8) for n in range(count)]

    def defined(self, count: int) -> list[bool]:
        """Which of so many things have something, or all of them."""
        return [True] * count if self.byte() else self.bits(count)


def listed(told: Record) -> Header:
    """The packed streams, and the names of the files in them."""
    packed: tuple[Packed, ...] = ()
    names: tuple[bytes, ...] = ()
    empty: frozenset[int] = frozenset()
    while (kind := told.byte()) != _END:
        if kind == _STREAMS:
            packed = tuple(streams(told))
        elif kind == _FILES:
            names, empty = _files(told)
        elif kind == _PROPERTIES:
            while told.byte() != _END:
                told.take(told.number())
        else:
            raise ValueError
    return Header(packed, names, empty)


def _files(told: Record) -> tuple[tuple[bytes, ...], frozenset[int]]:
    """The names of files, and which of them have no content."""
    count = told.count()
    names: tuple[bytes, ...] = ()
    empty: list[bool] = []
    while (kind := told.number()) != _END:
        part = Record(told.take(told.number()))
        if kind == _EMPTY:
            empty = part.bits(count)
        elif kind == _NAMES and not part.byte():
            names = tuple(_named(part.left()))
    names = (*names, *(b"" for _ in range(count - len(names))))
    return names, frozenset(place for place, one in enumerate(empty) if one)


def _named(data: bytes) -> Iterator[bytes]:
    """Names in UTF-16, each behind a zero."""
    text = data.decode("utf-16-le", "replace")
    yield from (name.encode("utf-8", "replace") for name in text.split("\0")[:-1])


class _Folder(NamedTuple):
    """How one packed stream was made: its steps in order, and which sizes are told of them."""

    coders: tuple[Coder, ...]
    outputs: int
    inputs: int
    main: int


def streams(told: Record) -> list[Packed]:
    """The packed streams of an archive or a header."""
    start, packed = 0, list[int]()
    folders, sizes, parts = list[_Folder](), list[int](), list[tuple[int, ...]]()
    has_sum = list[bool]()
    while (kind := told.byte()) != _END:
        if kind == _PACK:
            start, packed = _packs(told)
        elif kind == _UNPACK:
            folders, sizes, has_sum = _folders(told)
        elif kind == _SUB:
            parts = _parts(told, sizes, has_sum)
        else:
            raise ValueError
    parts = parts or [(size,) for size in sizes]
    found, at, place = [], start + HEAD, 0
    for folder, size, of_files in zip(folders, sizes, parts, strict=True):
        length = sum(packed[place : place + folder.inputs])
        found.append(Packed(folder.coders, at, length, size, of_files))
        at, place = at + length, place + folder.inputs
    return found


def _packs(told: Record) -> tuple[int, list[int]]:
    """Where packed streams begin, and how long each is."""
    start, count, sizes = told.number(), told.count(), list[int]()
    while (kind := told.byte()) != _END:
        if kind == _SIZE:
            sizes = [told.number() for _ in range(count)]
        elif kind == _CRC:
            _pass_sums(told, count)
        else:
            raise ValueError
    return start, sizes


def _folders(told: Record) -> tuple[list[_Folder], list[int], list[bool]]:
    """How packed streams were made, what comes of each, and which have a checksum."""
    if told.byte() != _FOLDER:
        raise ValueError
    count = told.count()
    if told.byte():
        raise ValueError
    folders = [_folder(told) for _ in range(count)]
    if told.byte() != _UNPACK_SIZE:
        raise ValueError
    sizes = [[told.number() for _ in range(one.outputs)][one.main] for one in folders]
    has_sum = [False] * count
    while (kind := told.byte()) != _END:
        if kind != _CRC:
            raise ValueError
        has_sum = _pass_sums(told, count)
    return folders, sizes, has_sum


def _folder(told: Record) -> _Folder:
    coders, inputs, outputs = [], 0, 0
    for _ in range(min(told.count(), _CODERS)):
        flags = told.byte()
        method = told.take(flags & 0x0F)
        ways = (told.count(), told.count()) if flags & 0x10 else (1, 1)
        inputs, outputs = inputs + ways[0], outputs + ways[1]
        coders.append(Coder(method, told.take(told.count()) if flags & 0x20 else b""))
    bound = {told.count(): told.count() for _ in range(outputs - 1)}
    left = inputs - len(bound)
    if left > 1:
        for _ in range(left):
            told.number()
    main = next((n for n in range(outputs) if n not in bound.values()), 0)
    order, at = [main], main
    while at in bound and len(order) < len(coders):
        at = bound[at]
        order.append(at)
    return _Folder(tuple(coders[one] for one in order), outputs, left, main)


def _parts(told: Record, sizes: Sequence[int], has_sum: Sequence[bool]) -> list[tuple[int, ...]]:
    """The sizes of the files in each packed stream."""
    counts, found = [1] * len(sizes), list[tuple[int, ...]]()
    kind = told.byte()
    if kind == _NUMBER:
        counts = [told.count() for _ in sizes]
        kind = told.byte()
    if sum(counts) > _MOST:
        raise ValueError
    for count, size in zip(counts, sizes, strict=True):
        firsts = [told.number() for _ in range(count - 1)] if kind == _SIZE else []
        found.append((*firsts, size - sum(firsts)) if count else ())
    if kind == _SIZE:
        kind = told.byte()
    while kind != _END:
        alone = [n == 1 and has for n, has in zip(counts, has_sum, strict=True)]
        _pass_sums(told, sum(n for n, one in zip(counts, alone, strict=True) if not one))
        kind = told.byte()
    if any(size < 0 for one in found for size in one):
        raise ValueError
    return found


def _pass_sums(told: Record, count: int) -> list[bool]:
    """Pass over checksums; gives which there are."""
    defined = told.defined(count)
    told.take(4 * sum(defined))
    return defined
