"""What SQLite keeps beside a database: its write-ahead log, and the journal of a transaction.

Pages in them are those that were not yet put into the database, or that stood there before
(sqlite.org/fileformat2.html, 3 and 4): rows may stand in them and nowhere else.
"""

from collections.abc import Iterator

from vestige.read.beside import sqlite_pages
from vestige.read.beside.parts import Bounds, Lost, Part, Readable, Told, beside
from vestige.read.beside.sqlite_pages import HEAD, Table
from vestige.read.beside.sqlite_records import Row, codec_of
from vestige.read.carve import runs

WAL = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"

_WAL_HEAD, _FRAME_HEAD = 32, 24
_NUMBER, _SUM = 4, 4
_MOST = 64 << 20
_CODEC = slice(56, 60)
_SIGN = b"SQLite format 3\0"
_TREES = (2, 5, 10, 13)


def read_log(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The rows in the pages of a write-ahead log."""
    size = sqlite_pages.size_of(int.from_bytes(readable.first[8:12], "big"))
    pages = _pages(readable, _WAL_HEAD, _FRAME_HEAD, size)
    return _read("log of a database", pages, readable, bounds)


def read_journal(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The rows in the pages of a rollback journal."""
    head = readable.first
    sector = int.from_bytes(head[20:24], "big")
    size = sqlite_pages.size_of(int.from_bytes(head[24:28], "big"))
    pages = _pages(readable, sector, _NUMBER, size, _SUM)
    return _read("journal of a database", pages, readable, bounds)


def _pages(
    readable: Readable, start: int, before: int, size: int, behind: int = 0
) -> Iterator[tuple[int, bytes]]:
    """The pages with their numbers, each of which follows some bytes of its own."""
    step = before + size + behind
    for at in range(start, min(readable.size, _MOST) - step + 1, step) if size and start else ():
        record = readable.read(at, step)
        yield int.from_bytes(record[:_NUMBER], "big"), record[before : before + size]


def _read(
    kind: str, pages: Iterator[tuple[int, bytes]], readable: Readable, bounds: Bounds
) -> Iterator[Part]:
    if readable.size > _MOST or not bounds.take(min(readable.size, _MOST)):
        yield Lost("text-budget")
    codec, tables = "utf-8", tuple[Table, ...]()
    found: dict[tuple[str, ...], list[Row]] = {}
    texts: dict[str, None] = {}
    for number, page in dict.fromkeys(pages):
        head = HEAD if page.startswith(_SIGN) else 0
        if head:
            codec = codec_of(int.from_bytes(page[_CODEC], "big"))
            tables = tuple(sqlite_pages.tables_in(page, codec)) or tables
        for row in sqlite_pages.of_page(page, codec, head):
            found.setdefault(sqlite_pages.columns_in(row, number, tables), []).append(row)
        if page[head] not in _TREES:
            texts.update(dict.fromkeys(runs(page)))
    yield from sqlite_pages.told(kind, found)
    if texts:
        yield Told(beside(kind), list(texts))
