"""Runs of text in opaque bytes: ASCII and Latin letters, UTF-8, UTF-16 in either byte order.

Bytes of compressed or encrypted data look like short text by chance, fifteen thousand times in
each MiB; a run counts only if it holds a word in one case, a number, or a date.
"""

import re
from collections.abc import Iterator

SHORTEST_RUN = 4
"""Characters of a run of text at least."""

LONGEST_PIECE = 1 << 15
"""Characters of one piece of a long text at most."""

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

_UPPER = r"A-ZÀ-ÖØ-Þ\u0100-\u017e\u0391-\u03ab\u0400-\u042f"
_LOWER = r"a-zß-öø-ÿ\u0100-\u017e\u03ac-\u03ce\u0430-\u045f"
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:[{_UPPER}]?[{_LOWER}]+|[{_UPPER}]+)"
_TELLING = re.compile(
    rf"[{_LOWER}]{{5}}|[{_UPPER}]{{5}}|[{_UPPER}][{_LOWER}]{{4}}"
    rf"|(?<!{_LETTER})(?:[{_UPPER}]{{4}}|[{_UPPER}{_LOWER}][{_LOWER}]{{3}})(?!{_LETTER})"
    rf"|\A(?=.{{6}}){_WORD}(?:[ ^.'-]+{_WORD})+\Z"
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


def pieces(text: str) -> Iterator[str]:
    """`text` in pieces of 32,768 characters at most, cut behind a line or a word where it can be.

    Whoever judges a text may look at its beginning only; cut up, all of a long one is judged.
    """
    at = 0
    while len(text) - at > LONGEST_PIECE:
        limit = at + LONGEST_PIECE
        ends = (text.rfind(mark, at + LONGEST_PIECE // 2, limit) for mark in "\n\\ ")
        cut = next((end + 1 for end in ends if end >= 0), limit)
        yield text[at:cut]
        at = cut
    yield text[at:]
