"""Bundles: ar archives, as of Debian's packages, and cpio; their members in order."""

from collections.abc import Iterator
from typing import NamedTuple

from vestige.read.beside.flowing import Flow, is_forward, part_of
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Named, Part, Readable

AR = b"!<arch>\n"
CPIO = (b"070701", b"070702", b"070707")

_AR_HEAD, _AR_END = 60, b"`\n"
_LONGEST = 64 << 10
_LAST = b"TRAILER!!!"
_FILE, _KIND = 0o100000, 0o170000


def ar(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The members of an ar archive, with names in the manner of System V or BSD."""
    at, names = len(AR), b""
    while at + _AR_HEAD <= readable.size:
        head = readable.read(at, _AR_HEAD)
        told = head[48:58].strip()
        if head[58:60] != _AR_END or not told.isdigit():
            yield Lost("damaged")
            return
        name, start, size = head[:16].rstrip(), at + _AR_HEAD, int(told)
        at = start + size + size % 2
        if name == b"//":
            names = readable.read(start, min(size, _LONGEST))
        elif name.startswith(b"#1/") and name[3:].isdigit():
            length = min(int(name[3:]), size, _LONGEST)
            called = readable.read(start, length).rstrip(b"\0")
            yield from _given(called, readable, start + length, size - length, bounds)
        elif name not in (b"/", b"/SYM64/"):
            long = name[1:] if name[:1] == b"/" and name[1:].isdigit() else b""
            called = names[int(long) :].split(b"\n", 1)[0] if long else name
            yield from _given(called.rstrip(b"/"), readable, start, size, bounds)
    if at + 1 < readable.size:
        yield Lost("damaged")


class _Head(NamedTuple):
    """What the head of a member of cpio tells: its mode, and the lengths of name and content."""

    mode: int
    name: int
    size: int
    length: int
    align: int


def cpio(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The members of a cpio archive of ASCII heads, the new or the old ones."""
    at = 0
    while at < readable.size:
        head = _head(readable.read(at, 110))
        if head is None:
            yield Lost("damaged")
            return
        name = readable.read(at + head.length, min(head.name, _LONGEST)).rstrip(b"\0")
        if name == _LAST:
            return
        start = _aligned(at + head.length + head.name, head.align)
        if head.mode & _KIND == _FILE:
            yield from _given(name, readable, start, head.size, bounds)
        else:
            yield Named(name)
        at = _aligned(start + head.size, head.align)
    yield Lost("damaged")


def _head(data: bytes) -> _Head | None:
    """The head of a member; None if that is none."""
    old = data[:6] == CPIO[2]
    try:
        if old:
            return _Head(int(data[18:24], 8), int(data[59:65], 8), int(data[65:76], 8), 76, 1)
        if data[:6] not in CPIO:
            return None
        return _Head(int(data[14:22], 16), int(data[94:102], 16), int(data[54:62], 16), 110, 4)
    except ValueError:
        return None


def _aligned(offset: int, align: int) -> int:
    return -(-offset // align) * align


def _given(
    name: bytes, readable: Readable, start: int, size: int, bounds: Bounds
) -> Iterator[Part]:
    """A member, and what of it was lost."""
    if bounds.spent:
        yield Named(name)
        yield Lost("archive-budget")
        return
    if is_forward(readable) and size <= WHOLE:
        yield Inner(name, Held(readable.read(start, size)))
    else:
        content = part_of(readable, start, size, bounds)
        yield Inner(name, content)
        if isinstance(content, Flow) and content.lost:
            yield Lost(content.lost)
    if start + size > readable.size:
        yield Lost("damaged")
