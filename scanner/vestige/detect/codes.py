"""Names that are a code and nothing else: of a UUID or a digest, whichever it is, the same is said.

Rules read a name without its UUIDs, drop what they find inside a digest, and look for no words in
either. Expressions of rules for names read all of a name; those of `UNMOVED` want a mark, or words
of letters alone with a gap between them and a number or a date beside them, and no code has any by
the forms that count here.
"""

import re
from collections.abc import Sequence

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
_UUIDS = re.compile(rb"(?:%b/)*" % _UUID)
_NAMED = [f".{ending}".encode() for one in EXTENSIONS for ending in (one, one.upper())]
_ENDINGS = frozenset({b"", *_NAMED, *(ending + b".gz" for ending in _NAMED)})


def is_code(name: bytes) -> bool:
    """Whether the name of an entry is a UUID or a digest, with its extension."""
    found = _CODE.match(name)
    if found is None or name[found.end() :] not in _ENDINGS:
        return False
    return _WORDED.search(name) is None or _PAIR.search(name) is None


def codes_among(names: Sequence[bytes]) -> set[bytes]:
    """Those of many names that are codes; UUIDs, of which folders are full, all at once."""
    stems = b"/".join([name[:_LENGTH] for name in names])
    endings = {name[_LENGTH:] for name in names}
    if not endings <= _ENDINGS or len(stems) + 1 != (_LENGTH + 1) * len(names):
        return set(filter(is_code, names))
    if _UUIDS.fullmatch(stems + b"/") is None:
        return set(filter(is_code, names))
    # A part of letters alone begins with its dash, and the name that holds it is known by that.
    worded = {names[found.start() // (_LENGTH + 1)] for found in _WORDED.finditer(stems)}
    return set(names) - {name for name in worded if _PAIR.search(name)}
