"""Arrays and volumes whose numbers say nothing: NumPy (.npy), FreeSurfer (.mgh), GE P-files.

The head of .npy as of numpy.lib.format, in which arrays of strings are text and those of objects
are pickles, of which only the strings are read; .mgh as of FreeSurfer's "MghFormat": text follows
the voxels; P-files as of GE's rdbm.h: the maker's logo at byte 34, and texts in the header.
"""

import re
from collections.abc import Iterator
from math import prod
from struct import Struct

from vestige.read.beside import pickled, rows
from vestige.read.beside.keyed import carved, text_of, told
from vestige.read.beside.parts import Bounds, Held, Lost, Part, Readable
from vestige.read.carve import runs

NUMPY = b"\x93NUMPY"
_TYPE = re.compile(r"""['"]descr['"]:\s*['"]([<>|=]?)([A-Za-z])(\d{0,9})['"]""")
_FIELD = re.compile(r"""\(['"]([^'"]{0,128})['"], ['"]([<>|=]?)([A-Za-z])(\d{0,9})['"]\)""")
_MOST_TEXT = 4 << 20

_MGH = Struct(">7ih")
_MGH_HEAD = 284
_MGH_SIZES = {0: 1, 1: 4, 3: 4, 4: 2}

_LOGO, _LOGOS = slice(34, 44), (b"GE_MED_NMR", b"INVALIDNMR")
_P_HEAD = 256 << 10


def read_numpy(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The names of fields, and of arrays of strings or objects the texts."""
    first = readable.read(0, 12)
    wide = first[6:7] > b"\1"
    start = 12 if wide else 10
    length = int.from_bytes(first[8:12] if wide else first[8:10], "little")
    head = text_of(readable.read(start, min(length, 1 << 16)))
    found = _TYPE.search(head)
    if found is None:
        yield told("NumPy header", 0, head)
        yield from _records(head, readable, start + length)
        return
    order, kind, count = found.groups()
    if kind not in "SUO":
        return
    data = readable.read(start + length, _MOST_TEXT)
    if readable.size - start - length > _MOST_TEXT:
        yield Lost("text-budget")
    if kind == "O":
        yield from pickled.read(Held(data), bounds)
        return
    texts = _strings(data, kind, order, int(count or 0))
    yield told("NumPy array", 0, *dict.fromkeys(one for one in texts if one))


def _records(head: str, readable: Readable, start: int) -> Iterator[Part]:
    """The texts of an array of records, by the names of its fields."""
    fields = _FIELD.findall(head[: head.find("]") + 1])
    sizes = [_size(kind, int(count or 1)) for _, _, kind, count in fields]
    width = sum(sizes)
    if not fields or "(" in head.partition("[")[2].partition("]")[0].replace("('", "") or not width:
        return
    data = readable.read(start, _MOST_TEXT)
    found = [rows.row_of(name for name, *_ in fields)]
    for at in range(0, len(data) - width + 1, width):
        row: dict[int, str] = {}
        for number, (_, order, kind, count) in enumerate(fields):
            raw = data[at + sum(sizes[:number]) :][: sizes[number]]
            if kind in "SU":
                row[number] = next(_strings(raw, kind, order, int(count or 0)), "")
        found.append({number: text for number, text in row.items() if text})
    yield from rows.told("NumPy array", found)


def _size(kind: str, count: int) -> int:
    return count * 4 if kind == "U" else count


def _strings(data: bytes, kind: str, order: str, count: int) -> Iterator[str]:
    """The strings of an array, each of that many characters."""
    width = count * 4 if kind == "U" else count
    codec = "utf_32_be" if order == ">" else "utf_32_le"
    for at in range(0, len(data) if width else 0, width or 1):
        raw = data[at : at + width]
        yield raw.decode(codec, "replace").rstrip("\0") if kind == "U" else text_of(raw)


def is_mgh(readable: Readable) -> bool:
    """Whether a file is a volume of FreeSurfer: its version, figures that fit its size."""
    end = _mgh_end(readable.first)
    return 0 < end <= readable.size


def _mgh_end(first: bytes) -> int:
    """Where the voxels end; 0 if the head makes no sense."""
    if len(first) < _MGH.size:
        return 0
    version, *lengths, kind, _, known = _MGH.unpack_from(first)
    if version != 1 or kind not in _MGH_SIZES or min(lengths) < 1 or known not in {0, 1}:
        return 0
    return int(_MGH_HEAD + prod(lengths) * _MGH_SIZES[kind])


def read_mgh(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts behind the voxels: commands and paths, with the names of users."""
    yield from carved(readable, "MGH tags", _mgh_end(readable.first), readable.size)


def is_pfile(readable: Readable) -> bool:
    """Whether a file is raw data of GE."""
    return readable.first[_LOGO] in _LOGOS


def read_pfile(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of the header; what was measured is numbers."""
    found = dict.fromkeys(runs(readable.read(0, _P_HEAD)))
    if found:
        yield told("GE P-file header", 0, *found)
