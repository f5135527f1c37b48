"""7z archives (7-Zip's 7zFormat.txt): the members of each packed stream, in their order.

What the standard library unpacks is read: LZMA, LZMA2, Deflate, BZip2, copies, and the filters for
programs and differences in front of them.
"""

import lzma
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from vestige.read.beside import unpackers
from vestige.read.beside.flowing import Flow, Following, Stream, is_forward
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Named, Part, Readable
from vestige.read.beside.seven_header import (
    HEAD,
    HEADER,
    PACKED_HEADER,
    Coder,
    Header,
    Packed,
    Record,
    listed,
    streams,
)
from vestige.read.beside.unpackers import MEMORY, Unpacked, Unpacker
from vestige.read.containers import BROKEN

SIGN = b"7z\xbc\xaf\x27\x1c"

_LONGEST = 64 << 20
"""Bytes of a header that are read, packed or unpacked."""

_PACKINGS = 4
"""Layers in which a header may be packed."""

_COPY, _LZMA2, _LZMA1 = b"\0", b"\x21", b"\x03\x01\x01"
_DEFLATE, _BZIP2, _AES = b"\x04\x01\x08", b"\x04\x02\x02", b"\x06\xf1\x07\x01"
_ZSTD = b"\x04\xf7\x11\x01"
_FILTERS = {
    b"\x03": lzma.FILTER_DELTA,
    b"\x03\x03\x01\x03": lzma.FILTER_X86,
    b"\x04": lzma.FILTER_X86,
    b"\x03\x03\x05\x01": lzma.FILTER_ARM,
    b"\x07": lzma.FILTER_ARM,
    b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB,
    b"\x03\x03\x02\x05": lzma.FILTER_POWERPC,
    b"\x03\x03\x08\x05": lzma.FILTER_SPARC,
    b"\x03\x03\x04\x01": lzma.FILTER_IA64,
}


class _Refused(Exception):  # noqa: N818 - it is a loss, told by its code
    """What cannot be unpacked here, by the code of the loss."""

    def __init__(self, code: str, extra: str = "") -> None:
        super().__init__(code)
        self.lost = Lost(code, extra)


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The members of an archive; of those that cannot be unpacked, the loss."""
    if is_forward(readable):
        yield Lost("archive-budget")
        return
    try:
        header = _header(readable, bounds)
    except _Refused as refused:
        yield refused.lost
        return
    except (*BROKEN, IndexError):
        yield Lost("damaged")
        return
    contents = (place for place in range(len(header.names)) if place not in header.empty)
    yield from (Named(header.names[place]) for place in sorted(header.empty))
    for stream in header.streams:
        names = [header.names[place] for _, place in zip(stream.sizes, contents, strict=False)]
        yield from _members(stream, names, readable, bounds)


def _members(
    stream: Packed, names: Sequence[bytes], readable: Readable, bounds: Bounds
) -> Iterator[Part]:
    """The files of one packed stream, which stand one behind the other in it."""
    try:
        flow = Flow(_unpacking(stream, readable, bounds), stream.size, bounds)
    except _Refused as refused:
        yield from map(Named, names)
        yield refused.lost
        return
    except (*BROKEN, IndexError):
        yield from map(Named, names)
        yield Lost("damaged")
        return
    at = 0
    for name, size in zip(names, stream.sizes, strict=False):
        if size <= WHOLE:
            yield Inner(name, Held(flow.read(at, size)))
        else:
            inner = Flow(Following(flow, at, at + size), size, bounds)
            yield Inner(name, inner)
            if inner.lost:
                yield Lost(inner.lost)
        at += size
    if flow.lost:
        yield Lost(flow.lost)


# --- unpacking ---


def _unpacking(stream: Packed, readable: Readable, bounds: Bounds) -> Stream:
    """What comes of a packed stream; _Refused if nothing here unpacks it."""
    if bounds.spent:
        raise _Refused("archive-budget")
    end = stream.start + stream.packed
    if all(coder.method == _COPY for coder in stream.coders):
        return Following(readable, stream.start, end)
    return Unpacked(_unpacker(stream.coders), readable, stream.start, end, b"")


def _unpacker(coders: Sequence[Coder]) -> Callable[[], Unpacker]:
    """What makes unpackers for steps of packing, the last of which was done first."""
    first = coders[-1] if coders else Coder(b"", b"")
    if any(coder.method == _AES for coder in coders):
        raise _Refused("protected")
    if len(coders) == 1 and first.method in _SINGLE:
        return _SINGLE[first.method]
    if len(coders) == 1 and first.method == _ZSTD:
        made = unpackers.zstd()
        if made is None:
            raise _Refused("not-installed", "archives")
        return made
    filters = [_filter(coder) for coder in coders]
    if filters[-1]["id"] not in (lzma.FILTER_LZMA1, lzma.FILTER_LZMA2):
        raise _Refused("form-unread")
    return partial(lzma.LZMADecompressor, lzma.FORMAT_RAW, filters=filters)


_SINGLE: dict[bytes, Callable[[], Unpacker]] = {
    _DEFLATE: unpackers.deflated,
    _BZIP2: unpackers.bzip2,
}


def _filter(coder: Coder) -> dict[str, Any]:
    """One step as liblzma is told of it; _Refused if it does not know it."""
    told = coder.properties
    if coder.method == _LZMA2:
        bits = told[0]
        return _lzma(lzma.FILTER_LZMA2, (2 | bits & 1) << (bits // 2 + 11))
    if coder.method == _LZMA1:
        lc, rest = told[0] % 9, told[0] // 9
        more = {"lc": lc, "lp": rest % 5, "pb": rest // 5}
        return _lzma(lzma.FILTER_LZMA1, int.from_bytes(told[1:5], "little")) | more
    if coder.method not in _FILTERS:
        raise _Refused("form-unread")
    number = _FILTERS[coder.method]
    return {"id": number, "dist": told[0] + 1} if number == lzma.FILTER_DELTA else {"id": number}


def _lzma(number: int, size: int) -> dict[str, Any]:
    if size > MEMORY:
        raise _Refused("archive-budget")
    return {"id": number, "dict_size": max(size, 4 << 10)}


# --- the header ---


def _header(readable: Readable, bounds: Bounds) -> Header:
    """The header, which may be packed itself; _Refused, or one of `BROKEN`, if it is none."""
    head = readable.read(0, HEAD)
    start, size = (int.from_bytes(head[at : at + 8], "little") for at in (12, 20))
    if not size:
        return Header((), (), frozenset())
    if size > _LONGEST:
        raise _Refused("archive-budget")
    data = readable.read(HEAD + start, size)
    for _ in range(_PACKINGS):
        told = Record(data)
        kind = told.byte()
        if kind == HEADER:
            return listed(told)
        if kind != PACKED_HEADER:
            raise ValueError
        stream = streams(told)[0]
        if stream.size > _LONGEST:
            raise _Refused("archive-budget")
        data = Flow(_unpacking(stream, readable, bounds), stream.size, bounds).read(0, stream.size)
    raise ValueError
