"""Whether a word can be spoken, or was made up of syllables."""

import re
from collections.abc import Iterable
from itertools import pairwise

_VOWELS = frozenset("aeiouy")
_VOWEL_SHARE = (0.2, 0.75)
_UNSPEAKABLE = re.compile(r"[^aeiouy]{5}|[aeiouy]{5}|(.)\1\1|q[^uaio]|[jqvwx]{2}|[^aeiouy]{4}\Z")
_MADE = 0.97
"""Share of such words from which a set is made up."""


def is_speakable(word: str) -> bool:
    """Whether vowels and consonants stand in a folded word as in any language."""
    least, most = _VOWEL_SHARE
    share = sum(letter in _VOWELS for letter in word) / len(word)
    return least <= share <= most and _UNSPEAKABLE.search(word) is None


def are_made(words: Iterable[str]) -> bool:
    """Whether nearly all words alternate consonant and vowel throughout, as made-up codes do."""
    ordered = list(words)
    return sum(map(_alternates, ordered)) >= _MADE * len(ordered)


def _alternates(word: str) -> bool:
    vowels = [letter in _VOWELS for letter in word]
    return len(word) > 1 and all(one != two for one, two in pairwise(vowels))
