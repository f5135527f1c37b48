"""MATLAB: the texts of MAT-files of version 5 to 7: characters, names of variables and of fields.

Elements as of "MAT-File Format" (MathWorks), chapter 1; version 7.3 is HDF5. Numbers are not text.
"""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from vestige.read.beside.keyed import of_pairs, text_of, told
from vestige.read.beside.parts import WHOLE, Bounds, Lost, Part, Readable
from vestige.read.carve import runs

SIGN = b"MATLAB 5.0 MAT-file"

_HEAD, _TEXT_END = 128, 116
_MATRIX, _COMPRESSED = 14, 15
_CELL, _STRUCT, _OBJECT, _CHAR = 1, 2, 3, 4
_UTF = {16: "utf_8", 17: "utf_16", 18: "utf_32"}
_DEEPEST = 20
_MOST = 50_000
"""Elements that are looked at."""


class _Element(NamedTuple):
    """The type of an element, and its bytes."""

    kind: int
    data: bytes


class _Texts:
    """What was met in one file: texts with the names of their fields, and other names."""

    def __init__(self, order: str) -> None:
        self.order = order
        self.pairs: list[tuple[str, str]] = []
        self.left = _MOST
        self.damaged = False

    def elements(self, data: bytes) -> Iterator[_Element]:
        """The elements that follow each other in bytes (table 1-1; small ones as of table 1-2)."""
        at = 0
        while at + 8 <= len(data) and self.left > 0:
            self.left -= 1
            first = self.number(data[at : at + 4])
            small = first >> 16
            if small:
                yield _Element(first & 0xFFFF, data[at + 4 : at + 4 + min(small, 4)])
                at += 8
                continue
            length = self.number(data[at + 4 : at + 8])
            if at + 8 + length > len(data):
                self.damaged = True
                return
            yield _Element(first, data[at + 8 : at + 8 + length])
            at += 8 + length + (0 if first == _COMPRESSED else -length % 8)

    def matrix(self, data: bytes, above: str, depth: int) -> None:
        """The texts of an array: flags, dimensions, name, and then what its class has."""
        inside = list(self.elements(data)) if depth < _DEEPEST else []
        if len(inside) < 3:  # noqa: PLR2004 - the three that every array has
            self.damaged = self.damaged or bool(data)
            return
        kind = self.number(inside[0].data[:4]) & 0xFF
        name = text_of(inside[2].data) or above
        if kind == _CHAR and len(inside) > 3:  # noqa: PLR2004 - the characters follow
            self.pairs.append((name, self.characters(inside[3])))
        elif kind == _CELL:
            for one in inside[3:]:
                self.matrix(one.data, name, depth + 1)
        elif kind in {_STRUCT, _OBJECT}:
            self.struct(inside[4 if kind == _OBJECT else 3 :], depth)

    def struct(self, inside: list[_Element], depth: int) -> None:
        """The fields of structures: the length of names, the names, and the values in turn."""
        if len(inside) < 2 or not (width := self.number(inside[0].data[:4])):  # noqa: PLR2004
            return
        raw = inside[1].data
        names = [text_of(raw[at : at + width]) for at in range(0, len(raw), width)]
        self.pairs += (("", one) for one in names[:_MOST])
        for number, one in enumerate(inside[2:]):
            self.matrix(one.data, names[number % len(names)] if names else "", depth + 1)

    def characters(self, one: _Element) -> str:
        codec = _UTF.get(one.kind, "utf_16" if one.kind == 4 else "latin_1")  # noqa: PLR2004
        if codec in {"utf_16", "utf_32"}:
            codec += "_le" if self.order == "little" else "_be"
        return one.data.decode(codec, "replace").rstrip("\0 ")

    def number(self, raw: bytes) -> int:
        return int.from_bytes(raw, self.order)  # type: ignore[arg-type]


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The texts of all variables; what is too long or damaged is a loss."""
    data = readable.read(0, WHOLE)
    yield told("MATLAB header", 0, "\n".join(runs(data[:_TEXT_END])))
    texts = _Texts("big" if data[_HEAD - 2 : _HEAD] == b"MI" else "little")
    losses: dict[str, None] = {}
    for element in texts.elements(data[_HEAD:]):
        if element.kind == _MATRIX:
            texts.matrix(element.data, "", 0)
        elif element.kind == _COMPRESSED:
            unpacked, code = _unpacked(element.data, bounds)
            losses.update({code: None} if code else {})
            for one in texts.elements(unpacked):
                texts.matrix(one.data, "", 0)
    yield from of_pairs("MATLAB", texts.pairs)
    if texts.left <= 0 or readable.size > WHOLE:
        losses["text-budget"] = None
    elif texts.damaged:
        losses["damaged"] = None
    for code in losses:
        yield Lost(code)


def _unpacked(data: bytes, bounds: Bounds) -> tuple[bytes, str]:
    """What an element unpacks to, and the code of what was lost of it."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(data, max(1, min(WHOLE, bounds.bytes)))
    except zlib.error:
        return b"", "damaged"
    within = bounds.take(len(unpacked)) and not unpacker.unconsumed_tail
    return unpacked, "" if within else "archive-budget"
