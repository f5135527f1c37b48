"""JSON as a file: one value, or one in each line; what is none after all is read as lines."""

import re
from collections.abc import Iterator

from vestige.read.beside import gathered, plain
from vestige.read.beside.flat import flat
from vestige.read.beside.parts import Part, Several
from vestige.read.beside.structured import loaded, told


def read_json(text: str) -> Iterator[Part]:
    """What a text of JSON tells."""
    found = flat(text.rstrip())
    if found is not None:
        yield Several(found.parts)
        if found.may_be_table:
            yield from gathered.listed(loaded(text))
        return
    value = loaded(text)
    if value is None:
        yield from _lines_of_json(text)
        return
    yield from told(value)
    if _holds_texts(text):
        yield from gathered.listed(value)


def _holds_texts(text: str) -> bool:
    """Whether there are so many strings beside the keys that they may be a table."""
    return text.count('"') // 2 > text.count('":')


_PAIRED = re.compile(r"[,{}\n]")


def _lines_of_json(text: str) -> Iterator[Part]:
    """Lines that are each a value (NDJSON), or, of what is no JSON, the text."""
    lines = [line for line in text.split("\n") if line.strip()]
    values = [loaded(line) for line in lines] if len(lines) > 1 else []
    if values and sum(one is not None for one in values) > len(values) // 2:
        for line, value in zip(lines, values, strict=True):
            yield from plain.parts_of(line) if value is None else told(value)
        yield from gathered.listed([value for value in values if value is not None])
        return
    yield from plain.parts_of(text)
    yield from plain.values_of(_PAIRED.split(text))
