"""Texts: what kind of text a file is, by what it holds, and how that kind is read."""

import re
from collections.abc import Iterator
from itertools import chain

from vestige.read.beside import marked_up, paired, plain, repeated, separated, structured
from vestige.read.beside.encodings import is_text, stretches
from vestige.read.beside.parts import Bounds, Part, Readable

__all__ = ["is_text", "read"]

MOST = 32 << 20
"""Bytes of a file that is read as one value, as JSON and XML are; longer ones are read as lines."""

_HEAD = 16 << 10
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[\]{\"\d-])")
_MARKUP = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z][\w:.-]*[\s/>])", re.IGNORECASE)


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """What stands in a text, by its kind; one that is longer than its kind is read as, as lines."""
    found = stretches(readable)
    first = next(found, "").removeprefix("\ufeff")
    head = first if len(first) <= _HEAD else first[: first.rfind("\n", 0, _HEAD) + 1 or _HEAD]
    kept: list[str] = []
    whole = _keeping(chain((first,), found), kept)
    if readable.size <= MOST and _JSON.match(head):
        yield from structured.read_json("".join(whole))
    elif readable.size <= MOST and _MARKUP.match(head):
        text = "".join(whole)
        yield from marked_up.read(text)
        yield from repeated.listed(text)
    elif readable.size <= structured.MOST_YAML and structured.is_yaml(head):
        yield from structured.read_yaml("".join(whole))
        yield from paired.in_script("".join(kept))
    elif (dialect := separated.dialect(head)) is not None:
        yield from separated.read(whole, dialect)
        yield from paired.in_script("".join(kept), commas=dialect.delimiter == ",")
    else:
        yield from plain.lines_of(whole)
        yield from paired.listed("".join(kept))


def _keeping(stretches: Iterator[str], kept: list[str]) -> Iterator[str]:
    """The stretches of a text; the first of them are kept, as pairs of texts are sought in them."""
    left = paired.MOST
    for stretch in stretches:
        if left > 0:
            kept.append(stretch)
            left -= len(stretch)
        yield stretch
