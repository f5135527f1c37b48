"""MetaImage: the keys of a header, in one file with the voxels (MHA) or beside them (MHD).

Keys as of "MetaIO: MetaObject Tags" (itk.org/Wiki/MetaIO/Documentation); ITK writes what it read
of DICOM as further keys, tags as `0010|0010`. `ElementDataFile` ends the header.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import HEAD, head_of, of_pairs, text_of
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

_LINE = re.compile(rb"[ \t]*([A-Za-z0-9_|.()-]{1,64})[ \t]*=[ \t]*([^\r\n]*)\r?\n?")
_FIRST = re.compile(
    rb"\s{0,16}(?:ObjectType|ObjectSubType|NDims|Comment|Name|ID|ParentID|TransformType|"
    rb"CompressedData|BinaryData)[ \t]*=[ \t]*[^\r\n]*\r?\n"
)
_DIMENSIONS = re.compile(rb"(?:^|\n)[ \t]*NDims[ \t]*=[ \t]*\d{1,2}[ \t]*\r?\n")
_LAST = b"elementdatafile"
_LOCAL = frozenset({"local", "list"})
_FIGURES = re.compile(r"(?:[-+0-9.eE \t]+|True|False|true|false|Image|[A-Z]{1,4}|MET_[A-Z_]+)\s*")
"""Values of keys that say how the voxels lie."""

_VOXELS = frozenset(
    "ObjectType ObjectSubType NDims BinaryData BinaryDataByteOrderMSB CompressedData "
    "CompressedDataSize TransformMatrix Offset Position Origin Orientation CenterOfRotation "
    "AnatomicalOrientation ElementSpacing ElementSize DimSize ElementType ElementNumberOfChannels "
    "ElementByteOrderMSB ElementMin ElementMax HeaderSize Modality SequenceID Color".split()
)
"""Keys whose values are such."""


def is_metaimage(readable: Readable) -> bool:
    """Whether a file begins with a key of MetaImage and tells its dimensions."""
    first = readable.first
    return _FIRST.match(first) is not None and _DIMENSIONS.search(first) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The values of all keys up to that of the voxels."""
    data = head_of(readable)
    at, pairs = len(data) - len(data.lstrip()), []
    while line := _LINE.match(data, at):
        at = line.end()
        key, value = text_of(line[1]), text_of(line[2])
        last = key.lower().encode() == _LAST
        if not (_FIGURES.fullmatch(value) and "|" not in key and key in _VOXELS):
            pairs.append((key, "" if last and value.lower() in _LOCAL else value))
        if last:
            break
    else:
        if at < readable.size and at >= HEAD // 2:
            yield Lost("text-budget")
    yield from of_pairs("MetaImage", pairs)
