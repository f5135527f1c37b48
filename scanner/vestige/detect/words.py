"""Names of people in the words of one text, each with its shape and how sure it is.

Scores are log-odds. From HIGH on a name is sure enough to stand alone, from MEDIUM on it is worth
a look; below, nothing is said. One word alone never reaches HIGH: too many surnames are words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from vestige.lexicon import COMMON, Lexicon
from vestige.text import Token, TokenKind, folds, opaque, tokens

HIGH = 5.0
MEDIUM = 3.0


class Shape(StrEnum):
    """How a name stands in a text."""

    CARET = "caret"
    COMMA = "comma"
    PAIR = "pair"
    PAIR_DATE = "pair-date"
    PAIR_NUMBER = "pair-number"
    NAME_UUID = "name-uuid"
    NAME_HASH = "name-hash"
    NAME_DATE = "name-date"
    NAME_NUMBER = "name-number"
    INITIAL_NAME = "initial-name"
    CUE_NAME = "cue-name"
    LONE = "lone"


PAIRS = frozenset({Shape.CARET, Shape.COMMA, Shape.PAIR, Shape.PAIR_DATE, Shape.PAIR_NUMBER})
SINGLE_LIMIT = HIGH - 0.1
"""One word is at most of medium certainty."""
LONE_LIMIT = MEDIUM + 0.9
"""One word without any company is at the lower end of medium."""


@dataclass(frozen=True, slots=True)
class NameLike:
    """A part of a text that looks like a person's name; `span` counts its characters."""

    span: tuple[int, int]
    shape: Shape
    score: float


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
DIGITS_OF_NUMBER = 5
"""Digits from which a number beside a word may be a record number."""

_SOFT = frozenset({"", " ", "  ", "_", "__", "-", ".", ". ", "+", " - "})
_CARETS = frozenset({"^", "^^", "=", " ^ "})
_COMMAS = frozenset({",", ", ", ",_", ";", "; ", "_,_", " ,", " , "})
_BESIDE = {
    TokenKind.UUID: Shape.NAME_UUID,
    TokenKind.UID: Shape.NAME_UUID,
    TokenKind.HEX: Shape.NAME_HASH,
    TokenKind.DATE: Shape.NAME_DATE,
}


@dataclass(frozen=True, slots=True)
class Unit:
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


@dataclass(frozen=True, slots=True)
class Layout:
    """A text in pieces, its units, the pieces of ordinary units, and how many units are none."""

    pieces: tuple[Token, ...]
    units: tuple[Unit, ...]
    ordinary: frozenset[int]
    plain: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One or two units that may be a name, with what the weights need to judge them."""

    span: tuple[int, int]
    shape: Shape
    features: tuple[tuple[str, float], ...]


# --- the judgement -----------------------------------------------------------------------------


def person_names(text: str, lexicon: Lexicon) -> tuple[NameLike, ...]:
    """The parts of `text` that look like names of people, in order and without overlap."""
    if opaque(text):
        return ()
    scored = [
        NameLike(found.span, found.shape, score)
        for found in candidates(text, lexicon)
        if (score := judged(found, lexicon)) >= MEDIUM
    ]
    scored.sort(key=lambda name: (-name.score, name.span))
    taken = bytearray(len(text))
    kept: list[NameLike] = []
    for name in scored:
        start, end = name.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(name)
    return tuple(sorted(kept, key=lambda name: name.span))


def judged(candidate: Candidate, lexicon: Lexicon) -> float:
    """The score of one candidate: the weighted sum of its features, within its shape's limit."""
    total = sum(
        lexicon.weights.get(f"name:{feature}", 0.0) * value for feature, value in candidate.features
    )
    if candidate.shape in PAIRS:
        return total
    return min(total, LONE_LIMIT if candidate.shape is Shape.LONE else SINGLE_LIMIT)


def name_like(value: str, lexicon: Lexicon) -> float:
    """How name-like the words of `value` are together, as log-odds; particles do not count.

    The best word decides; the others speak for or against it with half their weight.
    """
    odds = sorted(
        (
            lexicon.log_odds(token.text)
            for token in tokens(value)
            if token.kind is TokenKind.WORD and not _particle(token.text)
        ),
        reverse=True,
    )
    if not odds:
        return lexicon.log_odds(value)
    return odds[0] + sum(max(-4.0, min(2.0, other)) for other in odds[1:4]) / 2


def candidates(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Everything in `text` that has the shape of a name and is no ordinary word."""
    layout = _layout(text, lexicon)
    for before, after in pairwise(layout.units):
        shape = _pair_shape(layout, before, after)
        if shape is not None and _may_pair(before, after, shape, lexicon):
            yield _candidate(layout, (before, after), shape, lexicon)
    for unit in layout.units:
        if not unit.ordinary:
            yield _candidate(layout, (unit,), _single_shape(layout, unit), lexicon)


# --- units -------------------------------------------------------------------------------------


def _layout(text: str, lexicon: Lexicon) -> Layout:
    pieces = tokens(text)
    units = tuple(_units(pieces, lexicon))
    ordinary = [range(unit.first, unit.last + 1) for unit in units if unit.ordinary]
    return Layout(pieces, units, frozenset().union(*ordinary), len(units) - len(ordinary))


def _units(pieces: Sequence[Token], lexicon: Lexicon) -> Iterator[Unit]:
    """The words that may name someone: initials and cues are left out, particles joined."""
    start = -1
    for index, piece in enumerate(pieces):
        if piece.kind is not TokenKind.WORD:
            if piece.text not in _SOFT:
                start = -1
            continue
        if _particle(piece.text) and _leads(pieces, index):
            start = index if start < 0 else start
            continue
        if not _short(piece.text) and _cue(piece.text) != "strong":
            first = index if start < 0 else start
            yield from _named(pieces, first, index, lexicon)
        start = -1


def _named(pieces: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> Iterator[Unit]:
    """The unit of one word, or two where surname and given name are written together."""
    piece = pieces[last]
    cut = lexicon.surname_end(piece.text)
    starts = [pieces[first].start, *([piece.start + cut] if cut else ())]
    for start, end in zip(starts, [*starts[1:], piece.end], strict=True):
        word = piece.text[max(0, start - piece.start) : end - piece.start]
        yield Unit(start, end, word, lexicon.log_odds(word), lexicon.ordinary(word), first, last)


def _particle(word: str) -> bool:
    return word.lower() in PARTICLES


def _leads(pieces: Sequence[Token], index: int) -> bool:
    """Whether a word follows, behind at most one soft separator."""
    rest = pieces[index + 1 : index + 3]
    if rest and rest[0].kind is TokenKind.SEPARATOR and rest[0].text in _SOFT:
        rest = rest[1:]
    return bool(rest) and rest[0].kind is TokenKind.WORD


def _short(word: str) -> bool:
    return len(word) == 1 and word.isascii()


def _cue(word: str) -> str:
    spelling = (folds(word) or ("",))[0]
    if spelling in CUES and word != "MR":  # the modality
        return "strong"
    return "weak" if spelling in WEAK_CUES else "no"


# --- shapes ------------------------------------------------------------------------------------


def _pair_shape(layout: Layout, before: Unit, after: Unit) -> Shape | None:
    """The shape of two neighbouring units, or None if something else stands between them."""
    between = "".join(piece.text for piece in layout.pieces[before.last + 1 : after.first])
    if between in _CARETS:
        return Shape.CARET
    if between in _COMMAS:
        return Shape.COMMA
    if between not in _SOFT:
        return None
    beside = _beside(layout, before.first, after.last)
    if TokenKind.DATE in beside:
        return Shape.PAIR_DATE
    if beside & {TokenKind.NUMBER, TokenKind.UUID, TokenKind.HEX, TokenKind.UID}:
        return Shape.PAIR_NUMBER
    return Shape.PAIR


def _may_pair(before: Unit, after: Unit, shape: Shape, lexicon: Lexicon) -> bool:
    """Whether two words may be one name: an ordinary one only beside a caret, comma, given name.

    Surnames such as Tour and Page are words, but few texts hold a word beside a given name.
    """
    if not (before.ordinary or after.ordinary):
        return True
    if before.ordinary and after.ordinary:
        return False
    other = after if before.ordinary else before
    return shape in _FORMAL or lexicon.evidence(other.word).given >= COMMON


_FORMAL = frozenset({Shape.CARET, Shape.COMMA})


def _single_shape(layout: Layout, unit: Unit) -> Shape:
    if _announced(layout.pieces, unit.first) == "strong":
        return Shape.CUE_NAME
    if _initial(layout.pieces, unit):
        return Shape.INITIAL_NAME
    beside = _beside(layout, unit.first, unit.last)
    for kind, shape in _BESIDE.items():
        if kind in beside:
            return shape
    return Shape.NAME_NUMBER if TokenKind.NUMBER in beside else Shape.LONE


def _beside(layout: Layout, first: int, last: int) -> frozenset[TokenKind]:
    """The kinds of the pieces next to a stretch; separators, ordinary words, short numbers aside.

    Between a name and the date of its study there often stands a modality: SMITH_CT_20200131.
    """
    found = (
        _neighbour(layout.pieces, first, -1, layout.ordinary),
        _neighbour(layout.pieces, last, 1, layout.ordinary),
    )
    return frozenset(
        piece.kind
        for piece in found
        if piece is not None
        and not (piece.kind is TokenKind.NUMBER and len(piece.text) < DIGITS_OF_NUMBER)
    )


_NONE: frozenset[int] = frozenset()


def _neighbour(
    pieces: Sequence[Token], index: int, step: int, passed: frozenset[int] = _NONE
) -> Token | None:
    """The next piece of the line in one direction: no separator, not among the `passed` ones."""
    index += step
    while 0 <= index < len(pieces):
        piece = pieces[index]
        if "\n" in piece.text:
            return None
        if piece.kind is not TokenKind.SEPARATOR and index not in passed:
            return piece
        index += step
    return None


def _announced(pieces: Sequence[Token], first: int) -> str:
    """Whether a cue stands before the piece: "strong", "weak" or "no"."""
    before = _neighbour(pieces, first, -1)
    return _cue(before.text) if before is not None and before.kind is TokenKind.WORD else "no"


def _initial(pieces: Sequence[Token], unit: Unit) -> bool:
    """Whether a single capital stands directly before the unit, or behind it."""
    return _is_initial(pieces, unit.first, -1) or _is_initial(pieces, unit.last, 1)


def _is_initial(pieces: Sequence[Token], index: int, step: int) -> bool:
    """Whether a capital stands for itself there; behind a word, L and R are sides of the body."""
    index += step
    if 0 <= index < len(pieces) and pieces[index].kind is TokenKind.SEPARATOR:
        index += step
    if not 0 <= index < len(pieces):
        return False
    letter = pieces[index].text
    if not (_short(letter) and letter.isupper()) or (step > 0 and letter in _SIDES):
        return False
    beyond = index + step
    inside = 0 <= beyond < len(pieces)
    return not inside or pieces[beyond].kind in _BORDERS


_SIDES = frozenset("LR")
_BORDERS = frozenset({TokenKind.SEPARATOR, TokenKind.EXTENSION})


# --- features ----------------------------------------------------------------------------------


def _candidate(
    layout: Layout, chosen: tuple[Unit, ...], shape: Shape, lexicon: Lexicon
) -> Candidate:
    odds = sorted(max(-5.0, min(5.0, unit.log_odds)) for unit in chosen)
    side = "pair" if len(chosen) > 1 else "single"
    found = [
        (f"shape:{shape}", 1.0),
        (f"{side}:best", odds[-1]),
        (f"{side}:worst", odds[0]),
        (f"{side}:case:{_case(chosen)}", 1.0),
        (f"{side}:announced:{_announced(layout.pieces, chosen[0].first)}", 1.0),
        (f"{side}:{_company(layout, chosen)}", 1.0),
    ]
    if side == "pair":
        found.extend((f"pair:{said}", 1.0) for said in _agreement(chosen, lexicon))
    return Candidate((chosen[0].start, chosen[-1].end), shape, tuple(found))


def _company(layout: Layout, chosen: tuple[Unit, ...]) -> str:
    """Which other words stand in the text."""
    if len(layout.units) == len(chosen):
        return "alone"
    return "among ordinary words" if layout.plain == len(chosen) else "among others"


def _case(units: Sequence[Unit]) -> str:
    words = [unit.word for unit in units]
    if all(word.islower() for word in words):
        return "lower"
    if all(word.isupper() for word in words):
        return "upper"
    return "title" if all(word[:1].isupper() for word in words) else "mixed"


def _agreement(units: Sequence[Unit], lexicon: Lexicon) -> Iterator[str]:
    """Whether one word is a common given name, and the other then a common surname."""
    one, other = (lexicon.evidence(unit.word) for unit in units)
    if any(lexicon.evidence(unit.word).given >= COMMON and not unit.ordinary for unit in units):
        yield "given"
    if min(one.given, other.surname) >= COMMON or min(other.given, one.surname) >= COMMON:
        yield "given and surname"
