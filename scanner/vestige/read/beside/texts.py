"""Texts: what kind of text a file is, by what it holds, and how that kind is read."""

import re
from collections.abc import Iterator
from itertools import chain

from vestige.read.beside import (
    aligned,
    in_json,
    in_yaml,
    large,
    marked_up,
    named_lists,
    paired,
    plain,
    repeated,
    separated,
    sql,
)
from vestige.read.beside.encodings import is_text, stretches
from vestige.read.beside.parts import Bounds, Part, Readable

__all__ = ["is_text", "read"]

MOST = 32 << 20
"""Bytes of a file that is held as one value, as JSON and XML are; longer ones are read in parts."""

_HEAD = 16 << 10
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[\]{\"\d-])")
_MARKUP = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z][\w:.-]*[\s/>])", re.IGNORECASE)


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """What stands in a text, by its kind; one that is too long to be held, record by record."""
    found = stretches(readable)
    first = next(found, "").removeprefix("\ufeff")
    head = first if len(first) <= _HEAD else first[: first.rfind("\n", 0, _HEAD) + 1 or _HEAD]
    whole = chain((first,), found)
    if _JSON.match(head):
        yield from _of_json(readable, whole)
    elif _MARKUP.match(head):
        yield from _of_markup(readable, whole)
    else:
        yield from _of_lines(readable, head, whole)


def _of_json(readable: Readable, whole: Iterator[str]) -> Iterator[Part]:
    if readable.size > MOST:
        return large.of_json(whole)
    return in_json.read_json("".join(whole))


def _of_markup(readable: Readable, whole: Iterator[str]) -> Iterator[Part]:
    if readable.size > MOST:
        return marked_up.read_in_parts(whole)
    text = "".join(whole)
    return chain(marked_up.read(text), repeated.listed(text))


def _of_lines(readable: Readable, head: str, whole: Iterator[str]) -> Iterator[Part]:
    """What stands in a text of lines, and the tables that stand in lines of none."""
    kept: list[str] = []
    whole = _keeping(whole, kept)
    if in_yaml.is_yaml(head):
        yield from _of_yaml(readable, whole)
        yield from paired.in_script("".join(kept))
    elif readable.size <= MOST and sql.looks(head):
        yield from sql.read("".join(whole))
        yield from paired.in_script("".join(kept))
    elif (dialect := separated.dialect(head)) is not None:
        yield from separated.read(whole, dialect)
        yield from paired.in_script("".join(kept), commas=dialect.delimiter == ",")
    else:
        yield from plain.lines_of(whole)
        yield from paired.listed("".join(kept))
        yield from aligned.told("".join(kept))
    yield from named_lists.told("".join(kept))


def _of_yaml(readable: Readable, whole: Iterator[str]) -> Iterator[Part]:
    if readable.size > in_yaml.MOST:
        return in_yaml.read_in_parts(whole)
    return in_yaml.read_yaml("".join(whole))


def _keeping(stretches: Iterator[str], kept: list[str]) -> Iterator[str]:
    """The stretches of a text; the first of them are kept, as pairs of texts are sought in them."""
    left = paired.MOST
    for stretch in stretches:
        if left > 0:
            kept.append(stretch)
            left -= len(stretch)
        yield stretch
