"""Packed files: gzip, bzip2, xz, LZMA and Zstandard, each of which holds one other file."""

from collections.abc import Callable, Iterator

from vestige.read.beside import unpackers
from vestige.read.beside.flowing import UNTOLD, Flow
from vestige.read.beside.keyed import text_of
from vestige.read.beside.parts import Bounds, Inner, Lost, Named, Part, Readable, Told, beside
from vestige.read.beside.unpackers import Unpacked, Unpacker
from vestige.read.tar_names import GZIP as GZIP_NAME
from vestige.read.tar_names import comment, stored

GZIP = b"\x1f\x8b\x08"
BZIP2 = tuple(b"BZh%d%s" % (n, m) for n in range(1, 10) for m in (b"1AY&SY", b"\x17rE8P\x90"))
"""With and without content."""

XZ = b"\xfd7zXZ\0"
ZSTD = b"\x28\xb5\x2f\xfd"
CLOSED = (b"\x1f\x9d", b"\x1f\xa0", b"LZIP", b"\x04\x22\x4d\x18", b"Rar!\x1a\x07")
"""What is known and not read: compress, pack, lzip, LZ4, RAR."""

_ALONE = b"\x5d\0\0"
_ALONE_HEAD = 13
_LARGEST = 1 << 40


def gzip(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What is in a gzip file (RFC 1952), its members one after the other."""
    name = stored(readable.first)
    if name:
        yield Named(name, GZIP_NAME)
    said = comment(readable.first)
    if said:
        yield Told(beside("comment in a gzip file"), tuple(text_of(said).splitlines()))
    yield from _inner(unpackers.gzip, GZIP, readable, bounds)


def bzip2(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What is in a bzip2 file."""
    return _inner(unpackers.bzip2, b"BZh", readable, bounds)


def xz(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What is in an xz file."""
    return _inner(unpackers.xz, XZ, readable, bounds)


def alone(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What is in a file of the older format of LZMA."""
    return _inner(unpackers.alone, b"", readable, bounds)


def zstd(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What is in a Zstandard file (RFC 8878)."""
    make = unpackers.zstd()
    if make is None:
        yield Lost("not-installed", "archives")
        return
    yield from _inner(make, ZSTD, readable, bounds)


def closed(_readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """Nothing: a kind of archive that is known and cannot be opened here."""
    yield Lost("form-unread")


def is_alone(readable: Readable) -> bool:
    """Whether a file is of the older format of LZMA, which has no signature."""
    first = readable.first
    if not first.startswith(_ALONE) or len(first) <= _ALONE_HEAD or first[_ALONE_HEAD]:
        return False
    size = int.from_bytes(first[5:_ALONE_HEAD], "little")
    return size < _LARGEST or size == (1 << 64) - 1


def _inner(
    make: Callable[[], Unpacker], again: bytes, readable: Readable, bounds: Bounds
) -> Iterator[Part]:
    """The one file inside, which has no name of its own."""
    flow = Flow(Unpacked(make, readable, 0, readable.size, again), UNTOLD, bounds)
    yield Inner(b"", flow)
    if flow.lost:
        yield Lost(flow.lost)
