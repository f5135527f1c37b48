"""Surfaces: what VTK, STL, PLY and FreeSurfer files say in words before their numbers.

VTK's second line is a title (VTK File Formats, "Simple Legacy Formats"); the first line of an STL
file in ASCII and the first 80 bytes of a binary one are free; PLY has `comment` and `obj_info`;
FreeSurfer's triangles begin with `created by USER on DATE`.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import head_of, text_of, told
from vestige.read.beside.parts import Bounds, Part, Readable
from vestige.read.carve import runs

VTK, PLY, FREESURFER = b"# vtk DataFile", b"ply\n", b"\xff\xff\xfe"
_SOLID = re.compile(rb"\s{0,8}solid([^\n]{0,400})\n\s{0,80}(?:facet normal|endsolid)")
_HEAD, _FACET = 84, 50
_COMMENT = re.compile(rb"^(?:comment|obj_info)[ \t]([^\r\n]{1,4096})", re.MULTILINE)
_END = b"end_header"


def is_solid(readable: Readable) -> bool:
    """Whether a file is STL in ASCII."""
    return _SOLID.match(readable.first) is not None


def is_facets(readable: Readable) -> bool:
    """Whether a file is binary STL: of the size that its number of facets has."""
    facets = int.from_bytes(readable.first[_HEAD - 4 : _HEAD], "little")
    return facets > 0 and readable.size == _HEAD + _FACET * facets


def read_stl(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The name of the solid, or what stands in the header."""
    first = readable.first
    found = _SOLID.match(first)
    texts = (text_of(found[1]),) if found else tuple(runs(first[: _HEAD - 4]))
    if any(texts):
        yield told("STL header", 0, *texts)


def read_vtk(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The title."""
    lines = head_of(readable, 4096).split(b"\n")
    if len(lines) > 1 and (title := text_of(lines[1])):
        yield told("VTK title", 0, title)


def read_ply(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The comments of the header."""
    head = head_of(readable).partition(_END)[0]
    texts = dict.fromkeys(text_of(one) for one in _COMMENT.findall(head))
    if texts:
        yield told("PLY comment", 0, *texts)


def read_freesurfer(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The line that says who made the surface, and when."""
    line = text_of(readable.first[len(FREESURFER) :].partition(b"\n")[0][:400])
    if line:
        yield told("FreeSurfer created by", 0, line)
