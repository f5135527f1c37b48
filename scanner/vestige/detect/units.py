"""The words of a text that may name someone, and the words that announce or belong to a name."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vestige.detect import segments
from vestige.detect.east_asian import are_full_name, surname_end
from vestige.lexicon import Lexicon
from vestige.text import Token, TokenKind, folds, tokens

# --- what announces a name ---------------------------------------------------------------------

CUES = frozenset(
    "patient patients pat pac paciente patientin patienten name names nombre nombres nom noms nome "
    "surname lastname firstname forename apellido apellidos nachname vorname familienname prenom "
    "cognome sobrenome naam achternaam voornaam nazwisko imie efternamn fornamn patientname "
    "dr dra prof doktor doctor herr frau mr mister miss monsieur madame mme mlle senor senora sra "
    "signor signora mevrouw dhr "
    "referring physician operator technologist radiologist reader nurse mother father "
    "mrn nhc fallnr paziente geburtsdatum nacimiento naissance nascita nascimento".split()
)
"""Words after which a name is to be expected."""
WEAK_CUES = frozenset({"for", "by", "from", "fur", "para", "pour", "per", "of", "von"})
"""Words after which a name may stand."""
PARTICLES = frozenset(
    "de del della delle degli dei di da das do dos du d des la las le les lo los el al abd abu ben "
    "bin ibn bint van von der den ter ten te zu zum zur vom y e i af av st san santa mc mac "
    "o".split()
)
"""Words that belong to the name after them: de la Cruz."""
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
    }
)


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
    run: Run = Run.WHOLE


class Layout(NamedTuple):
    """A text in pieces, its units, the pieces of ordinary units, and how many units are none.

    `code` is whether its ending is that of a program's source, library or settings.
    """

    pieces: tuple[Token, ...]
    units: tuple[Unit, ...]
    ordinary: frozenset[int]
    plain: int
    code: bool


# --- units -------------------------------------------------------------------------------------


def layout_of(text: str, lexicon: Lexicon) -> Layout:
    """`text` in pieces, with the units that its words make."""
    pieces = tokens(text)
    units = tuple(_units(pieces, lexicon))
    if not text.isascii() and len(units) > 1:
        units = _full_names(units, pieces, lexicon)
    ordinary = [unit for unit in units if unit.ordinary]
    passed = frozenset(at for unit in ordinary for at in range(unit.first, unit.last + 1))
    return Layout(pieces, units, passed, len(units) - len(ordinary), _is_code(pieces))


_CODE = frozenset(
    "m py pyc pyi pyx pxd r ipynb sh bash bat cmd exe dll so a o js jsx ts tsx mjs cjs map vue "
    "c h cc cpp hpp cxx hxx java class jar yaml yml toml ini cfg conf css scss less lock whl egg "
    "rst tex bib md vim el lua rb pm php rs pkl npy npz sql svg xsl xslt dtd xsd desktop service "
    "cmake patch properties ttf otf woff woff2 glsl proto ipp inl rules".split()
)
"""Endings of files that people write for machines, or machines for themselves."""


def _is_code(pieces: Sequence[Token]) -> bool:
    """Whether a text ends like the name of a file of software."""
    if len(pieces) < _WITH_ENDING:
        return False
    last, before = pieces[-1], pieces[-2]
    if last.kind is TokenKind.EXTENSION:
        return last.text.lower().lstrip(".").split(".")[0] in _CODE
    return last.kind is TokenKind.WORD and before.text == "." and last.text.lower() in _CODE


_WITH_ENDING = 2
_NONE: frozenset[int] = frozenset()


def _units(pieces: Sequence[Token], lexicon: Lexicon) -> Iterator[Unit]:
    """The words that may name someone: initials and cues are left out, particles joined."""
    start, done = -1, -1
    facts_of = _facts_by(lexicon)
    words = [index for index, piece in enumerate(pieces) if piece.kind is _WORD]
    crowd = len(words) >= _CROWD
    before = -1
    for index in words:
        if before >= 0 and index > before + 1 and pieces[index - 1].text not in SOFT:
            start = -1
        before = index
        if index <= done:
            continue
        facts = facts_of(pieces[index].text)
        if facts.particle and _leads(pieces, index):
            start = index if start < 0 else start
            continue
        if facts.may_name:
            first = index if start < 0 else start
            done = _end_of_given(pieces, index, lexicon) if crowd else index
            if done == index and not (facts.run or facts.surname_end):
                begin, piece = pieces[first].start, pieces[index]
                odds, plain = facts.log_odds, facts.ordinary
                yield Unit(begin, piece.end, piece.text, odds, plain, first, index)
            else:
                yield from _named(pieces, first, index, done, lexicon)
        start = -1


_WORD = TokenKind.WORD


def _full_names(
    units: tuple[Unit, ...], pieces: Sequence[Token], lexicon: Lexicon
) -> tuple[Unit, ...]:
    """The units; a surname of East Asia and the given name beside it are known for names."""
    raised: set[int] = set()
    for number, (one, other) in enumerate(pairwise(units)):
        between = "".join(piece.text for piece in pieces[one.last + 1 : other.first])
        if len(between) <= 1 and (
            are_full_name(one.word, other.word, lexicon)
            or are_full_name(other.word, one.word, lexicon)
        ):
            raised |= {number, number + 1}
    return tuple(
        _raised(unit._replace(ordinary=False), _OF_FULL_NAME) if number in raised else unit
        for number, unit in enumerate(units)
    )


class _Facts(NamedTuple):
    """What matters of a word wherever it stands."""

    particle: bool
    may_name: bool
    log_odds: float
    ordinary: bool
    surname_end: int
    run: segments.Cut | None


@lru_cache(maxsize=4)
def _facts_by(lexicon: Lexicon) -> Callable[[str], _Facts]:
    """What matters of words, by a lexicon; it is asked for by the word alone, which is cheaper.

    Of some 30,000 words at a time, 500 bytes each: words come again far sooner than whole names.
    """

    @lru_cache(maxsize=1 << 15)
    def facts(word: str) -> _Facts:
        end = surname_end(word, lexicon)
        return _Facts(
            particle=is_particle(word),
            may_name=not is_letter(word) and cue(word) != "strong",
            log_odds=lexicon.log_odds(word),
            ordinary=lexicon.ordinary(word),
            surname_end=end,
            run=None if end else segments.apart(word, lexicon),
        )

    return facts


_CROWD = 3
"""Words of a text from which two of them may be one given name, as in Kim Seo-yeon."""
_OF_FULL_NAME = 3.0
"""Log-odds of the parts of a full name in East Asian letters, by which it was known for one."""
_OF_SYLLABLES = 1.0
"""Log-odds of a given name written in two parts, which no list may hold as a whole."""
_SYLLABLE = 6
"""Letters of a part of such a given name at most."""


def _end_of_given(pieces: Sequence[Token], index: int, lexicon: Lexicon) -> int:
    """The last piece of a given name that is written in two parts from `index` on."""
    if len(pieces[index].text) > _SYLLABLE:
        return index
    after = index + 2 if index + 1 < len(pieces) and pieces[index + 1].text in SOFT else index + 1
    if after >= len(pieces) or pieces[after].kind is not TokenKind.WORD:
        return index
    one, other = pieces[index].text, pieces[after].text
    if len(other) > _SYLLABLE or is_letter(other) or is_particle(other):
        return index
    if not (_is_surname(pieces, index, -1, lexicon) or _is_surname(pieces, after, 1, lexicon)):
        return index
    if lexicon.lists(one + other):
        known = lexicon.evidence(one + other)
        if known.given and known.meaning not in _MEANT:
            return after
    hyphenated = pieces[index + 1].text == "-"
    return after if hyphenated and _are_syllables(one, other, lexicon) else index


def _is_surname(pieces: Sequence[Token], index: int, step: int, lexicon: Lexicon) -> bool:
    """Whether the next word in one direction is one that people are called."""
    piece = neighbour(pieces, index, step)
    if piece is None or piece.kind is not TokenKind.WORD or lexicon.ordinary(piece.text):
        return False
    return lexicon.evidence(piece.text).surname > 0


def _are_syllables(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether both parts are given names or syllables of some, and not both ordinary words."""
    given = (lexicon.evidence(part).given for part in (one, other))
    return all(given) and not (lexicon.ordinary(one) and lexicon.ordinary(other))


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
    facts = _facts_by(lexicon)(piece.text)
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
    odds, ordinary = lexicon.log_odds(word), lexicon.ordinary(word)
    return Unit(start, end, word, odds, ordinary, *pieces, run)


def is_particle(word: str) -> bool:
    """Whether `word` belongs to the name after it, as de and van do."""
    return word.lower() in PARTICLES


def _leads(pieces: Sequence[Token], index: int) -> bool:
    """Whether a word follows, behind at most one soft separator."""
    rest = pieces[index + 1 : index + 3]
    if rest and rest[0].kind is TokenKind.SEPARATOR and rest[0].text in SOFT:
        rest = rest[1:]
    return bool(rest) and rest[0].kind is TokenKind.WORD


def is_letter(word: str) -> bool:
    """Whether `word` is one letter, which may be an initial."""
    return len(word) == 1 and word.isascii()


@lru_cache(maxsize=1 << 14)
def cue(word: str) -> str:
    """How surely `word` announces a name: "strong", "weak" or "no"."""
    spelling = (folds(word) or ("",))[0]
    if spelling in CUES and word != "MR":  # the modality
        return "strong"
    return "weak" if spelling in WEAK_CUES else "no"


def neighbour(
    pieces: Sequence[Token], index: int, step: int, passed: frozenset[int] = _NONE
) -> Token | None:
    """The next piece of the line in one direction: no separator, not among the `passed` ones."""
    index += step
    end = len(pieces)
    while 0 <= index < end:
        piece = pieces[index]
        if piece.kind is TokenKind.SEPARATOR:
            if "\n" in piece.text:
                return None
        elif index not in passed:
            return None if "\n" in piece.text else piece
        index += step
    return None


def announced(pieces: Sequence[Token], first: int) -> str:
    """Whether a cue stands before the piece: "strong", "weak" or "no"."""
    before = neighbour(pieces, first, -1)
    return cue(before.text) if before is not None and before.kind is TokenKind.WORD else "no"
