"""Pages of SQLite: the rows in them, and those that were deleted and not yet written over.

A deleted row stays in its page until another needs the room, and a page that is free stays as it
was (sqlite.org/fileformat2.html, 1.5 and 1.6), unless the database is told to write zeros.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vestige.read.beside import rows
from vestige.read.beside.parts import Lost, Part, Told, beside
from vestige.read.beside.sqlite_records import Row, cell, codec_of, scanned
from vestige.read.carve import runs

HEAD = 100
"""Bytes at the beginning of the first page that are the head of the database."""

MOST = 4 << 20
"""Free bytes of one database in which rows are sought."""

_SIZE, _FREE, _CODEC = 16, 32, 56
_LEAF, _INTERIOR, _INDEX_LEAF = 0x0D, 0x05, 0x0A
_TREES = frozenset({2, _INTERIOR, _INDEX_LEAF, _LEAF})
_LEAF_HEAD, _INTERIOR_HEAD = 8, 12
_SMALLEST, _LARGEST = 512, 65_536
_DEEPEST = 32
_WIDEST = 64
_BATCH = 5_000


class Table(NamedTuple):
    """A table of a database: the page where it begins, and the names of its columns."""

    root: int
    columns: tuple[str, ...]


def size_of(stated: int) -> int:
    """The size of pages as a head states it; 0 if it is none."""
    size = _LARGEST if stated == 1 else stated
    return size if _SMALLEST <= size <= _LARGEST and not size & (size - 1) else 0


def deleted(data: bytes, tables: Sequence[Table]) -> Iterator[Part]:
    """The deleted rows of a database, below the names of the columns of their table."""
    size = size_of(int.from_bytes(data[_SIZE : _SIZE + 2], "big"))
    if not size:
        return
    pages = _Pages(data, size)
    owners = {page: table for table in tables for page in pages.below(table.root)}
    free = set(pages.free())
    left = _Left(codec_of(int.from_bytes(data[_CODEC : _CODEC + 4], "big")), tables)
    for number in sorted({*owners, *free}):
        left.look(pages.at(number), number, owners.get(number), free=number in free)
    yield from left.parts()


class _Left:
    """What is left of rows in the pages of a database, as they are looked at."""

    def __init__(self, codec: str, tables: Sequence[Table]) -> None:
        self._codec = codec
        self._tables = tables
        self._widths = list(dict.fromkeys(len(table.columns) for table in tables))
        self._rows: dict[tuple[str, ...], list[Row]] = {}
        self._texts: dict[str, None] = {}
        self._room = MOST

    def look(self, page: bytes, number: int, table: Table | None, *, free: bool) -> None:
        """Keep what is left in a page: of a `free` one all rows, else those in its free bytes."""
        widths = [len(table.columns)] if table is not None else self._widths
        found = list(of_page(page, self._codec)) if free else []
        regions = _free_in(page, HEAD * (number == 1))
        if free and page[0] not in _TREES:
            regions = iter([(page[_LEAF_HEAD:], ())])
        for region, blocks in regions:
            self._room -= len(region)
            if self._room < 0:
                break
            met = list(scanned(region, self._codec, widths, blocks))
            found += met
            if not met:
                self._texts.update(dict.fromkeys(runs(region)))
        for row in found:
            columns = table.columns if table else columns_in(row, number, self._tables)
            self._rows.setdefault(columns, []).append(row)

    def parts(self) -> Iterator[Part]:
        """All of it."""
        yield from told(_DELETED, self._rows)
        if self._texts:
            yield Told(beside(_DELETED), list(self._texts))
        if self._room < 0:
            yield Lost("text-budget")


_DELETED = "deleted database row"


def told(kind: str, found: Mapping[tuple[str, ...], Sequence[Row]]) -> Iterator[Part]:
    """Rows by the names of their columns, where these are known."""
    for columns, some in found.items():
        heads = [rows.row_of(columns)] if columns else []
        yield from rows.told(kind, [*heads, *map(rows.row_of, some)])


def of_page(page: bytes, codec: str, head: int = 0) -> Iterator[Row]:
    """The rows in a leaf of a table, or in one of an index; nothing of other pages."""
    kind = page[head] if len(page) > head else 0
    if kind not in {_LEAF, _INDEX_LEAF}:
        return
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    start = head + _LEAF_HEAD
    for at in range(start, min(start + 2 * count, len(page) - 1), 2):
        found = cell(page, int.from_bytes(page[at : at + 2], "big"), codec, rowid=kind == _LEAF)
        if found is not None:
            yield found[0]


def columns_in(row: Row, page: int, tables: Sequence[Table]) -> tuple[str, ...]:
    """The names of the columns of a row; () if several tables have so many.

    They are those of the table that begins in its page, or of the only one that has so many.
    """
    alike = {table.columns for table in tables if len(table.columns) == len(row)}
    begun = {table.columns for table in tables if table.root == page} & alike
    alike = begun or alike
    return alike.pop() if len(alike) == 1 else ()


def _free_in(page: bytes, head: int) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """The free bytes of a leaf of a table, with the places in them where free blocks begin."""
    if len(page) < head + _LEAF_HEAD or page[head] != _LEAF:
        return
    block, count, content = (
        int.from_bytes(page[head + at : head + at + 2], "big") for at in (1, 3, 5)
    )
    start = head + _LEAF_HEAD + 2 * count
    yield page[start : content or len(page)], ()
    for _ in range(len(page) // 4):
        if not start <= block < len(page) - 4:
            return
        length = int.from_bytes(page[block + 2 : block + 4], "big")
        yield page[block : block + length], (0,)
        block = int.from_bytes(page[block : block + 2], "big")


class _Pages:
    """The pages of a database, counted from 1."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data = data
        self._size = size
        self._count = len(data) // size

    def at(self, number: int) -> bytes:
        """A page; that with number 1 begins with the head of the database."""
        return self._data[(number - 1) * self._size : number * self._size]

    def below(self, root: int) -> Iterator[int]:
        """The leaves of a table."""
        waiting, seen = [(root, 0)], set[int]()
        while waiting:
            number, depth = waiting.pop()
            if not 0 < number <= self._count or number in seen or depth > _DEEPEST:
                continue
            seen.add(number)
            page, head = self.at(number), HEAD * (number == 1)
            if page[head] == _LEAF:
                yield number
            elif page[head] == _INTERIOR:
                waiting += [(child, depth + 1) for child in _children(page, head)]

    def free(self) -> Iterator[int]:
        """The pages that are free, and those that list them."""
        trunk = int.from_bytes(self._data[_FREE : _FREE + 4], "big")
        seen = set[int]()
        while 0 < trunk <= self._count and trunk not in seen:
            seen.add(trunk)
            page = self.at(trunk)
            count = min(int.from_bytes(page[4:8], "big"), self._size // 4 - 2)
            listed = (int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * count, 4))
            yield from (number for number in listed if 0 < number <= self._count)
            yield trunk
            trunk = int.from_bytes(page[:4], "big")


def _children(page: bytes, head: int) -> Iterator[int]:
    """The pages to which an inner page of a table leads."""
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    yield int.from_bytes(page[head + 8 : head + 12], "big")
    start = head + _INTERIOR_HEAD
    for at in range(start, min(start + 2 * count, len(page) - 1), 2):
        place = int.from_bytes(page[at : at + 2], "big")
        yield int.from_bytes(page[place : place + 4], "big")


def tables_in(page: bytes, codec: str) -> Iterator[Table]:
    """The tables that the first page of a database names, by the statements that made them."""
    for row in of_page(page, codec, HEAD):
        if len(row) == 5 and row[0] == "table" and row[3].isdecimal():  # noqa: PLR2004 - schema
            columns = columns_of(row[4])
            if columns:
                yield Table(int(row[3]), columns)


def columns_of(statement: str) -> tuple[str, ...]:
    """The names of columns in a statement that makes a table; () if it cannot be read simply."""
    _, mark, inside = statement.partition("(")
    names: list[str] = []
    depth, start = 0, 0
    for at, letter in enumerate(inside):
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or (letter == "," and not depth):
            names.append(_name(inside[start:at]))
            start = at + 1
        if depth < 0:
            break
    kept = [name for name in names if name.upper() not in _CONSTRAINTS]
    return tuple(kept[:_WIDEST]) if mark and all(kept) else ()


_CONSTRAINTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})
_QUOTES = {'"': '"', "`": "`", "[": "]", "'": "'"}


def _name(definition: str) -> str:
    text = definition.strip()
    end = _QUOTES.get(text[:1])
    if end:
        return text[1:].partition(end)[0]
    return text.split(None, 1)[0] if text else ""
