"""Codings: what is written in text in other letters: escapes, markup, base64, digits of bytes."""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

SHORTEST_CODE = 12
"""Characters of base64 or hexadecimal digits at least; a short name and a mark have as many."""

MOST_CODES = 20_000
"""Runs of one MiB of text that are decoded."""

_APART = 12
"""One in so many bytes at most parts the texts of which bytes consist: zeros behind names."""

_TAG = re.compile(rb"<[A-Za-z/!?][^<>]{0,2000}>")
_TAGS = re.compile(rb"(?:<[A-Za-z/!?][^<>]{0,2000}>\s*)+")
_NEAR = 96
"""Bytes on both sides of an escape that are read with it."""

_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
_PRINTED = re.compile(rb"=(?:[C-F][0-9A-F]|\r?\n)")
_ENTITY = re.compile(rb"&(?:#\d{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{3,8});")
_BACKSLASH = re.compile(
    rb"\\u\{?([0-9A-Fa-f]{4})\}?|\\x([0-9A-Fa-f]{2})|\\'([0-9A-Fa-f]{2})|\\([0-3][0-7]{2})"
)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BASE64 = re.compile(
    rb"[A-Za-z0-9+/_-]{12,}(?:\r?\n[ \t]*[A-Za-z0-9+/_-]{2,})*={0,2}(?![A-Za-z0-9+/_-])"
)
_HEX = re.compile(rb"[0-9A-Fa-f]{12,}")
_HEX_APART = re.compile(rb"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[ :,]){5,}[0-9A-Fa-f]{2}")
_SHAPE = bytes(
    ord("h") if chr(c) in "0123456789abcdefABCDEF" else 0x20 if c in b" :," else 0
    for c in range(256)
)
_BREAKS = re.compile(rb"[\r\n \t]+")
_PARTS = re.compile(rb"[/_\r\n \t-]+")
_LONG = re.compile(rb"[A-Za-z0-9+/\r\n=]{400,}")
_SPACED = re.compile(rb"\s\S{1,60}\s\S{1,60}\s")
_CONTROLS = bytes((*range(9), 11, *range(14, 27), *range(28, 32), 127))
_NARROW = bytes(range(0x20, 0x7F)) + b"\t\r\n"


class Decoded(NamedTuple):
    """What a text says in other letters: how it was written, and the bytes it stands for."""

    coding: str
    data: bytes


def is_text(data: bytes) -> bool:
    """Whether bytes are a text throughout, in whatever encoding of one byte or more a letter."""
    if not data:
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" not in data and controls <= len(data) >> 8:
        return True
    return controls * _APART <= len(data) and _is_unicode(data)


def _is_unicode(data: bytes) -> bool:
    """Whether bytes are UTF-8, but for letters that their end cuts in two."""
    for cut in range(4):
        try:
            data[: len(data) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False


def respelled(data: bytes) -> Iterator[Decoded]:
    """A text again where tags or escapes part its letters; nothing of a text without them."""
    for coding, sign, spell in _SPELLINGS:
        around = _around(sign, data)
        if around:
            spelled = spell(around)
            if spelled != around:
                yield Decoded(coding, spelled)


def _around(sign: re.Pattern[bytes], data: bytes) -> bytes:
    """The parts of a text around the places where a sign stands, with a line's end between."""
    parts: list[bytes] = []
    begin = end = -1
    for match in sign.finditer(data):
        if begin >= 0 and match.start() - _NEAR <= end:
            end = match.end() + _NEAR
            continue
        if begin >= 0:
            parts.append(data[begin:end])
        begin, end = max(0, match.start() - _NEAR), match.end() + _NEAR
    if begin >= 0:
        parts.append(data[begin:end])
    return b"\n".join(parts)


def _without_tags(data: bytes) -> bytes:
    return _with_entities(_TAGS.sub(b" ", data))


def _tags_cut_out(data: bytes) -> bytes:
    return _with_entities(_TAG.sub(b"", data))


def _with_entities(data: bytes) -> bytes:
    if not _ENTITY.search(data):
        return data
    return html.unescape(data.decode("utf-8", "surrogateescape")).encode("utf-8", "replace")


def _printed(data: bytes) -> bytes:
    return binascii.a2b_qp(data)


def _backslashes(data: bytes) -> bytes:
    """A text with its escapes as letters; those of one byte are bytes of UTF-8 or of Latin-1."""
    spelled = _BACKSLASH.sub(_escaped, data)
    try:
        text = spelled.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return spelled
    return _SURROGATES.sub(_pair, text).encode("utf-8", "replace")


def _escaped(match: re.Match[bytes]) -> bytes:
    wide, byte, rtf, octal = match.groups()
    if wide is not None:
        return chr(int(wide, 16)).encode("utf-8", "surrogatepass")
    if octal is not None:
        return bytes((int(octal, 8),))
    return bytes((int(byte or rtf, 16),))


def _pair(match: re.Match[str]) -> str:
    return match.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le")


_SPELLINGS: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
    ("text across tags", _TAG, _without_tags),
    ("text with tags cut out", _TAG, _tags_cut_out),
    ("percent escapes", _PERCENT, unquote_to_bytes),
    ("quoted-printable", _PRINTED, _printed),
    ("entities", _ENTITY, _with_entities),
    ("escapes", _BACKSLASH, _backslashes),
)


def decoded(data: bytes, is_container: Callable[[bytes], bool]) -> Iterator[Decoded]:
    """What runs of base64 and of hexadecimal digits in a text stand for, if it is text or opens.

    Texts come together, one a line; each container by itself.
    """
    for coding, runs in (("base64", _of_base64), ("hexadecimal", _of_hexadecimal)):
        texts = []
        for plain in runs(data):
            if is_container(plain):
                yield Decoded(coding, plain)
            else:
                text = _text(plain)
                if text:
                    texts.append(text)
        if texts:
            yield Decoded(coding, b"\n".join(texts))


def without_codes(data: bytes) -> bytes:
    """A text without long runs of base64, in which no word stands: they are decoded."""
    return _LONG.sub(_gap, data)


def _gap(match: re.Match[bytes]) -> bytes:
    """Keeps what has lines of many words: a text without marks."""
    return match.group() if _SPACED.search(match.group()) else b"\n"


def _of_base64(data: bytes) -> Iterator[bytes]:
    left = MOST_CODES
    for match in _BASE64.finditer(data):
        run = match.group()
        if run.islower() or run.isupper():
            continue  # chance writes no three bytes in letters of one case for long
        whole = _unbased(_BREAKS.sub(b"", run))
        if whole:
            yield whole
        if len(run) <= 1 << 10:
            for part in _PARTS.split(run):
                if SHORTEST_CODE <= len(part) < len(run):
                    yield _unbased(part)
        left -= 1
        if not left:
            return


def _unbased(run: bytes) -> bytes:
    body = run.rstrip(b"=")
    if len(body) % 4 == 1:
        body = body[:-1]
    other = b"-_" if b"-" in body or b"_" in body else None
    try:
        return base64.b64decode(body + b"=" * (-len(body) % 4), other)
    except (binascii.Error, ValueError):
        return b""


def _of_hexadecimal(data: bytes) -> Iterator[bytes]:
    left = MOST_CODES
    shape = data.translate(_SHAPE)
    for expression, sign in ((_HEX, b"h" * SHORTEST_CODE), (_HEX_APART, b"hh " * 6)):
        if sign not in shape:  # a look at all bytes costs less than a look for pairs of digits
            continue
        for match in expression.finditer(data):
            run = match.group().translate(None, b" :,")
            if len(run) % 2 == 0:
                yield binascii.unhexlify(run)
            left -= 1
            if not left:
                return


def _text(data: bytes) -> bytes:
    """The text that decoded bytes are, as UTF-8; b"" if they are none, as chance writes them."""
    if len(data) < SHORTEST_CODE // 2:
        return b""
    if not data.translate(None, _NARROW):
        return data
    for wide in (data[::2], data[1::2]):
        other = data[1::2] if wide is data[::2] else data[::2]
        if not other.strip(b"\0") and not wide.translate(None, _NARROW):
            return wide
    return _foreign(data)


def _foreign(data: bytes) -> bytes:
    """Decoded bytes that are UTF-8 beyond ASCII, or UTF-16; b"" if they are neither."""
    for codec in ("utf-8", "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if text.isprintable() or all(c.isprintable() or c.isspace() for c in text):
            letters = sum(c.isascii() for c in text)
            if codec == "utf-8" or 2 * letters >= len(text):
                return text.encode("utf-8", "replace")
    return b""
