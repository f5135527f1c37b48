"""Word 97 to 2003 (MS-DOC): the text by its pieces, who commented, and who saved it where."""

import struct
from collections.abc import Callable, Iterator

from vestige.read.beside import rows, writing
from vestige.read.beside.parts import Lost, Part, Told, beside
from vestige.read.beside.properties import told
from vestige.read.carve import runs

_IDENT, _OLDEST = 0xA5EC, 101
_ENCRYPTED, _OTHER_TABLE = 0x0100, 0x0200
_CLX, _OWNERS, _SAVED = 0x01A2, 0x01BA, 0x02D2
_PROPERTIES, _PIECES = 1, 2
_NARROW = 1 << 30
_MOST_NAMES = 2_000
_FIELD = str.maketrans(
    {"\x13": "\n", "\x14": "\n", "\x15": "\n", "\x0b": "\n", "\x0c": "\r"}
    | dict.fromkeys(map(chr, range(1, 7)), "")
)


def of_document(data: bytes, table_of: Callable[[str], bytes]) -> Iterator[Part]:
    """What a document holds; `table_of` gives the stream of its tables.

    struct.error or IndexError where it breaks off.
    """
    ident, version = struct.unpack_from("<HH", data)
    flags = struct.unpack_from("<H", data, 10)[0]
    if flags & _ENCRYPTED:
        yield Lost("protected")
        return
    if ident != _IDENT or version < _OLDEST:
        yield from writing.told("document text", runs(data))
        return
    table = table_of("1table" if flags & _OTHER_TABLE else "0table")
    text = "".join(_pieces(data, _stretch(data, _CLX, table)))
    yield from _of_text(text)
    yield from told("document comment", "author", _owners(_stretch(data, _OWNERS, table)))
    saved = list(_strings(_stretch(data, _SAVED, table)))
    yield from told("document property", "lastsavedby", saved[::2])
    if saved[1::2]:
        yield Told(beside("document property"), saved[1::2])


def _stretch(data: bytes, at: int, table: bytes) -> bytes:
    """What stands in the tables where the head of the document says."""
    if at + 8 > len(data):
        return b""
    start, size = struct.unpack_from("<II", data, at)
    return table[start : start + size]


def _pieces(data: bytes, clx: bytes) -> Iterator[str]:
    """The pieces of the text in their order (section 2.8.35), all of them of any one once."""
    at = 0
    while at < len(clx) and clx[at] == _PROPERTIES:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != _PIECES:
        return
    size = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", plc) if count > 0 else ()
    left = len(data)
    for number in range(max(count, 0)):
        length = max(starts[number + 1] - starts[number], 0)
        place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        left -= length
        if left < 0:
            return
        if place & _NARROW:
            start = (place & ~_NARROW) // 2
            yield data[start : start + length].decode("cp1252", "replace")
        else:
            yield data[place : place + 2 * length].decode("utf_16_le", "replace")


def _of_text(text: str) -> Iterator[Part]:
    """Paragraphs, and rows of tables: their cells end with the same sign as they do."""
    paragraphs: list[str] = []
    cells: list[list[str]] = []
    for paragraph in text.translate(_FIELD).split("\r"):
        *table, rest = paragraph.split("\x07\x07")
        if "\x07" in rest:
            table.append(rest)
        else:
            paragraphs += rest.split("\n")
        cells += ([cell.strip() for cell in row.split("\x07")] for row in table)
    yield from writing.told("document text", paragraphs)
    yield from rows.told("document table", map(rows.row_of, cells))


def _owners(data: bytes) -> Iterator[str]:
    """The authors of comments."""
    at = 0
    for _ in range(_MOST_NAMES):
        if at + 2 > len(data):
            return
        size = 2 * struct.unpack_from("<H", data, at)[0]
        yield data[at + 2 : at + 2 + size].decode("utf_16_le", "replace")
        at += 2 + size


def _strings(data: bytes) -> Iterator[str]:
    """The strings of a table (section 2.2.4): who saved the document last, and where, in turns."""
    if len(data) < 6 or data[:2] != b"\xff\xff":  # noqa: PLR2004 - its head
        return
    count, extra = struct.unpack_from("<HH", data, 2)
    at = 6
    for _ in range(min(count, _MOST_NAMES)):
        if at + 2 > len(data):
            return
        size = 2 * struct.unpack_from("<H", data, at)[0]
        yield data[at + 2 : at + 2 + size].decode("utf_16_le", "replace")
        at += 2 + size + extra
