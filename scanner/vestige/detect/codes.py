"""Names that are a code and nothing else: of a UUID or a digest, whichever it is, the same is said.

Rules read a name without its UUIDs, drop what they find inside a digest, and look for no words in
either. Expressions of rules for names read all of a name; those of `UNMOVED` want a mark, or words
of letters alone with a gap between them, and no code has any by the forms that count here.
"""

import re

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

_GROUP = rb"(?=[a-fA-F]{0,3}\d)[0-9a-fA-F]{4}-"
_UUID = rb"(?=[a-fA-F]{0,7}\d)[0-9a-fA-F]{8}-(?:%b){3}(?=[a-fA-F]{0,11}\d)[0-9a-fA-F]{12}" % _GROUP
"""With a digit in each of its parts: one of letters alone may be a word."""

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
    return found is not None and name[found.end() :] in _ENDINGS
