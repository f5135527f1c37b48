"""Philips PAR/REC: the general information of a PAR file.

Lines as Philips' Research Image Export writes them, versions 3 to 4.2: `.    Patient name  :  x`.
The table of images holds figures alone.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import head_of, of_pairs, tag_of, text_of, told
from vestige.read.beside.parts import Bounds, Part, Readable

_SIGN = b"DATA DESCRIPTION FILE"
_WITHIN = 256
_LINE = re.compile(r"\.\s+([^:]{1,64}?)\s*:\s*(.*)")
_OWN = {"examinationname": 0x00081030, "examinationdatetime": 0x00080020}
"""Study Description, Study Date."""

_FIGURES = re.compile(r"[-+0-9.eE\s]*")
_WORDS = re.compile(r"#\s*(?:===|sl ec|id\s|CLINICAL TRYOUT|Dataset name:)")


def is_par(readable: Readable) -> bool:
    """Whether a file is the description of a REC file."""
    head = readable.first[:_WITHIN]
    return head.lstrip().startswith(b"#") and _SIGN in head


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The values of the general information, and the name of the data set."""
    pairs: list[tuple[str, str]] = []
    comments: dict[str, None] = {}
    for raw in head_of(readable).splitlines():
        line = text_of(raw)
        if found := _LINE.match(line):
            key = found[1].partition("[")[0].replace("/", " ")
            if tag_of(key, _OWN) or not _FIGURES.fullmatch(found[2]):
                pairs.append((key, found[2]))
        elif line.startswith("# Dataset name:"):
            yield told("PAR data set name", 0, line.partition(":")[2].strip())
        elif line.startswith("#") and line.strip("#= *") and not _WORDS.match(line):
            comments[line.strip("# ")] = None
    if comments:
        yield told("PAR comment", 0, *comments)
    yield from of_pairs("PAR", pairs, _OWN)
