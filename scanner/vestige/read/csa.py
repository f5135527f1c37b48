"""CSA: the headers that Siemens scanners leave in private elements, and the protocols in them."""

import re
from collections.abc import Iterator
from itertools import islice
from struct import Struct

from vestige.read.fields import Field, of_lines
from vestige.read.labels import fitted, label_of

MOST_ELEMENTS = 512
"""Elements of one header; the longest known have about a hundred."""

MOST_ITEMS = 1024
"""Items of one element, most of which are empty."""

_NEW = b"SV10"
_FIRST = 77
"""What stands behind the number of elements."""

_ELEMENT = Struct("<64si4siii")
_ITEM = Struct("<4i")
_COUNT = Struct("<II")
_PROTOCOLS = frozenset({"MrPhoenixProtocol", "MrProtocol", "MrEvaProtocol"})

_BEGIN, _END = "### ASCCONV BEGIN", "### ASCCONV END ###"
_PARAMETER = re.compile(
    r"""<Param[A-Z][A-Za-z]{1,20}\."{1,4}([^"<>{}]{1,64})"{1,4}>\s*+\{\s*+
        (?:<[A-Z][A-Za-z]{1,20}>\s*+(?:"[^"]{0,256}"|[^\s<>{}"]{1,64})\s*+){0,8}
        (?:"{1,4}([^"}]{0,256})"|(-?\d[\d.]{0,30}))""",
    re.VERBOSE,
)
"""A parameter of an XProtocol with its first value."""


def is_csa(head: bytes) -> bool:
    """Whether bytes begin as a header of either form does."""
    if head.startswith(_NEW):
        return True
    if len(head) < _COUNT.size:
        return False
    count = int.from_bytes(head[:4], "little")
    return 0 < count <= MOST_ELEMENTS and int.from_bytes(head[4:8], "little") == _FIRST


def of_csa(data: bytes) -> Iterator[tuple[str, Field]]:
    """The labelled values of a header, each with "" or the name of the protocol it stands in."""
    for name, value in _values(data):
        if name in _PROTOCOLS:
            for field in of_protocol(value):
                yield name, field
        elif tag := label_of(name):
            text = fitted(tag, value)
            if text:
                yield "", Field(tag, text)


def of_protocol(text: str) -> Iterator[Field]:
    """The labelled values of a protocol: of its XProtocol, and of its ASCCONV block."""
    for found in _PARAMETER.finditer(text):
        tag = label_of(found[1])
        value = fitted(tag, found[2] or found[3] or "") if tag else ""
        if value:
            yield Field(tag, value)
    start = text.find(_BEGIN)
    if start >= 0:
        end = text.find(_END, start)
        yield from of_lines(text[start : end if end >= 0 else len(text)])


def _values(data: bytes) -> Iterator[tuple[str, str]]:
    """The name of each element with each of its values, as far as the bytes make sense."""
    new = data.startswith(_NEW)
    at = 8 if new else 0
    if len(data) < at + _COUNT.size:
        return
    count = min(_COUNT.unpack_from(data, at)[0], MOST_ELEMENTS)
    at += _COUNT.size
    base = -1
    for _ in range(count):
        if at + _ELEMENT.size > len(data):
            return
        raw, _, _, _, items, _ = _ELEMENT.unpack_from(data, at)
        at += _ELEMENT.size
        if not 0 <= items <= MOST_ITEMS:
            return
        # In the older form lengths are told with the number of the first element's items added.
        base = items if base < 0 else base
        name = _text(raw)
        for start, end in islice(_items(data, at, (1, 0) if new else (0, base)), items):
            at = end + -end % 4
            if end > start:
                yield name, _text(data[start:end])


def _items(data: bytes, at: int, length: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Where each item begins and ends; `length` says which figure tells it, and what is too much.

    Items begin at multiples of four bytes.
    """
    field, excess = length
    while at + _ITEM.size <= len(data):
        size = _ITEM.unpack_from(data, at)[field] - excess
        at += _ITEM.size
        if size < 0 or at + size > len(data):
            return
        yield at, at + size
        at += size + -size % 4


def _text(raw: bytes) -> str:
    raw = raw.split(b"\0", 1)[0]
    try:
        return raw.decode("utf_8").strip()
    except UnicodeDecodeError:
        return raw.decode("latin_1").strip()
