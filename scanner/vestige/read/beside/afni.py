"""AFNI: the attributes of text of a .HEAD file: history, labels, notes, names of data sets.

Attributes as of "README.attributes" of AFNI: type, name and count, then the value between an
apostrophe and a tilde; HISTORY_NOTE has commands with user, host and paths.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import head_of, of_pairs, text_of
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

_MOST = 16 << 20
_BEGIN = re.compile(
    rb"\s{0,8}type\s{0,4}=\s{0,4}(?:string|integer|float)-attribute\s{0,4}\n\s*name"
)
_TEXT = re.compile(
    r"type\s*=\s*string-attribute\s*\n\s*name\s*=\s*(\S{1,80})\s*\n\s*count\s*=\s*\d+\s*\n"
    r"'(.*?)(?=\n\s*type\s*=|\Z)",
    re.DOTALL,
)
_WORDS = frozenset({"TYPESTRING", "BYTEORDER_STRING", "TEMPLATE_SPACE", "SCENE_DATA", "BRICK_LABS"})


def is_head(readable: Readable) -> bool:
    """Whether a file begins with an attribute of AFNI."""
    return _BEGIN.match(readable.first) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The values of the attributes of text."""
    text = text_of(head_of(readable, _MOST))
    found = ((one[1], one[2].strip("~\n ").replace("\\n", "\n")) for one in _TEXT.finditer(text))
    yield from of_pairs("AFNI", (one for one in found if one[0] not in _WORDS))
    if readable.size > _MOST:
        yield Lost("text-budget")
