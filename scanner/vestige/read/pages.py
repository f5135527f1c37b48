"""Bytes of a source, loaded page by page and only where they are needed."""

from bisect import bisect_right
from typing import Protocol

FIRST = 16 << 10
"""Bytes of a first page: one read holds the whole header of most images."""

WIDEST = 256 << 10
"""Bytes of a page at most; pages that follow each other double up to it."""

KEPT = 8 << 20
"""Bytes of pages kept at once; older ones are read again when asked for."""


class Readable(Protocol):
    """What a header is read from: a file, a member of an archive, bytes in memory."""

    size: int
    first: bytes
    """The bytes with which it begins, as many as were read at once."""

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only where the source ends or fails."""
        ...


class Held:
    """Bytes in memory, read as a source is."""

    __slots__ = ("_data", "first", "size")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.first = data[:FIRST]
        self.size = len(data)

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        return self._data[offset : offset + length]


class Pages:
    """The pages of a source that were read; `bytes` is the current one, from offset `start`."""

    __slots__ = ("_all", "_kept", "_source", "_starts", "_width", "bytes", "first", "size", "start")

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._width = FIRST
        self.size = source.size
        self.start = 0
        self.first = self.bytes = source.first
        self._starts = [0]
        self._all = [self.bytes]
        self._kept = len(self.bytes)

    def turn(self, offset: int, length: int) -> None:
        """Makes the page current that holds `length` bytes from `offset`, as far as they exist."""
        if self.start <= offset and offset + length <= self.start + len(self.bytes):
            return
        index = bisect_right(self._starts, offset) - 1
        if index >= 0:
            start, page = self._starts[index], self._all[index]
            if offset + length <= start + len(page):
                self.start, self.bytes = start, page
                return
        self._load(offset, length)

    def _load(self, offset: int, length: int) -> None:
        follows = self.start < offset <= self.start + len(self.bytes)
        self._width = min(self._width * 2, WIDEST) if follows else FIRST
        page = self._source.read(offset, max(self._width, length))
        if self._kept + len(page) > KEPT:
            self._starts.clear()
            self._all.clear()
            self._kept = 0
        index = bisect_right(self._starts, offset)
        self._starts.insert(index, offset)
        self._all.insert(index, page)
        self._kept += len(page)
        self.start, self.bytes = offset, page

    def peek(self, offset: int, length: int) -> bytes:
        """A few bytes from `offset`, fewer at the end; the page that holds them becomes current."""
        self.turn(offset, length)
        at = offset - self.start
        return self.bytes[at : at + length]

    def fetch(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`, read anew and not kept."""
        return self._source.read(offset, length)

    def slice(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`; long ones are read anew and not kept."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0:
            at = start - self._starts[index]
            page = self._all[index]
            if at + end - start <= len(page):
                return page[at : at + end - start]
        if end - start > WIDEST:
            return self._source.read(start, end - start)
        return self.peek(start, end - start)
