"""Runs of text in opaque bytes: ASCII and Latin letters, UTF-8, UTF-16 in either byte order."""

import re
from collections.abc import Iterator

SHORTEST_RUN = 4
"""Characters of a run of text at least."""

_HIGH = rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xc0-\xff])"
_NARROW = (
    rb"(?:[\x20-\x7e]|(?<=[A-Za-z\x80-\xff])" + _HIGH + rb"(?![\x80-\xff])|"
    rb"" + _HIGH + rb"(?=[A-Za-z]))"
)
"""One character of a narrow run: a byte above 7F counts only beside a letter."""

_WIDE = rb"[\x20-\x7e\xc0-\xff]"
_CYRILLIC = rb"[\x01\x10-\x4f\x51]"

_RUNS = re.compile(
    rb"(?P<little>(?:" + _WIDE + rb"\x00|" + _CYRILLIC + rb"\x04){4,})"
    rb"|(?P<big>(?:\x00" + _WIDE + rb"|\x04" + _CYRILLIC + rb"){4,})"
    rb"|(?P<narrow>" + _NARROW + rb"{4,})"
)

_TELLING = re.compile(r"[^\W\d_]{3}|\d{5}|\d{1,4}[-./:]\d{1,2}[-./:]\d{1,4}|\d[\d -]{6}")
"""What makes a run worth judging: letters in a row, a number, or a date."""

_CODECS = {"little": "utf_16_le", "big": "utf_16_be"}


def runs(data: bytes) -> Iterator[str]:
    """The distinct runs of text in `data`, in order, without those that chance writes."""
    seen: set[str] = set()
    for match in _RUNS.finditer(data):
        text = _text(match.group(), match.lastgroup or "narrow").strip()
        if text not in seen and len(text) >= SHORTEST_RUN and _TELLING.search(text):
            seen.add(text)
            yield text


def _text(run: bytes, kind: str) -> str:
    codec = _CODECS.get(kind)
    if codec is not None:
        return run.decode(codec, "replace")
    try:
        return run.decode("utf_8")
    except UnicodeDecodeError:
        return run.decode("latin_1")
