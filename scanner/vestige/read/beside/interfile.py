"""Interfile: the keys of a header, of nuclear medicine and of Siemens PET (.hdr, .mhdr, .s.hdr).

Keys as of "Data Format for Image File Interchange in Nuclear Medicine" (AAPM Report 10, Interfile
3.3): `key := value`, `!` before keys that must be there, `;` before comments.
"""

import re
from collections.abc import Iterator

from vestige.read.beside.keyed import HEAD, head_of, of_pairs, tag_of, text_of, told
from vestige.read.beside.parts import Bounds, Lost, Part, Readable

_BEGIN = re.compile(
    rb"[\s\xef\xbb\xbf]{0,16}(?:;[^\n]{0,400}\n\s{0,16}){0,16}!\s?INTERFILE\s{0,8}:=", re.IGNORECASE
)
_LINE = re.compile(r"\s*!?\s*([^:;=]{1,80}?)\s*(?:\[[^\]]{0,40}\])?\s*:=\s*(.*)")
_FIGURES = re.compile(r"[-+0-9.eE\s{},]*|Y|N")
_WORDS = frozenset(
    "imagedatabyteorder numberformat typeofdata matrixaxislabel scandatatypedescription "
    "systeminterfile keysversion versionofkeys processstatus units compression scaled".split()
)
_OWN = {
    "studyid": 0x00200010,
    "examtype": 0x00081030,
    "studydate": 0x00080020,
    "datereceived": 0x00080020,
    "operator": 0x00081070,
    "institution": 0x00080080,
    "originatingsystem": 0,
    "physician": 0x00080090,
    "telephonenumber": 0x00102154,
    "patientdob": 0x00100030,
    "patientbirthdate": 0x00100030,
    "contactperson": 0x0040A123,
    "requestingphysician": 0x00080090,
    "isotopename": 0,
    "department": 0x00081040,
}
"""Study ID, description and date; operator; institution; physician; telephone; birth date."""


def is_interfile(readable: Readable) -> bool:
    """Whether a file begins as an Interfile header does."""
    return _BEGIN.match(readable.first) is not None


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The values of keys, and comments."""
    pairs: list[tuple[str, str]] = []
    comments: dict[str, None] = {}
    for raw in head_of(readable).splitlines():
        line = text_of(raw)
        if line.lstrip().startswith(";"):
            comments[line.strip("; \t")] = None
            continue
        found = _LINE.match(line)
        if found is None:
            if line:
                pairs.append(("", line))
            continue
        key, value = found[1], found[2].strip()
        folded = "".join(c for c in key.lower() if c.isalnum())
        if tag_of(key, _OWN) or not (_FIGURES.fullmatch(value) or folded in _WORDS):
            pairs.append((key, value))
    yield told("Interfile comment", 0, *comments)
    yield from of_pairs("Interfile", pairs, _OWN)
    if readable.size > HEAD:
        yield Lost("text-budget")
