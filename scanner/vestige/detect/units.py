"""The words of a text that may name someone, each with the particles that belong to it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from vestige.detect.cues import is_letter
from vestige.detect.east_asian import are_full_name
from vestige.detect.signs import DIGITS_OF_NUMBER, LONG_NUMBER, SHORT_NUMBER, SIGNS, Sign
from vestige.detect.word_facts import SYLLABLE, WordFacts, facts_by
from vestige.lexicon import Lexicon
from vestige.text import Token, TokenKind, tokens

SOFT = frozenset(
    {
        "",
        " ",
        "  ",
        "_",
        "__",
        "___",
        "-",
        "--",
        " - ",
        ".",
        ". ",
        "._",
        "+",
        "~",
        "|",
        "·",
        "・",
        "#",
        "\u3000",
        *("/", " / ", "_/_", "\\", " \\ "),
        *("..", " . ", "_-_", " _ ", "_ ", " _", "_-", "-_", " + ", " | ", " ~ ", "–", " – "),
        *(" (", "_(", "(", ") ", ")", " [", "_[", "[", "] ", "]", ") (", ")(", "] [", "]["),
    }
)
"""What may stand between the words of one name; a path separator that was escaped is one too."""


Words = Mapping[int, WordFacts] | Sequence[WordFacts]
"""The words of a text, by numbers."""


class Run(StrEnum):
    """How much of a run of letters a unit is: all of it, a part, or what follows an initial."""

    WHOLE = "whole"
    PART = "part"
    AFTER_INITIAL = "after initial"


class Unit(NamedTuple):
    """One word with the particles before it, from piece `first` to piece `last` of its text.

    `ordinary` words are vocabulary or technique: they are never a name, but stand beside names.
    """

    start: int
    end: int
    word: str
    log_odds: float
    ordinary: bool
    first: int
    last: int
    facts: WordFacts
    run: Run = Run.WHOLE


class Layout(NamedTuple):
    """A text in pieces with their signs, its units, and how many of them are not ordinary.

    `code` is whether its ending is that of a program's source, library or settings.
    """

    pieces: tuple[Token, ...]
    signs: tuple[Sign, ...]
    units: Sequence[Unit]
    plain: int
    code: bool


# --- units -------------------------------------------------------------------------------------


def layout_of(text: str, lexicon: Lexicon) -> Layout:
    """`text` in pieces, with the units that its words make."""
    return layout(text, tokens(text), lexicon)


def layout(text: str, pieces: tuple[Token, ...], lexicon: Lexicon) -> Layout:
    """The same of a text whose pieces are known."""
    facts_of = facts_by(lexicon)
    signs: list[Sign] = []
    words: dict[int, WordFacts] = {}
    for index, (kind, _, _, piece) in enumerate(pieces):
        if kind is _WORD:
            words[index] = facts = facts_of(piece)
            signs.append(facts.sign)
        elif kind is _SEPARATOR:
            signs.append(piece)
        elif kind is _NUMBER:
            signs.append(LONG_NUMBER if len(piece) >= DIGITS_OF_NUMBER else SHORT_NUMBER)
        else:
            signs.append(SIGNS[kind])
    units = _units(pieces, words, lexicon)
    if len(units) > 1 and not text.isascii():
        units = _full_names(units, pieces, lexicon)
    plain = sum([not unit.ordinary for unit in units])
    return Layout(pieces, tuple(signs), units, plain, is_code(text, pieces))


_CODE = frozenset(
    "m py pyc pyi pyx pxd r ipynb sh bash bat cmd exe dll so a o js jsx ts tsx mjs cjs map vue c "
    "h cc cpp hpp cxx hxx java class jar yaml yml toml ini cfg conf css scss less lock whl egg "
    "rst tex bib md vim el lua rb pm php rs pkl npy npz sql svg xsl xslt dtd xsd desktop service "
    "cmake patch properties ttf otf woff woff2 glsl proto ipp inl rules list md5sums symbols "
    "shlibs triggers lang mo po pot crt cer cu cuh go swift kt scala f90 sty cls afm pfb tfm "
    "jinja mk gir qml ui vapi typelib mplstyle trashinfo".split()
)
"""Endings of files that people write for machines, or machines for themselves."""


def is_code(text: str, pieces: Sequence[Token]) -> bool:
    """Whether a text ends like the name of a file of software."""
    if len(pieces) < _WITH_ENDING:
        return False
    kind, start, _, _ = pieces[-1]
    ends = kind is TokenKind.EXTENSION or (kind is _WORD and pieces[-2].text == ".")
    return ends and is_of_code(text, start)


def is_of_code(text: str, begin: int) -> bool:
    """Whether what a text ends with from there on, one extension or more, is of software."""
    ending = text[begin:].lower()
    if ending == ".gz":
        return _OF_MANUAL.search(text) is not None
    return ending.lstrip(".").split(".")[0] in _CODE


_OF_MANUAL = re.compile(r"[^.]\.\d\.gz\Z", re.IGNORECASE)
"""The end of the name of a page of a manual, as strlen.3.gz."""

_WITH_ENDING = 2


def _units(pieces: Sequence[Token], words: Mapping[int, WordFacts], lexicon: Lexicon) -> list[Unit]:
    """The words that may name someone: initials and cues are left out, particles joined."""
    start, done, before = -1, -1, -1
    found: list[Unit] = []
    crowd = len(words) >= _CROWD
    for index, facts in words.items():
        if before >= 0 and index > before + 1 and pieces[index - 1].text not in SOFT:
            start = -1
        before = index
        if index <= done:
            continue
        if facts.particle and _leads(pieces, index):
            start = index if start < 0 else start
            continue
        if facts.may_name:
            first = index if start < 0 else start
            done = _end_of_given(pieces, index, words, lexicon) if crowd else index
            if done > index or facts.run or facts.surname_end:
                found += _named(pieces, first, index, done, lexicon)
            else:
                _, _, end, word = pieces[index]
                begin, odds, plain = pieces[first].start, facts.log_odds, facts.ordinary
                found.append(_new(Unit, (begin, end, word, odds, plain, first, index, facts, _ALL)))
        start = -1
    return found


_WORD, _NUMBER, _SEPARATOR = TokenKind.WORD, TokenKind.NUMBER, TokenKind.SEPARATOR
_ALL = Run.WHOLE
_new = tuple.__new__
"""Makes a named tuple of a tuple in half the time that its own constructor takes."""


def _full_names(units: Sequence[Unit], pieces: Sequence[Token], lexicon: Lexicon) -> list[Unit]:
    """The units; a surname of East Asia and the given name beside it are known for names."""
    raised: set[int] = set()
    for number, (one, other) in enumerate(pairwise(units)):
        between = "".join(piece.text for piece in pieces[one.last + 1 : other.first])
        if len(between) <= 1 and (
            are_full_name(one.word, other.word, lexicon)
            or are_full_name(other.word, one.word, lexicon)
        ):
            raised |= {number, number + 1}
    return [
        _raised(unit._replace(ordinary=False), _OF_FULL_NAME) if number in raised else unit
        for number, unit in enumerate(units)
    ]


_CROWD = 3
"""Words of a text from which two of them may be one given name, as in Kim Seo-yeon."""
_OF_FULL_NAME = 3.0
"""Log-odds of the parts of a full name in East Asian letters, by which it was known for one."""
_OF_SYLLABLES = 1.0
"""Log-odds of a given name written in two parts, which no list may hold as a whole."""


def _end_of_given(
    pieces: Sequence[Token], index: int, words: Mapping[int, WordFacts], lexicon: Lexicon
) -> int:
    """The last piece of a given name that is written in two parts from `index` on."""
    one = pieces[index].text
    if len(one) > SYLLABLE:
        return index
    after = index + 2 if index + 1 < len(pieces) and pieces[index + 1].text in SOFT else index + 1
    known = words.get(after)
    if known is None:
        return index
    other = pieces[after].text
    if len(other) > SYLLABLE or is_letter(other) or known.particle:
        return index
    if not (_is_surname(pieces, index, -1, words) or _is_surname(pieces, after, 1, words)):
        return index
    if lexicon.lists(one + other):
        whole = lexicon.evidence(one + other)
        if whole.given and whole.meaning not in _MEANT:
            return after
    hyphenated = pieces[index + 1].text == "-"
    return after if hyphenated and _are_syllables(words[index], known) else index


class Hinge(NamedTuple):
    """Two words, by number, that may be one given name if the word `beside` them is a surname."""

    one: int
    other: int
    hyphenated: bool
    beside: int

    def opens(self, words: Words, lexicon: Lexicon, *, plain: bool) -> bool:
        """Whether two of these words may be one name, which are `plain` if all are of ASCII."""
        one, other = words[self.one], words[self.other]
        if not (one.syllable and other.syllable and words[self.beside].surname):
            return False
        return self.hyphenated or not plain or one.fold + other.fold in lexicon.codes


def hinges(pieces: Sequence[Token], words: Mapping[int, WordFacts]) -> Iterator[Hinge]:
    """Where in a text two words may be one given name, which depends on their letters."""
    for index in words if len(words) >= _CROWD else ():
        soft = index + 1 < len(pieces) and pieces[index + 1].text in SOFT
        after = index + 2 if soft else index + 1
        if after in words:
            beside = _next_word(pieces, index, -1, words), _next_word(pieces, after, 1, words)
            for at in beside:
                if at is not None and not words[at].ordinary:
                    yield Hinge(index, after, pieces[index + 1].text == "-", at)


def _is_surname(
    pieces: Sequence[Token], index: int, step: int, words: Mapping[int, WordFacts]
) -> bool:
    """Whether the next word of the line in one direction is one that people are called."""
    at = _next_word(pieces, index, step, words)
    return at is not None and not words[at].ordinary and words[at].surname > 0


def _next_word(
    pieces: Sequence[Token], index: int, step: int, words: Mapping[int, WordFacts]
) -> int | None:
    """The next piece of the line in one direction, separators aside, if it is a word."""
    index += step
    while 0 <= index < len(pieces) and pieces[index].kind is _SEPARATOR:
        if "\n" in pieces[index].text:
            return None
        index += step
    return index if index in words else None


def _are_syllables(one: WordFacts, other: WordFacts) -> bool:
    """Whether both parts are given names or syllables of some, and not both ordinary words."""
    return one.given > 0 and other.given > 0 and not (one.ordinary and other.ordinary)


_MEANT = (1, 2)
"""Meanings of a word that is a common word or a term."""


def _named(
    pieces: Sequence[Token], first: int, index: int, last: int, lexicon: Lexicon
) -> Sequence[Unit]:
    """The unit of two words that are one name, or those of a word that comes apart."""
    piece, start = pieces[index], pieces[first].start
    if last > index:
        word = "".join(p.text for p in pieces[index : last + 1] if p.kind is TokenKind.WORD)
        one = _unit(start, pieces[last].end, word, (first, last), Run.WHOLE, lexicon)
        return (one if one.ordinary else _raised(one, _OF_SYLLABLES),)
    facts = facts_by(lexicon)(piece.text)
    run = facts.run
    if run is None:
        parts = _parts(start, piece, facts.surname_end, (first, last), Run.WHOLE, lexicon)
        return [_raised(part, _OF_FULL_NAME) for part in parts]
    if not run.initial:
        return _parts(start, piece, run.at, (first, last), Run.PART, lexicon)
    rest = piece.text[run.at :]
    return (_unit(piece.start, piece.end, rest, (first, last), Run.AFTER_INITIAL, lexicon),)


def _parts(
    start: int, piece: Token, at: int, pieces: tuple[int, int], run: Run, lexicon: Lexicon
) -> Sequence[Unit]:
    """Both parts of a word that comes apart."""
    middle = piece.start + at
    return (
        _unit(start, middle, piece.text[:at], pieces, run, lexicon),
        _unit(middle, piece.end, piece.text[at:], pieces, run, lexicon),
    )


def _raised(unit: Unit, least: float) -> Unit:
    return unit if unit.log_odds >= least else unit._replace(log_odds=least)


def _unit(
    start: int, end: int, word: str, pieces: tuple[int, int], run: Run, lexicon: Lexicon
) -> Unit:
    facts = facts_by(lexicon)(word)
    return Unit(start, end, word, facts.log_odds, facts.ordinary, *pieces, facts, run)


def _leads(pieces: Sequence[Token], index: int) -> bool:
    """Whether a word follows, behind at most one soft separator."""
    rest = pieces[index + 1 : index + 3]
    if rest and rest[0].kind is TokenKind.SEPARATOR and rest[0].text in SOFT:
        rest = rest[1:]
    return bool(rest) and rest[0].kind is TokenKind.WORD
