"""Varian and Agilent: the parameters of a `procpar` file.

Lines as of VnmrJ's "Programming" manual, "Format of a stored parameter": ten figures behind the
name, the values with their number (strings in quotes), and the values that may be chosen.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import head_of, of_pairs, text_of
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

_MOST = 16 << 20
_NAMED = re.compile(r"^([A-Za-z_]\w{0,63}) \d \d(?: [-+0-9.eE]{1,24}){8}\s*$", re.MULTILINE)
_STRING = re.compile(r'^\d{1,6} "([^"\n]{1,4096})"|^"([^"\n]{1,4096})"', re.MULTILINE)
_CHOICES = re.compile(r'\n\d{1,4} (?:"[^"\n]{0,200}" ?){2,}\s*\Z')
_OWN = {
    "name": 0x00100010,
    "ident": 0x00100020,
    "studyid": 0,
    "birthday": 0x00100030,
    "gender": 0x00100040,
    "date": 0x00080020,
    "operatorlogin": 0x00081070,
    "comment": 0,
    "samplename": 0,
}
"""Patient's name, ID, birth date and sex; study date; operator."""


def is_procpar(readable: Readable) -> bool:
    """Whether a file begins with a parameter and its ten figures."""
    first = readable.first[:4096]
    return first[:1].isalpha() and _NAMED.match(text_of(first)) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The strings of parameters."""
    text = text_of(head_of(readable, _MOST))
    named = list(_NAMED.finditer(text))
    ends = [one.start() for one in named[1:]] + [len(text)]
    pairs: list[tuple[str, str]] = []
    for one, end in zip(named, ends, strict=True):
        values = _CHOICES.sub("", text[one.end() : end].rstrip())
        pairs += ((one[1], found[1] or found[2]) for found in _STRING.finditer(values))
    yield from of_pairs("procpar", pairs, _OWN)
    if readable.size > _MOST:
        yield Lost("text-budget")
