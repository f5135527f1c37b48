"""Forms of digests: in what ways a text may be the digest of something, whole or cut."""

import hashlib
import re
import uuid
from base64 import b32encode, b64decode, b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import import_module
from struct import Struct
from typing import NamedTuple, Protocol
from zlib import crc32

_HEAD = 4
"""Bytes of a digest by which it is looked up."""

_CUTS = frozenset({8, 10, 12, 16, 20, 24, 32, 40, 48, 64})
"""Lengths to which digests are usually cut, besides all of them."""

_COUNTED = frozenset({"MD5", "SHA-1", "SHA-256", "SHA-512"})
"""Digests that are written as decimal numbers."""

_DECIMAL_CUTS = _CUTS - {8}

_HEX = re.compile(r"[0-9A-Fa-f]{8,128}")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_ORTHANC = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{8}){4}")
"""The digest of a Patient ID, as Orthanc names its resources."""

_BASE64 = re.compile(r"(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=\D*\d|.{27})[A-Za-z0-9+/_-]{10,88}={0,2}")
_BASE32 = re.compile(r"(?=[^2-7]*[2-7])(?=[^A-Z]*[A-Z])[A-Z2-7]{16,103}={0,6}")
_DECIMAL = re.compile(r"[1-9]\d{7,154}")
_UID = re.compile(r"[0-9]+(?:\.[0-9]+){2,}|2\.25\.[0-9]+")
_WIDEST_ORDINARY = 12
"""Digits of what is taken for a record number rather than for a digest."""

_LEAST_WHOLE = 22
"""Characters of a whole digest of sixteen bytes; shorter texts of letters and digits are words."""

_UID_DIGITS = 28
"""Digits of a number in a UID that may be a digest: times and counters are shorter."""

_LONGEST_UID = 64
_RANDOM = 4
_UUID_BYTES = 16
_PYDICOM_ROOT = "1.2.826.0.1.3680043.8.498"


class Digest(Protocol):
    """A digest of bytes, as hashlib makes it."""

    def digest(self) -> bytes:
        """The digest."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A way to make a digest, and how many bytes that has."""

    new: Callable[[bytes], Digest]
    size: int

    def digest(self, raw: bytes) -> bytes:
        """The digest of bytes."""
        return self.new(raw).digest()

    def heads(self, texts: Sequence[bytes]) -> list[bytes]:
        """The first bytes of the digests of many texts, by which most are told to be none."""
        new = self.new
        return [new(text).digest()[:_HEAD] for text in texts]


@dataclass(frozen=True, slots=True)
class _OfCrc32(Algorithm):
    """CRC-32, of which whole digests are made in a tenth of the time that objects of it take."""

    def heads(self, texts: Sequence[bytes]) -> list[bytes]:
        """The digests of many texts."""
        return list(map(_BIG_ENDIAN, map(crc32, texts)))


_BIG_ENDIAN = Struct(">I").pack


@dataclass(frozen=True, slots=True)
class _OfName(Algorithm):
    """A UUID made from a name, whose marks stand behind the first bytes of a plain digest."""

    plain: Callable[[bytes], Digest]
    namespace: bytes

    def heads(self, texts: Sequence[bytes]) -> list[bytes]:
        """The first bytes of the digests of many texts."""
        plain, namespace = self.plain, self.namespace
        return [plain(namespace + text).digest()[:_HEAD] for text in texts]


@dataclass(frozen=True, slots=True)
class _Made:
    made: bytes

    def digest(self) -> bytes:
        return self.made


def _crc32(raw: bytes) -> Digest:
    return _Made(crc32(raw).to_bytes(_HEAD, "big"))


def _own(name: str, *modules: str) -> Callable[[bytes], Digest]:
    """CPython's own digest where it has one: on short texts it is twice as fast as OpenSSL's."""
    for module in modules:
        with suppress(ImportError, AttributeError):
            found: Callable[[bytes], Digest] = getattr(import_module(module), name)
            return found
    return partial(hashlib.new, name, usedforsecurity=False)


def _uuid(version: int, plain: Callable[[bytes], Digest], name: bytes) -> Digest:
    made = bytearray(plain(name).digest()[:_UUID_BYTES])
    # The marks of version and variant (RFC 9562 section 4), set here at a tenth of uuid's cost.
    made[6] = made[6] & 0x0F | version << 4
    made[8] = made[8] & 0x3F | 0x80
    return _Made(bytes(made))


_BY_MD5, _BY_SHA1 = 3, 5
_NAMESPACES = {
    "DNS": uuid.NAMESPACE_DNS.bytes,
    "URL": uuid.NAMESPACE_URL.bytes,
    "OID": uuid.NAMESPACE_OID.bytes,
    "X.500": uuid.NAMESPACE_X500.bytes,
}

_MD5, _SHA1 = _own("md5", "_md5"), _own("sha1", "_sha1")

ALGORITHMS = {
    "CRC-32": _OfCrc32(_crc32, 4),
    "MD5": Algorithm(_MD5, 16),
    "SHA-1": Algorithm(_SHA1, 20),
    "SHA-224": Algorithm(_own("sha224", "_sha2", "_sha256"), 28),
    "SHA-256": Algorithm(_own("sha256", "_sha2", "_sha256"), 32),
    "SHA-384": Algorithm(_own("sha384", "_sha2", "_sha512"), 48),
    "SHA-512": Algorithm(_own("sha512", "_sha2", "_sha512"), 64),
    "SHA3-256": Algorithm(hashlib.sha3_256, 32),
    "BLAKE2b": Algorithm(hashlib.blake2b, 64),
    "BLAKE2s": Algorithm(hashlib.blake2s, 32),
    "BLAKE2b of 16 bytes": Algorithm(partial(hashlib.blake2b, digest_size=16), 16),
}
"""Digests without a key, by name."""


def _named(version: int, namespace: bytes) -> Algorithm:
    plain = _MD5 if version == _BY_MD5 else _SHA1

    def new(raw: bytes) -> Digest:
        return _uuid(version, plain, namespace + raw)

    return _OfName(new, _UUID_BYTES, plain, namespace)


NAMED_UUIDS = {
    "UUID of version 3 without a namespace": _named(_BY_MD5, b""),
    **{
        f"UUID of version {version} in the namespace {name}": _named(version, namespace)
        for version in (_BY_MD5, _BY_SHA1)
        for name, namespace in _NAMESPACES.items()
    },
}
"""UUIDs made from names (RFC 9562, versions 3 and 5); Java and dcm4che use no namespace."""

ALGORITHMS.update(NAMED_UUIDS)


class Lead(NamedTuple):
    """One way in which a pseudonym may be a digest.

    `heads` are the first bytes that such a digest can have, `matches` says of a digest whether it
    is one, and `share` how many of all digests are. `ordinary` is what other codes look like too.
    """

    pseudonym: int
    algorithm: str
    form: str
    length: int
    heads: tuple[bytes, ...]
    matches: Callable[[bytes], bool]
    share: float
    ordinary: bool = False
    known_as: str = ""


def leads(pseudonym: int, text: str) -> Iterator[Lead]:
    """All ways in which a text may be a digest; none if it does not look like one."""
    text = text.strip(" \x00")
    if _UID.fullmatch(text):
        yield from _of_uid(pseudonym, text)
        return
    if _UUID.fullmatch(text):
        yield from _of_uuid(pseudonym, uuid.UUID(text), "as a UUID")
        return
    if _ORTHANC.fullmatch(text):
        text = text.replace("-", "")
    if _HEX.fullmatch(text):
        yield from _of_hex(pseudonym, text.lower())
    elif _BASE32.fullmatch(text):
        yield from _of_base32(pseudonym, text.rstrip("="))
    elif _BASE64.fullmatch(text):
        yield from _of_base64(pseudonym, text.rstrip("="))
    if _DECIMAL.fullmatch(text):
        yield from _of_decimal(pseudonym, text)


def _form(name: str, length: int, *, whole: bool) -> str:
    return f"{name}, whole" if whole else f"{name}, the first {length} characters"


def _of_hex(pseudonym: int, text: str) -> Iterator[Lead]:
    if len(text) % 2:
        return
    begins = bytes.fromhex(text)
    for name, algorithm in _plain_algorithms():
        whole = len(begins) == algorithm.size
        if whole or (len(text) in _CUTS and len(begins) < algorithm.size):
            by_gdcm = "as GDCM's anonymizer does it" if whole and name == "MD5" else ""
            yield Lead(
                pseudonym,
                name,
                _form("hexadecimal", len(text), whole=whole),
                len(text),
                (begins[:_HEAD],),
                partial(_begins, begins),
                256.0 ** -len(begins),
                text.isdigit(),
                by_gdcm,
            )


def _plain_algorithms() -> Iterator[tuple[str, Algorithm]]:
    return ((name, one) for name, one in ALGORITHMS.items() if name not in NAMED_UUIDS)


def _begins(begins: bytes, digest: bytes) -> bool:
    return digest.startswith(begins)


def _of_base32(pseudonym: int, text: str) -> Iterator[Lead]:
    for name, algorithm in _plain_algorithms():
        full = -(-algorithm.size * 8 // 5)
        if len(text) == full or (len(text) in _CUTS and len(text) < full):
            yield Lead(
                pseudonym,
                name,
                _form("base32", len(text), whole=len(text) == full),
                len(text),
                _heads_of_base32(text),
                partial(_is_base32, text),
                32.0 ** -len(text),
                len(text) < _LEAST_WHOLE,
            )


def _heads_of_base32(text: str) -> tuple[bytes, ...]:
    number = 0
    for letter in text[:8]:
        number = number << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".index(letter)
    return (number.to_bytes(5, "big")[:_HEAD],)


def _is_base32(text: str, digest: bytes) -> bool:
    return b32encode(digest).decode().startswith(text)


def _of_base64(pseudonym: int, text: str) -> Iterator[Lead]:
    plain = text.replace("-", "+").replace("_", "/")
    for name, algorithm in _plain_algorithms():
        full = -(-algorithm.size * 8 // 6)
        if len(text) == full or (len(text) in _CUTS and len(text) < full):
            yield Lead(
                pseudonym,
                name,
                _form("base64", len(text), whole=len(text) == full),
                len(text),
                (b64decode(plain[:8])[:_HEAD],),
                partial(_is_base64, text),
                64.0 ** -len(text),
                len(text) < _LEAST_WHOLE,
            )


def _is_base64(text: str, digest: bytes) -> bool:
    written = b64encode(digest).decode(), urlsafe_b64encode(digest).decode()
    return any(one.startswith(text) for one in written)


def _of_decimal(pseudonym: int, text: str, known: str = "") -> Iterator[Lead]:
    for name, algorithm in _plain_algorithms():
        if name not in _COUNTED:
            continue
        top, most = _greatest(algorithm.size)
        # Of numbers of one size nearly all have as many digits as the greatest, or one or two less.
        whole = most - 2 <= len(text) <= most and int(text) < top
        if whole or ((known or len(text) in _DECIMAL_CUTS) and len(text) < most):
            yield _decimal(pseudonym, text, (name, algorithm), known, whole=whole)


@lru_cache
def _greatest(size: int) -> tuple[int, int]:
    """The first number that a digest of so many bytes cannot be, and the most digits of one."""
    top = 256**size
    return top, len(str(top - 1))


def _decimal(
    pseudonym: int, text: str, of: tuple[str, Algorithm], known: str, *, whole: bool
) -> Lead:
    name, algorithm = of
    top, most = _greatest(algorithm.size)
    start = int(text)
    shift = 8 * (algorithm.size - _HEAD)
    heads: set[bytes] = set()
    width = 0
    for digits in range(max(len(text), most - 2), most + 1):
        step: int = 10 ** (digits - len(text))
        low, high = start * step, min((start + 1) * step, top) - 1
        if low <= high:
            width += high - low + 1
            heads.update(
                head.to_bytes(_HEAD, "big") for head in range(low >> shift, (high >> shift) + 1)
            )
    by = "as CTP's @hash and @hashuid do it" if name == "MD5" else ""
    return Lead(
        pseudonym,
        name,
        _form("decimal", len(text), whole=whole) if not known else "decimal, in a UID",
        len(text),
        tuple(heads),
        partial(_is_decimal, text),
        width / top,
        len(text) <= _WIDEST_ORDINARY,
        known if known and name == "SHA-512" else by,
    )


def _is_decimal(text: str, digest: bytes) -> bool:
    return str(int.from_bytes(digest, "big")).startswith(text)


def _of_uid(pseudonym: int, text: str) -> Iterator[Lead]:
    root, _, last = text.rpartition(".")
    if last.startswith("0"):
        return
    if root == "2.25" and int(last) < 1 << 128:
        yield from _of_uuid(pseudonym, uuid.UUID(int=int(last)), "decimal, in a UID below 2.25")
    if len(last) >= _UID_DIGITS and not (root == "2.25" and _is_random(int(last))):
        cut = len(text) == _LONGEST_UID or root == _PYDICOM_ROOT
        known = "as generate_uid of pydicom does it" if cut else ""
        yield from _of_decimal(pseudonym, last, known or "in a UID")


def _is_random(number: int) -> bool:
    return number < 1 << 128 and uuid.UUID(int=number).version == _RANDOM


def _of_uuid(pseudonym: int, found: uuid.UUID, form: str) -> Iterator[Lead]:
    """A digest cut to sixteen bytes, with or without the marks of a UUID made from a name."""
    if found.version == _RANDOM:
        return
    for name, algorithm in ALGORITHMS.items():
        named = name in NAMED_UUIDS
        if algorithm.size < _UUID_BYTES or (named and f"version {found.version} " not in name):
            continue
        by = "as dcm4che does it" if name.endswith("without a namespace") else ""
        yield Lead(
            pseudonym,
            name,
            form,
            _UUID_BYTES,
            (found.bytes[:_HEAD],),
            partial(_begins, found.bytes),
            2.0**-122,
            ordinary=False,
            known_as=by,
        )
