"""Plain texts: nothing in them but words and short numbers that anyone may read."""

from collections.abc import Sequence

from vestige.detect.word_facts import facts_by
from vestige.lexicon import Lexicon
from vestige.model import Place, Where
from vestige.text import Token, TokenKind, normal, tokens

_SHORT_WORD = 2
_SHORT_NUMBER = 4
_PARTICLES = frozenset("la le el al de di da du las los del des dei della von van aux".split())
"""Short words between others, which are surnames too."""

_OF_EPONYMS = frozenset(
    "anatomy angle artery canal circle cyst disease duct fascia foramen fossa fracture ganglion "
    "gland grade hernia ligament lymphoma method node procedure protocol pouch ring scale score "
    "sign space staging syndrome tendon test tumor tumour view".split()
)
"""Words beside which the name of a physician stands for a disease, a place in the body, a way."""

_AFTER_EPONYMS = frozenset({"disease", "syndrome", "morbus", "sign", "manoeuvre", "maneuver"})
"""Words before which a name is a physician's, whoever it was."""


def are_ordinary(values: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether texts hold nothing but plain words and short numbers, as "AX T1 brain" does."""
    return bool(values) and all(_is_ordinary(value, lexicon) for value in values)


def unnamed(lexicon: Lexicon, place: Place, values: tuple[str, ...]) -> bool:
    """Whether plain words stand where programs ask for an author: many write a department there."""
    return place.where is Where.BESIDE and place.vr == "PN" and are_ordinary(values, lexicon)


def are_unknown(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether there are words, particles and initials aside, and none of them is ordinary."""
    facts_of = facts_by(lexicon)  # they are known of words in which a name was looked for
    told = False
    for word in words:
        plain, size = word.isascii(), len(word)
        if (plain and size == 1) or word.lower() in _PARTICLES:
            continue
        if (plain and size <= _SHORT_WORD) or facts_of(word).ordinary:
            return False
        told = True
    return told


def _is_ordinary(value: str, lexicon: Lexicon) -> bool:
    words = []
    for token in tokens(normal(value)):
        if token.kind is TokenKind.WORD:
            words.append(token)
        elif token.kind is TokenKind.NUMBER:
            if len(token.text) > _SHORT_NUMBER:
                return False
        elif token.kind is not TokenKind.SEPARATOR:
            return False
    return _are_plain(words, lexicon)


def _are_plain(words: Sequence[Token], lexicon: Lexicon) -> bool:
    plain = [_is_plain(token.text, lexicon) for token in words]
    return all(
        known or _has_plain_sense(words, plain, at, lexicon) for at, known in enumerate(plain)
    )


def _is_plain(word: str, lexicon: Lexicon) -> bool:
    short = len(word) <= _SHORT_WORD and word.isascii()
    return short or word.lower() in _PARTICLES or lexicon.ordinary(word)


def _has_plain_sense(
    words: Sequence[Token], plain: Sequence[bool], at: int, lexicon: Lexicon
) -> bool:
    """Whether a word that may be a surname is none where it stands: "long axis", "Willis circle".

    A common word is one beside a technical one. A physician's name stands beside what was named
    after them, or is far better known for it than as anyone's name.
    """
    beside = [near for near in (at - 1, at + 1) if 0 <= near < len(words) and plain[near]]
    known = lexicon.evidence(words[at].text)
    if known.vocabulary and any(lexicon.evidence(words[near].text).technical for near in beside):
        return True
    if words[at + 1 : at + 2] and words[at + 1].text.lower() in _AFTER_EPONYMS:
        return True
    around = {word.text.lower() for word in words[max(0, at - 3) : at + 3]}
    return (known.medical or known.vocabulary) and bool(around & _OF_EPONYMS)
