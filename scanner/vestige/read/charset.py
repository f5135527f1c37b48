"""Text by Specific Character Set (PS3.3 section C.12.1.1.2, PS3.5 section 6.1): never an error.

What does not fit the declared character set is tried as UTF-8 before anything is replaced, for
headers often declare one set and are written in another.
"""

import re
from functools import lru_cache

DEFAULT: tuple[str, ...] = ("ascii",)
"""The default repertoire, ISO 646."""

_SEVEN_BIT = "iso2022_jp_2"
"""The codec whose double bytes look like ASCII."""

_BY_NUMBER = {
    "6": "ascii",
    "13": "shift_jis",
    "14": "shift_jis",
    "58": "gb2312",
    "87": _SEVEN_BIT,
    "100": "latin_1",
    "101": "iso8859_2",
    "109": "iso8859_3",
    "110": "iso8859_4",
    "126": "iso8859_7",
    "127": "iso8859_6",
    "138": "iso8859_8",
    "144": "iso8859_5",
    "148": "iso8859_9",
    "149": "euc_kr",
    "159": _SEVEN_BIT,
    "166": "iso8859_11",
    "192": "utf_8",
    "203": "iso8859_15",
}
"""Codecs by the registration number in a defined term such as ISO_IR 100 or ISO 2022 IR 100."""

_BY_NAME = {"GB18030": "gb18030", "GBK": "gbk", "ISO2022GBK": "gbk", "ISO202258": "gb2312"} | {
    "UTF8": "utf_8",
    "UTF-8": "utf_8",
    "LATIN1": "latin_1",
    "ISO8859-1": "latin_1",
    "ISO-8859-1": "latin_1",
    "SHIFTJIS": "shift_jis",
}

_TERM = re.compile(r"ISO[^0-9A-Z]?(?:2022)?[^0-9A-Z]?IR[^0-9A-Z]?([0-9]{1,3})")

_ESCAPES: tuple[tuple[bytes, str, bool], ...] = (
    (b"$(D", "iso2022_jp_2", True),
    (b"$)C", "euc_kr", False),
    (b"$)A", "gb2312", False),
    (b"$B", "iso2022_jp_2", True),
    (b"$@", "iso2022_jp_2", True),
    (b"(J", "shift_jis", False),
    (b")I", "shift_jis", False),
    (b"-A", "latin_1", False),
    (b"-B", "iso8859_2", False),
    (b"-C", "iso8859_3", False),
    (b"-D", "iso8859_4", False),
    (b"-F", "iso8859_7", False),
    (b"-G", "iso8859_6", False),
    (b"-H", "iso8859_8", False),
    (b"-L", "iso8859_5", False),
    (b"-M", "iso8859_9", False),
    (b"-T", "iso8859_11", False),
    (b"-b", "iso8859_15", False),
)
"""What follows the escape character, the codec it switches to, and whether that codec wants it."""

_ESCAPE = b"\x1b"
ALONE = frozenset({"utf_8", "gb18030", "gbk"})
"""Codecs in which nothing is switched (PS3.5 section 6.1.2.4)."""

LATIN = frozenset({"ascii", "latin_1", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_9"})
"""Codecs in whose languages a valid UTF-8 sequence is no plausible pair of letters."""

_RESET = re.compile(rb"[\t\n\f\r]")
_RESET_NAME = re.compile(rb"[\t\n\f\r\\^=]")
_LONGEST_DECLARATION = 256

_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\f\r\x1b" + bytes(range(0x80, 0x100))
_SHORTEST_TEXT = 3
"""Bytes of a text of unknown kind at least; shorter ones are more often numbers."""


@lru_cache(maxsize=1024)
def codecs_of(declared: bytes) -> tuple[str, ...]:
    """The codecs that a value of (0008,0005) stands for, its first value first."""
    terms = declared[:_LONGEST_DECLARATION].decode("ascii", "replace").split("\\")
    found = [_codec(term) for term in terms]
    return tuple(dict.fromkeys(found)) if found[0] not in ALONE else (found[0],)


def _codec(term: str) -> str:
    """The codec of one defined term, misspelt or not; the default for one that is none."""
    name = "".join(term.upper().split()).strip("\x00")
    match = _TERM.match(name)
    if match:
        return _BY_NUMBER.get(match.group(1), DEFAULT[0])
    return _BY_NAME.get(name.replace("_", ""), DEFAULT[0])


def decoded(value: bytes, codecs: tuple[str, ...], *, name: bool) -> str:
    """The text of a value; `name` says that carets and equal signs end a switched set (PN)."""
    if value.isascii() and _ESCAPE not in value and codecs[0] != _SEVEN_BIT:
        return value.decode("ascii")
    first = codecs[0]
    if _ESCAPE not in value or first in ALONE:
        # The groups of a name may be written in sets of their own (PS3.5 section 6.2.1.1).
        groups = value.split(b"=") if name else (value,)
        return "=".join(_whole(group, first) for group in groups)
    head, *parts = value.split(_ESCAPE)
    reset = _RESET_NAME if name else _RESET
    return _whole(head, first) + "".join(_switched(part, first, reset) for part in parts)


def is_printable(value: bytes) -> bool:
    """Whether a value holds no control characters but those of texts, padding aside."""
    return not value.rstrip(b"\x00 ").translate(None, _PRINTABLE)


def text_throughout(value: bytes, codecs: tuple[str, ...]) -> str | None:
    """The text of a value of unknown kind, if it is nothing but text, padding aside; else None."""
    body = value.rstrip(b"\x00 ")
    if len(body) < _SHORTEST_TEXT or body.translate(None, _PRINTABLE):
        return None
    if body.isascii():
        return decoded(body, codecs, name=False)
    for codec in ("utf_8", codecs[0]):
        try:
            return None if codec in LATIN else body.decode(codec)
        except UnicodeError:
            continue
    return None


def _whole(value: bytes, codec: str) -> str:
    """A text in one codec: UTF-8 where the codec fails, or where it is Latin and UTF-8 fits."""
    trials = ("utf_8", codec) if codec in LATIN else (codec, "utf_8")
    for trial in trials:
        try:
            return value.decode(trial)
        except UnicodeError:
            continue
    return value.decode("latin_1" if codec == "ascii" else codec, "replace")


def _switched(part: bytes, first: str, reset: re.Pattern[bytes]) -> str:
    """The text behind one escape character; a delimiter leads back to the first set."""
    for code, codec, wanted in _ESCAPES:
        if part.startswith(code):
            if wanted:
                return (_ESCAPE + part).decode(codec, "replace")
            body = part[len(code) :]
            end = reset.search(body)
            at = end.start() if end else len(body)
            return body[:at].decode(codec, "replace") + _whole(body[at:], first)
    return _whole(part.removeprefix(b"(B"), first)
