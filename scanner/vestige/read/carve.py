"""Runs of text in opaque bytes: ASCII and Latin letters, UTF-8, UTF-16 in either byte order.

Bytes of compressed or encrypted data look like short text by chance, fifteen thousand times in
each MiB; a run counts only if it holds a word in one case, a number, or a date.
"""

import re
from collections.abc import Iterator

SHORTEST_RUN = 4
"""Characters of a run of text at least."""

_PAIR = rb"[\xc3-\xc5\xce-\xd1][\x80-\xbf]"
"""A letter in UTF-8: Latin, Greek or Cyrillic."""

_NARROW = (
    rb"(?:[\x20-\x7e]|" + _PAIR + rb"|(?<=[A-Za-z])[\xc0-\xff](?![\x80-\xff])"
    rb"|[\xc0-\xde](?=[A-Za-z]{2}))"
)
"""One character of a narrow run: a letter of Latin-1 counts only beside other letters."""

_WIDE = rb"[\x20-\x7e\xc0-\xff]"
_CYRILLIC = rb"[\x01\x10-\x4f\x51]"

_RUNS = re.compile(
    rb"(?P<little>(?:" + _WIDE + rb"\x00|" + _CYRILLIC + rb"\x04){4,})"
    rb"|(?P<big>(?:\x00" + _WIDE + rb"|\x04" + _CYRILLIC + rb"){4,})"
    rb"|(?P<narrow>" + _NARROW + rb"{4,})"
)
_CODECS = {"little": "utf_16_le", "big": "utf_16_be"}

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ſΑ-ΫЀ-Я"
_LOWER = "a-zß-öø-ÿĀ-ſά-ώа-џ"
_LETTER = r"[^\W\d_]"
_TELLING = re.compile(
    rf"[{_LOWER}]{{5}}|[{_UPPER}]{{5}}|[{_UPPER}][{_LOWER}]{{4}}"
    rf"|(?<!{_LETTER})(?:[{_UPPER}]{{4}}|[{_UPPER}{_LOWER}][{_LOWER}]{{3}})(?!{_LETTER})"
    rf"|\A(?=.*(?:[{_UPPER}]{{3}}|[{_LOWER}]{{2}}))(?:{_LETTER}|[ ^.'-]){{6,}}\Z"
    r"|\d{6}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d[\d -]{6}\d"
)
"""What makes a run worth judging."""


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
