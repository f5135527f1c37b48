"""Signatures: Ed25519 over all bytes of a clearance or of a line of a ledger, 64 bytes beside it.

What signs is asked for only where something is signed or verified: `pip install 'vestige[sign]'`.
"""

from typing import TYPE_CHECKING

from vestige.model import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

SIZE = 64
"""Bytes of a signature (RFC 8032)."""

_LONGEST_KEY = 64 << 10
_MISSING = "signatures need the package cryptography: pip install 'vestige[sign]'"
_MAKE = "openssl genpkey -algorithm ed25519 -out KEY.pem"


def sign(data: bytes, pem: bytes) -> bytes:
    """The signature of `data` by the private key in `pem`; UsageError if that is none."""
    return private_key(pem).sign(data)


def holds(data: bytes, signature: bytes, pem: bytes) -> bool:
    """Whether a signature is of `data`, by the public key in `pem`; UsageError if that is none."""
    key = public_key(pem)
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(_MISSING) from None
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def private_key(pem: bytes) -> "Ed25519PrivateKey":
    """The private key in a PEM file; UsageError says why there is none, without a byte of it."""
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(_MISSING) from None
    try:
        key = serialization.load_pem_private_key(pem[:_LONGEST_KEY], None)
    except (ValueError, TypeError):
        # cryptography quotes what it read: nothing of that may be told.
        raise UsageError(
            f"the key is no private key in PEM without a password; make one by `{_MAKE}`"
        ) from None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise UsageError(f"the key is not of Ed25519; make one by `{_MAKE}`")
    return key


def public_key(pem: bytes) -> "Ed25519PublicKey":
    """The public key in a PEM file; UsageError says why there is none."""
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(_MISSING) from None
    try:
        key = serialization.load_pem_public_key(pem[:_LONGEST_KEY])
    except (ValueError, TypeError):
        raise UsageError(
            "the key to verify by is no public key in PEM; make it from the private one by "
            "`openssl pkey -in KEY.pem -pubout -out PUB.pem`"
        ) from None
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise UsageError("the key to verify by is not of Ed25519")
    return key
