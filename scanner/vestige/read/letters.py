"""Letters: names with letters beyond ASCII among bytes that are no text, in UTF-8 and UTF-16.

`carve` finds runs that are worth judging; here a known name is looked for, so that more letters may
be taken for ones: of all alphabets in UTF-8, of the Latin one in UTF-16.
"""

import re
from collections.abc import Iterator

_THREE = rb"[\xe0-\xed][\x80-\xbf]{2}"
_NARROW = re.compile(
    rb"(?:[A-Za-z ,.^'_-]|[\xc3-\xdf][\x80-\xbf]|" + _THREE + rb"){4,}|(?:" + _THREE + rb"){2,}"
)
_LITTLE = re.compile(
    rb"(?:[A-Za-z ,.^'_-]\x00|[\xc0-\xff]\x00|.\x01|[\x00-\x4f]\x02){5,}", re.DOTALL
)
_BIG = re.compile(rb"(?:\x00[A-Za-z ,.^'_-]|\x00[\xc0-\xff]|\x01.|\x02[\x00-\x4f]){5,}", re.DOTALL)


def beyond_ascii(data: bytes) -> Iterator[str]:
    """The runs of letters in `data` in which some are beyond ASCII, in order by encoding."""
    for match in _NARROW.finditer(data):
        run = match.group()
        if not run.isascii():
            text = run.decode("utf-8", "replace")
            if any(c.isalpha() for c in text):
                yield text
    for expression, codec, low in ((_LITTLE, "utf-16-le", 0), (_BIG, "utf-16-be", 1)):
        for match in expression.finditer(data):
            run = match.group()
            if 2 * run[1 - low :: 2].count(0) >= len(run) // 2 and run[1 - low :: 2].strip(b"\0"):
                yield run.decode(codec, "replace")
