"""BrainVision: header (.vhdr) and marker (.vmrk) files of EEG.

Sections and keys as of "BrainVision Core Data Format 1.0": `key=value` below `[section]`, free text
below `[Comment]`; markers are `Mk1=type,description,position,points,channel,date`.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import HEAD, head_of, of_pairs, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?Brain ?Vision (?:Core )?Data Exchange")
_MARKER = re.compile(r"Mk\d{1,7}=([^,]{0,200}),([^,]{0,1000}),.{0,40}?(?:,((?:19|20)\d{6})\d{12})?")
_FIGURES = re.compile(
    r"[-+0-9.,eE\sµuVC]*|MULTIPLEXED|VECTORIZED|BINARY|ASCII|INT_16|IEEE_FLOAT_32"
)
_STUDY_DATE = 0x00080020


def is_brainvision(readable: Readable) -> bool:
    """Whether a file begins as one of BrainVision's does."""
    return _BEGIN.match(readable.first) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The values of keys, the comment, and what markers say and when."""
    pairs: list[tuple[str, str]] = []
    dates: dict[str, None] = {}
    for raw in head_of(readable).splitlines()[1:]:
        line = text_of(raw)
        if found := _MARKER.fullmatch(line):
            pairs += (("", one) for one in found.groups()[:2] if one)
            if found[3]:
                dates[found[3]] = None
            continue
        key, mark, value = line.partition("=")
        if line.startswith((";", "[")) or not mark:
            pairs.append(("", line.strip("; []")))
        elif not _FIGURES.fullmatch(value):
            pairs.append((key, value))
    yield from of_pairs("BrainVision", pairs)
    if dates:
        yield told("BrainVision marker date", _STUDY_DATE, *dates)
    if readable.size > HEAD:
        yield Lost("text-budget")
