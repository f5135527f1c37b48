"""Flowing: parts of a readable, and bytes that come one after the other, as readables in bounds."""

from typing import Protocol

from vestige.read.beside.parts import WHOLE, Bounds, Readable
from vestige.read.containers import BROKEN
from vestige.read.pages import FIRST

UNTOLD = 1 << 62
"""The size of what nobody knows how long it is, until its end is met."""

KEPT = 8 << 20
"""Bytes from the beginning of something longer than `WHOLE` that stay at hand."""

_STEP = 256 << 10
_BEHIND = 1 << 20
DAMAGED, BUDGET = "damaged", "archive-budget"


class Stream(Protocol):
    """Bytes that are read from the first to the last."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, `size` at most; b"" at the end; one of `BROKEN` where it is damaged."""
        ...


class Window:
    """Some bytes of a readable, as a readable; what is read of it is counted."""

    __slots__ = ("_bounds", "_readable", "_start", "first", "size")

    def __init__(self, readable: Readable, start: int, size: int, bounds: Bounds) -> None:
        self._readable = readable
        self._start = start
        self._bounds = bounds
        self.size = max(min(size, readable.size - start), 0)
        self.first = self.read(0, FIRST)

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        length = min(length, self.size - offset)
        if length <= 0 or not self._bounds.take(length):
            return b""
        return self._readable.read(self._start + offset, length)


class Flow:
    """Bytes that are unpacked as they are asked for, and no further.

    Of what is longer than `WHOLE` the first `KEPT` stay at hand, and a little of what was read
    last: `lost` says by a code of `losses` that something could not be given for that, or as it is
    damaged. `size` is exact from the end on, where it was `UNTOLD`.
    """

    __slots__ = (
        *("_at", "_bounds", "_ended", "_head", "_keep", "_late"),
        *("first", "lost", "size", "stream"),
    )

    def __init__(self, stream: Stream, size: int, bounds: Bounds) -> None:
        self.stream = stream
        self._bounds = bounds
        self._head = bytearray()
        self._late = bytearray()
        self._at = 0
        self.size = size
        self.lost = ""
        self._ended = False
        self._keep = size if size <= WHOLE else KEPT
        if size == UNTOLD:
            # Most of what does not tell its length is short enough to be held as a whole.
            self._fill(WHOLE + 1)
            self._keep = self.size if self.whole else KEPT
            self._late += self._head[self._keep :]
            del self._head[self._keep :]
        self.first = self.read(0, FIRST)

    @property
    def whole(self) -> bool:
        """Whether all of it stays at hand, and can be read in any order."""
        return self.size <= WHOLE

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer where they are gone already, too."""
        end = min(offset + length, self.size)
        if end > len(self._head):
            self._fill(min(end, self._keep))
        found = bytes(self._head[offset:end])
        if end <= self._keep or end <= offset:
            return found
        return found + self._further(max(offset, self._keep), end)

    def drain(self) -> None:
        """Unpack what is left, so that what stands behind can be found, or its size be known."""
        while self._next(_STEP):
            pass

    def _fill(self, end: int) -> None:
        """Unpack until the head is as long as that."""
        while len(self._head) < end:
            part = self._next(min(end - len(self._head), _STEP))
            if not part:
                break
            self._head += part

    def _further(self, offset: int, end: int) -> bytes:
        """Bytes behind the head, which must not be gone."""
        start = self._at - len(self._late)
        if offset < start:
            self.lost = self.lost or BUDGET
            return b""
        while self._at < end:
            # Behind what is wanted only a little is kept; before it nothing is.
            del self._late[: max(min(offset - start, len(self._late) - _BEHIND), 0)]
            start = self._at - len(self._late)
            part = self._next(min(end - self._at, _STEP) if self._at >= offset else _STEP)
            if not part:
                break
            self._late += part
        return bytes(self._late[offset - start : end - start])

    def _next(self, size: int) -> bytes:
        """The next bytes of the stream, which end where they are damaged or no room is left."""
        size = min(size, self.size - self._at)
        if size <= 0 or self._ended:
            return b""
        try:
            part = self.stream.read(size)
        except BROKEN:
            self._end(DAMAGED)
            return b""
        if not part:
            self._end("" if self.size == UNTOLD else DAMAGED)
            return b""
        self._at += len(part)
        if not self._bounds.take(len(part)):
            self._end(BUDGET)
            return b""
        return part

    def _end(self, code: str) -> None:
        self.lost = self.lost or code
        self.size = self._at
        self._ended = True


class Following:
    """Some bytes of a readable as a stream."""

    def __init__(self, readable: Readable, start: int, end: int) -> None:
        self._readable = readable
        self._at = start
        self._end = end

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        part = self._readable.read(self._at, min(size, self._end - self._at))
        self._at += len(part)
        return part


def is_forward(readable: Readable) -> bool:
    """Whether a readable can be read from its beginning to its end only."""
    return isinstance(readable, Flow) and not readable.whole


def part_of(readable: Readable, start: int, size: int, bounds: Bounds) -> Window | Flow:
    """Some bytes of a readable as they stand, however long they are."""
    if is_forward(readable):
        return Flow(Following(readable, start, start + size), size, bounds)
    return Window(readable, start, size, bounds)
