"""Pictures: what JPEG, PNG, GIF, RIFF and Photoshop files say beside their pixels.

No pixel is ever decoded, so that a picture of a thousand million of them is no more work than
another.
"""

import struct
import zlib
from collections.abc import Iterator

from vestige.read.beside import iptc, tiff, xmp
from vestige.read.beside.parts import WHOLE, Bounds, Held, Lost, Part, Readable, Told, beside
from vestige.read.beside.properties import told
from vestige.read.carve import runs

MOST_PARTS = 500_000
"""Segments, chunks or blocks of one picture that are passed over."""

LONGEST = 16 << 20
"""Bytes of one segment or chunk that are read."""

_TAIL = 64 << 10

# --- JPEG (ITU-T T.81) ----------------------------------------------------------------------------

JPEG = b"\xff\xd8\xff"
_EXIF, _PACKET, _MORE = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/ext"
_BEFORE_MORE = 35 + 32 + 8
_RESOURCES = b"Photoshop 3.0\0"
_QUIET = (
    b"ICC_PROFILE\0",
    b"JFIF\0",
    b"JFXX\0",
    b"Adobe",
    b"MPF\0",
    b"FPXR\0",
    b"JPEG-HDR",
    b"HDR",
)
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_SCAN, _END, _COMMENT, _APPLICATION = 0xDA, 0xD9, 0xFE, range(0xE0, 0xF0)
_FINAL = b"\xff\xd9"


def jpeg(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What the segments of a JPEG tell that stand before its scan, and what follows its end."""
    at, more = 2, b""
    for _ in range(MOST_PARTS):
        head = readable.read(at, 4)
        if len(head) < 4 or head[0] != 0xFF:  # noqa: PLR2004 - a marker and a length
            yield Lost("damaged")
            break
        kind, size = head[1], int.from_bytes(head[2:], "big")
        if kind in {_SCAN, _END}:
            break
        if kind == 0xFF or kind in _ALONE:  # noqa: PLR2004 - padding
            at += 1 if kind == 0xFF else 2  # noqa: PLR2004
            continue
        if kind == _COMMENT or kind in _APPLICATION:
            segment = readable.read(at + 4, max(size - 2, 0))
            if segment.startswith(_MORE):
                more += segment[_BEFORE_MORE:] if len(more) < LONGEST else b""
            else:
                yield from _segment(segment, bounds, comment=kind == _COMMENT)
        at += 2 + max(size, 2)
    yield from xmp.told_of(more)
    yield from _behind(readable, _FINAL)


def _segment(segment: bytes, bounds: Bounds, *, comment: bool) -> Iterator[Part]:
    if comment:
        yield Told(beside("JPEG comment"), _lines(segment))
    elif segment.startswith(_EXIF):
        yield from tiff.of_directories(Held(segment[6:]), bounds)
    elif segment.startswith(_PACKET):
        yield from xmp.told_of(segment[len(_PACKET) :])
    elif segment.startswith(_RESOURCES):
        yield from iptc.of_resources(segment[len(_RESOURCES) :], bounds)
    elif not segment.startswith(_QUIET):
        yield Told(beside("JPEG segment"), tuple(runs(segment)))


def _lines(data: bytes) -> tuple[str, ...]:
    """The lines of a comment, in whatever 8-bit or 16-bit encoding."""
    for codec in ("utf_16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf_8", "cp1252"):
        try:
            return tuple(data.strip(b"\0").decode(codec).replace("\0", "\n").splitlines())
        except UnicodeDecodeError:
            continue
    return tuple(data.decode("latin_1").splitlines())


def _behind(readable: Readable, end: bytes) -> Iterator[Part]:
    """The texts behind the last end of a picture, in its last 64 KiB."""
    tail = readable.read(max(0, readable.size - _TAIL), _TAIL)
    at = tail.rfind(end)
    if 0 <= at < len(tail) - len(end):
        yield Told(beside("bytes behind the picture"), tuple(runs(tail[at + len(end) :])))


# --- PNG (ISO/IEC 15948) --------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = 80
_PROFILE = "raw profile type "


def png(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What the chunks of text and EXIF of a PNG tell, and what follows its end."""
    at = len(PNG)
    for _ in range(MOST_PARTS):
        head = readable.read(at, 8)
        if len(head) < 8:  # noqa: PLR2004 - a length and a type
            yield Lost("damaged")
            return
        size, kind = struct.unpack(">I4s", head)
        if kind in _CHUNKS:
            yield from _chunk(kind, readable.read(at + 8, min(size, LONGEST)), bounds)
        at += 12 + size
        if kind == b"IEND":
            break
    else:
        yield Lost("text-budget")
    rest = readable.read(at, _TAIL)
    if rest:
        yield Told(beside("bytes behind the picture"), tuple(runs(rest)))


_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"zxIf", b"dSIG"})


def _chunk(kind: bytes, data: bytes, bounds: Bounds) -> Iterator[Part]:
    if kind == b"eXIf":
        yield from tiff.of_directories(Held(data), bounds)
        return
    keyword, _, rest = data.partition(b"\0")
    name = keyword[:_KEYWORD].decode("latin_1")
    packed = kind == b"zTXt"
    codec = "latin_1"
    if kind == b"iTXt":
        packed, codec = rest[:1] == b"\1", "utf_8"
        rest = rest[2:].split(b"\0", 2)[-1]
    elif packed:
        rest = rest[1:]
    text, loss = _inflated(rest, bounds) if packed else (rest, "")
    yield from _keyed(name, text, codec, bounds)
    if loss:
        yield Lost(loss)


def _keyed(name: str, text: bytes, codec: str, bounds: Bounds) -> Iterator[Part]:
    """What stands behind a keyword: a packet, a profile that was written out, or a text."""
    if name.startswith("XML:com.adobe.xmp"):
        yield from xmp.told_of(text)
    elif name.lower().startswith(_PROFILE):
        yield from _profile(text, bounds)
    else:
        yield Told(beside("PNG keyword"), (name,))
        yield from told("PNG", name, _either(text, codec).splitlines())


def _either(text: bytes, codec: str) -> str:
    """Text as it ought to be, or as UTF-8, which many write where Latin-1 is asked for."""
    try:
        return text.decode("utf_8")
    except UnicodeDecodeError:
        return text.decode(codec, "replace")


def _profile(text: bytes, bounds: Bounds) -> Iterator[Part]:
    """A profile in hexadecimal digits behind its name and length, as ImageMagick writes it."""
    try:
        data = bytes.fromhex("".join(text.decode("ascii").split("\n")[3:]))
    except ValueError:
        yield Lost("damaged")
        return
    if data.startswith(_EXIF):
        yield from tiff.of_directories(Held(data[6:]), bounds)
    elif data.startswith(b"8BIM"):
        yield from iptc.of_resources(data, bounds)
    elif data.lstrip().startswith(b"<"):
        yield from xmp.told_of(data)
    elif data[:1] == b"\x1c":
        yield from iptc.of_records(data)


def _inflated(data: bytes, bounds: Bounds) -> tuple[bytes, str]:
    """What was packed, as much as is read of it, and the code of what is lost."""
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(data, LONGEST)
    except zlib.error:
        return b"", "damaged"
    if not bounds.take(len(out)):
        return b"", "text-budget"
    whole = "" if unpacker.eof else "damaged"
    return out, "text-budget" if unpacker.unconsumed_tail else whole


# --- GIF (version 89a) ----------------------------------------------------------------------------

GIF = (b"GIF87a", b"GIF89a")
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_REMARK, _PLAIN, _OF_PROGRAM = 0xFE, 0x01, 0xFF
_MAGIC = b"\x01\xff\xfe\xfd"
_PACKET_OF_GIF = b"XMP DataXMP"


def gif(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """What the extensions of a GIF tell."""
    data = readable.read(0, WHOLE)
    if len(data) < readable.size:
        yield Lost("text-budget")
    try:
        yield from _blocks(data)
    except IndexError:
        yield Lost("damaged")


def _blocks(data: bytes) -> Iterator[Part]:
    """IndexError if the file breaks off."""
    at = 13 + _palette(data[10])
    while data[at] != _TRAILER:
        if data[at] == _IMAGE:
            at += 11 + _palette(data[at + 9])
            at, _ = _joined(data, at, kept=False)
        elif data[at] == _EXTENSION:
            kind = data[at + 1]
            at, content = _joined(data, at + 2, kept=kind in {_REMARK, _PLAIN, _OF_PROGRAM})
            yield from _extension(kind, content)
        else:
            at += 1
    if data[at + 1 :].strip(b"\0"):
        yield Told(beside("bytes behind the picture"), tuple(runs(data[at + 1 :][:_TAIL])))


def _palette(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _joined(data: bytes, at: int, *, kept: bool) -> tuple[int, bytes]:
    """Where the blocks end that begin there, and what stands in them, with their lengths."""
    start = at
    while size := data[at]:
        at += 1 + size
    return at + 1, data[start:at] if kept else b""


def _extension(kind: int, content: bytes) -> Iterator[Part]:
    if kind == _OF_PROGRAM and content[1:12] == _PACKET_OF_GIF:
        # A packet stands there without lengths, before a trailer that leads any reader out of it.
        yield from xmp.told_of(content[12:].rpartition(_MAGIC)[0])
        return
    if kind == _OF_PROGRAM and content[1:12] in {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}:
        return
    parts, at = [], 0
    while at < len(content):
        parts.append(content[at + 1 : at + 1 + content[at]])
        at += 1 + content[at]
    yield Told(beside("GIF comment"), _lines(b"".join(parts)))


# --- RIFF: WebP, WAVE, AVI ------------------------------------------------------------------------

RIFF = b"RIFF"
_INFO = {b"IART": "Artist", b"ICOP": "Copyright", b"ICMT": "Comment", b"INAM": "Title"}


def riff(readable: Readable, bounds: Bounds, start: int = 12, end: int = 0) -> Iterator[Part]:
    """What the chunks of a WebP picture, a recording or a film tell."""
    at, end = start, end or readable.size
    for _ in range(MOST_PARTS):
        head = readable.read(at, 12)
        if at >= end or len(head) < 8:  # noqa: PLR2004 - a type and a length
            return
        kind, size = struct.unpack_from("<4sI", head)
        if kind == b"EXIF":
            data = readable.read(at + 8, min(size, LONGEST))
            yield from tiff.of_directories(Held(data.removeprefix(b"Exif\0\0")), bounds)
        elif kind in {b"XMP ", b"_PMX"}:
            yield from xmp.told_of(readable.read(at + 8, min(size, LONGEST)))
        elif kind == b"LIST" and head[8:] == b"INFO":
            yield from _info(readable.read(at + 12, min(max(size - 4, 0), LONGEST)))
        elif kind == b"bext":
            yield Told(beside("RIFF"), tuple(runs(readable.read(at + 8, min(size, LONGEST)))))
        at += 8 + size + size % 2
    yield Lost("text-budget")


def _info(data: bytes) -> Iterator[Part]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        value = data[at + 8 : at + 8 + size].strip(b"\0")
        yield from told("RIFF", _INFO.get(kind, ""), _lines(value))
        at += 8 + size + size % 2


# --- Photoshop, bitmaps and metafiles -------------------------------------------------------------

PHOTOSHOP = b"8BPS"
_BITMAP_HEAD = 14


def photoshop(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The image resources of a Photoshop file."""
    colours = int.from_bytes(readable.read(26, 4), "big")
    size = int.from_bytes(readable.read(30 + colours, 4), "big")
    yield from iptc.of_resources(readable.read(34 + colours, min(size, LONGEST)), bounds)


def is_bitmap(readable: Readable) -> bool:
    """Whether bytes are those of a Windows bitmap."""
    first = readable.first[:18]
    known = int.from_bytes(first[14:18], "little") in {12, 40, 52, 56, 64, 108, 124}
    return first.startswith(b"BM") and first[6:10] == bytes(4) and known


def bitmap(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """What follows the pixels of a bitmap."""
    size = int.from_bytes(readable.read(2, 4), "little")
    if _BITMAP_HEAD < size < readable.size:
        yield Told(beside("bytes behind the picture"), tuple(runs(readable.read(size, _TAIL))))


def is_metafile(readable: Readable) -> bool:
    """Whether bytes are those of a metafile of Windows, in which texts are drawn."""
    first = readable.first[:44]
    return first[40:44] == b" EMF" or first[:4] in {b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0"}


def metafile(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts that a metafile draws."""
    data = readable.read(0, LONGEST)
    if len(data) < readable.size:
        yield Lost("text-budget")
    yield Told(beside("metafile"), tuple(runs(data)))
