"""Texts that may name a person, and their masks; imports nothing of ours."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

_WORD_OR_NUMBER = re.compile(r"[^\W\d_](?:[^\W\d_]|[^\x00-\x7f\s])*|\d+")
"""Accents of their own, vowel signs and apostrophes of other scripts do not end a word."""

_FIRST_LETTER_FROM = 4
_MASK_LIMIT = 40
_SYLLABLES_FROM = "\u2e80"
"""From here on (Han, Kana, Hangul) a first letter may be a whole surname."""

_ALIKE = str.maketrans("012345678", "9" * 9)
"""Makes digits alike, as they are in a mask: of texts that differ in them alone one is masked."""

_MASKS = 1 << 13
"""Masks that are remembered."""


def mask(text: str) -> str:
    """`text` with its shape kept and its content hidden.

    Of a word of four letters and more the first letter stays; shorter words and all digits are
    hidden. Separators stay, control characters become spaces, long texts are cut with their length.
    """
    shown = _shown(text[: _MASK_LIMIT * 2].translate(_ALIKE))
    if len(text) > _MASK_LIMIT:
        return f"{shown[:_MASK_LIMIT]}… ({len(text)} characters)"
    return shown


@lru_cache(maxsize=_MASKS)
def _shown(text: str) -> str:
    """`text` with words and digits hidden, whichever digits they are."""
    shown = _WORD_OR_NUMBER.sub(_hidden, text)
    return "".join(c if c.isprintable() else " " for c in shown)


def _hidden(match: re.Match[str]) -> str:
    word = match.group()
    if word[0].isdigit():
        return "#" * len(word)
    few = sum(map(str.isalpha, word)) < _FIRST_LETTER_FROM
    if few or any(letter >= _SYLLABLES_FROM for letter in word if letter.isalpha()):
        return "*" * len(word)
    return word[0] + "*" * (len(word) - 1)


@dataclass(frozen=True, slots=True, repr=False)
class Sensitive:
    """A text read from a volume: shows itself masked wherever it is printed or logged."""

    _text: str

    @property
    def masked(self) -> str:
        """The text with its content hidden, safe for every output."""
        return mask(self._text)

    def digest(self, key: bytes) -> str:
        """The keyed BLAKE2b digest of the text, 16 bytes in hex."""
        raw = self._text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(raw, key=key, digest_size=16).hexdigest()

    def reveal(self) -> str:
        """The text itself; its callers are listed in tests/test_secrecy.py."""
        return self._text

    def __repr__(self) -> str:
        return f"Sensitive({self.masked!r})"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)
