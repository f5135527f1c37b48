"""Tables that are packed column by column: Parquet, Arrow (file, stream, Feather) and ORC.

Read by pyarrow where the extra `tables` is installed, batch by batch, in one thread; without it
texts are searched for among the bytes. Columns are told as those of any table, by their names;
what a program keeps beside them (pandas' description of its frame, metadata of fields) as well.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vestige.read.beside import cells, in_json, rows, scattered
from vestige.read.beside.keyed import of_pairs, text_of
from vestige.read.beside.parts import (
    WHOLE,
    Bounds,
    Listed,
    Lost,
    Part,
    Readable,
    Told,
    as_file,
    beside,
)

if TYPE_CHECKING:
    import pyarrow as pa

PARQUET, ENCRYPTED = b"PAR1", b"PARE"
ARROW, FEATHER, ORC = b"ARROW1\0\0", b"FEA1", b"ORC"

EXTRA = "tables"
_ROWS = 16_384
"""Rows of Parquet that are unpacked at once."""

_COLUMNS = 4_096
_LONGEST_META = 4 << 20
_BROKEN = (
    *(OSError, RuntimeError, ValueError, KeyError, TypeError, OverflowError, IndexError),
    *(UnicodeError, AttributeError, NotImplementedError, SystemError),
)
"""What pyarrow says of damaged files."""

_CONTINUED = b"\xff\xff\xff\xff"
_SCHEMA = 1
_OF_ARROW = frozenset({b"ARROW:schema"})


def read_parquet(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of a Parquet file, and what is kept beside them."""
    return _read("Parquet", readable, bounds)


def read_arrow(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of a file of Arrow, which is Feather too."""
    return _read("Arrow", readable, bounds)


def read_stream(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of a stream of Arrow."""
    return _read("Arrow stream", readable, bounds)


def read_feather(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of a file of the first version of Feather."""
    return _read("Feather", readable, bounds)


def read_orc(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The columns of an ORC file."""
    return _read("ORC", readable, bounds)


def closed(_readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """Nothing: a Parquet file of which even the names of columns are encrypted."""
    yield Lost("protected")


def is_stream(readable: Readable) -> bool:
    """Whether a file begins with the schema of a stream of Arrow: a length, and a Message."""
    first = readable.first[:512]
    if not first.startswith(_CONTINUED) or len(first) < 32:  # noqa: PLR2004 - head and tables
        return False
    length, root = (int.from_bytes(first[at : at + 4], "little") for at in (4, 8))
    table = 8 + root
    fields = table - int.from_bytes(first[table : table + 4], "little", signed=True)
    if length % 8 or not 0 < length < readable.size or not 0 < fields <= len(first) - 8:
        return False
    kind = table + int.from_bytes(first[fields + 6 : fields + 8], "little")
    return table < kind < len(first) and first[kind] == _SCHEMA


def _read(kind: str, readable: Readable, bounds: Bounds) -> Iterator[Part]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        yield from scattered.read(readable)
        yield Lost("not-installed", EXTRA)
        return
    pa.set_memory_pool(pa.system_memory_pool())  # others reserve more than a worker may take
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            schema, batches = _OPENED[kind](as_file(readable), readable)
            yield from _of_schema(kind, schema)
            yield from _of_batches(kind, schema, batches, bounds)
    except MemoryError:
        yield Lost("text-budget")
    except ImportError:
        yield Lost("form-unread")
    except _BROKEN as error:
        yield Lost("protected" if "crypt" in str(error).lower() else "damaged")


# --- how each is opened: its schema, and its batches with the columns that may hold texts ---------

_Opened = tuple["pa.Schema", Iterator["pa.RecordBatch"]]


def _parquet(file: object, _readable: Readable) -> _Opened:
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    held = pq.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)
    metadata = held.metadata.metadata or {}
    schema = held.schema_arrow.with_metadata({**(held.schema_arrow.metadata or {}), **metadata})
    return schema, held.iter_batches(_ROWS, columns=_wanted(schema), use_threads=False)


def _arrow(file: object, _readable: Readable) -> _Opened:
    import pyarrow as pa  # noqa: PLC0415 - as above

    schema = pa.ipc.open_file(file).schema
    numbers = [schema.names.index(name) for name in _wanted(schema)]
    options = pa.ipc.IpcReadOptions(use_threads=False, included_fields=numbers)
    held = pa.ipc.open_file(file, options=options)
    return schema, (held.get_batch(number) for number in range(held.num_record_batches))


def _stream(file: object, _readable: Readable) -> _Opened:
    import pyarrow as pa  # noqa: PLC0415 - as above

    held = pa.ipc.open_stream(file, options=pa.ipc.IpcReadOptions(use_threads=False))
    return held.schema, iter(held)


def _feather(file: object, readable: Readable) -> _Opened:
    import pyarrow.feather  # noqa: PLC0415 - as above

    if readable.size > WHOLE:
        raise MemoryError
    table = pyarrow.feather.read_table(file, use_threads=False, memory_map=False)
    return table.schema, iter(table.to_batches(_ROWS))


def _orc(file: object, _readable: Readable) -> _Opened:
    import pyarrow.orc  # noqa: PLC0415 - as above

    held = pyarrow.orc.ORCFile(file)
    schema = held.schema.with_metadata(dict(held.metadata or {}))
    wanted = _wanted(schema)
    return schema, (held.read_stripe(number, columns=wanted) for number in range(held.nstripes))


_OPENED = {
    "Parquet": _parquet,
    "Arrow": _arrow,
    "Arrow stream": _stream,
    "Feather": _feather,
    "ORC": _orc,
}


def _wanted(schema: "pa.Schema") -> list[str]:
    """The columns that may hold texts, days or numbers of persons."""
    numbered = rows.tags_of(rows.row_of(schema.names))
    return [
        one.name
        for number, one in enumerate(schema)
        if schema.names.count(one.name) == 1 and cells.may_tell(one.type, numbered.get(number, 0))
    ]


# --- what is told --------------------------------------------------------------------------------


def _of_schema(kind: str, schema: "pa.Schema") -> Iterator[Part]:
    """The names of columns, and what is kept beside them as keys with values."""
    yield Told(beside(f"{kind} column name"), [name for name in schema.names if name])
    if len(set(schema.names)) < len(schema.names):
        yield Lost("form-unread")
    yield from _of_metadata(kind, schema.metadata or {})
    for field in list(schema)[:_COLUMNS]:
        yield from _of_metadata(kind, field.metadata or {})


def _of_metadata(kind: str, found: Mapping[bytes, bytes]) -> Iterator[Part]:
    plain: list[tuple[str, str]] = []
    for key, raw in found.items():
        if key in _OF_ARROW or key.startswith(b"PARQUET:"):
            continue
        text = raw[:_LONGEST_META].decode("utf-8", "replace")
        if len(raw) > _LONGEST_META:
            yield Lost("text-budget")
        if text.lstrip()[:1] in {"{", "["}:
            yield from in_json.read_json(text)
        else:
            plain.append((text_of(key), text))
    yield from of_pairs(f"{kind} metadata", plain)


def _of_batches(
    kind: str, schema: "pa.Schema", batches: Iterator[Any], bounds: Bounds
) -> Iterator[Part]:
    """The columns of batches, one after the other; the first rows of all of them as a table."""
    tags = rows.tags_of(rows.row_of(schema.names))
    numbers = {name: number for number, name in enumerate(schema.names)}
    kept: list[list[str]] = []
    names: Sequence[str] = ()
    files = cells.FILES
    for batch in batches:
        names = batch.schema.names
        if not bounds.take(batch.nbytes):
            yield Lost("text-budget")
            break
        for name, column in zip(names, batch.columns, strict=True):
            for leaf in cells.leaves(name, tags.get(numbers[name], 0), column):
                yield from rows.of_column(kind, leaf.tag, numbers[name], leaf.texts())
                inside = leaf.files(files)
                files -= len(inside)
                yield from inside
        if len(kept) < rows.MOST_LISTED:
            kept += cells.rows_of(batch.slice(0, rows.MOST_LISTED - len(kept)))
    if kept:
        yield Listed([list(names[: rows.MOST_LISTED_COLUMNS]), *kept])
