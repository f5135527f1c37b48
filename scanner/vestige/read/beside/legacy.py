"""Legacy office documents: compound files (MS-CFB) of Word, Excel, PowerPoint and Outlook.

Macros are bytes like any other, and nothing runs them.
"""

import struct
from collections.abc import Callable, Iterator

from vestige.read.beside import excel, outlook, paths, powerpoint, word, writing
from vestige.read.beside.parts import WHOLE, Bounds, Held, Inner, Lost, Part, Readable, Told, beside
from vestige.read.beside.property_sets import of_set
from vestige.read.carve import runs
from vestige.read.compound import MAGIC, Compound

SIGN = MAGIC

MOST_STREAMS = 20_000
"""Streams of one file that are looked at."""

Streams = dict[tuple[str, ...], tuple[int, int]]

_BROKEN = (struct.error, ValueError, IndexError, LookupError, OverflowError)
_ENCRYPTED = frozenset({"encryptedpackage", "encryptioninfo"})
_CATALOG = "catalog"
_MESSAGE = "__properties_version1.0"
_QUIET = frozenset(
    "\x01compobj \x03objinfo \x01ole \x03printinfo \x03ocxname \x03linkinfo 0table 1table "
    "worddocument workbook book _vba_project dir projectwm \x03metadata \x03accessobjsitedata"
    "\x02olepres000 equation native".split(" ")
)
_SIGNS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF-", b"PK\x03\x04", MAGIC, b"{\\rtf")
_FOUND_FIRST = 600
_MOST_PICTURES = 2_000


class _File:
    """An open compound file, and what of it may still be read."""

    def __init__(self, readable: Readable, bounds: Bounds) -> None:
        self._compound = Compound(readable, WHOLE)
        self._bounds = bounds
        self.streams: Streams = {}
        for way, where in self._compound.streams():
            if len(self.streams) < MOST_STREAMS:
                self.streams.setdefault(way, where)
        self.lost: dict[str, None] = {}

    def content(self, way: tuple[str, ...]) -> bytes:
        """A stream; b"" if there is none, or none that can be read."""
        where = self.streams.get(way)
        if where is None:
            return b""
        size = min(where[1], WHOLE)
        if where[1] > WHOLE or not self._bounds.take(size):
            self.lost["archive-budget"] = None
            return b""
        try:
            data = self._compound.content(where)
        except _BROKEN:
            self.lost["damaged"] = None
            return b""
        if len(data) < size:
            self.lost["damaged"] = None
        return data


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What a compound file holds: properties, text, cells or messages, and files inside it."""
    try:
        file = _File(readable, bounds)
    except _BROKEN:
        yield Lost("damaged")
        return
    names = {way[-1] for way in file.streams}
    if names & _ENCRYPTED:
        yield Lost("protected")
        return
    if _CATALOG in names:
        # The names that a catalog of thumbnails tells are judged with other ghosts.
        return
    ways = tuple(file.streams)
    if _MESSAGE in names:
        yield from _whole(outlook.of_message(ways, file.content), file)
    else:
        for way in ways:
            yield from _whole(_stream(way, file.content), file)
    for code in file.lost:
        yield Lost(code)


def _whole(parts: Iterator[Part], file: _File) -> Iterator[Part]:
    """Parts up to where what they are read from breaks off."""
    try:
        yield from parts
    except _BROKEN:
        file.lost["damaged"] = None


def _stream(way: tuple[str, ...], content: Callable[[tuple[str, ...]], bytes]) -> Iterator[Part]:
    """What one stream holds, by its name."""
    name, above = way[-1], way[:-1]
    if name == "worddocument":
        yield from word.of_document(content(way), lambda table: content((*above, table)))
    elif name in _READERS:
        yield from _READERS[name](content(way))
    elif name not in _QUIET:
        yield from _other(content(way))


def _other(data: bytes) -> Iterator[Part]:
    """A stream of which nothing is known: a file of its own, or bytes with texts in them."""
    if data.startswith(_SIGNS):
        yield Inner(b"stream", Held(data))
    elif data:
        found = tuple(runs(data))
        yield from writing.told("document bytes", found)
        yield from paths.told(found)


def _native(data: bytes) -> Iterator[Part]:
    """An object that was packed as a file (MS-OLEDS section 2.3.6): its names, and its bytes."""
    names = data[6:_FOUND_FIRST].split(b"\0")[:2]
    yield Told(beside("document object"), [name.decode("cp1252", "replace") for name in names])
    starts = [at for sign in _SIGNS if (at := data.find(sign, 4)) > 0]
    if starts:
        yield Inner(b"object", Held(data[min(starts) :]))
    else:
        yield from writing.told("document object", runs(data))


def _pictures(data: bytes) -> Iterator[Part]:
    """The pictures that stand one after the other in a stream, each from its sign on."""
    starts = sorted(set(_starts(data, b"\xff\xd8\xff")) | set(_starts(data, b"\x89PNG\r\n\x1a\n")))
    for at, end in zip(starts, [*starts[1:], len(data)], strict=False):
        yield Inner(b"picture", Held(data[at:end]))
    if not starts:
        yield from writing.told("document bytes", runs(data[:_FOUND_FIRST]))


def _starts(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.find(sign)
    for _ in range(_MOST_PICTURES):
        if at < 0:
            return
        yield at
        at = data.find(sign, at + len(sign))


_READERS: dict[str, Callable[[bytes], Iterator[Part]]] = {
    "\x05summaryinformation": of_set,
    "\x05documentsummaryinformation": of_set,
    "workbook": excel.of_workbook,
    "book": excel.of_workbook,
    "powerpoint document": powerpoint.of_document,
    "current user": powerpoint.of_user,
    "\x01ole10native": _native,
    "pictures": _pictures,
    "data": _pictures,
}
"""What reads a stream of that name."""
