"""Gathered: the tables in values, as rows: records, columns, and pairs of one text with another.

What programs keep in JSON, YAML and pickles is a table too, where its parts are alike: a list of
records, columns of one length, or what maps one text to another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeGuard

from vestige.columns import Role, role
from vestige.digits import has_digit
from vestige.read.beside.keys import AUTHORS
from vestige.read.beside.parts import Listed
from vestige.read.dictionary import tag_of_keyword
from vestige.read.labels import folded

ROWS, COLUMNS = 20_000, 64
_NODES = 200_000
_DEEPEST = 40
_LONGEST = 256
_FEWEST = 2
_MOST = 0.8
_HALF = 0.5
_LOOKED_AT = 24
_FEWEST_LOOSE = 3

Rows = list[list[str]]
_PERSONAL = frozenset(Role) - {Role.OTHER, Role.LABEL, Role.CODE}

_OF_IMAGES, _SEVERAL = frozenset({0x0008, 0x0018, 0x0020, 0x0028}), 3
"""Groups of the attributes of series and images, of which a converter's side-car tells several."""


_CONTAINERS, _SCALARS = (list, tuple, dict), (str, int)


class Pairs(list[tuple[str, object]]):
    """An object as its pairs, so that a key that stands twice is read twice."""


def listed(value: object) -> Iterator[Listed]:
    """The tables in a value of strings, numbers as strings, lists, mappings and their pairs."""
    return (Listed(rows) for rows in tables(value) if len(rows) >= _FEWEST)


def tables(value: object) -> Iterator[Rows]:
    """The rows of each table in a value, headings first; those of a column that has none are ""."""
    work: list[tuple[object, int]] = [(value, 0)]
    seen: set[int] = set()
    left = _NODES
    while work and left > 0:
        one, depth = work.pop()
        left -= 1
        if depth > _DEEPEST or id(one) in seen:
            continue
        found = pairs(one)
        inner: Iterable[object] = ()
        if found is not None:
            seen.add(id(one))
            yield from _of_mapping(found)
            inner = found.values()
        elif isinstance(one, list | tuple):
            seen.add(id(one))
            yield from _of_list(one)
            inner = one
        work += [(each, depth + 1) for each in inner if isinstance(each, _CONTAINERS)]


def pairs(value: object) -> dict[str, object] | None:
    """A mapping, or a list of pairs that is one; None if a value is none."""
    if isinstance(value, Pairs):
        return dict(value[:ROWS]) if value else None
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if isinstance(key, str)}
    if isinstance(value, list) and value:
        if isinstance(value[-1], dict) and not any(value[:-1]):
            return pairs(value[-1])  # What an object is built of: its state, and nothing else.
        if all(map(_is_pair, value[:ROWS])):
            return dict(value[:ROWS])
    return None


def _is_pair(one: object) -> bool:
    return isinstance(one, tuple) and len(one) == _FEWEST and isinstance(one[0], str)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value[:_LONGEST].strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _of_mapping(found: Mapping[str, object]) -> Iterator[Rows]:
    texts = {key: _text(one) for key, one in found.items() if isinstance(one, _SCALARS)}
    if len(texts) >= max(_FEWEST, _MOST * len(found)) and _has_codes(texts):
        yield [["", ""], *([key[:_LONGEST], text] for key, text in list(texts.items())[:ROWS])]
    kept = list(texts)[:COLUMNS]
    if any(role(key) in _PERSONAL for key in kept) and not _describes_images(kept):
        yield [kept, [texts[key] for key in kept]]
    inner = [(key, one) for key, one in found.items() if isinstance(one, _CONTAINERS)]
    records = {key: one for key, one in inner if pairs(one) is not None}
    if len(records) >= max(_FEWEST, _HALF * len(found)):
        rows = _records([{"": key, **_flat(one)} for key, one in list(records.items())[:ROWS]])
        yield rows
        if len(rows) <= COLUMNS:
            yield _turned(rows)
    if inner:
        yield from _of_columns(found, inner)


def _describes_images(keys: Iterable[str]) -> bool:
    """Whether a record says of one series what its headers did: that is no table of persons."""
    return sum(tag_of_keyword(key) >> 16 in _OF_IMAGES for key in keys) >= _SEVERAL


def _has_codes(texts: Mapping[str, str]) -> bool:
    """Whether half of the keys, or of the values, hold a digit beside other signs."""
    some = list(texts.items())[:_LOOKED_AT]
    return any(sum(map(has_digit, side)) >= _HALF * len(some) for side in zip(*some, strict=True))


def _of_columns(found: Mapping[str, object], inner: Iterable[tuple[str, object]]) -> Iterator[Rows]:
    """Lists of one length as columns below their keys; rows below the names of their columns."""
    lists = {k: one for k, one in inner if _is_column(one) and folded(k) not in AUTHORS}
    lengths: dict[int, list[str]] = {}
    for key, one in lists.items():
        lengths.setdefault(len(one), []).append(key)
    for length, keys in lengths.items():
        if length >= _FEWEST and len(keys) >= _FEWEST:
            kept = keys[:COLUMNS]
            columns = [[_text(cell) for cell in lists[key][:ROWS]] for key in kept]
            yield [kept, *map(list, zip(*columns, strict=True))]
    heads, data = found.get("columns"), found.get("data")
    if isinstance(heads, list) and _is_column(heads) and isinstance(data, list):
        width = len(heads)
        rows = [[_text(cell) for cell in row] for row in data[:ROWS] if _is_column(row)]
        if rows and all(len(row) == width for row in rows):
            yield [[_text(head) for head in heads], *rows]


def _is_column(value: object) -> TypeGuard[Sequence[object]]:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(one, str | int) for one in value[:_FEWEST])
    )


def _of_list(one: Sequence[object]) -> Iterator[Rows]:
    inner = [each for each in one[:ROWS] if isinstance(each, _CONTAINERS)]
    records = [_flat(each) for each in inner if pairs(each) is not None]
    if records and len(records) >= _HALF * len(one):
        yield _records(records)
    rows = [[_text(cell) for cell in each] for each in inner if _is_row(each)]
    if len(rows) >= max(_FEWEST, _MOST * len(one)) and len({len(row) for row in rows}) == 1:
        yield rows


def _is_row(value: object) -> TypeGuard[Sequence[object]]:
    if not isinstance(value, list | tuple):
        return False
    return _FEWEST <= len(value) <= COLUMNS and all(map(_is_scalar, value))


def _flat(value: object) -> dict[str, str]:
    """The texts of a record, and those of the records in it."""
    found: dict[str, str] = {}
    for key, one in list((pairs(value) or {}).items())[:COLUMNS]:
        inner = pairs(one) if isinstance(one, _CONTAINERS) else None
        if inner is None:
            found[key[:_LONGEST]] = _text(one)
        else:
            for below, each in list(inner.items())[:COLUMNS]:
                found.setdefault(below[:_LONGEST], _text(each))
    return found


def _records(records: Sequence[Mapping[str, str]]) -> Rows:
    keys = list(dict.fromkeys(key for record in records for key in record))[:COLUMNS]
    return [keys, *([record.get(key, "") for key in keys] for record in records)]


def _turned(rows: Rows) -> Rows:
    """A table whose columns are the rows of another, headed by what stands first in each."""
    heads, *cells = map(list, zip(*([key, *rest] for key, *rest in rows), strict=True))
    return [["", *heads[1:]], *([row[0], *row[1:]] for row in cells)]


def loose(value: object) -> Iterator[Rows]:
    """Lists of one length that lie apart in a value, as columns, with the list that names them."""
    lists = list(_lists(value))
    by_length: dict[int, list[list[str]]] = {}
    for one in lists:
        by_length.setdefault(len(one), []).append(one)
    for length, columns in by_length.items():
        if length >= _FEWEST_LOOSE and _FEWEST <= len(columns) <= COLUMNS:
            heads = next((one for one in by_length.get(len(columns), ()) if one not in columns), [])
            named = heads if len(heads) == len(columns) else [""] * len(columns)
            yield [named, *map(list, zip(*columns, strict=True))]


def _lists(value: object) -> Iterator[list[str]]:
    work, seen, left = [value], set[int](), _NODES
    while work and left > 0:
        one = work.pop()
        left -= 1
        if id(one) in seen or not isinstance(one, list | tuple | dict):
            continue
        seen.add(id(one))
        inner = list(one.values()) if isinstance(one, dict) else list(one)
        if (shaped := _shaped(inner)) is not None:
            yield from shaped
        elif len(inner) >= _FEWEST and all(isinstance(each, str) for each in inner):
            yield [_text(each) for each in inner[:ROWS]]
        else:
            work += reversed(inner)


_OF_AN_ARRAY = 5


def _shaped(state: list[object]) -> Iterator[list[str]] | None:
    """The rows of the state of an array of texts in two dimensions; None if it is none."""
    if len(state) != _OF_AN_ARRAY or not isinstance(state[4], list):
        return None
    shape, cells = state[1], state[4]
    if not (isinstance(shape, tuple) and len(shape) == _FEWEST and all(map(_is_digits, shape))):
        return None
    rows, width = int(str(shape[0])), int(str(shape[1]))
    if rows * width != len(cells) or not cells or not all(isinstance(one, str) for one in cells):
        return None
    texts = [_text(one) for one in cells]
    return (texts[at * width : (at + 1) * width] for at in range(rows))


def _is_digits(one: object) -> bool:
    return isinstance(one, str) and one.isdecimal()
