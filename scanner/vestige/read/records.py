"""Records: texts of databases, pickles and arrays, whose own notation parts or joins their words.

Nothing is run and nothing is trusted: a database is read page by page, without its engine, and of a
pickle only the texts are told, for what loads one does what it says.
"""

import pickletools
import struct
from collections.abc import Callable, Iterator

SQLITE = b"SQLite format 3\0"
"""How a database begins (SQLite file format, section 1.3)."""

ARRAY = b"\x93NUMPY"
"""How an array of NumPy begins (NEP 1)."""

MOST_TEXTS = 200_000
"""Texts of one pickle that are told."""

_PICKLE = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))
_LEAVES = frozenset({0x0A, 0x0D})
"""The kinds of pages that hold records: of an index, and of a table."""
_HEAD = 100
_SMALLEST, _GREATEST = 512, 65_536
_FIRST_BLOB = 12
_MOST_COLUMNS = 2_000


def is_pickle(head: bytes) -> bool:
    """Whether bytes begin like a pickle of protocol 2 to 5."""
    return head.startswith(_PICKLE)


def of_pickle(data: bytes) -> Iterator[bytes]:
    """The texts of a pickle, up to where it is damaged; it is never loaded."""
    left = MOST_TEXTS
    try:
        for _operation, value, _place in pickletools.genops(data):
            if isinstance(value, str):
                yield value.encode("utf-8", "replace")
            elif isinstance(value, bytes) and value:
                yield value
            else:
                continue
            left -= 1
            if not left:
                return
    except (ValueError, IndexError, struct.error, OverflowError, MemoryError, RecursionError):
        return


def of_array(data: bytes) -> bytes:
    """The texts of an array of texts (four bytes a letter) as UTF-8; b"" for any other."""
    start = 10 + int.from_bytes(data[8:10], "little")
    head = data[:start]
    for order, codec in ((b"<U", "utf-32-le"), (b">U", "utf-32-be")):
        if order in head:
            whole = len(data) - (len(data) - start) % 4
            text = data[start:whole].decode(codec, "replace")
            return text.replace("\0", " ").encode("utf-8", "replace")
    return b""


Read = Callable[[int, int], bytes]
"""Bytes from an offset on, so many at most."""


def of_database(read: Read, size: int) -> Iterator[bytes]:
    """The text columns of all records of a database, one record each; also of free pages."""
    head = read(0, _HEAD)
    page_size = int.from_bytes(head[16:18], "big")
    page_size = _GREATEST if page_size == 1 else page_size
    if page_size < _SMALLEST or page_size & (page_size - 1):
        return
    for start in range(0, size, page_size):
        page = read(start, page_size)
        first = _HEAD if start == 0 else 0
        if len(page) == page_size and page[first] in _LEAVES:
            yield from _of_page(page, first)


def _of_page(page: bytes, first: int) -> Iterator[bytes]:
    count = int.from_bytes(page[first + 3 : first + 5], "big")
    table = page[first] != min(_LEAVES)
    for place in range(first + 8, min(first + 8 + 2 * count, len(page) - 1), 2):
        at = int.from_bytes(page[place : place + 2], "big")
        _, at = _varint(page, at)
        if table:
            _, at = _varint(page, at)
        record = _of_record(page, at)
        if record:
            yield record


def _of_record(page: bytes, at: int) -> bytes:
    """The texts of one record, parted by tabs; what flows over to other pages is not in it."""
    length, place = _varint(page, at)
    end = at + length
    value = end
    texts = []
    columns = 0
    while place < min(end, len(page)) and columns < _MOST_COLUMNS:
        kind, place = _varint(page, place)
        size = _size(kind)
        if kind >= _FIRST_BLOB and size:
            texts.append(page[value : value + size])
        elif kind in _INTEGERS:
            number = int.from_bytes(page[value : value + size], "big", signed=True)
            texts.append(str(number).encode())
        value += size
        columns += 1
    return b"\t".join(texts)


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)
_INTEGERS = range(3, 7)
"""The kinds of integers that are long enough for a record number."""


def _size(kind: int) -> int:
    return _SIZES[kind] if kind < _FIRST_BLOB else (kind - _FIRST_BLOB) // 2


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes (SQLite file format, section 1.6), and where it ends."""
    value = 0
    for place in range(at, min(at + 8, len(data))):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the highest bit says that more follow
            return value, place + 1
    return value, at + 9
