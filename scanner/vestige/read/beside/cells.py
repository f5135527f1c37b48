"""Cells of columns of Arrow: the texts, days and whole numbers in them, however they are nested.

Each distinct value of a column is told once; a dictionary is told with what no cell asks for any
more, for it stands in the file.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from vestige.read.beside import keys
from vestige.read.beside.parts import Held, Inner
from vestige.read.beside.rows import MOST_LISTED_COLUMNS
from vestige.read.carve import pieces

if TYPE_CHECKING:
    import pyarrow as pa

FILES = 1_000
"""Values of bytes of one table that are looked at as files."""

_DEEPEST = 16
_FEWEST_DIGITS = 7
"""Digits of a number at least that is told where no heading says that it is somebody's."""

_NARROW = 16
"""Bits of whole numbers that have fewer."""

_LONGEST_BYTES = 1 << 20


class Leaf(NamedTuple):
    """Distinct values that are no more nested, and the tag of the attribute that they are of."""

    tag: int
    values: tuple[object, ...]

    def texts(self) -> dict[str, None]:
        """Those that are texts, or can be written as such."""
        texts = filter(None, map(self._written, self.values))
        return dict.fromkeys(piece for text in texts for piece in pieces(text))

    def _written(self, one: object) -> str:
        if isinstance(one, bytes):
            return _decoded(one) or ""
        text = str(one)
        told = self.tag or isinstance(one, str) or len(text) >= _FEWEST_DIGITS
        return text if told else ""

    def files(self, most: int) -> list[Inner]:
        """Those that are bytes, and so many of them at most."""
        held = [one for one in self.values if isinstance(one, bytes) and _decoded(one) is None]
        return [Inner(b"value", Held(one), surely=False) for one in held[:most]]


def _decoded(raw: bytes) -> str | None:
    """Bytes as a text; None if they are none."""
    if len(raw) > _LONGEST_BYTES or b"\0" in raw:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def may_tell(kind: "pa.DataType", tag: int) -> bool:
    """Whether values of a type may tell of somebody, below a heading that announces an attribute.

    Fractions are measured, and told only where a heading says that they are numbers of persons: as
    such programs keep whole numbers of which some are missing.
    """
    from pyarrow import types  # noqa: PLC0415 - an extra, and heavy

    if types.is_floating(kind) or (types.is_integer(kind) and kind.bit_width <= _NARROW):
        return bool(tag)
    if types.is_boolean(kind) or types.is_null(kind) or types.is_time(kind):
        return False
    if types.is_nested(kind) and not types.is_map(kind):
        inner = [kind.field(number).type for number in range(kind.num_fields)]
        return any(may_tell(one, tag) for one in inner)
    return True


def leaves(name: str, tag: int, column: "pa.Array", depth: int = 0) -> Iterator[Leaf]:
    """The values of a column, those of nested ones by the names of their fields."""
    from pyarrow import types  # noqa: PLC0415 - as above

    kind = column.type
    if depth > _DEEPEST or not may_tell(kind, tag):
        return
    if types.is_struct(kind) or types.is_union(kind):
        for number in range(kind.num_fields):
            below = kind.field(number).name
            own = keys.tag_of(below, name) or (tag if keys.inherits(below) else 0)
            yield from leaves(below, own, column.field(number), depth + 1)
        return
    inner = _inside(column)
    if inner:
        for one in inner:
            yield from leaves(name, tag, one, depth + 1)
        return
    yield Leaf(tag, tuple(one for one in _plain(column.unique()) if one is not None))


def _inside(column: "pa.Array") -> tuple[Any, ...]:
    """The columns of which a column is made that are values of one field; () if it is plain."""
    from pyarrow import types  # noqa: PLC0415 - as above

    kind = column.type
    if types.is_dictionary(kind):
        return (column.dictionary,)
    if types.is_map(kind):
        return (column.keys, column.items)
    if types.is_nested(kind):
        return (column.flatten(),)
    if types.is_run_end_encoded(kind):
        return (column.values,)
    return (column.storage,) if hasattr(column, "storage") else ()


def _plain(column: "pa.Array") -> list[Any]:
    """Values of a plain type: texts, bytes, or whole numbers and days as texts are written."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    from pyarrow import types  # noqa: PLC0415 - as above

    kind = column.type
    if _is_text(kind):
        raw = column.cast(pa.large_string()).cast(pa.large_binary()).to_pylist()
        return [one if one is None else one.decode("utf-8", "replace") for one in raw]
    if types.is_timestamp(kind):
        column = column.cast(pa.date32(), safe=False)
    if types.is_timestamp(kind) or types.is_date(kind):
        return list(column.cast(pa.string()).to_pylist())
    if types.is_integer(kind):
        return list(column.to_pylist())
    if types.is_floating(kind):
        return [None if one is None or one != one // 1 else int(one) for one in column.to_pylist()]
    return [one if isinstance(one, bytes | None) else str(one) for one in column.to_pylist()]


def _is_text(kind: "pa.DataType") -> bool:
    from pyarrow import types  # noqa: PLC0415 - as above

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def rows_of(batch: "pa.RecordBatch") -> list[list[str]]:
    """The rows of a batch as texts; what is nested, or bytes, is left empty."""
    columns = [_written(column) for column in batch.columns[:MOST_LISTED_COLUMNS]]
    return [list(row) for row in zip(*columns, strict=True)]


def _written(column: "pa.Array") -> list[str]:
    from pyarrow import types  # noqa: PLC0415 - as above

    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if types.is_nested(column.type) or _inside(column):
        return [""] * len(column)
    return ["" if one is None or isinstance(one, bytes) else str(one) for one in _plain(column)]
