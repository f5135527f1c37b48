"""Embedded: compressed streams anywhere in bytes, as git packs, pictures and damaged archives have.

Two bytes are enough to try one, and nearly all attempts end after a few bytes more: what a stream
gives is told from some dozens of bytes on, for chance writes none that long.
"""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

MOST_ATTEMPTS = 4_000
"""Streams of one MiB that are tried."""

MOST_OF_ONE = 4 << 20
"""Bytes that are unpacked from one stream."""

_SHORTEST = 32
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
_LOCAL = 30
_DEFLATED = b"\x08\x00"


class Found(NamedTuple):
    """What a stream held, and the name that stands in its head or b""."""

    name: bytes
    data: bytes


def streams(data: bytes, room: int) -> Iterator[Found]:
    """What the compressed streams in `data` hold, in order, `room` bytes at most in all."""
    at, left = 0, MOST_ATTEMPTS
    while room > 0 and left and (match := _STREAM.search(data, at)):
        left -= 1
        at = match.start() + 1
        name, start, bits = _head(data, match)
        unpacked, used = _inflated(data, start, bits, min(room, MOST_OF_ONE))
        if len(unpacked) >= _SHORTEST or name:
            room -= len(unpacked)
            at = max(at, start + used)
            yield Found(name, unpacked)


def _head(data: bytes, match: re.Match[bytes]) -> tuple[bytes, int, int]:
    """The name of a stream, where it begins, and how it is wrapped."""
    start = match.start()
    if not match.group().startswith(b"PK"):
        return b"", start, zlib.MAX_WBITS | 32
    head = data[start : start + _LOCAL]
    if len(head) < _LOCAL:
        return b"", start, zlib.MAX_WBITS | 32
    named = int.from_bytes(head[26:28], "little")
    begin = start + _LOCAL + named + int.from_bytes(head[28:30], "little")
    name = data[start + _LOCAL : start + _LOCAL + named]
    if head[8:10] != _DEFLATED:
        begin = len(data)
    return name, begin, -zlib.MAX_WBITS


def _inflated(data: bytes, start: int, bits: int, room: int) -> tuple[bytes, int]:
    """What comes out of a stream, and how many bytes went in; as far as it goes."""
    inflater = zlib.decompressobj(bits)
    parts: list[bytes] = []
    given, step = start, 256
    while room > 0 and not inflater.eof:
        chunk = inflater.unconsumed_tail or data[given : given + step]
        if not inflater.unconsumed_tail:
            given += len(chunk)
            step = 64 << 10
        if not chunk:
            break
        try:
            part = inflater.decompress(chunk, min(room, 1 << 20))
        except zlib.error:
            break
        parts.append(part)
        room -= len(part)
    return b"".join(parts), given - start - len(inflater.unused_data)
