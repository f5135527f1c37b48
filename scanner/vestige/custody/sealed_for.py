"""Archives for one reader alone: encrypted to an age or X25519 recipient (age-encryption.org/v1).

What encrypts is asked for only where an archive is encrypted: `pip install 'vestige[age]'`.
"""

from typing import BinaryIO

from vestige.model import SealError, UsageError


def demand_recipient(recipient: str) -> None:
    """UsageError if a text is no recipient, as age1..., or the extra `age` is not installed."""
    try:
        import pyrage  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(
            "encryption needs the package pyrage: pip install 'vestige[age]'"
        ) from None
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise UsageError(
            "that is no recipient of age (age1...); whoever is to read the archive makes one by "
            "`age-keygen`"
        ) from None


def encrypted(plain: BinaryIO, to: BinaryIO, recipient: str) -> None:
    """Write what a file holds to another one, so that only the recipient can read it.

    SealError if it cannot be encrypted.
    """
    import pyrage  # noqa: PLC0415 - an extra

    try:
        pyrage.encrypt_io(plain, to, [pyrage.x25519.Recipient.from_str(recipient)])
    except pyrage.EncryptError:
        raise SealError("the archive cannot be encrypted") from None
