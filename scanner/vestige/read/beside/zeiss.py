"""Zeiss CZI: the metadata of a slide or a micrograph, and whether a picture of its label is there.

Segments as of "ZISRAW (CZI) File Format", version 1.2: each has a head of 32 bytes; that of the
file tells where the metadata (XML) and the directory of attachments stand.
"""

from collections.abc import Iterator

from vestige.read.beside.keyed import text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable
from vestige.read.beside.slides import SHOWS

SIGN = b"ZISRAWFILE\0"

_HEAD, _FIXED, _ENTRY = 32, 256, 128
_METADATA, _ATTACHMENTS = slice(92, 100), slice(104, 112)
_NAME = slice(48, 128)
_MOST_TEXT, _MOST_ENTRIES = 16 << 20, 1_024
_SHOWN = {"label": "label", "slidepreview": "overview", "prescan": "overview"}
"""Attachments that show the slide itself, by their names."""


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The metadata, the names of attachments, and those that show the slide."""
    head = readable.read(0, 512)
    at = int.from_bytes(head[_METADATA], "little")
    length = int.from_bytes(readable.read(at + _HEAD, 4), "little")
    if not 0 < at < readable.size:
        yield Lost("damaged")
    elif length:
        text = text_of(readable.read(at + _HEAD + _FIXED, min(length, _MOST_TEXT)))
        yield told("CZI metadata", 0, text)
        if length > _MOST_TEXT:
            yield Lost("text-budget")
    names = _attachments(readable, int.from_bytes(head[_ATTACHMENTS], "little"))
    yield told("CZI attachment", 0, *names)
    for shown in dict.fromkeys(_SHOWN.get(name.lower(), "") for name in names):
        if shown:
            yield told("slide image", 0, SHOWS.format(kind=shown))


def _attachments(readable: Readable, at: int) -> tuple[str, ...]:
    """The names in the directory of attachments."""
    if not 0 < at < readable.size:
        return ()
    count = int.from_bytes(readable.read(at + _HEAD, 4), "little")
    data = readable.read(at + _HEAD + _FIXED, min(count, _MOST_ENTRIES) * _ENTRY)
    entries = (data[start : start + _ENTRY] for start in range(0, len(data), _ENTRY))
    return tuple(name for one in entries if (name := text_of(one[_NAME])))
