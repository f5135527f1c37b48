"""NRRD: fields, key/value pairs and comments of the header, attached or detached.

Fields as of "Definition of NRRD File Format" (teem.sourceforge.net/nrrd/format.html), sections 3 to
6: `field: value`, `key:=value`, `# comment`; an empty line ends the header, and data follow.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import HEAD, head_of, of_pairs, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

SIGN = b"NRRD00"

_CONTENT, _COMMENT, _FIGURE = ":content", ":comment", ":figure"
"""What a line is that is no pair: what the data are in words, a comment, how the data lie."""

_END = re.compile(rb"\r?\n\r?\n")
_FIGURES = frozenset(
    "type dimension space spacedimension sizes spacings thicknesses axismins axismaxs centers "
    "spacedirections kinds encoding endian byteskip lineskip spaceorigin measurementframe min max "
    "oldmin oldmax blocksize".split()
)
"""Fields that say of the data how they lie, in words of the format and figures."""


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of a header."""
    data = head_of(readable)
    end = _END.search(data)
    if end is None and readable.size > HEAD:
        yield Lost("text-budget")
    lines = (text_of(line) for line in data[: end.start() if end else len(data)].split(b"\n")[1:])
    fields = [_field(line) for line in lines]
    contents = dict.fromkeys(value for key, value in fields if key == _CONTENT and value)
    comments = dict.fromkeys(value for key, value in fields if key == _COMMENT)
    pairs = [pair for pair in fields if pair[0] not in (_CONTENT, _COMMENT, _FIGURE)]
    if contents:
        yield told("NRRD content", 0, *contents)
    yield told("NRRD comment", 0, *comments)
    yield from of_pairs("NRRD", pairs)


def _field(line: str) -> tuple[str, str]:
    """A line as key and value: comments, contents and figures under keys that no file has."""
    if line.startswith("#"):
        return _COMMENT, line[1:].strip()
    key, mark, value = line.partition(":")
    if not mark:
        return "", line
    if value.startswith("="):
        return key, value[1:].strip().replace("\\n", "\n").replace("\\\\", "\\")
    if "".join(key.split()).replace("-", "").lower() in _FIGURES:
        return _FIGURE, ""
    return (_CONTENT if key.strip().lower() == "content" else key), value.strip()
