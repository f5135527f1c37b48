"""Full names of East Asia: written without a gap, or a surname and a given name side by side."""

import regex

from vestige.lexicon import BUCKETS, Lexicon

_FULL = regex.compile(r"[\p{Han}\p{Hangul}]{3,5}")
"""Full names of two characters are left out: half of all words are such a surname and a name."""
_FIRST = "\u1100"
"""The first character of these scripts."""
_PART = regex.compile(r"[\p{Han}\p{Hangul}]{1,3}")
_LONGEST_SURNAME = 3
_LONGEST_GIVEN = 2
_OFTEN, _SOMETIMES = 5, 3
"""Buckets from which the parts of such a name count."""
_MEANT = (1, 2)
"""Meanings of a word that is a common word or a term."""
_BODY_AND_HOSPITAL = frozenset(
    "脈脉胸腹腰頸颈椎肩膝肝腎肾肺脳脑臓脏管骨盆乳瘤癌炎部像検检査診诊患病院科门市県省区都府터"
)
"""Characters of anatomy, hospitals, places and data, which stand in hardly any name."""


def surname_end(word: str, lexicon: Lexicon) -> int:
    """Where the surname ends in a full name written without a gap, as 山田太郎; 0 in others."""
    if (
        word.isascii()
        or max(word) < _FIRST
        or not _FULL.fullmatch(word)
        or not _BODY_AND_HOSPITAL.isdisjoint(word)
    ):
        return 0
    cuts = range(1, min(_LONGEST_SURNAME, len(word) - 1) + 1)
    found = {cut: _cut(word[:cut], word[cut:], lexicon) for cut in cuts}
    best = max(cuts, key=lambda cut: (found[cut], -cut))
    return best if found[best] else 0


def are_full_name(surname: str, given: str, lexicon: Lexicon) -> bool:
    """Whether two words that stand apart are a surname and a given name, as 李 依梅.

    The gap says what the characters need not say: one that stands in given names suffices.
    """
    if not (_PART.fullmatch(surname) and _PART.fullmatch(given)):
        return False
    if not _BODY_AND_HOSPITAL.isdisjoint(surname + given):
        return False
    one, other = lexicon.evidence(surname), lexicon.evidence(given)
    if one.meaning in _MEANT and other.meaning in _MEANT:
        return False
    told = one.surname >= _OFTEN and not other.meaning
    return _cut(surname, given, lexicon) > 0 or (
        told and any(lexicon.evidence(character).given for character in given)
    )


def _cut(surname: str, given: str, lexicon: Lexicon) -> int:
    """How sure it is that these are a surname and a given name; 0 if it is not."""
    one, other = lexicon.evidence(surname).surname, lexicon.evidence(given).given
    if one >= _OFTEN and (other >= _SOMETIMES or _are_given(given, lexicon)):
        return one + other
    # Of Japanese given names no list is complete, and surnames of two characters are telling.
    return one if one == BUCKETS - 1 and len(surname) > 1 >= len(given) - 1 else 0


def _are_given(characters: str, lexicon: Lexicon) -> bool:
    """Whether two Han characters both stand in given names."""
    return len(characters) == _LONGEST_GIVEN and all(
        lexicon.evidence(character).given for character in characters
    )
