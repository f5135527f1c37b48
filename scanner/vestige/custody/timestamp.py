"""Requests for a time stamp (RFC 3161, section 2.4.1), to be sent by whatever means there are.

Vestige talks to no network: the file is handed to a time-stamping authority by the user, and its
answer is attached to the case.
"""

_SHA256 = bytes.fromhex("0609608648016503040201")
"""The object identifier 2.16.840.1.101.3.4.2.1, in DER."""

_NULL = b"\x05\x00"
_TRUE = b"\x01\x01\xff"
_VERSION_1 = b"\x02\x01\x01"
_SEQUENCE, _OCTETS, _INTEGER = 0x30, 0x04, 0x02
_SHORT = 0x80


def request(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq for a SHA-256, in DER; the authority's certificate is asked for, too."""
    imprint = _tagged(_SEQUENCE, _tagged(_SEQUENCE, _SHA256 + _NULL) + _tagged(_OCTETS, digest))
    return _tagged(_SEQUENCE, _VERSION_1 + imprint + _integer(nonce) + _TRUE)


def _integer(value: int) -> bytes:
    # One bit more than the number has: a first bit that is set would make it negative.
    return _tagged(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _tagged(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < _SHORT:
        return bytes((tag, length)) + content
    raw = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, _SHORT | len(raw))) + raw + content
