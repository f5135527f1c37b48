"""NRRD: fields, key/value pairs and comments of the header, attached or detached.

Fields as of "Definition of NRRD File Format" (teem.sourceforge.net/nrrd/format.html), sections 3 to
6: `field: value`, `key:=value`, `# comment`; an empty line ends the header, and data follow.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import HEAD, head_of, of_pairs, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

SIGN = b"NRRD00"

_CONTENT = "content"
"""The field that says in words what the data are."""

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
    pairs: list[tuple[str, str]] = []
    comments: dict[str, None] = {}
    contents: dict[str, None] = {}
    for line in lines:
        if line.startswith("#"):
            comments[line[1:].strip()] = None
            continue
        key, mark, value = line.partition(":")
        if not mark:
            pairs.append(("", line))
        elif value.startswith("="):
            pairs.append((key, value[1:].strip().replace("\\n", "\n").replace("\\\\", "\\")))
        elif key.strip().lower() == _CONTENT:
            contents[value.strip()] = None
        elif "".join(key.split()).replace("-", "").lower() not in _FIGURES:
            pairs.append((key, value.strip()))
    if contents:
        yield told("NRRD content", 0, *filter(None, contents))
    yield told("NRRD comment", 0, *comments)
    yield from of_pairs("NRRD", pairs)
