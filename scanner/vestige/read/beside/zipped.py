"""Zip archives (APPNOTE 6.3): their members in the order of the directory, never unpacked to disk.

Where the directory is lost or stands behind what can be kept, the heads of members are followed.
"""

import lzma
from collections.abc import Callable, Generator, Iterator
from functools import partial
from struct import Struct, error
from typing import NamedTuple

from vestige.read.beside import unpackers
from vestige.read.beside.flowing import UNTOLD, Flow, Window, is_forward, part_of
from vestige.read.beside.parts import Bounds, Inner, Lost, Named, Part, Readable
from vestige.read.beside.unpackers import Unpacked, Unpacker
from vestige.read.zip_names import name_of

SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
"""How archives begin: with a member, empty, or in parts."""

COMMENT = "zip comment"

_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
"""How programs begin, behind which an archive may stand that they unpack."""

LONGEST_DIRECTORY = 128 << 20

_MEMBER, _CENTRAL, _END, _DESCRIBED = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
_END_64, _LOCATOR = b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 0xFFFF
_END_HEAD, _CENTRAL_HEAD = Struct("<4s4H2IH"), Struct("<4s6H3I5H2I")
_MEMBER_HEAD = Struct("<4s5H3I2H")
_LOCATED, _LARGE = Struct("<4sIQI"), Struct("<4sQ2H2I4Q")
_FULL, _ZIP64 = 0xFFFFFFFF, 0x0001
_ENCRYPTED, _DESCRIPTOR, _MASKED = 1 << 0, 1 << 3, 1 << 13
_STORED, _LZMA = 0, 14
_BLOCK = 128 << 10
_FOUND = 16 << 20
"""Bytes in which the end of a stored member is looked for that does not tell its length."""


class _Member(NamedTuple):
    """A member as its archive tells it; `start` is the offset of its head."""

    name: bytes
    flags: int
    method: int
    packed: int
    size: int
    start: int


def is_behind_a_program(readable: Readable) -> bool:
    """Whether a file is a program that unpacks itself, as its directory stands at its end."""
    if not readable.first.startswith(_PROGRAMS) or is_forward(readable):
        return False
    tail = readable.read(max(readable.size - _END_HEAD.size, 0), _END_HEAD.size)
    return tail.startswith(_END) and _directory(readable) is not None


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The members of an archive; of those that are encrypted, damaged or too large, the loss."""
    near = readable if is_forward(readable) else _Blocks(readable)
    listed = None if is_forward(readable) else _directory(near)
    if listed is None:
        if not is_forward(readable):
            yield Lost("damaged")
        yield from _followed(near, bounds)
        return
    for member in _listed(listed):
        if not isinstance(member, _Member):
            yield member
        else:
            yield from _given(member, _content_at(near, member), near, bounds)


class _Blocks:
    """A readable of which short stretches are read in blocks: heads and small members."""

    def __init__(self, readable: Readable) -> None:
        self._readable = readable
        self._start, self._block = 0, readable.first
        self.size, self.first = readable.size, readable.first

    def read(self, offset: int, length: int) -> bytes:
        at = offset - self._start
        if at >= 0 and at + length <= len(self._block):
            return self._block[at : at + length]
        if length > _BLOCK // 2:
            return self._readable.read(offset, length)
        self._start, self._block = offset, self._readable.read(offset, _BLOCK)
        return self._block[:length]


# --- the directory ---


class _Listing(NamedTuple):
    """The bytes of a directory, by how much all offsets are moved, and the archive's comment."""

    data: bytes
    moved: int
    cut: bool
    comment: bytes


def _directory(readable: Readable) -> _Listing | None:
    """The directory of an archive; None if it cannot be found."""
    size = min(readable.size, _LONGEST_COMMENT + _END_HEAD.size)
    tail = readable.read(readable.size - size, size)
    at = tail.rfind(_END)
    try:
        end = _END_HEAD.unpack_from(tail, max(at, 0))
    except error:
        return None
    if at < 0:
        return None
    stands = readable.size - size + at
    start, length = end[6], end[5]
    comment = tail[at + _END_HEAD.size :][: end[7]]
    large = _large(readable, stands)
    if large is not None:
        start, length, stands = large
    # What stands before an archive, as a program that unpacks it, moves all offsets.
    for offset in dict.fromkeys((stands - length, start)):
        data = readable.read(offset, min(length, LONGEST_DIRECTORY)) if offset >= 0 else b""
        if data.startswith(_CENTRAL) or (not length and offset >= 0):
            return _Listing(data, offset - start, len(data) < length, comment)
    return None


def _large(readable: Readable, end: int) -> tuple[int, int, int] | None:
    """Of an archive in zip64, where its directory is said to begin, its length and its end."""
    locator = readable.read(max(end - _LOCATED.size, 0), _LOCATED.size)
    if len(locator) < _LOCATED.size or not locator.startswith(_LOCATOR):
        return None
    for offset in (_LOCATED.unpack(locator)[2], end - _LOCATED.size - _LARGE.size):
        head = readable.read(offset, _LARGE.size) if offset >= 0 else b""
        if len(head) == _LARGE.size and head.startswith(_END_64):
            found = _LARGE.unpack(head)
            return found[9], found[8], offset
    return None


def _listed(listing: _Listing) -> Iterator[_Member | Lost | Named]:
    """The members in a directory, one after the other, and what is remarked on them."""
    if listing.comment:
        yield Named(listing.comment, COMMENT, whole=True)
    data, at = listing.data, 0
    while at + _CENTRAL_HEAD.size <= len(data):
        head = _CENTRAL_HEAD.unpack_from(data, at)
        if head[0] != _CENTRAL:
            break
        start = at + _CENTRAL_HEAD.size
        name = data[start : start + head[10]]
        fields = data[start + head[10] : start + head[10] + head[11]]
        packed, size, offset = _sizes(fields, (head[8], head[9], head[16]))
        called = name_of(name, head[3], fields)
        yield _Member(called, head[3], head[4], packed, size, offset + listing.moved)
        at = start + head[10] + head[11] + head[12]
        if head[12]:
            yield Named(data[at - head[12] : at], COMMENT, whole=True)
    if listing.cut:
        yield Lost("archive-budget")
    elif at < len(data) and data[at : at + 4] not in (b"PK\x05\x05", _END_64, _END):
        yield Lost("damaged")


def _sizes(fields: bytes, told: tuple[int, int, int]) -> tuple[int, int, int]:
    """Packed size, size and offset, from the extra field of zip64 where they stand there."""
    packed, size, offset = told
    if _FULL not in told:
        return told
    large = _field(fields, _ZIP64)
    found = [large[at : at + 8] for at in range(0, len(large) - 7, 8)]
    numbers = iter([int.from_bytes(one, "little") for one in found])
    size = next(numbers, size) if size == _FULL else size
    packed = next(numbers, packed) if packed == _FULL else packed
    offset = next(numbers, offset) if offset == _FULL else offset
    return packed, size, offset


def _field(fields: bytes, wanted: int) -> bytes:
    """The content of one extra field; b"" if it is not there."""
    at = 0
    while at + 4 <= len(fields):
        kind = int.from_bytes(fields[at : at + 2], "little")
        length = int.from_bytes(fields[at + 2 : at + 4], "little")
        if kind == wanted:
            return fields[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


# --- members ---


def _content_at(readable: Readable, member: _Member) -> int | None:
    """Where the content of a member begins; None if its head is not there."""
    head = readable.read(member.start, _MEMBER_HEAD.size) if member.start >= 0 else b""
    if len(head) < _MEMBER_HEAD.size or not head.startswith(_MEMBER):
        return None
    found = _MEMBER_HEAD.unpack(head)
    return member.start + _MEMBER_HEAD.size + int(found[9]) + int(found[10])


def _given(
    member: _Member, start: int | None, readable: Readable, bounds: Bounds
) -> Iterator[Part]:
    """A member and what of it was lost, or why none of it can be read."""
    content = _readable(member, start, readable, bounds)
    if content is None or isinstance(content, Lost):
        yield Named(member.name)
        if content is not None:
            yield content
        return
    yield Inner(member.name, content)
    if isinstance(content, Flow) and content.lost:
        yield Lost(content.lost)


def _readable(
    member: _Member, start: int | None, readable: Readable, bounds: Bounds
) -> Window | Flow | Lost | None:
    """The content of a member, or why it cannot be read; None of a folder."""
    if member.name.endswith(b"/") and not member.size:
        return None
    if member.flags & (_ENCRYPTED | _MASKED):
        return Lost("protected")
    if start is None:
        return Lost("damaged")
    if bounds.spent:
        return Lost("archive-budget")
    return _content(member, start, readable, bounds)


def _content(
    member: _Member, start: int, readable: Readable, bounds: Bounds
) -> Window | Flow | Lost:
    if member.method == _STORED:
        return part_of(readable, start, member.packed, bounds)
    end = min(start + member.packed, readable.size)
    made = _unpacker(member.method)
    if member.method == _LZMA:
        # APPNOTE 5.8.8: a version, the length of the properties, the properties.
        head = readable.read(start, 9)
        made = partial(unpackers.raw_lzma, head[4:])
        start += 4 + int.from_bytes(head[2:4], "little")
    if made is None:
        of_zstd = member.method in _ZSTD
        return Lost("not-installed", "archives") if of_zstd else Lost("form-unread")
    try:
        stream = Unpacked(made, readable, start, end, b"")
    except (ValueError, MemoryError, IndexError, lzma.LZMAError):
        return Lost("damaged")
    return Flow(stream, member.size, bounds)


_ZSTD = (20, 93)
_MADE: dict[int, Callable[[], Unpacker]] = {
    8: unpackers.deflated,
    12: unpackers.bzip2,
    95: unpackers.xz,
}


def _unpacker(method: int) -> Callable[[], Unpacker] | None:
    """What makes unpackers of a method (APPNOTE 4.4.5)."""
    return unpackers.zstd() if method in _ZSTD else _MADE.get(method)


# --- without a directory ---


def _followed(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The members by their heads, one after the other, as far as they can be followed."""
    at = _next(readable, 0)
    while at is not None:
        member, start = _headed(readable, at)
        if member.packed or not member.flags & _DESCRIPTOR or member.flags & _ENCRYPTED:
            end = start + member.packed
            yield from _given(member, start, readable, bounds)
        elif member.method == _STORED:
            end = _described(readable, start)
            told = member._replace(packed=end - start, size=end - start)
            yield from _given(told, start, readable, bounds)
        else:
            end = yield from _streamed(member, start, readable, bounds)
        at = _next(readable, end)


def _headed(readable: Readable, at: int) -> tuple[_Member, int]:
    """The member whose head stands there, and where its content begins."""
    head = _MEMBER_HEAD.unpack(readable.read(at, _MEMBER_HEAD.size))
    behind = readable.read(at + _MEMBER_HEAD.size, head[9] + head[10])
    name, fields = behind[: head[9]], behind[head[9] :]
    packed, size, _ = _sizes(fields, (head[7], head[8], 0))
    called = name_of(name, head[2], fields)
    member = _Member(called, head[2], head[3], packed, size, at)
    return member, at + _MEMBER_HEAD.size + int(head[9]) + int(head[10])


def _streamed(
    member: _Member, start: int, readable: Readable, bounds: Bounds
) -> Generator[Part, None, int]:
    """A member that tells its length behind itself; gives where it ended."""
    told = member._replace(packed=readable.size - start, size=UNTOLD)
    content = _content(told, start, readable, bounds)
    if not isinstance(content, Flow) or not isinstance(content.stream, Unpacked):
        yield Named(member.name)
        yield content if isinstance(content, Lost) else Lost("damaged")
        return start
    yield Inner(member.name, content)
    content.drain()
    if content.lost:
        yield Lost(content.lost)
    return max(content.stream.at, start)


def _next(readable: Readable, at: int) -> int | None:
    """Where the next head of a member stands; None where the directory or nothing comes."""
    for step in range(at, min(at + _FOUND, readable.size), _BLOCK):
        data = readable.read(step, _BLOCK + len(_MEMBER) - 1)
        found = data.find(_MEMBER)
        if found >= 0:
            head = readable.read(step + found, _MEMBER_HEAD.size)
            return step + found if len(head) == _MEMBER_HEAD.size else None
        if _CENTRAL in data:
            break
    return None


def _described(readable: Readable, start: int) -> int:
    """Where a stored member ends, by what stands behind it."""
    for step in range(start, min(start + _FOUND, readable.size), _BLOCK):
        data = readable.read(step, _BLOCK + 15)
        at = data.find(_DESCRIBED)
        while at >= 0:
            if int.from_bytes(data[at + 8 : at + 12], "little") == step + at - start:
                return step + at
            at = data.find(_DESCRIBED, at + 1)
    return start
