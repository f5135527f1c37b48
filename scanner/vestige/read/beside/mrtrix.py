"""MRtrix images (.mif) and tracks (.tck), and TrackVis tracks (.trk): the texts of their headers.

`key: value` up to `END`, as of the MRtrix3 documentation, "Images and other data"; offsets of the
header of 1,000 bytes as of trackvis.org/docs.
"""

from collections.abc import Iterator

from vestige.read.beside.keyed import HEAD, carved, field, head_of, of_pairs, tag_of, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

SIGNS = (b"mrtrix image", b"mrtrix tracks")
TRACKVIS = b"TRACK\0"

_TEXT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_FIGURES = frozenset("dim vox layout datatype scaling transform count file dw_scheme".split())
_COMMENTS = "comments"
_NAMES = ((38, "scalar"), (240, "property"))
_RESERVED, _RESERVED_END = 504, 948


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The values of keys."""
    data = head_of(readable)
    lines = data.partition(b"\nEND")[0].split(b"\n")[1:]
    if len(data) >= HEAD and b"\nEND" not in data:
        yield Lost("text-budget")
    split = (text_of(line).partition(":") for line in lines)
    pairs = [(key, value.strip()) for key, _, value in split if key not in _FIGURES]
    comments = [value for key, value in pairs if key == _COMMENTS and value]
    if comments:
        yield told("MRtrix comment", 0, *comments)
    pairs = [pair for pair in pairs if pair[0] != _COMMENTS]
    yield from of_pairs(
        "MRtrix", (one for one in pairs if tag_of(one[0], {}) or not _TEXT.isdisjoint(one[1]))
    )


def read_trackvis(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """Names of scalars and properties, and what stands in reserved bytes."""
    head = readable.read(0, 1_000)
    for start, name in _NAMES:
        for at in range(start, start + 200, 20):
            yield from field("TrackVis", name, head[at : at + 20])
    yield from carved(readable, "TrackVis reserved", _RESERVED, min(_RESERVED_END, readable.size))
