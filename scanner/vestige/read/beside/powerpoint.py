"""PowerPoint 97 to 2003 (MS-PPT): the texts of slides, notes and comments, and the last user."""

import struct
from collections.abc import Iterator

from vestige.read.beside import writing
from vestige.read.beside.parts import Lost, Part
from vestige.read.beside.properties import told

_HEAD = struct.Struct("<HHI")
_CONTAINER = 0xF
_WIDE, _BYTES, _STRING = 4000, 4008, 4026
_CLOSED = 0xF3D1C4DF


def of_document(data: bytes) -> Iterator[Part]:
    """The texts of a presentation, in the order in which they stand."""
    yield from writing.told("presentation", _texts(data))


def _texts(data: bytes) -> Iterator[str]:
    at = 0
    while at + _HEAD.size <= len(data):
        version, kind, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if version & _CONTAINER == _CONTAINER:
            continue
        if kind in {_WIDE, _STRING}:
            text = data[at : at + size].decode("utf_16_le", "replace")
            yield from text.replace("\x0b", "\r").split("\r")
        elif kind == _BYTES:
            text = data[at : at + size].decode("latin_1")
            yield from text.replace("\x0b", "\r").split("\r")
        at += size


def of_user(data: bytes) -> Iterator[Part]:
    """Who used the presentation last (section 2.3.2); struct.error if it breaks off."""
    token, _, length = struct.unpack_from("<IIH", data, 12)
    if token == _CLOSED:
        yield Lost("protected")
    name = data[28 : 28 + length].decode("cp1252", "replace")
    wide = data[32 + length : 32 + 3 * length].decode("utf_16_le", "replace")
    yield from told("document property", "lastauthor", dict.fromkeys((name, wide)))
