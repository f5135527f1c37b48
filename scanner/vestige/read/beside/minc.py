"""MINC 1 and other files of netCDF-3: attributes of the file and of variables, and texts.

The header as of "NetCDF Classic Format Specification" (Unidata), all three versions; the variables
`patient`, `study` and `acquisition` and their attributes as of the MINC Programmer's Guide; dcm2mnc
keeps elements of DICOM as attributes `el_0x0010` of variables `dicom_0x0010`.
"""

import re
from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from vestige.read.beside.keyed import of_pairs, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

SIGNS = (b"CDF\x01", b"CDF\x02", b"CDF\x05")

OWN = {
    "fullname": 0x00100010,
    "birthdate": 0x00100030,
    "identification": 0x00100020,
    "referringphysician": 0x00080090,
    "attendingphysician": 0x00080090,
    "stationid": 0x00081010,
    "radiologist": 0x00081060,
    "comments": 0,
    "history": 0,
    "ident": 0,
}
"""Attributes that MINC defines: patient's name, birth date, ID; physicians; station."""

_HEADER = 8 << 20
_MOST_TEXT = 1 << 20
_MOST = 100_000
"""Dimensions, variables or attributes of one list."""

_DIMENSIONS, _VARIABLES, _ATTRIBUTES = 10, 11, 12
_CHARS = 2
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8}
"""Bytes of a value, by its type."""

_ELEMENT = re.compile(r"dicom_0x([0-9a-f]{4})/el_0x([0-9a-f]{4})", re.IGNORECASE)


class _Variable(NamedTuple):
    """A variable of characters: its name, how many it has, and where they begin."""

    name: str
    length: int
    begin: int


class _Header:
    """The header of a file, read from its first byte to its last."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 4
        version = data[3]
        self._count = 8 if version == 5 else 4  # noqa: PLR2004 - with 64-bit data
        self._offset = 4 if version == 1 else 8
        self.pairs: list[tuple[str, str]] = []
        self.names: list[str] = []
        self.written: list[_Variable] = []

    def read(self) -> None:
        """Reads all lists; ValueError if one makes no sense or goes on behind the bytes."""
        self._number(self._count)
        lengths = []
        for _ in range(self._list(_DIMENSIONS)):
            self._name()
            lengths.append(self._number(self._count))
        self._attributes("")
        for _ in range(self._list(_VARIABLES)):
            self._variable(lengths)

    def _variable(self, lengths: list[int]) -> None:
        name = self._name()
        self.names.append(name)
        places = [self._number(self._count) for _ in range(min(self._number(self._count), 1_025))]
        self._attributes(name)
        kind = self._number(4)
        self._number(self._count)
        begin = self._number(self._offset)
        if kind == _CHARS and all(0 <= one < len(lengths) for one in places):
            self.written.append(_Variable(name, prod(lengths[one] for one in places), begin))

    def _attributes(self, above: str) -> None:
        for _ in range(self._list(_ATTRIBUTES)):
            name, kind = self._name(), self._number(4)
            count = self._number(self._count)
            if kind not in _SIZES:
                raise ValueError(kind)
            value = self._bytes(count * _SIZES[kind])
            if kind == _CHARS and (text := text_of(value[:_MOST_TEXT])):
                self.pairs.append((key_of(above, name), text))

    def _list(self, tag: int) -> int:
        found, count = self._number(4), self._number(self._count)
        if found not in {0, tag} or count > _MOST:
            raise ValueError(found)
        return count if found else 0

    def _name(self) -> str:
        return text_of(self._bytes(self._number(self._count)))

    def _number(self, size: int) -> int:
        return int.from_bytes(self._bytes(size), "big")

    def _bytes(self, count: int) -> bytes:
        """The next bytes; those that fill up to four are passed over."""
        end = self._at + count
        if end > len(self._data):
            raise ValueError(count)
        found = self._data[self._at : end]
        self._at = end + -end % 4
        return found


def key_of(above: str, name: str) -> str:
    """The key for an attribute of a variable: the tag that it is named for, or its name."""
    element = _ELEMENT.fullmatch(f"{above}/{name}")
    return f"{element[1]}|{element[2]}" if element else name


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of attributes, by attribute of DICOM, and of variables of characters."""
    header = _Header(readable.read(0, _HEADER))
    try:
        header.read()
    except ValueError:
        yield Lost("damaged")
    for one in header.written:
        text = text_of(readable.read(one.begin, min(one.length, _MOST_TEXT)))
        header.pairs.append((one.name, text))
        if one.length > _MOST_TEXT:
            yield Lost("text-budget")
    yield from of_pairs("netCDF", header.pairs, OWN)
    if header.names:
        yield told("netCDF names", 0, *dict.fromkeys(header.names))
