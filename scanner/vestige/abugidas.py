"""Words in the scripts of India in Latin letters, as the names of people are customarily written.

In these scripts a consonant is spoken with an a unless another vowel, or the mark that takes it
away, follows: ராஜன் is Rajan. Their blocks of Unicode have one order, so one table does for all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

_FIRST, _SIZE, _BLOCKS = 0x0900, 0x80, 9
"""Where Devanagari begins, code points of a block, and blocks: up to Malayalam."""
_BENGALI, _GURMUKHI, _ORIYA, _TAMIL, _MALAYALAM = 1, 2, 4, 5, 8
_WORD = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _SIZE * _BLOCKS - 1)}]+")

_VOWELS = dict(enumerate("a a i i u u ri li e e e ai o o o au".split(), 0x05))
_SIGNS = dict(enumerate("a i i u u ri ri e e e ai o o o au".split(), 0x3E))
_CONSONANTS = dict(
    enumerate(
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l zh v sh sh s "
        "h".split(),
        0x15,
    )
)
_YA_OF_BENGALI = "J"
"""Spoken as j, but as y behind another consonant or with a dot below."""
_OTHERS = {
    _BENGALI: {0x2F: _YA_OF_BENGALI, 0x70: "r", 0x71: "w"},
    _GURMUKHI: {0x5C: "r"},
    _ORIYA: {0x2F: "j", 0x5F: "y", 0x71: "w"},
    _TAMIL: {0x1A: "s", 0x24: "th"},
    _MALAYALAM: {0x24: "th"},
}
"""Consonants that are written otherwise in the names of one script."""
_BARE = {
    _BENGALI: {0x4E: "t"},
    _MALAYALAM: dict(enumerate("n n r l l k".split(), 0x7A)),
}
"""Consonants that are spoken without a vowel."""
_NASALS, _NUKTA, _VIRAMA, _TIPPI = (0x01, 0x02), 0x3C, 0x4D, 0x70
_DOTTED = {_YA_OF_BENGALI: "y", "j": "z", "ph": "f", "d": "r", "dh": "rh"}
"""Consonants with a dot below, where it makes them another."""
_SPEAKS_LAST = 4
"""The last block of languages that do not speak the a at the end of a word: राम is Ram."""
_DROPS_AMID = (0, 2, 3)
"""Blocks of languages that drop it between two syllables too, as often as not: Kamala or Kamla."""
_INHERENT, _NASAL, _JOINED = "A", "N", "+"
"""Stand for the vowel that is not written, for the sign of a nasal, and for no vowel."""
_CHANGES = _SIGNS | {_VIRAMA: _JOINED, _NUKTA: _INHERENT}
_NONE: Mapping[int, str] = {}
_NASAL_BEFORE = re.compile(r"N(?=([hpbm]?))")
_NASALS_BEFORE = {"": "n", "h": "ng", "p": "m", "b": "m", "m": "m"}
"""How the sign of a nasal is written before these letters, and before others."""
_BEHIND_NASALS = re.compile(r"nk|ns|nt(?!h)|mp")
_VOICED_BEHIND_NASALS = {"nk": "ng", "ns": "nj", "nt": "nd", "mp": "mb"}
_VOICED = {"k": "g", "th": "d", "t": "d", "p": "b"}
_AMID = re.compile(r"(?<=[aeioun])(k|th|t|p)(?=[aeiou])")
_AT_FIRST = re.compile(r"^(k|th|p)(?=[aeiou])")


class _Syllable(NamedTuple):
    """Consonants, and what is spoken behind them: a vowel, the inherent one, or nothing."""

    consonants: tuple[str, ...]
    vowel: str


_SILENT = _Syllable((), "")


def spelt(text: str) -> tuple[str, ...]:
    """`text` with its words in scripts of India in Latin letters, in each of up to three ways.

    In other scripts it is the text alone. Where a language drops a vowel, or Tamil has one letter
    for two sounds, people write both ways.
    """
    if _WORD.search(text) is None:
        return (text,)
    words = {word: _spelt(word) for word in _WORD.findall(text)}
    return tuple(dict.fromkeys(_in_one_way(text, words, way) for way in range(3)))


def _in_one_way(text: str, words: Mapping[str, Sequence[str]], way: int) -> str:
    return _WORD.sub(lambda word: words[word.group()][way], text)


def _spelt(word: str) -> tuple[str, str, str]:
    block = (ord(word[0]) - _FIRST) // _SIZE
    syllables = _syllables(word, block)
    if block <= _SPEAKS_LAST:
        syllables = _without_last(syllables)
    plain = _joined(syllables)
    if block == _TAMIL:
        return _tamil(plain)
    short = _joined(_without_amid(syllables)) if block in _DROPS_AMID else plain
    return plain, short, plain


def _joined(syllables: list[_Syllable]) -> str:
    letters = "".join("".join(one.consonants) + one.vowel for one in syllables)
    return _NASAL_BEFORE.sub(lambda found: _NASALS_BEFORE[found.group(1)], letters).lower()


def _syllables(word: str, block: int) -> list[_Syllable]:
    """The syllables of a word; signs that are no letters are passed over."""
    found: list[_Syllable] = []
    for character in word:
        at = (ord(character) - _FIRST) % _SIZE
        if found and found[-1].vowel == _INHERENT and at in _CHANGES:
            found[-1] = _changed(found[-1], at)
        else:
            found += _begun(at, block)
    return _merged(found)


def _changed(syllable: _Syllable, at: int) -> _Syllable:
    if at != _NUKTA:
        return syllable._replace(vowel=_CHANGES[at])
    *before, last = syllable.consonants
    return syllable._replace(consonants=(*before, _DOTTED.get(last, last)))


def _begun(at: int, block: int) -> Iterator[_Syllable]:
    """The syllable that a letter begins, if it is one."""
    bare = _BARE.get(block, _NONE).get(at)
    if bare is not None:
        yield _Syllable((bare,), _JOINED)
    elif at in _NASALS or (at == _TIPPI and block == _GURMUKHI):
        yield _Syllable((_NASAL,), "")
    elif at in _VOWELS:
        yield _Syllable((), _VOWELS[at])
    else:
        consonant = _OTHERS.get(block, _NONE).get(at) or _CONSONANTS.get(at)
        if consonant is not None:
            yield _Syllable((consonant,), _INHERENT)


def _merged(syllables: Iterable[_Syllable]) -> list[_Syllable]:
    """With consonants that have lost their vowel in the syllable that follows."""
    found: list[_Syllable] = []
    pending: tuple[str, ...] = ()
    for one in syllables:
        own = ("y",) if pending and one.consonants == (_YA_OF_BENGALI,) else one.consonants
        pending += own
        if one.vowel != _JOINED:
            found.append(_Syllable(pending, one.vowel))
            pending = ()
    return [*found, _Syllable(pending, "")] if pending else found


def _without_last(syllables: list[_Syllable]) -> list[_Syllable]:
    """Without the inherent vowel of the last syllable, which is spoken behind two consonants."""
    last = syllables[-1] if len(syllables) > 1 else _SILENT
    if last.vowel != _INHERENT or len(last.consonants) > 1:
        return syllables
    return [*syllables[:-1], last._replace(vowel="")]


def _without_amid(syllables: list[_Syllable]) -> list[_Syllable]:
    """Without the first inherent vowel between two syllables of one consonant each."""
    for number in range(1, len(syllables) - 1):
        here, after = syllables[number], syllables[number + 1]
        alone = len(here.consonants) == len(after.consonants) == 1
        if alone and here.vowel == _INHERENT and after.vowel:
            return [*syllables[:number], here._replace(vowel=""), *syllables[number + 1 :]]
    return syllables


def _tamil(plain: str) -> tuple[str, str, str]:
    """As it is written, with its first letter voiced, and with the others voiced too."""
    plain = _BEHIND_NASALS.sub(lambda found: _VOICED_BEHIND_NASALS[found.group()], plain)
    first = _AT_FIRST.sub(lambda found: _VOICED[found.group()], plain)
    return plain, first, _AMID.sub(lambda found: _VOICED[found.group()], first)
