"""NIfTI-1, NIfTI-2 and Analyze 7.5: the texts of their headers, and what stands in extensions.

Fields and offsets are those of nifti1.h and nifti2.h (nifti.nimh.nih.gov) and of dbh.h of Analyze
7.5 (Mayo Clinic); extensions are those of nifti1_io.h (NIFTI_ECODE). Voxels are not text.
"""

from collections.abc import Generator, Iterator
from math import prod
from struct import Struct
from typing import NamedTuple

from vestige.read.beside.keyed import carved, field
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Readable, Told, beside
from vestige.read.carve import runs

MOST_TEXT = 16 << 20
"""Bytes of one extension that are read."""

MOST_EXTENSIONS = 4_096

_SIZE_1, _SIZE_2 = 348, 540
_MAGIC_1 = (b"n+1\0", b"ni1\0")
_MAGIC_2 = (b"n+2\0\r\n\x1a\n", b"ni2\0\r\n\x1a\n")
_AT_MAGIC_1, _AT_MAGIC_2 = slice(344, 348), slice(4, 12)

_FIELDS_1 = (("db_name", 14, 18), ("descrip", 148, 80), ("aux_file", 228, 24))
_INTENT_1 = ("intent_name", 328, 16)
_FIELDS_2 = (("descrip", 240, 80), ("aux_file", 320, 24), ("intent_name", 508, 16))
_FIELDS_ANALYZE = (
    *(("originator", 253, 10), ("generated", 263, 10), ("scannum", 273, 10)),
    *(("patient_id", 283, 10), ("exp_date", 293, 10), ("exp_time", 303, 10)),
)
_TAGS = {"patient_id": 0x00100020, "exp_date": 0x00080020}
"""Patient ID and Study Date."""

_DICOM, _MATLAB = 2, 40
_INNER = {_DICOM: b"DICOM extension", _MATLAB: b"MATLAB extension"}
"""Codes of extensions that are files of their own, and what they are called."""

_MOST_DIMENSIONS = 7
_UNKNOWN = 1 << 62
"""Where voxels end of which the header does not tell how many there are."""

_KINDS = frozenset({0, 1, 2, 4, 8, 16, 32, 64, 128, 255, 256, 512, 768, 1024, 1280})
"""Types of voxels of Analyze, and those that programs added."""


class _Layout(NamedTuple):
    """Where voxels begin and end, and where extensions may stand."""

    order: str
    alone: bool
    header: int
    voxels: int
    end: int


def is_nifti(readable: Readable) -> bool:
    """Whether a file begins with a header of NIfTI-1 or NIfTI-2, in either byte order."""
    first = readable.first
    if _order(first, _SIZE_1):
        return first[_AT_MAGIC_1] in _MAGIC_1
    return bool(_order(first, _SIZE_2)) and first[_AT_MAGIC_2] in _MAGIC_2


def is_analyze(readable: Readable) -> bool:
    """Whether a file is the header of an Analyze image: its size, and figures that make sense."""
    first = readable.first
    order = _order(first, _SIZE_1)
    if not order or not _SIZE_1 <= readable.size <= 2 * _SIZE_1 or is_nifti(readable):
        return False
    dimensions, kind = Struct(f"{order}8h").unpack_from(first, 40), first[70:72]
    number = int.from_bytes(kind, "little" if order == "<" else "big")
    return 0 < dimensions[0] <= _MOST_DIMENSIONS and min(dimensions[1:4]) >= 0 and number in _KINDS


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of a NIfTI header, its extensions, and what stands behind the voxels."""
    first = readable.read(0, _SIZE_2 + 4)
    second = first[_AT_MAGIC_2] in _MAGIC_2
    for name, at, length in _FIELDS_2 if second else (*_FIELDS_1, _INTENT_1):
        yield from field("NIfTI", name, first[at : at + length])
    layout = _layout_2(first) if second else _layout_1(first)
    if layout is None:
        yield Lost("damaged")
        return
    behind = layout.header + 4
    end = min(layout.voxels, readable.size) if layout.alone else readable.size
    if end > behind and first[layout.header : layout.header + 1] != b"\0":
        behind = yield from _extensions(readable, layout.order, behind, end)
    yield from carved(readable, "NIfTI header padding", behind, end)
    if layout.alone:
        yield from carved(readable, "NIfTI trailing", layout.end, readable.size)


def read_analyze(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of an Analyze header."""
    first = readable.read(0, 2 * _SIZE_1)
    for name, at, length in (*_FIELDS_1, *_FIELDS_ANALYZE):
        raw = first[at : at + length]
        if name == "originator" and not raw.split(b"\0")[0].isalnum():
            continue  # programs keep the origin there, as binary numbers
        yield from field("Analyze", name, raw, _TAGS.get(name, 0))
    yield from carved(readable, "Analyze trailing", _SIZE_1, readable.size)


def _order(first: bytes, size: int) -> str:
    """The byte order in which a header tells its own size; "" if it tells another."""
    if int.from_bytes(first[:4], "little") == size:
        return "<"
    return ">" if int.from_bytes(first[:4], "big") == size else ""


def _layout_1(first: bytes) -> _Layout | None:
    if len(first) < _SIZE_1:
        return None
    order = _order(first, _SIZE_1)
    dimensions = Struct(f"{order}8h").unpack_from(first, 40)
    bits = Struct(f"{order}h").unpack_from(first, 72)[0]
    offset = Struct(f"{order}f").unpack_from(first, 108)[0]
    start = int(offset) if 0 <= offset < 1 << 40 else 0
    return _layout(order, first[_AT_MAGIC_1] == _MAGIC_1[0], _SIZE_1, start, (*dimensions, bits))


def _layout_2(first: bytes) -> _Layout | None:
    if len(first) < _SIZE_2:
        return None
    order = _order(first, _SIZE_2)
    bits = Struct(f"{order}h").unpack_from(first, 14)[0]
    dimensions = Struct(f"{order}8q").unpack_from(first, 16)
    start = Struct(f"{order}q").unpack_from(first, 168)[0]
    return _layout(order, first[_AT_MAGIC_2] == _MAGIC_2[0], _SIZE_2, start, (*dimensions, bits))


def _layout(order: str, alone: bool, header: int, start: int, shape: tuple[int, ...]) -> _Layout:  # noqa: FBT001
    """Where the parts of a file stand; `shape` is dim[8] and the bits of a voxel."""
    count, *lengths, bits = shape
    start = max(start, header)
    if not 0 < count <= _MOST_DIMENSIONS or bits <= 0:
        return _Layout(order, alone, header, start, _UNKNOWN)
    voxels = prod(max(one, 1) for one in lengths[:count])
    return _Layout(order, alone, header, start, start + voxels * bits // 8)


def _extensions(readable: Readable, order: str, at: int, end: int) -> Generator[Part, None, int]:
    """The extensions up to the voxels; returns where they end."""
    head = Struct(f"{order}2i")
    for _ in range(MOST_EXTENSIONS):
        raw = readable.read(at, head.size)
        if at + head.size > end or len(raw) < head.size:
            break
        size, code = head.unpack(raw)
        if size < head.size or at + size > end:
            break
        yield from _extension(readable, code, at + head.size, size - head.size)
        at += size
    return at


def _extension(readable: Readable, code: int, at: int, length: int) -> Iterator[Part]:
    data = readable.read(at, min(length, MOST_TEXT))
    if length > MOST_TEXT:
        yield Lost("text-budget")
    if code in _INNER:
        yield Inner(_INNER[code], Held(data))
        return
    text = data.rstrip(b"\0")
    where = beside("NIfTI extension")
    try:
        yield Told(where, (text.decode("utf-8"),))
    except UnicodeDecodeError:
        yield Told(where, tuple(runs(text)))
