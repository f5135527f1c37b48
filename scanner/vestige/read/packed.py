"""Packed values: gzip and zlib streams and base64 text, unpacked within bounds."""

import base64
import binascii
import re
import zlib
from typing import NamedTuple

GZIP = b"\x1f\x8b\x08"
"""How a gzip stream begins (RFC 1952)."""

_ZLIB = (b"x\x01", b"x^", b"x\x9c", b"x\xda")
_SEARCHED = 64
"""Bytes of a value in which a gzip stream may begin, behind lengths and versions."""

_STEP = 64 << 10
_SURELY = 64
"""Bytes that must come out of a broken stream, for else chance wrote its first bytes."""

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="
_SPACES = b" \t\r\n\0"
_SHORTEST = 16
"""Characters of base64 at least; shorter ones are words."""

_DATA_URL = re.compile(rb"data:[a-z0-9.+/;=-]{0,80}base64,")


class Unpacked(NamedTuple):
    """What came out, what stands around the stream, and the code of what was lost or ""."""

    data: bytes
    around: bytes
    loss: str


def stream_start(value: bytes) -> int:
    """Where a compressed stream begins in a value, by its first bytes; -1 if none does."""
    at = value.find(GZIP, 0, _SEARCHED)
    if at >= 0:
        return at
    if value[:2] in _ZLIB:
        return 0
    return 4 if value[4:6] in _ZLIB else -1


def inflated(value: bytes, start: int, room: int) -> Unpacked | None:
    """What a compressed stream holds, `room` bytes at most; None if it is no such stream."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    parts: list[bytes] = []
    chunk, loss, given = value[start:], "", 0
    while not inflater.eof:
        if given >= room:
            loss = "budget"
            break
        try:
            part = inflater.decompress(chunk, min(_STEP, room - given))
        except zlib.error:
            loss = "blob-unread"
            break
        parts.append(part)
        given += len(part)
        chunk = inflater.unconsumed_tail
        if not part and not chunk and not inflater.eof:
            loss = "blob-unread"
            break
    if loss == "blob-unread" and given < _SURELY:
        return None
    return Unpacked(b"".join(parts), value[:start] + inflater.unused_data, loss)


def is_base64(value: bytes) -> bool:
    """Whether a value may be base64 text throughout, by its characters and their number."""
    if value.startswith(b"data:"):
        return _DATA_URL.match(value) is not None
    if value[:_SHORTEST].translate(None, _BASE64):
        return False
    body = value.translate(None, _SPACES)
    return len(body) >= _SHORTEST and len(body) % 4 != 1 and not body.translate(None, _BASE64)


def unbased(value: bytes) -> bytes:
    """The bytes that base64 text stands for; b"" if it is none."""
    found = _DATA_URL.match(value)
    body = value[found.end() if found else 0 :].translate(None, _SPACES)
    try:
        return base64.b64decode(body + b"=" * (-len(body) % 4), b"-_" if _is_url(body) else None)
    except (binascii.Error, ValueError):
        return b""


def _is_url(body: bytes) -> bool:
    """Whether text uses the characters of RFC 4648 section 5."""
    return b"-" in body or b"_" in body
