"""Containers: files inside files, opened one in the other within stated bounds, never unpacked.

Nothing is written anywhere, no member's path is followed, and what a bound cut, what is protected
and what is damaged is told by a code.
"""

import bz2
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple, Protocol

DEEPEST = 3
"""Containers inside one another that are opened."""

LEAST_ROOM, RATIO, MOST_ROOM = 64 << 20, 256, 512 << 20
"""Bytes that may come out of one file: at least, for each of its bytes, and at most."""

MOST_MEMBERS = 20_000
"""Members of the archives of one file whose content is looked at."""

MOST_NAMES = 500_000
"""Members of one archive whose names are looked at."""

WHOLE = 64 << 20
"""Bytes of a file inside another that are held at once, as documents need it."""

_CHUNK = 256 << 10
_MEMORY = 128 << 20
_DIRECTORY = 64 << 20
_TAIL = 66_000
_END = b"PK\x05\x06"

BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    OverflowError,
    MemoryError,
    RecursionError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    AttributeError,
)
"""What the readers of archives say of damaged ones."""


class Stream(Protocol):
    """Bytes that are read from the first to the last."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, `size` at most; b"" at the end."""
        ...


class Room:
    """What may still be unpacked from one file, and the codes of what was lost."""

    def __init__(self, size: int) -> None:
        self.bytes = min(MOST_ROOM, max(LEAST_ROOM, RATIO * size))
        self.members = MOST_MEMBERS
        self.losses: dict[str, None] = {}

    def lose(self, code: str) -> None:
        """Notes that something was not looked at, by the code of the problem."""
        self.losses[code] = None

    def take(self, count: int) -> bool:
        """Counts bytes that were unpacked; False if there is no room for more."""
        self.bytes -= count
        if self.bytes < 0:
            self.lose("hunt-budget")
        return self.bytes >= 0


class Member(NamedTuple):
    """A file inside another: its name as the archive gives it or b"", and its content."""

    name: bytes
    stream: Stream


_HEADS = (
    ("zip", b"PK\x03\x04"),
    ("zip", b"PK\x05\x06"),
    ("gzip", b"\x1f\x8b\x08"),
    ("bzip2", b"BZh"),
    ("xz", b"\xfd7zXZ\0"),
    ("lzma", b"\x5d\0\0"),
    ("zlib", b"x\x01"),
    ("zlib", b"x^"),
    ("zlib", b"x\x9c"),
    ("zlib", b"x\xda"),
    ("closed", b"7z\xbc\xaf\x27\x1c"),
    ("closed", b"Rar!\x1a\x07"),
    ("closed", b"\x28\xb5\x2f\xfd"),
    ("closed", b"\x04\x22\x4d\x18"),
    ("closed", b"\x85\x01"),
)
_BEGINNINGS = tuple(sign for _, sign in _HEADS)
_TAR_MAGIC = slice(257, 262)
_PDF_WITHIN = 1024


def kind_of(head: bytes) -> str:
    """What container begins with these bytes (some 1,024); "" for none."""
    if head.startswith(_BEGINNINGS):
        return next(kind for kind, sign in _HEADS if head.startswith(sign))
    if head[_TAR_MAGIC] == b"ustar":
        return "tar"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "PDF"
    return ""


class Unpacking:
    """A stream that is unpacked as it is read; damage ends it, and is told as a loss."""

    def __init__(self, kind: str, packed: Stream, room: Room) -> None:
        self._kind = kind
        self._packed = packed
        self._room = room
        self._unpacker = _unpacker(kind)
        self._waiting = b""
        self._done = False
        self._given = 0

    def read(self, size: int = _CHUNK, /) -> bytes:
        """The next bytes, `size` at most."""
        while not self._done:
            try:
                part = self._next(size)
            except BROKEN:
                self._done = True
                if self._given:
                    self._room.lose("hunt-damaged")
                break
            if part:
                self._given += len(part)
                if not self._room.take(len(part)):
                    self._done = True
                return part
        return b""

    def _next(self, size: int) -> bytes:
        unpacker = self._unpacker
        if unpacker.eof:
            self._waiting = (unpacker.unused_data + self._waiting) or self._packed.read(_CHUNK)
            self._done = not self._waiting.strip(b"\0")
            self._unpacker = unpacker = _unpacker(self._kind)
            if self._done:
                return b""
        tail = unpacker.unconsumed_tail if isinstance(unpacker, _Deflated) else b""
        if isinstance(unpacker, _Deflated) or unpacker.needs_input:
            given = tail or self._waiting or self._packed.read(_CHUNK)
            self._waiting = self._waiting if tail else b""
            if not given:
                self._done = True
                if self._given:
                    self._room.lose("hunt-damaged")
                return b""
            return unpacker.decompress(given, size)
        return unpacker.decompress(b"", size)


class _Deflated:
    """A decompressor of zlib with the same face as those of bz2 and lzma."""

    def __init__(self) -> None:
        self._object = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    @property
    def unconsumed_tail(self) -> bytes:
        return self._object.unconsumed_tail

    def decompress(self, data: bytes, size: int) -> bytes:
        return self._object.decompress(data, size)


def _unpacker(kind: str) -> "_Deflated | bz2.BZ2Decompressor | lzma.LZMADecompressor":
    if kind == "bzip2":
        return bz2.BZ2Decompressor()
    if kind in {"xz", "lzma"}:
        return lzma.LZMADecompressor(memlimit=_MEMORY)
    return _Deflated()


class Seekable(Stream, Protocol):
    """Bytes that can be read from any place."""

    def seek(self, offset: int, whence: int = ..., /) -> int:
        """Goes to a place, and gives it."""
        ...

    def tell(self) -> int:
        """The place of the next byte."""
        ...


def of_zip(file: Seekable, room: Room) -> Iterator[Member]:
    """The names of all members as one text, then the members; nothing if it is no whole archive."""
    archive = _opened(file, room)
    if archive is None:
        return
    infos = archive.infolist()
    if len(infos) > MOST_NAMES:
        room.lose("hunt-budget")
    names = [_plain(info.filename) for info in infos[:MOST_NAMES]]
    comments = [info.comment for info in infos[:MOST_NAMES] if info.comment]
    yield Member(b"", _Fixed(b"\n".join([*names, archive.comment, *comments])))
    for info, name in zip(infos, names, strict=False):
        if info.is_dir():
            continue
        room.members -= 1
        if room.members < 0 or room.bytes < 0:
            room.lose("hunt-budget")
            return
        if info.flag_bits & 1:
            room.lose("hunt-protected")
            continue
        try:
            with archive.open(info) as stream:
                yield Member(name, _Counted(stream, room))
        except BROKEN:
            room.lose("hunt-damaged")


def _opened(file: Seekable, room: Room) -> zipfile.ZipFile | None:
    """The archive; None if its directory is missing, damaged or longer than may be read."""
    try:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
        at = tail.rfind(_END)
        if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _DIRECTORY:
            if int.from_bytes(tail[at + 12 : at + 16], "little") < size:
                room.lose("hunt-budget")
            return None
        return zipfile.ZipFile(file)
    except BROKEN:
        return None


def _plain(name: str) -> bytes:
    return name.encode("utf-8", "replace")


def of_tar(stream: Stream, room: Room) -> Iterator[Member]:
    """The members of an archive, then the names of all of them as one text."""
    names: list[bytes] = []
    try:
        with tarfile.open(fileobj=_Capped(stream), mode="r|", errors="replace") as archive:  # type: ignore[call-overload]
            for info in archive:
                name = _plain(info.name)
                if len(names) < MOST_NAMES:
                    names += (name, _plain(info.linkname), _plain(f"{info.uname} {info.gname}"))
                room.members -= 1
                if room.members < 0:
                    room.lose("hunt-budget")
                    break
                content = archive.extractfile(info) if info.isfile() else None
                if content is not None:
                    yield Member(name, _Counted(content, room))
                archive.members = []  # what is behind is not asked for again
    except BROKEN:
        if names:
            room.lose("hunt-damaged")
    yield Member(b"", _Fixed(b"\n".join(dict.fromkeys(names))))


class _Fixed:
    """Bytes at hand as a stream."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1, /) -> bytes:
        cut = len(self._data) if size < 0 else size
        part, self._data = self._data[:cut], self._data[cut:]
        return part


class _Counted:
    """A member as a stream; what is read of it is counted, and damage ends it."""

    def __init__(self, stream: Stream, room: Room) -> None:
        self._stream = stream
        self._room = room

    def read(self, size: int = _CHUNK, /) -> bytes:
        if self._room.bytes < 0:
            return b""
        try:
            part = self._stream.read(size)
        except BROKEN:
            self._room.lose("hunt-damaged")
            return b""
        self._room.take(len(part))
        return part


class _Capped:
    """A stream that gives no more at once than a member's head may have, whatever it claims."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, size: int = _CHUNK, /) -> bytes:
        if not 0 <= size <= WHOLE:
            raise ValueError(size)
        parts = []
        while size > 0 and (part := self._stream.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)
