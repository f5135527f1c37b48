"""Chance: draws that depend on their seed and on what they are for, never on their order."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")
_DIGEST_BYTES = 16


def draw(*of: str | int) -> int:
    """A number of 128 bits that looks random, and is always the same for the same `of`."""
    return int.from_bytes(hashlib.blake2b(_words(of), digest_size=_DIGEST_BYTES).digest(), "big")


def pick(choices: Sequence[_T], *of: str | int) -> _T:
    """One of `choices`."""
    return choices[draw(*of) % len(choices)]


def noise(size: int, *of: str | int) -> bytes:
    """`size` bytes that look random."""
    return hashlib.shake_128(_words(of)).digest(size)


def unique(*of: str | int) -> uuid.UUID:
    """A UUID that looks like a random one (version 4)."""
    return uuid.UUID(int=draw(*of), version=4)


def uid(*of: str | int) -> str:
    """A unique identifier made from a UUID (PS3.5 B.2): root 2.25, 44 characters at most."""
    return f"2.25.{unique(*of).int}"


def _words(of: tuple[str | int, ...]) -> bytes:
    return "\x1f".join(map(str, of)).encode()
