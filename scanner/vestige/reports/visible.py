"""Texts of a volume made visible and harmless: what cannot be seen is written as an escape."""

import re

_FIRST_RAW_BYTE, _LAST_RAW_BYTE = 0xDC80, 0xDCFF
_LAST_ASCII = 0x7F
_LAST_OF_BASIC_PLANE = 0xFFFF
_LATIN_SUPPLEMENT = 0x100

# Printable for Python, yet nothing to be seen: fillers, joiners and selectors that hide in names.
_BLANKS = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)


_HIDDEN = re.compile(f"[{''.join(map(chr, sorted(_BLANKS)))}]")


def visible(text: str) -> str:
    r"""`text` with every control, bidirectional, invisible and surrogate character as an escape.

    Bytes that were no UTF-8 (as os.fsdecode gives them) and ASCII controls become \xNN, the others
    \uNNNN or \UNNNNNNNN. Backslashes stay single: they are separators of DICOM values.
    """
    if text.isprintable() and (text.isascii() or not _HIDDEN.search(text)):
        return text
    return "".join(c if _is_seen(c) else _escape(ord(c)) for c in text)


def clip(text: str, limit: int) -> str:
    """`text` made visible, at most `limit` characters of it; what is cut is cut in the middle."""
    # What is far beyond the limit can be left out before it is escaped: escapes only lengthen.
    if len(text) > 2 * limit:
        text = text[:limit] + text[-limit:]
    shown = visible(text)
    if len(shown) <= limit:
        return shown
    head = (limit - 1) // 2
    return f"{shown[:head]}…{shown[len(shown) - (limit - 1 - head) :]}"


def _is_seen(character: str) -> bool:
    return character.isprintable() and ord(character) not in _BLANKS


def _escape(code: int) -> str:
    if _FIRST_RAW_BYTE <= code <= _LAST_RAW_BYTE:
        return f"\\x{code % _LATIN_SUPPLEMENT:02x}"
    if code <= _LAST_ASCII:
        return f"\\x{code:02x}"
    if code <= _LAST_OF_BASIC_PLANE:
        return f"\\u{code:04x}"
    return f"\\U{code:08x}"
