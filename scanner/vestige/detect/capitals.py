"""Capitals that stand inside a word by mistake: SzéKely for Székely.

Names on some file systems keep the marks of letters as characters of their own. Whoever writes each
word of such a name with a capital in that form takes a mark for the end of a word.
"""

import unicodedata
from functools import lru_cache, partial

import regex

from vestige.lexicon import COMMON, SHORT, Lexicon
from vestige.text import parts_of

_WORD = regex.compile(r"\p{Lu}[\p{L}\p{M}]+")
_HUMP = regex.compile(r"[^\x00-\x7f]\p{Lu}")
"""A capital behind what is no letter of ASCII."""


def recased(text: str, lexicon: Lexicon) -> str:
    """A text with such words as they were meant, character by character.

    RenéDupont stays: a word is two where one of its parts is a common given name, not a short one,
    and it is no name itself.
    """
    if text.isascii() or _HUMP.search(text) is None:
        return text
    return str(_WORD.sub(partial(_recased, lexicon=lexicon), text))


def _recased(found: "regex.Match[str]", lexicon: Lexicon) -> str:
    word = found.group()
    return _lowered(word) if _is_miscased(word) and _is_one(word, lexicon) else word


@lru_cache(maxsize=1 << 10)
def _is_miscased(word: str) -> bool:
    """Whether a capital follows each marked letter, and no other one: as the mistake leaves it."""
    marked = _is_marked(word[0])
    for character in word[1:]:
        if unicodedata.combining(character):
            marked = True
        elif character.isupper() != marked:
            return False
        else:
            marked = _is_marked(character)
    return True


def _is_marked(letter: str) -> bool:
    return len(unicodedata.normalize("NFD", letter)) > 1


def _is_one(word: str, lexicon: Lexicon) -> bool:
    if lexicon.evidence(_lowered(word)).named:
        return True
    parts = map(lexicon.evidence, parts_of(word))
    return not any(known.given >= COMMON and known.length > SHORT for known in parts)


def _lowered(word: str) -> str:
    """The word with its first capital alone, in as many characters."""
    return word[0] + "".join(c.lower() if len(c.lower()) == 1 else c for c in word[1:])
