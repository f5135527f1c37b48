"""Raw elements, their encodings, and what can be wrong with them (PS3.5 chapter 7)."""

from collections.abc import Callable
from struct import Struct
from typing import Any, Final, NamedTuple

DEEPEST = 64
"""Sequences within sequences; the deepest structured reports nest fewer than twenty."""

MOST_ELEMENTS = 2_000_000
"""Elements of one file; twelve thousand frames with functional groups have about a million."""

MOST_FRAGMENTS = 1 << 19
"""Fragments of one encapsulated value; a slide of 100,000 pixels square has 152,000 tiles."""

SEARCHED = 64 << 20
"""Bytes in which a delimiter is searched where the fragments do not lead to it."""

LARGE = 4096
"""Bytes from which a value counts as long."""

CONCEPT_NAME: Final = 0x0040A043
"""Concept Name Code Sequence: what the values beside it are of (PS3.3 section C.17.3)."""

UNDEFINED: Final = 0xFFFFFFFF

FLAWS = {
    "bad-deflate": "the deflated data set breaks off: what follows was not read",
    "bad-item": "a sequence holds something that is no item",
    "bad-syntax": "the transfer syntax is no UID",
    "deflate-bomb": "the data set inflates to more than 64 MiB: the rest was not read",
    "group-length": "the file meta group is not as long as it says",
    "implicit-in-explicit": "an element without VR stands in an explicit data set",
    "implicit-meta": "the file meta group has no VRs",
    "item-length": "an item is not as long as it says",
    "length-beyond-end": "an element says that it is longer than what holds it",
    "long-tail": "more than 1 MiB follow the deflated data set: the rest was not read",
    "missing-delimiter": "an end that a delimiter should mark was not marked",
    "nesting-too-deep": "sequences nest deeper than 64: the rest was not parsed",
    "no-meta": "there is no file meta group",
    "odd-vr": "an element has a VR that the standard does not know",
    "other-syntax": "the data set is not encoded as its transfer syntax says",
    "short-read": "the file gave fewer bytes than its size promised",
    "stray-delimiter": "a delimiter stands where nothing is to be delimited",
    "too-many-elements": "there are more than 2,000,000 elements: the rest was not parsed",
    "too-many-fragments": "pixel data has more than 524,288 fragments: the rest was not read",
    "trailing-bytes": "bytes follow the last element",
    "truncated": "the file ends inside an element",
    "unparsed": "a sequence holds bytes that are no items: they were not read",
}
"""What the codes of flaws mean."""

LOSSES = frozenset(
    {
        "bad-deflate",
        "deflate-bomb",
        "length-beyond-end",
        "long-tail",
        "nesting-too-deep",
        "short-read",
        "too-many-elements",
        "too-many-fragments",
        "truncated",
        "unparsed",
    }
)
"""Flaws by which something stayed unread or unparsed; the others are only oddities."""

Span = tuple[int, int]
"""The offset of the first byte of a range, and that of the first behind it."""


class Flaw(NamedTuple):
    """One way in which bytes are not as the standard has them, and where it is first so."""

    code: str
    offset: int


class Element(NamedTuple):
    """A raw element: value from offset `start` to `end`, `length` as written.

    `vr` is as written, or the dictionary's where none is, and SQ wherever items were parsed.
    `parent` is the index of the sequence that holds it, -1 at the top; `item` counts from 0.
    """

    tag: int
    vr: str
    length: int
    start: int
    end: int
    parent: int
    item: int


class Coding(NamedTuple):
    """How elements are written: with VR or without, and in which order of bytes."""

    explicit: bool
    little: bool
    head: Callable[[bytes, int], tuple[Any, ...]]
    plain: Callable[[bytes, int], tuple[Any, ...]]
    word: Callable[[bytes, int], tuple[Any, ...]]


def _coding(order: str, *, explicit: bool) -> Coding:
    head, plain, word = (Struct(order + form) for form in ("HH2sH", "HHL", "L"))
    return Coding(explicit, order == "<", head.unpack_from, plain.unpack_from, word.unpack_from)


EXPLICIT_LITTLE = _coding("<", explicit=True)
IMPLICIT_LITTLE = _coding("<", explicit=False)
EXPLICIT_BIG = _coding(">", explicit=True)
IMPLICIT_BIG = _coding(">", explicit=False)


def content_coding(coding: Coding, *, little: bool) -> Coding:
    """The coding of items in a value of unknown kind, whose bytes tell their order."""
    if not coding.explicit:
        return IMPLICIT_LITTLE if little else IMPLICIT_BIG
    return EXPLICIT_LITTLE if little else EXPLICIT_BIG


def _by_bytes(names: str) -> dict[bytes, str]:
    return {vr.encode("ascii"): vr for vr in names.split()}


SHORT_FORM = _by_bytes("AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US")
"""VRs with a length of 16 bits (PS3.5 section 7.1.2)."""

LONG_FORM = _by_bytes("OB OD OF OL OV OW SQ SV UC UN UR UT UV")
"""VRs with two reserved bytes and a length of 32 bits."""

ITEM: Final = 0xFFFEE000
ITEM_END: Final = 0xFFFEE00D
SEQUENCE_END: Final = 0xFFFEE0DD
DELIMITERS = frozenset({ITEM, ITEM_END, SEQUENCE_END})

ITEM_BYTES = {b"\xfe\xff\x00\xe0": True, b"\xff\xfe\xe0\x00": False}
ITEM_END_BYTES = {b"\xfe\xff\x0d\xe0": True, b"\xff\xfe\xe0\x0d": False}
END_BYTES = {b"\xfe\xff\xdd\xe0": True, b"\xff\xfe\xe0\xdd": False}
"""The first bytes of items, their ends, and ends of sequences, and if they are little endian."""

PADDING: Final = 0xFFFCFFFC
"""Data Set Trailing Padding."""

PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
"""Float, double float and integer pixel data."""
