"""Unpackers: what comes of packed bytes, by the method with which they were packed."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Protocol

from vestige.read.beside.parts import Readable

MEMORY = 128 << 20
"""Memory that one unpacker may take: what asks for more is not unpacked."""

_STEP = 64 << 10
_ZSTD = ("compression.zstd", "backports.zstd")
_WINDOW_LOG = 27


class Unpacker(Protocol):
    """What unpacks one stretch of packed bytes."""

    @property
    def eof(self) -> bool:
        """Whether the end of what was packed is met."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether more packed bytes are needed to go on."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What was given and stands behind the end."""
        ...

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes:
        """What comes of some more packed bytes."""
        ...


class _Deflated:
    """The unpacker of zlib with the face of the others; `bits` as in zlib, -15 for no head."""

    def __init__(self, bits: int) -> None:
        self._made = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        return self._made.eof

    @property
    def needs_input(self) -> bool:
        return not self._made.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._made.unused_data

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        return self._made.decompress(self._made.unconsumed_tail + data, max_length)


class Unpacked:
    """What comes of the packed bytes of a readable from `start` to `end`, as a stream.

    `again` if more may follow behind the end of what was packed, as in gzip files. `at` is where
    the packed bytes ended, once all was read.
    """

    def __init__(
        self, make: Callable[[], Unpacker], readable: Readable, start: int, end: int, again: bytes
    ) -> None:
        self._make = make
        self._readable = readable
        self._end = end
        self._again = again
        self._unpacker: Unpacker | None = make()
        self.at = start

    def read(self, size: int, /) -> bytes:
        """The next bytes; EOFError where the packed ones end before their end."""
        while self._unpacker is not None:
            unpacker, data = self._unpacker, b""
            if unpacker.needs_input:
                data = self._readable.read(self.at, min(_STEP, self._end - self.at))
                if not data:
                    raise EOFError
                self.at += len(data)
            part = unpacker.decompress(data, size)
            if unpacker.eof:
                self._unpacker = self._next(unpacker)
            if part:
                return part
        return b""

    def _next(self, unpacker: Unpacker) -> Unpacker | None:
        """The unpacker of what follows; None if nothing does."""
        self.at -= len(unpacker.unused_data)
        begun = self._readable.read(self.at, len(self._again)) if self._again else b""
        return self._make() if begun and begun == self._again else None


def xz() -> Unpacker:
    """An unpacker of xz."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY)


def alone() -> Unpacker:
    """An unpacker of the older format of LZMA."""
    return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=MEMORY)


def bzip2() -> Unpacker:
    """An unpacker of bzip2."""
    return bz2.BZ2Decompressor()


def deflated() -> Unpacker:
    """An unpacker of deflated bytes without a head."""
    return _Deflated(-zlib.MAX_WBITS)


def gzip() -> Unpacker:
    """An unpacker of gzip."""
    return _Deflated(16 + zlib.MAX_WBITS)


def raw_lzma(properties: bytes) -> Unpacker:
    """An unpacker of LZMA by its five bytes of properties; ValueError if they are none."""
    lc, rest = properties[0] % 9, properties[0] // 9
    size = max(int.from_bytes(properties[1:5], "little"), 4 << 10)
    _afford(size)
    options = {
        "id": lzma.FILTER_LZMA1,
        "dict_size": size,
        "lc": lc,
        "lp": rest % 5,
        "pb": rest // 5,
    }
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[options])


class _Zstandard:
    """An unpacker of Zstandard (RFC 8878), whose errors are those of the others."""

    def __init__(self, library: ModuleType) -> None:
        options = {library.DecompressionParameter.window_log_max: _WINDOW_LOG}
        self._made = library.ZstdDecompressor(options=options)
        self._error = library.ZstdError

    @property
    def eof(self) -> bool:
        return bool(self._made.eof)

    @property
    def needs_input(self) -> bool:
        return bool(self._made.needs_input)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._made.unused_data)

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        try:
            return bytes(self._made.decompress(data, max_length))
        except self._error:
            raise ValueError from None


def zstd() -> Callable[[], Unpacker] | None:
    """What makes unpackers of Zstandard; None if it is not installed."""
    for name in _ZSTD:
        try:
            library = import_module(name)
        except ImportError:
            continue
        return lambda: _Zstandard(library)
    return None


def _afford(size: int) -> None:
    """ValueError if an unpacker would take more memory than it may."""
    if size > MEMORY:
        raise ValueError
