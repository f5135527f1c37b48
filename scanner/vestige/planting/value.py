"""Values: texts and numbers to the bytes of a data element (PS3.5 6.1 and 6.2)."""

import re
import struct
from collections.abc import Mapping, Sequence

TEXTS_OF_CHARACTER_SET = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})
"""The VRs that Specific Character Set (0008,0005) governs; all other texts are ASCII."""

_BYTES = frozenset({"OB", "OW", "UN"})
_NUMBERS: Mapping[str, str] = {
    "AT": "H",
    "FD": "d",
    "FL": "f",
    "SL": "l",
    "SS": "h",
    "UL": "L",
    "US": "H",
}
_CODECS: Mapping[str, str] = {
    "": "ascii",
    "GB18030": "gb18030",
    "GBK": "gbk",
    "ISO_IR 6": "ascii",
    "ISO_IR 13": "shift_jis",
    "ISO_IR 100": "latin-1",
    "ISO_IR 101": "iso8859-2",
    "ISO_IR 109": "iso8859-3",
    "ISO_IR 110": "iso8859-4",
    "ISO_IR 126": "iso8859-7",
    "ISO_IR 127": "iso8859-6",
    "ISO_IR 138": "iso8859-8",
    "ISO_IR 144": "iso8859-5",
    "ISO_IR 148": "iso8859-9",
    "ISO_IR 192": "utf-8",
    "ISO 2022 IR 13": "shift_jis",
}
_ESCAPED: Mapping[str, tuple[bytes, str]] = {
    "ISO 2022 IR 58": (b"\x1b$)A", "gb2312"),
    "ISO 2022 IR 87": (b"", "iso2022_jp"),
    "ISO 2022 IR 149": (b"\x1b$)C", "euc_kr"),
    "ISO 2022 IR 100": (b"\x1b-A", "latin-1"),
    "ISO 2022 IR 144": (b"\x1b-L", "iso8859-5"),
}
"""Escape sequence and codec of code extensions; the codec of IR 87 writes its own escapes."""

_PARTS = re.compile(r"([\^=\\\r\n\f\t]+)")
"""What returns a text to its initial state (PS3.5 6.1.2.5.3)."""


def character_sets() -> frozenset[str]:
    """The terms of Specific Character Set that can be written."""
    return frozenset(_CODECS) | frozenset(_ESCAPED)


def padding(vr: str) -> bytes:
    """What makes a value of this VR even."""
    return b"\0" if vr in _BYTES or vr == "UI" else b" "


def encoded(text: str, vr: str, charset: str) -> bytes:
    """A text as a value; what the character set lacks becomes `?`.

    Bytes are written as the characters U+0000 to U+00FF.
    """
    if vr in _BYTES:
        return text.encode("latin-1", "replace")
    if vr not in TEXTS_OF_CHARACTER_SET:
        return text.encode("ascii", "replace")
    first, *others = charset.split("\\")
    extensions = [_ESCAPED[term] for term in (first, *others) if term in _ESCAPED]
    if not extensions:
        return text.encode(_CODECS[first], "replace")
    initial = _CODECS.get(first, "ascii")
    return b"".join(_extended(part, initial, extensions) for part in _PARTS.split(text))


def packed(numbers: Sequence[int | float], vr: str, *, big: bool) -> bytes:
    """Numbers as a value; those of DS and IS are texts."""
    if vr not in _NUMBERS:
        return "\\".join(f"{number:g}" for number in numbers).encode()
    return struct.pack(f"{'>' if big else '<'}{len(numbers)}{_NUMBERS[vr]}", *numbers)


def _extended(part: str, initial: str, extensions: Sequence[tuple[bytes, str]]) -> bytes:
    """One part between delimiters, in the first character set that has all its characters."""
    plain = _single_bytes(part, initial)
    if plain is not None:
        return plain
    for escape, codec in extensions:
        try:
            return escape + part.encode(codec)
        except UnicodeEncodeError:
            continue
    return part.encode("ascii", "replace")


def _single_bytes(part: str, codec: str) -> bytes | None:
    try:
        raw = part.encode(codec)
    except UnicodeEncodeError:
        return None
    return raw if len(raw) == len(part) else None
