"""Framed: tables of pandas in what a pickle is built of, put together again without any of it.

A frame is pickled as blocks, each with the places of its columns, and the axes with their names
(pandas, BlockManager.__reduce__); texts of pandas 3 lie in the buffers of an array of Arrow:
offsets, and behind them all letters in one (Arrow columnar format, variable-size binary layout).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

_NODES = 200_000
_WIDTHS = (4, 8)
"""Bytes of an offset."""

_BLOCK, _ARRAY, _BUFFERS, _STATE = 3, 5, 3, 5
_AXES = 2
ROWS, COLUMNS = 20_000, 512


def frames(value: object) -> Iterator[list[list[str]]]:
    """The rows of each table in a value, the names of its columns first."""
    for one in _nodes(value):
        found = _frame(one)
        if found is not None:
            yield found


def loose(value: object) -> Iterator[list[str]]:
    """The texts of each array of Arrow in a value."""
    for one in _nodes(value):
        texts = _of_arrow(one)
        if texts:
            yield texts


def _nodes(value: object) -> Iterator[object]:
    """A value, and all that it is built of; each once."""
    waiting: list[object] = [value]
    seen: set[int] = set()
    while waiting and len(seen) < _NODES:
        one = waiting.pop()
        if id(one) in seen or not isinstance(one, list | tuple | dict):
            continue
        seen.add(id(one))
        yield one
        waiting += reversed(list(one.values()) if isinstance(one, dict) else one)


def _frame(one: object) -> list[list[str]] | None:
    """The rows of the table of which a value holds blocks and axes; None if it is none."""
    if isinstance(one, dict) and isinstance(one.get("_name"), str):
        texts = next(_texts_in(one.get("_mgr")), [])
        return [[one["_name"]], *([text] for text in texts[:ROWS])] if texts else None
    blocks, axes = _parts(one)
    placed = [found for block in blocks if (found := _block(block)) is not None]
    if not placed or len(placed) < len(blocks):
        return None
    width = min(1 + max(max(places) for _, places in placed), COLUMNS)
    columns: list[list[str]] = [[] for _ in range(width)]
    for values, places in placed:
        for place, texts in zip(places, _texts_in(values), strict=False):
            if place < width:
                columns[place] = texts[:ROWS]
    rows = max(map(len, columns))
    heads = next((texts for texts in _texts_in(axes[0]) if len(texts) == width), [""] * width)
    filled = [column + [""] * (rows - len(column)) for column in columns]
    return [heads, *map(list, zip(*filled, strict=True))] if rows else None


def _parts(one: object) -> tuple[Sequence[object], Sequence[object]]:
    """Blocks and axes of a table; none if a value holds none."""
    if isinstance(one, dict):
        blocks, axes = one.get("blocks"), one.get("axes")
    elif isinstance(one, tuple) and len(one) >= _AXES:
        blocks, axes = one[:_AXES]
    else:
        return (), ()
    if isinstance(blocks, list | tuple) and isinstance(axes, list) and len(axes) == _AXES:
        return blocks, axes
    return (), ()


def _block(one: object) -> tuple[object, Sequence[int]] | None:
    """The values of a block and the places of its columns; None if it is none."""
    if isinstance(one, dict):
        values, where = one.get("values"), one.get("mgr_locs")
    else:
        given = one[0] if isinstance(one, list) and one else None
        if not isinstance(given, tuple) or len(given) != _BLOCK:
            return None
        values, where, _ = given
    places = _places(where)
    return (values, places) if values is not None and places else None


def _places(where: object) -> Sequence[int]:
    """The places that a slice names, or an array of numbers."""
    for one in _nodes(where):
        if isinstance(one, tuple) and len(one) == _BLOCK and all(map(_is_number, one)):
            start, stop, step = (int(str(part)) for part in one)
            return range(start, min(stop, start + step * COLUMNS), step) if step > 0 else ()
        if isinstance(one, tuple) and len(one) == _STATE and isinstance(one[4], bytes):
            raw = one[4][: 8 * COLUMNS]
            return [int.from_bytes(raw[at : at + 8], "little") for at in range(0, len(raw), 8)]
    return ()


def _is_number(one: object) -> bool:
    return isinstance(one, str) and one.isdecimal() and len(one) < 10  # noqa: PLR2004 - of a place


def _texts_in(value: object) -> Iterator[list[str]]:
    """The lists of texts in a value: rows of an array of objects, or arrays of Arrow."""
    for one in _nodes(value):
        if (texts := _of_arrow(one)) is not None:
            yield texts
        elif isinstance(one, tuple) and len(one) == _STATE and isinstance(one[4], list):
            yield from _of_objects(one[1], one[4])


def _of_objects(shape: object, cells: list[object]) -> Iterator[list[str]]:
    """The rows of an array of objects; what is no text, as a missing one, is left empty."""
    if not isinstance(shape, tuple) or not all(map(_is_number, shape)) or not shape:
        return
    width = int(shape[-1])
    texts = [one if isinstance(one, str) else "" for one in cells]
    for at in range(0, len(texts), width or len(texts) or 1):
        yield texts[at : at + width]


def _of_arrow(one: object) -> list[str] | None:
    """The texts of an array of Arrow; None if a value is none, or one of something else."""
    if not isinstance(one, tuple) or len(one) < _ARRAY or not isinstance(one[4], list):
        return None
    count, start = one[1], one[3]
    if not (_is_number(count) and _is_number(start)) or len(one[4]) != _BUFFERS:
        return None
    offsets, letters = _bytes_in(one[4][1]), _bytes_in(one[4][2])
    rows, first = int(str(count)), int(str(start))
    for width in _WIDTHS if offsets else ():
        # Buffers are filled up to whole words.
        needed = offsets[width * first : width * (first + rows + 1)]
        if len(needed) < width * (rows + 1):
            continue
        ends = [
            int.from_bytes(needed[at : at + width], "little") for at in range(0, len(needed), width)
        ]
        if ends == sorted(ends) and ends[-1] <= len(letters) and (not letters or ends[-1]):
            return [letters[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    return None


def _bytes_in(value: object) -> bytes:
    """The bytes that a value is built of; those before protocol 3 are written as Latin-1."""
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    for one in _nodes(value):
        if not isinstance(one, list | tuple):
            continue
        for each in one:
            if isinstance(each, bytes | bytearray):
                return bytes(each)
            if isinstance(each, str) and one[-1] == "latin1" and each != "latin1":
                return each.encode("latin-1", "replace")
    return b""
