"""The words of a text that may name someone, and the words that announce or belong to a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
SOFT = frozenset({"", " ", "  ", "_", "__", "-", ".", ". ", "+", " - "})


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


# --- units -------------------------------------------------------------------------------------


def layout_of(text: str, lexicon: Lexicon) -> Layout:
    """`text` in pieces, with the units that its words make."""
    pieces = tokens(text)
    units = tuple(_units(pieces, lexicon))
    ordinary = [range(unit.first, unit.last + 1) for unit in units if unit.ordinary]
    return Layout(pieces, units, frozenset().union(*ordinary), len(units) - len(ordinary))


def _units(pieces: Sequence[Token], lexicon: Lexicon) -> Iterator[Unit]:
    """The words that may name someone: initials and cues are left out, particles joined."""
    start = -1
    for index, piece in enumerate(pieces):
        if piece.kind is not TokenKind.WORD:
            if piece.text not in SOFT:
                start = -1
            continue
        if is_particle(piece.text) and _leads(pieces, index):
            start = index if start < 0 else start
            continue
        if not is_letter(piece.text) and cue(piece.text) != "strong":
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


def cue(word: str) -> str:
    """How surely `word` announces a name: "strong", "weak" or "no"."""
    spelling = (folds(word) or ("",))[0]
    if spelling in CUES and word != "MR":  # the modality
        return "strong"
    return "weak" if spelling in WEAK_CUES else "no"


_NONE: frozenset[int] = frozenset()


def neighbour(
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


def announced(pieces: Sequence[Token], first: int) -> str:
    """Whether a cue stands before the piece: "strong", "weak" or "no"."""
    before = neighbour(pieces, first, -1)
    return cue(before.text) if before is not None and before.kind is TokenKind.WORD else "no"
