"""Names that are a code and nothing else: of a UUID or a digest, whichever it is, the same is said.

Rules read a name without its UUIDs, drop what they find inside a digest, and look for no words in
either. Expressions of rules for names read all of a name; those of `UNMOVED` want a mark, or words
of letters alone with a gap between them and a number or a date beside them, and no code has any by
the forms that count here.
"""

import re
from collections.abc import Iterator

from vestige.pieces import EXTENSIONS

TWINS = (b"3f2504e0-4f89-41d3-9a0c-0305e82c3301", b"9b74c9897bac770ffc029102a200c5de")
"""One code of each kind, which stand for all others."""

UNMOVED = frozenset(
    f"names/{name}"
    for name in (
        "born-pair",
        "caret-name",
        "comma-pair",
        "numbered-pair",
        "surname-before-uuid",
        "titled-name",
    )
)
"""Rules for names whose expressions find nothing in any code."""

SHORTEST = 32
"""Characters of a code at least."""

_LENGTH = 36
_UUID = (
    rb"(?=[a-fA-F]{0,7}\d)[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}(?=[a-fA-F]{0,11}\d)[0-9a-fA-F]{12}"
)
"""With a digit in its first and its last part: of letters alone either may be a word."""
_WORDED = re.compile(rb"-[a-fA-F]{4}-")
_PAIR = re.compile(rb"\d{4}-[a-fA-F]{4}-[a-fA-F]{2}|[a-fA-F]{2}-[a-fA-F]{4}-\d{4}")
"""A part of letters alone beside other letters, and a number beside the two: 1903-dead-beef."""

_DIGEST = (
    rb"(?!\d{8}|\d{1,4}[dDfF])"
    rb"(?=[A-Fa-f]*\d+[A-Fa-f]+\d|\d+[A-Fa-f]+\d+[A-Fa-f])[0-9A-Fa-f]{32,128}(?![0-9A-Fa-f])"
)
"""One that does not begin as a date does: 20110304, 12dec2011."""

_CODE = re.compile(rb"%b|%b" % (_UUID, _DIGEST))
_NAMED = [f".{ending}".encode() for one in EXTENSIONS for ending in (one, one.upper())]
_ENDINGS = frozenset({b"", *_NAMED, *(ending + b".gz" for ending in _NAMED)})


def is_code(name: bytes) -> bool:
    """Whether the name of an entry is a UUID or a digest, with its extension."""
    found = _CODE.match(name)
    if found is None or name[found.end() :] not in _ENDINGS:
        return False
    return _WORDED.search(name) is None or _PAIR.search(name) is None


_PARTS = ((0, 8), (9, 13), (14, 18), (19, 23), (24, _LENGTH))
"""Where the parts of a UUID begin and end."""
_SHAPE = b"-".join([b"\0" * (end - begin) for begin, end in _PARTS])
_MARKS = bytes.maketrans(b"\1" + b"0123456789" + b"abcdefABCDEF", b"\2" + b"\0" * 10 + b"\1" * 12)
"""The table by which digits become 0, and letters of base sixteen 1, as nothing else does."""
_NO_LETTERS = bytes.maketrans(b"\1", b"\0")
_BETWEEN = b"/"


def not_codes(names: bytes) -> list[int] | None:
    """The places of those of many names that are no codes; None if one has no form of a UUID.

    The names are parted by slashes. Folders are full of such names, and no two of them are alike:
    they are all looked at together.
    """
    first, count = names.partition(_BETWEEN)[0], names.count(_BETWEEN) + 1
    ending, step = first[_LENGTH:], len(first) + 1
    if ending not in _ENDINGS or len(names) + 1 != step * count:
        return None
    marks = names.translate(_MARKS)
    alike = _SHAPE + ending.translate(_MARKS).translate(_NO_LETTERS) + _BETWEEN
    if marks.translate(_NO_LETTERS) + _BETWEEN != alike * count:
        return None
    if ending and (names + _BETWEEN).count(ending + _BETWEEN) != count:
        return None
    open_ones = 0
    for part in _PARTS:
        open_ones |= _of_letters(marks, part, step)
    places = _places(open_ones.to_bytes(count, "big"))
    return [place for place in places if not is_code(names[place * step : (place + 1) * step - 1])]


def _of_letters(marks: bytes, part: tuple[int, int], step: int) -> int:
    """A byte of 1 for each of many names of which a part is of letters alone."""
    found = -1
    for place in range(*part):
        found &= int.from_bytes(marks[place::step], "big")
        if not found:
            break
    return found


def _places(flags: bytes) -> Iterator[int]:
    """Where a byte of 1 stands."""
    place = flags.find(1)
    while place >= 0:
        yield place
        place = flags.find(1, place + 1)
