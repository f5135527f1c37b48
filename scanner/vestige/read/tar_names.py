"""Names in tar archives, plain or compressed, and the name that gzip keeps of its content."""

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, UNREAD, Ghosts, Record

PLACE = "tar member"
OWNER = "owner in a tar archive"
GZIP = "name in a gzip file"

PACKED = 128 << 20
UNPACKED = 256 << 20
"""Bytes of a compressed archive that are read, and that come of them."""

_BLOCK = 512
_STEP = 256 << 10
_MEMORY = 64 << 20
_LONGEST = 1 << 20
"""Bytes of a record of extended headers that are read."""

_MEMBERS = 1_000_000
_LONG_NAME, _LONG_LINK, _EXTENDED = b"L", b"K", (b"x", b"g", b"X")
_LINKS = (b"1", b"2")
_SPARSE = b"S"
_PAX = re.compile(rb"(\d{1,10}) ((?:GNU\.sparse\.name|linkpath|path|uname|gname)=)")
_CHECKSUM = re.compile(rb"[ 0]{0,6}([0-7]{1,6})[\0 ]")
_STORED_NAME = 0x08
_EXTRA, _COMMENT = 0x04, 0x10


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class _Deflated:
    """A gzip member, unpacked like the others."""

    def __init__(self) -> None:
        self._made = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._rest = b""

    @property
    def eof(self) -> bool:
        return self._made.eof

    @property
    def unused_data(self) -> bytes:
        return self._made.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        found = self._made.decompress(self._rest + data, max(max_length, 0))
        self._rest = self._made.unconsumed_tail
        return found

    @property
    def needs_input(self) -> bool:
        return not self._rest


_PACKERS: dict[bytes, Callable[[], _Unpacker]] = {
    b"\x1f\x8b": _Deflated,
    b"BZ": bz2.BZ2Decompressor,
    b"\xfd7": lambda: lzma.LZMADecompressor(memlimit=_MEMORY),
}
COMPRESSED = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")


def is_tar(block: bytes) -> bool:
    """Whether bytes begin with the head of a member, by its checksum (POSIX pax, ustar)."""
    stated = _CHECKSUM.match(block, 148) if len(block) >= _BLOCK and block[0] else None
    if stated is None:
        return False
    return int(stated[1], 8) == sum(block[:148]) + sum(block[156:_BLOCK]) + 8 * 32


def read(source: Readable) -> Ghosts | None:
    """The names of a tar archive's members; None if it is none."""
    if not is_tar(source.first[:_BLOCK]):
        return None
    return _of(_Plain(source), Record(PLACE))


def packed(source: Readable) -> Ghosts | None:
    """The names in a compressed archive, and that of a gzip file's content; None without any."""
    record = Record(PLACE)
    record.whole = False
    name = _stored(source.first)
    if name:
        record.path(name, GZIP)
    stream = _Packed(source)
    with suppress(EOFError):
        if is_tar(stream.ahead(_BLOCK)):
            return _of(stream, record)
    return record.ghosts() if name else None


def _stored(first: bytes) -> bytes:
    """The name that the head of a gzip file states (RFC 1952 section 2.3)."""
    at = 10
    if len(first) < at or not first.startswith(b"\x1f\x8b\x08") or not first[3] & _STORED_NAME:
        return b""
    if first[3] & _EXTRA:
        at += 2 + int.from_bytes(first[at : at + 2], "little")
    return first[at:].split(b"\0", 1)[0][:1024]


class _Plain:
    """The bytes of an archive, in order."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._at = 0

    def take(self, length: int) -> bytes:
        """The next bytes; EOFError if there are fewer."""
        data = self._source.read(self._at, length)
        if len(data) < length:
            raise EOFError
        self._at += length
        return data

    def skip(self, length: int) -> None:
        """Pass over the next bytes."""
        self._at += length


class _Packed:
    """The bytes of a compressed archive, unpacked in order, within bounds."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._make = _PACKERS[source.first[:2]]
        self._unpacker = self._make()
        self._at = self._given = 0
        self._ready = b""
        self.cut = False

    def ahead(self, length: int) -> bytes:
        """The next bytes, which are not passed over."""
        while len(self._ready) < length:
            self._ready += self._more()
        return self._ready[:length]

    def take(self, length: int) -> bytes:
        """The next bytes; EOFError if there are fewer."""
        data = self.ahead(length)
        self._ready = self._ready[length:]
        return data

    def skip(self, length: int) -> None:
        """Pass over the next bytes."""
        while length > len(self._ready):
            length -= len(self._ready)
            self._ready = self._more()
        self._ready = self._ready[length:]

    def _more(self) -> bytes:
        """Some bytes more; EOFError at the end, at the limit, and where they cannot be unpacked."""
        try:
            return self._unpacked()
        except (zlib.error, lzma.LZMAError, OSError, ValueError):
            raise EOFError from None

    def _unpacked(self) -> bytes:
        while True:
            if self._given >= UNPACKED or self._at >= PACKED:
                self.cut = True
                raise EOFError
            data = b""
            if getattr(self._unpacker, "needs_input", True):
                data = self._source.read(self._at, _STEP)
                self._at += len(data)
                if not data:
                    raise EOFError
            found = self._unpacker.decompress(data, _STEP)
            self._given += len(found)
            if self._unpacker.eof:
                self._at -= len(self._unpacker.unused_data)
                self._unpacker = self._make()
            if found:
                return found


def _of(stream: _Plain | _Packed, record: Record) -> Ghosts:
    """The names of all members."""
    record.whole = False
    try:
        for name, place in _members(stream):
            record.path(name, place)
            if record.full:
                record.flaw(BUDGET)
                break
    except (EOFError, ValueError):
        record.flaw(BUDGET if isinstance(stream, _Packed) and stream.cut else UNREAD)
    return record.ghosts()


def _members(stream: _Plain | _Packed) -> Iterator[tuple[bytes, str]]:
    """Names, targets of links and owners; EOFError or ValueError where the archive breaks off."""
    named = False
    for _ in range(_MEMBERS):
        head = stream.take(_BLOCK)
        if not head.strip(b"\0"):
            return
        if not is_tar(head):
            raise ValueError
        kind, size = head[156:157], number(head[124:136])
        padded = -(-size // _BLOCK) * _BLOCK
        if kind in (_LONG_NAME, _LONG_LINK) or kind in _EXTENDED:
            data = stream.take(min(padded, _LONGEST))[: min(size, _LONGEST)]
            stream.skip(padded - min(padded, _LONGEST))
            yield from _further(kind, data)
            # The name in the head is cut then, or spelled without its letters.
            named = named or kind == _LONG_NAME or (kind == b"x" and b" path=" in data)
            continue
        if not named:
            yield _name(head), PLACE
        named = False
        yield from _beside(head, kind)
        if kind == _SPARSE:
            _pass_map(stream, head)
        stream.skip(padded)
    raise ValueError


def _further(kind: bytes, data: bytes) -> Iterator[tuple[bytes, str]]:
    """The names in a record that stands before the member to which it belongs."""
    if kind not in _EXTENDED:
        yield data.split(b"\0", 1)[0], PLACE
        return
    for match in _PAX.finditer(data):
        end = match.start() + int(match[1])
        value = data[match.end() : max(end - 1, match.end())]
        yield value, OWNER if match[2] in (b"uname=", b"gname=") else PLACE


def _name(head: bytes) -> bytes:
    """The name in a head, behind its prefix where the format has one."""
    name, prefix = head[:100].split(b"\0", 1)[0], head[345:500].split(b"\0", 1)[0]
    return prefix + b"/" + name if prefix and head[257:263] == b"ustar\0" else name


def _beside(head: bytes, kind: bytes) -> Iterator[tuple[bytes, str]]:
    """The target of a link, and whose the member was."""
    if kind in _LINKS:
        yield head[157:257].split(b"\0", 1)[0], PLACE
    if head[257:262] == b"ustar":
        yield head[265:297].split(b"\0", 1)[0], OWNER
        yield head[297:329].split(b"\0", 1)[0], OWNER


def _pass_map(stream: _Plain | _Packed, head: bytes) -> None:
    """Pass over the blocks that say where a sparse file of GNU tar has holes."""
    more = head[482]
    while more:
        more = stream.take(_BLOCK)[504]


def number(field: bytes) -> int:
    """A number in octal digits, or in base 256 if it is a large one; ValueError if neither."""
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.strip(b" \0")
    return int(digits, 8) if digits else 0
