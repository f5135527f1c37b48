"""Sparse members of tar archives (GNU tar, "Storing Sparse Files"): their holes are zeros."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from vestige.read.beside.parts import Bounds, Readable
from vestige.read.pages import FIRST
from vestige.read.tar_names import number

Segments = tuple[tuple[int, int], ...]
"""Offset in the file, and length, of each stretch that is no hole, in the order of the archive."""

MOST = 100_000
"""Stretches of one member."""

_BLOCK = 512
_IN_HEAD, _IN_BLOCK, _PAIR = 4, 21, 24
_RECORD = re.compile(rb"(\d{1,10}) ([^=\n]{1,200})=")


class Sparse:
    """A sparse file as it was before it was packed; `packed` holds its stretches, end to end."""

    def __init__(self, packed: Readable, segments: Segments, size: int, bounds: Bounds) -> None:
        self._packed = packed
        self._bounds = bounds
        self._starts: list[int] = []
        self._told: list[tuple[int, int, int]] = []
        self.size = size
        at = 0
        for start, length in sorted(segments[:MOST]):
            self._starts.append(start)
            self._told.append((start, length, at))
            at += length
        self.first = self.read(0, FIRST)

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        end = min(offset + length, self.size)
        if end <= offset or not self._bounds.take(end - offset):
            return b""
        found = bytearray(end - offset)
        for start, long, at in self._told[max(bisect_right(self._starts, offset) - 1, 0) :]:
            if start >= end:
                break
            low, high = max(start, offset), min(start + long, end)
            if low < high:
                part = self._packed.read(at + low - start, high - low)
                found[low - offset : low - offset + len(part)] = part
        return bytes(found[: end - offset])


def in_head(readable: Readable, head: bytes, start: int) -> tuple[Segments, int]:
    """The stretches that a head of GNU tar and the blocks behind it tell, and where these end."""
    found = list(_pairs(head[386:482], _IN_HEAD))
    more, block = head[482:483], head
    while more not in (b"", b"\0") and len(found) < MOST:
        block = readable.read(start, _BLOCK)
        start += _BLOCK
        found += _pairs(block, _IN_BLOCK)
        more = block[504:505]
    return tuple(found), start


def _pairs(data: bytes, count: int) -> Iterator[tuple[int, int]]:
    for at in range(0, min(count * _PAIR, len(data) - _PAIR + 1), _PAIR):
        try:
            offset, length = number(data[at : at + 12]), number(data[at + 12 : at + 24])
        except ValueError:
            return
        if data[at] and length >= 0:
            yield offset, length


def in_extended(readable: Readable, start: int) -> tuple[Segments, int]:
    """The stretches that stand in lines before the content, and where the content begins."""
    lines = _lines(readable, start)
    count = next(lines, (0, start))[0]
    found, end = [], start
    for _ in range(min(count, MOST)):
        offset, length = next(lines, None), next(lines, None)
        if offset is None or length is None:
            break
        found.append((offset[0], length[0]))
        end = length[1]
    return tuple(found), start + -(-max(end - start, 1) // _BLOCK) * _BLOCK


def _lines(readable: Readable, at: int) -> Iterator[tuple[int, int]]:
    """The numbers in lines, each with the offset behind it."""
    left = b""
    while True:
        data = readable.read(at, _BLOCK)
        if not data:
            return
        at += len(data)
        lines = (left + data).split(b"\n")
        left = lines.pop()
        behind = at - len(left) - sum(len(line) + 1 for line in lines)
        for line in lines:
            if not line.isdigit() or len(line) > 19:  # noqa: PLR2004 - 2**63 has as many digits
                return
            behind += len(line) + 1
            yield int(line), behind


def in_records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keys and values of extended headers (POSIX pax, "pax Extended Header")."""
    at = 0
    while (match := _RECORD.match(data, at)) is not None:
        end = at + int(match[1])
        if end <= match.end() or end > len(data):
            return
        yield match[2], data[match.end() : end - 1]
        at = end
