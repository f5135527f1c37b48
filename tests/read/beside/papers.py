"""Documents and pictures made by hand, and what readers tell of them."""

import io
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Reader, Told

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:e="http://ns.adobe.com/exif/1.0/" '
    b'e:GPSLatitude="41,23.2N" e:DocumentID="uuid:1"><dc:creator><rdf:Seq><rdf:li>Paula Probe'
    b"</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)


_COLUMN = re.compile(r" column \d+")


class Heard(NamedTuple):
    """What a reader told: texts by pointer without numbers of columns, losses, files inside."""

    texts: dict[str, list[str]]
    lost: list[str]
    inner: dict[bytes, bytes]
    tags: dict[str, tuple[int, str]]


def heard(parts: Iterable[Part]) -> Heard:
    """All parts in one."""
    found = Heard(defaultdict(list), [], {}, {})
    for part in parts:
        if isinstance(part, Told):
            pointer = _COLUMN.sub("", part.place.pointer)
            found.texts[pointer] += part.texts
            found.tags[pointer] = (part.place.tag, part.place.vr)
        elif isinstance(part, Inner):
            found.inner[part.name] = part.content.read(0, part.content.size)
        else:
            assert isinstance(part, Lost)
            found.lost.append(part.code)
    return found


def of_file(data: bytes, read: Reader | None = None) -> Heard:
    """What the reader of its kind tells of a file."""
    held = Held(data)
    if read is None:
        kind = kind_of(held)
        assert kind is not None
        read = kind.read
    return heard(read(held, Bounds(len(data))))


def ifd(entries: dict[int, tuple[int, bytes]], order: str = "<", base: int = 8) -> bytes:
    """One directory of TIFF at an offset, with its values behind it."""
    head = struct.pack(f"{order}H", len(entries))
    at = base + 2 + 12 * len(entries) + 4
    values = b""
    sizes = {3: 2, 4: 4, 5: 8}
    for tag, (kind, value) in entries.items():
        count = len(value) // sizes.get(kind, 1)
        head += struct.pack(f"{order}HHI", tag, kind, count)
        if len(value) <= 4:
            head += value.ljust(4, b"\0")
        else:
            head += struct.pack(f"{order}I", at + len(values))
            values += value + b"\0" * (len(value) % 2)
    return head + b"\0\0\0\0" + values


def tiff(entries: dict[int, tuple[int, bytes]], order: str = "<") -> bytes:
    """A TIFF file of one directory and no pixels."""
    return (
        (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8) + ifd(entries, order)
    )


def artist(name: str = "Paula Probe") -> bytes:
    """A TIFF with an artist."""
    return tiff({0x013B: (2, name.encode() + b"\0")})


def jpeg(*segments: tuple[int, bytes], behind: bytes = b"") -> bytes:
    """A JPEG without a picture, of segments by the last byte of their marker."""
    parts = (
        b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in segments
    )
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xda\0\2scan\xff\xd9" + behind


def png(*chunks: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    """A PNG that claims to be of a thousand million pixels."""
    size = (b"IHDR", struct.pack(">II", 1 << 15, 1 << 15) + b"\10\2\0\0\0")
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (size, *chunks, (b"IDAT", b""), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + behind


def box(kind: bytes, content: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    return struct.pack(">I4s", len(content) + 8, kind) + content


def package(**members: str | bytes) -> bytes:
    """An office document of these parts, whose names are written with `__` for `/`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in members.items():
            ending = "" if name.endswith("_bin") else ".xml"
            archive.writestr(name.replace("__", "/").replace("_bin", ".bin") + ending, content)
    return stream.getvalue()
