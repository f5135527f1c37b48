"""Runs of text in opaque bytes: ASCII and Latin letters, UTF-8, UTF-16 in either byte order.

Bytes of compressed or encrypted data look like short text by chance, fifteen thousand times in
each MiB; a run counts only if it holds a word in one case, a number, or a date.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

SHORTEST_RUN = 4
"""Characters of a run of text at least."""

LONGEST_PIECE = 1 << 15
"""Characters of one piece of a long text at most."""

_ASCII = rb"[\x20-\x7e]"
_LEAD = rb"[\xc3-\xc5\xce-\xd1]"
_REST = rb"[\x80-\xbf]"
"""Two bytes of UTF-8 that are a letter: Latin, Greek or Cyrillic."""

_CAPITAL = rb"[\xc0-\xde](?=[A-Za-z][A-Za-z])"
_LATIN = rb"[\xc0-\xff](?<=[A-Za-z].)(?![\x80-\xff])"
"""A letter of Latin-1 counts only beside other letters."""

_BEYOND = rb"(?:" + _LEAD + _REST + rb"|" + _CAPITAL + rb"|" + _LATIN + rb")"
_ANY = rb"(?:" + _ASCII + rb"|" + _BEYOND + rb")"
_MORE = rb"(?:" + _ASCII + rb"++|" + _BEYOND + rb")*+"

_FOURTH = _ASCII + rb"(?<=[\x20-\x7e]...|[\xc0-\xde][A-Za-z]{2}.)"
_FOURTH_BEYOND = rb"(?<=[\x20-\x7e]..|[\xc0-\xde][A-Za-z]{2})" + _BEYOND
_THIRD = _ASCII + rb"(?:" + _FOURTH + rb"|" + _FOURTH_BEYOND + rb")"
_THIRD_BEYOND = rb"(?<=[\x20-\x7e].)" + _BEYOND + _ANY
_STARTS = (
    _ASCII + rb"(?:" + _THIRD + rb"|" + _THIRD_BEYOND + rb")",
    _REST + rb"(?<=[\xc3-\xc5\xce-\xd1].)" + _ANY * 3,
    _LEAD + _REST + rb"(?<=[\x20-\x7e]..)" + _ANY * 2,
    _CAPITAL + rb"(?<=[\x20-\x7e].)" + _ANY * 2,
    _LATIN + _ANY * 2,
)
_NARROW = re.compile(rb"[\x20-\x7e\xc0-\xff](?:" + rb"|".join(_STARTS) + rb")" + _MORE, re.DOTALL)
"""Four narrow characters, of one byte or two, and all that follow.

`_ANY{4,}` finds the same, five times more slowly: here most places are passed over by their first
byte, and whether that byte may be one is looked at only where the next three do.
"""

_BEHIND_A_LETTER = re.compile(_LATIN + _ANY * 3 + _MORE, re.DOTALL)
"""Where a wide run has ended with a letter, a letter of Latin-1 may begin a narrow one."""

_WIDE = rb"[\x20-\x7e\xc0-\xff]"
_CYRILLIC = rb"[\x01\x10-\x4f\x51]"
_LITTLE = re.compile(
    rb"(?:" + _WIDE + rb"\x00|" + _CYRILLIC + rb"\x04){4}"
    rb"(?:" + (_WIDE + rb"\x00") * 8 + rb"|" + _WIDE + rb"\x00|" + _CYRILLIC + rb"\x04"
    rb"|[\x00-\x7f]\x01(?=" + _WIDE + rb"\x00))*+"
)
_BIG = re.compile(
    rb"(?:\x00" + _WIDE + rb"|\x04" + _CYRILLIC + rb"){4}"
    rb"(?:"
    + (rb"\x00" + _WIDE) * 8
    + rb"|\x00"
    + _WIDE
    + rb"|\x04"
    + _CYRILLIC
    + rb"|\x01[\x00-\x7f](?=\x00"
    + _WIDE
    + rb"))*+"
)
"""Four wide characters and all that follow, eight at a time where they are of Latin-1."""

_HIGH = rb"[\x00\x04]"
_LOW = rb"[\x01\x10-\x7e\xc0-\xff]"
_CORE = re.compile(_HIGH + rb"(?:\x00{8,}+|" + (_LOW + _HIGH) * 2 + _LOW + rb")")
"""What stands in every wide run, or many zeros, of which only the last may belong to one."""

_THREE = rb"[\xe0-\xed][\x80-\xbf]{2}"
_FOREIGN = re.compile(
    rb"(?=(?:" + _THREE + rb"[ ^,]?){3})(?:" + _THREE + rb"|[ -~](?=" + _THREE + rb"))++"
)
"""Three letters of three bytes and all that follow; chance writes that once in sixteen MiB."""

_SCRIPTS = (
    (b"\x05", rb"[\xd0-\xea]"),
    (b"\x06", rb"[\x20-\x4a]"),
    (b"\x09", rb"[\x04-\x4d]"),
    (b"\x0b", rb"[\x80-\xcd]"),
    (b"\x0e", rb"[\x01-\x4d]"),
    (b"\x10", rb"[\xd0-\xff]"),
)
"""The blocks of scripts, and their letters: Hebrew, Arabic, Devanagari, Tamil, Thai, Georgian."""

_LITTLE_LETTER = b"|".join(letters + re.escape(block) for block, letters in _SCRIPTS)
_BIG_LETTER = b"|".join(re.escape(block) + letters for block, letters in _SCRIPTS)
_NATIVE_LITTLE = re.compile(
    rb"(?:" + _LITTLE_LETTER + rb"){3}(?:" + _LITTLE_LETTER + rb"|[ -~]\x00)*+"
)
_NATIVE_BIG = re.compile(rb"(?:" + _BIG_LETTER + rb"){3}(?:" + _BIG_LETTER + rb"|\x00[ -~])*+")
_BLOCKS = re.compile(rb"([\x05\x06\x09\x0b\x0e\x10]).\1.\1", re.DOTALL)
"""Three letters of one script, by the halves of them that name it."""

_LABEL = 80
"""Bytes before such letters in which their label may stand."""

_BLANK, _DELETE = 0x20, 0x7F

_UTF_8 = "utf_8"
_OWN = " native"
"""How the codec of a stretch is marked that is worth judging by its script."""

_ENDS = re.compile(r"[\x00-\x08\t\n\x0b\x0c\r]+")
_SHORT_TEXT = 1 << 16
"""Bytes of a value that may be a text throughout; longer ones are searched."""

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

_SURELY = re.compile(rb"[A-Za-z][a-z]{4}|[A-Z]{5}|[0-9]{6}")
_PERHAPS = re.compile(rb"[A-Za-z]{4}|[0-9][-./ 0-9]{3,6}[0-9]|\A[A-Za-z ^.'-]{6,}\Z")
"""What is enough in a run of ASCII, and what it takes: most are judged by these alone."""


@cache
def _beyond_latin() -> "re.Pattern[str]":
    """Two letters of other scripts; the set takes long to compile, and few commands carve."""
    return re.compile(r"[\u0e00-\uffdc]{2}|[\u0900-\u0dff]{2}")


def runs(data: bytes | memoryview) -> Iterator[str]:
    """The distinct runs of text in `data`, in order, without those that chance writes."""
    written = _throughout(data)
    if written is not None:
        yield from dict.fromkeys(filter(_tells, map(str.strip, _ENDS.split(written))))
        return
    judged: set[bytes] = set()
    given: set[str] = set()
    for run, codec in chain(_stretches(data), _native(data)):
        if run in judged:
            continue
        judged.add(run)
        text = _telling(run, codec)
        if text and text not in given:
            given.add(text)
            yield text


def _throughout(data: bytes | memoryview) -> str | None:
    """The text that short bytes are from the first to the last, if it goes beyond ASCII."""
    if len(data) > _SHORT_TEXT:
        return None
    raw = bytes(data)
    if raw.isascii():
        return None
    try:
        text = raw.decode("utf_8")
    except UnicodeDecodeError:
        return None
    return text if _ENDS.sub("", text).isprintable() else None


def _tells(piece: str) -> bool:
    return len(piece) >= SHORTEST_RUN and bool(
        _TELLING.search(piece) or _beyond_latin().search(piece)
    )


def _native(data: bytes | memoryview) -> Iterator[tuple[bytes, str]]:
    """Stretches of letters that take three bytes of UTF-8, or two of UTF-16, with their labels.

    Georgian, Indian, Thai, Hebrew and Arabic letters; in UTF-8 Han and Hangul too, which chance
    writes all the time in UTF-16.
    """
    for found in _FOREIGN.finditer(data):
        yield found.group(), _UTF_8
    at = 0
    while block := _BLOCKS.search(data, at):
        start = block.start()
        at = start + 1
        wide = ((_NATIVE_LITTLE, start - 1, "utf_16_le"), (_NATIVE_BIG, start, "utf_16_be"))
        for place, (expression, first, codec) in enumerate(wide):
            letters = expression.match(data, first) if first >= 0 else None
            if letters is not None:
                at = letters.end()
                yield bytes(data[_back(data, first, 1 - place) : at]), codec + _OWN
                break


def _back(data: bytes | memoryview, start: int, place: int) -> int:
    """Where the ASCII letters of two bytes begin that stand directly before a place."""
    for at in range(start - 2, max(start - _LABEL, -1), -2):
        if data[at + place] or not _BLANK <= data[at + 1 - place] < _DELETE:
            return at + 2
    return max(start - _LABEL, start % 2)


def _telling(run: bytes, codec: str) -> str:
    """The text of a run; "" if it is not worth judging."""
    plain = not codec and run.isascii()
    if plain and _SURELY.search(run):
        return run.decode("ascii").strip()
    if plain and not _PERHAPS.search(run):
        return ""
    text = _text(run, codec).strip()
    if codec == _UTF_8 or codec.endswith(_OWN):
        return text
    return text if len(text) >= SHORTEST_RUN and _TELLING.search(text) else ""


def _stretches(data: bytes | memoryview) -> Iterator[tuple[bytes, str]]:
    """Stretches of characters, each with its codec, "" for a narrow one; none overlaps another.

    The first to begin is taken, a wide one before a narrow one, and the search goes on at its end.
    """
    rest = _NARROW.finditer(data)
    wide = _next_wide(data, 0)
    narrow = next(rest, None) if wide else None
    while wide is not None:
        match, codec = wide
        if narrow is not None and narrow.start() < match.start():
            yield narrow.group(), ""
            if match.start() < narrow.end():
                wide = _next_wide(data, narrow.end())
            narrow = next(rest, None)
            continue
        yield match.group(), codec
        at = match.end()
        wide = _next_wide(data, at)
        if narrow is not None and narrow.start() < at:
            narrow = _BEHIND_A_LETTER.match(data, at) or _NARROW.search(data, at)
            rest = _NARROW.finditer(data, narrow.end() if narrow else len(data))
    if narrow is not None:
        yield narrow.group(), ""
    for one in rest:
        yield one.group(), ""


def _next_wide(data: bytes | memoryview, at: int) -> tuple[re.Match[bytes], str] | None:
    """The first wide run from a place on, and its codec."""
    searched = at
    while core := _CORE.search(data, searched):
        start = core.start()
        if not data[start + 1]:
            searched = core.end() - 1
            continue
        if start > at and (little := _LITTLE.match(data, start - 1)):
            return little, "utf_16_le"
        if big := _BIG.match(data, start):
            # A zero in front of little endian text looks like big endian, up to the first letter
            # that is not of Latin-1.
            other = _LITTLE.match(data, start + 1)
            if other is not None and other.end() > big.end() + 1:
                return other, "utf_16_le"
            return big, "utf_16_be"
        searched = start + 1
    return None


def _text(run: bytes, codec: str) -> str:
    if codec:
        return run.decode(codec.removesuffix(_OWN), "replace")
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
