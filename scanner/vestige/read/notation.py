"""Notation: JSON to fields. What is no well-formed JSON, or was cut off, is read pair by pair."""

import json
import re
from collections.abc import Iterator

from vestige.read.fields import Field
from vestige.read.labels import NAMING, WITHIN, folded, label_of

DEEPEST_VALUE = 100
"""Values within values; what lies deeper has no label, and is read pair by pair."""

_PAIR = re.compile(
    r'"([^"\\\n]{1,64})"\s{0,32}:\s{0,32}\[?\s{0,32}(?:"((?:[^"\\]|\\.)*)|(-?\d[\d.]{0,30}))',
    re.DOTALL,
)


class _Object(list[tuple[str, object]]):
    """An object as its pairs, so that a key that stands twice is read twice."""


def of_json(text: str) -> Iterator[Field]:
    """The strings and numbers of JSON in order, each with its label where one is known."""
    try:
        value = json.loads(text.strip("\0 \t\r\n\ufeff"), object_pairs_hook=_Object)
        found = list(_walked(value, "", 0, 0))
    except (ValueError, RecursionError):
        found = list(_pairs(text))
    yield from found


def _walked(value: object, key: str, tag: int, depth: int) -> Iterator[Field]:
    """The fields in a value that stands behind a key with a label."""
    if depth > DEEPEST_VALUE:
        raise RecursionError
    if isinstance(value, _Object):
        yield from _of_object(value, key, tag, depth)
    elif isinstance(value, list):
        for one in value:
            yield from _walked(one, key, tag, depth + 1)
    elif isinstance(value, str):
        yield Field(tag, value)
    elif isinstance(value, int | float) and not isinstance(value, bool) and tag:
        yield Field(tag, str(value))


def _of_object(pairs: _Object, above: str, tag: int, depth: int) -> Iterator[Field]:
    named = 0
    for key, value in pairs:
        if isinstance(value, str) and folded(key) in NAMING:
            named = named or label_of(value)
    for key, value in pairs:
        own = label_of(key, above)
        if not own and folded(key) in WITHIN:
            own = named or tag
        if isinstance(value, str) and label_of(value):
            own = 0
        yield from _walked(value, key, own, depth + 1)


def _pairs(text: str) -> Iterator[Field]:
    for found in _PAIR.finditer(text):
        yield Field(label_of(found[1]), _unescaped(found[2] or found[3] or ""))


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
