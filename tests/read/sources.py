"""Real files with their pixels left out: what mutants are made of."""

import importlib.util
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pydicom

from vestige.read.dicom import vr_of
from vestige.read.header import Header, read_header
from vestige.read.pages import Held
from vestige.read.raw import LONG_FORM, UNDEFINED, Element

SHARED = Path(__file__).parents[2] / "../shared/data/dicom"
PACKAGED = Path(pydicom.__file__).parent / "data"
LARGEST = 48 << 10
"""Bytes of a source at most; larger ones give the same mutants more slowly."""

_KEPT = 32
"""Bytes of pixel data that are kept."""


class Head(NamedTuple):
    """Where an element stands: its first byte, its value, and the bytes of its length."""

    at: int
    start: int
    end: int
    tag: int
    length_at: int
    length_bytes: int


class Source(NamedTuple):
    """One real file, and where its elements stand."""

    name: str
    data: bytes
    little: bool
    heads: tuple[Head, ...]


def folders() -> list[Path]:
    """Where there are real files: those of pydicom, of pydicom-data, and shared ones."""
    found = [PACKAGED]
    more = importlib.util.find_spec("data_store")
    if more is not None and more.submodule_search_locations:
        found.append(Path(more.submodule_search_locations[0]) / "data")
    return [folder for folder in (*found, SHARED) if folder.is_dir()]


@cache
def sources() -> tuple[Source, ...]:
    """Every real file at hand that is small without its pixels; equal ones once, in order."""
    found: dict[bytes, str] = {}
    for folder in folders():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts:
                found.setdefault(_without_pixels(path.read_bytes()), path.name)
    return tuple(one for data, name in found.items() if data for one in _sources(name, data))


def _sources(name: str, data: bytes) -> Iterator[Source]:
    header = read_header(Held(data), vr_of)
    if header is not None and header.elements and len(data) <= LARGEST:
        yield Source(name, data, header.coding.little, heads(header, data))


def heads(header: Header, data: bytes) -> tuple[Head, ...]:
    """Where the elements of a file stand in its bytes; of a deflated one those before it."""
    little = header.coding.little
    found = (
        _head(data, one, little=little or index < header.meta)
        for index, one in enumerate(header.elements)
        if header.size == len(data) or index < header.meta
    )
    return tuple(head for head in found if head is not None)


def _head(data: bytes, one: Element, *, little: bool) -> Head | None:
    order = "<" if little else ">"
    tag = struct.pack(f"{order}HH", one.tag >> 16, one.tag & 0xFFFF)
    for size in (8, 12):
        at = one.start - size
        if data[at : at + 4] == tag:
            short = size == 8 and data[at + 4 : at + 6].isalpha()
            width = 2 if short else 4
            return Head(at, one.start, one.end, one.tag, one.start - width, width)
    return None


def _without_pixels(data: bytes) -> bytes:
    """A file whose last pixel data are cut to a few bytes; b"" if it is none of DICOM."""
    header = read_header(Held(data), vr_of)
    if header is None:
        return b""
    pixels = [
        one for one in header.elements if one.parent < 0 and (one.start, one.end) in header.pixels
    ]
    if not pixels or header.size != len(data):
        return data
    one = pixels[-1]
    order = "<" if header.coding.little else ">"
    if one.length == UNDEFINED:
        first = data[one.start : one.start + 8]
        return (
            data[: one.start]
            + first[:4]
            + bytes(4)
            + first[:4]
            + struct.pack(f"{order}L", _KEPT)
            + data[one.end - _KEPT :]
        )
    keep = min(one.end - one.start, _KEPT)
    wide = not header.coding.explicit or data[one.start - 8 : one.start - 6] in LONG_FORM
    width = 4 if wide else 2
    length = struct.pack(order + ("L" if wide else "H"), keep)
    return data[: one.start - width] + length + data[one.end - keep :]
