"""Names of people in names of entries and in short texts: by words, shape and company."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from vestige.lexicon import Lexicon
from vestige.text import Token, TokenKind, folds, tokens


class Shape(StrEnum):
    """How the words of a name stand together, and what stands beside them."""

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


@dataclass(frozen=True, slots=True)
class NameLike:
    """A stretch of text that is like a name of a person; `score` is log-odds (>= 5 is high)."""

    span: tuple[int, int]
    shape: Shape
    score: float


# --- the weights: log-odds that company adds to those of the words themselves -----------------

_SHAPE = MappingProxyType(
    {
        Shape.CARET: 1.5,
        Shape.COMMA: 1.0,
        Shape.PAIR: 0.0,
        Shape.PAIR_DATE: 1.5,
        Shape.PAIR_NUMBER: 1.0,
        Shape.NAME_UUID: 1.0,
        Shape.NAME_HASH: 0.5,
        Shape.NAME_DATE: 0.8,
        Shape.NAME_NUMBER: 0.5,
        Shape.INITIAL_NAME: 0.3,
        Shape.CUE_NAME: 2.0,
        Shape.LONE: 0.0,
    }
)
_AGREEMENT = 1.5  # one word is a known given name, the other a known surname
_EPONYM = -6.0  # "Circle of Willis", "Hodgkin disease"
_BESIDE_ORDINARY = -0.4  # each ordinary word of a text makes a name less likely
_MOST_ORDINARY = 4
_ORDINARY = -1.0
_LONE_MOST = 4.9  # one word alone is never "high"
_FLOOR = 2.0  # below, nothing is reported at all
_WORD_LEAST, _WORD_MOST = -6.0, 4.0
_SHORTEST = 3  # letters; a shorter word alone is no evidence
_NUMBER_DIGITS = 4
_MOST_WORDS = 5
_BELONGS = 0.5  # weight from which a word beside a pair is part of the name
_MOST_PIECES = 4096

_ALONE = frozenset(
    {Shape.LONE, Shape.NAME_UUID, Shape.NAME_HASH, Shape.NAME_DATE, Shape.NAME_NUMBER}
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words(
    "af al am auf aus av bar ben bin bint da dal de degli dei del della den der des di do dos "
    "du e el ibn im la las le lo los mac mc o san santa st ter ten tot van ver vom von y zu zum "
    "zur"
)
_JOINED = _words("al ap d da de del den der di du el fitz l la le mac mc o van von")

_CUES = _words(
    "patient patients patientname pat pt paciente pacient pacjent pacjentka patientin patienten "
    "paziente potilas pasient beteg hasta doente utente name names nom nombre nome nachname "
    "vorname familienname surname lastname firstname givenname forename apellido apellidos "
    "cognome sobrenome apelido prenom imie nazwisko navn namn nimi mr mrs ms miss mister herr "
    "frau fraulein senor senora sr sra monsieur madame mme signor signora dr doctor docteur "
    "dott dottor doktor prof professor physician referred arzt medico subjectname proband "
    "probandin tester operator"
)
_WEAK_CUES = _words("for by para por pour per von fur from subject case scan report")
_WEAK_CUE = 1.0
_EPONYM_BEFORE = _words("of st saint mount lake san santa port fort new")
_EPONYM_AFTER = _words(
    "algorithm anastomosis aneurysm angle aphasia area artery atlas avenue canal catheter "
    "center centre city classification clinic college contracture corp corporation county cyst "
    "disease duct effect filter fistula formula foundation fracture ganglion gland grade "
    "gradient health hernia hospital inc index institute kernel klinik krankheit lab ligament "
    "lobe lymphoma maneuver manoeuvre medicine memorial method model morbus node nodule "
    "operation palsy phantom phenomenon pouch procedure projection protocol reaction river road "
    "rule sarcoma scale school score sign street study syndrom syndrome system test tetralogy "
    "thyroiditis trial tumor tumour university valley valve view white"
)

_LINK = re.compile(r"[ \t_.\-'\u2019`]*")
_CARET = re.compile(r"\s*\^+\s*")
_COMMA = re.compile(r"[ _]*,[ _]*")
_APOSTROPHE = frozenset("'\u2019`\u00b4")
_RUN_ON_INITIAL = re.compile(r"([A-Z])([A-Z][a-z]{2,})")


# --- pieces: tokens with their weights, separators turned into links --------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token that is no separator; `link` is the text between it and the piece before."""

    kind: TokenKind
    start: int
    end: int
    text: str
    link: str
    key: str = ""
    weight: float = 0.0

    @property
    def particle(self) -> bool:
        return self.key in _PARTICLES

    @property
    def initial(self) -> bool:
        return self.kind is TokenKind.WORD and len(self.text) == 1

    @property
    def word(self) -> bool:
        return self.kind is TokenKind.WORD and len(self.text) > 1 and not self.particle


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Pieces `first` to `last` (both included) that may be a name."""

    first: int
    last: int
    shape: Shape
    score: float


def person_names(text: str, lexicon: Lexicon) -> tuple[NameLike, ...]:
    """Stretches of `text` that are like names of people, in order, none overlapping another.

    Scores are log-odds: >= 5 high, 3 to 5 medium; one word alone never exceeds medium.
    """
    pieces = _pieces(text, lexicon)
    if not any(piece.word for piece in pieces):
        return ()
    ordinary = [i for i, piece in enumerate(pieces) if piece.word and piece.weight < _ORDINARY]
    found = [_settled(candidate, pieces, ordinary) for candidate in _candidates(pieces, lexicon)]
    found = [candidate for candidate in found if candidate.score >= _FLOOR]
    found.sort(key=lambda candidate: (-candidate.score, candidate.first, -candidate.last))
    taken: set[int] = set()
    kept: list[_Candidate] = []
    for candidate in found:
        members = range(candidate.first, candidate.last + 1)
        if taken.isdisjoint(members):
            taken.update(members)
            kept.append(candidate)
    kept.sort(key=lambda candidate: candidate.first)
    return tuple(
        NameLike((pieces[c.first].start, pieces[c.last].end), c.shape, round(c.score, 3))
        for c in kept
    )


def name_like(words: str, lexicon: Lexicon) -> float:
    """Log-odds that `words` (one or several: "DE LA CRUZ", "O'Neil") are a person's name.

    Meant for a place where a name is expected: 0 is the cut. No words at all give the least.
    """
    pieces = _pieces(words, lexicon)
    if any(piece.kind not in (TokenKind.WORD, TokenKind.EXTENSION) for piece in pieces):
        return _WORD_LEAST
    weights = sorted((piece.weight for piece in pieces if piece.word), reverse=True)
    if not weights or len(weights) > _MOST_WORDS:
        return _WORD_LEAST
    best, rest = weights[0], weights[1:]
    return best + 0.5 * sum(min(weight, 2.0) for weight in rest)


def _pieces(text: str, lexicon: Lexicon) -> list[_Piece]:
    found: list[_Piece] = []
    link = ""
    for token in tokens(text)[:_MOST_PIECES]:
        if token.kind is TokenKind.SEPARATOR:
            link += token.text
            continue
        found.extend(_split(token, link))
        link = ""
    return [_weighed(piece, lexicon) for piece in _joined(found, lexicon)]


def _split(token: Token, link: str) -> Iterator[_Piece]:
    """The token as one piece, or an initial run on with its name (`JSmith`) as two."""
    match = _RUN_ON_INITIAL.fullmatch(token.text) if token.kind is TokenKind.WORD else None
    if match is None:
        yield _Piece(token.kind, token.start, token.end, token.text, link)
        return
    middle = token.start + 1
    yield _Piece(token.kind, token.start, middle, match[1], link)
    yield _Piece(token.kind, middle, token.end, match[2], "")


def _joined(pieces: Sequence[_Piece], lexicon: Lexicon) -> list[_Piece]:
    """The pieces, with `O'Neil`, `McDonald` and `De Luca` as one where the join is a surname."""
    found: list[_Piece] = []
    for piece in pieces:
        if found and _joins(found[-1], piece, lexicon):
            found[-1] = replace(found[-1], end=piece.end, text=found[-1].text + piece.text)
        else:
            found.append(piece)
    return found


def _joins(left: _Piece, right: _Piece, lexicon: Lexicon) -> bool:
    if left.kind is not TokenKind.WORD or right.kind is not TokenKind.WORD:
        return False
    apart = right.link not in {"", " ", *_APOSTROPHE}
    if apart or left.text.lower() not in _JOINED or len(right.text) < _SHORTEST:
        return False
    return right.link in _APOSTROPHE or lexicon.evidence(left.text + right.text).surname > 0


def _weighed(piece: _Piece, lexicon: Lexicon) -> _Piece:
    if piece.kind is not TokenKind.WORD:
        return piece
    key = (folds(piece.text) or (piece.text.lower(),))[0]
    weight = max(_WORD_LEAST, min(_WORD_MOST, lexicon.log_odds(piece.text)))
    return replace(piece, key=key, weight=weight)


# --- candidates: pairs first, then words in company, then words alone -------------------------


def _candidates(pieces: Sequence[_Piece], lexicon: Lexicon) -> Iterator[_Candidate]:
    for index, piece in enumerate(pieces):
        if not piece.word:
            continue
        follower = _follower(pieces, index)
        if follower is not None:
            yield from _pair(pieces, index, follower, lexicon)
        yield _single(pieces, index)


def _follower(pieces: Sequence[_Piece], index: int) -> int | None:
    """The next word, over particles and initials, if only a link stands between."""
    for after in range(index + 1, min(index + 4, len(pieces))):
        if _bond(pieces[after].link) is None:
            return None
        if pieces[after].word:
            return after
        if not (pieces[after].particle or pieces[after].initial):
            return None
    return None


def _bond(link: str) -> Shape | None:
    """The shape that two words with `link` between them make; None: they belong apart."""
    if _CARET.fullmatch(link):
        return Shape.CARET
    if _COMMA.fullmatch(link):
        return Shape.COMMA
    return Shape.PAIR if _LINK.fullmatch(link) else None


def _pair(
    pieces: Sequence[_Piece], left: int, right: int, lexicon: Lexicon
) -> Iterator[_Candidate]:
    one, two = pieces[left], pieces[right]
    weak, strong = sorted((one.weight, two.weight))
    agreement = _AGREEMENT if _agree(one, two, lexicon) else 0.0
    bonds = {_bond(piece.link) for piece in pieces[left + 1 : right + 1]}
    shape = next((s for s in (Shape.CARET, Shape.COMMA) if s in bonds), Shape.PAIR)
    first, last = _widened(pieces, left, right)
    beyond = (piece for piece in (*pieces[first:left], *pieces[right + 1 : last + 1]) if piece.word)
    score = strong + weak + agreement + sum(0.3 * piece.weight for piece in beyond)
    if shape is Shape.PAIR:
        shape = _pair_company(pieces, first, last)
    yield _Candidate(first, last, shape, score + _SHAPE[shape])


def _agree(one: _Piece, two: _Piece, lexicon: Lexicon) -> bool:
    a, b = lexicon.evidence(one.text), lexicon.evidence(two.text)
    return (a.given > 1 and b.surname > 1) or (a.surname > 1 and b.given > 1)


def _widened(pieces: Sequence[_Piece], left: int, right: int) -> tuple[int, int]:
    """The pair with the particles and further name-like words on either side."""
    first, last = left, right
    while first and last - first < _MOST_WORDS and _belongs(pieces[first - 1], pieces[first].link):
        first -= 1
    while last + 1 < len(pieces) and last - first < _MOST_WORDS:
        if not _belongs(pieces[last + 1], pieces[last + 1].link):
            break
        last += 1
    while last > right and not pieces[last].word:
        last -= 1
    return first, last


def _belongs(piece: _Piece, link: str) -> bool:
    if (
        _bond(link) is None
        or piece.kind is not TokenKind.WORD
        or piece.key in _CUES
        or piece.key in _WEAK_CUES
    ):
        return False
    return piece.particle or (piece.word and piece.weight > _BELONGS)


def _pair_company(pieces: Sequence[_Piece], first: int, last: int) -> Shape:
    """The shape of a pair, by the two pieces after it and the two before."""
    for piece in (*pieces[last + 1 : last + 3], *reversed(pieces[max(0, first - 2) : first])):
        if piece.kind is TokenKind.DATE:
            return Shape.PAIR_DATE
        if piece.kind is TokenKind.NUMBER and len(piece.text) >= _NUMBER_DIGITS:
            return Shape.PAIR_NUMBER
    return Shape.PAIR


_COMPANY: Mapping[TokenKind, Shape] = {
    TokenKind.UUID: Shape.NAME_UUID,
    TokenKind.UID: Shape.NAME_UUID,
    TokenKind.HEX: Shape.NAME_HASH,
    TokenKind.DATE: Shape.NAME_DATE,
    TokenKind.NUMBER: Shape.NAME_NUMBER,
}


def _single(pieces: Sequence[_Piece], index: int) -> _Candidate:
    """A word with what stands beside it; the particles before it are part of the name."""
    first = last = index
    while first > 0 and pieces[first - 1].particle and _bond(pieces[first].link) is not None:
        first -= 1
    shape = Shape.LONE
    for place in (index + 1, first - 1):
        if not 0 <= place < len(pieces) or shape is not Shape.LONE:
            continue
        shape = _COMPANY.get(pieces[place].kind, shape)
        if pieces[place].initial and pieces[place].text.isupper():
            shape, first, last = Shape.INITIAL_NAME, min(first, place), max(last, place)
    word = pieces[index]
    score = word.weight + _SHAPE[shape] if len(word.text) >= _SHORTEST else _WORD_LEAST
    return _Candidate(first, last, shape, score)


# --- the text around a candidate --------------------------------------------------------------


def _settled(
    candidate: _Candidate, pieces: Sequence[_Piece], ordinary: Sequence[int]
) -> _Candidate:
    """The candidate with what the words around it say: cues, eponyms, ordinary words."""
    first, last = candidate.first, candidate.last
    shape, score = candidate.shape, candidate.score
    cue = _cue(pieces, first)
    if cue >= _SHAPE[Shape.CUE_NAME]:
        shape = Shape.CUE_NAME if shape in _ALONE or shape is Shape.PAIR else shape
    if shape is Shape.CUE_NAME or first != last:
        score += cue
    if _eponym(pieces, first, last):
        score += _EPONYM
    if cue == 0:
        others = len(ordinary) - bisect_right(ordinary, last) + bisect_left(ordinary, first)
        score += _BESIDE_ORDINARY * min(others, _MOST_ORDINARY)
    if shape in _ALONE:
        score = min(score, _LONE_MOST)
    return replace(candidate, shape=shape, score=score)


def _cue(pieces: Sequence[_Piece], first: int) -> float:
    """What the one or two words before say: "patient", "Dr.", or weakly "for"."""
    for piece in reversed(pieces[max(0, first - 2) : first]):
        if piece.key in _CUES:
            return _SHAPE[Shape.CUE_NAME]
    return _WEAK_CUE if first and pieces[first - 1].key in _WEAK_CUES else 0.0


def _eponym(pieces: Sequence[_Piece], first: int, last: int) -> bool:
    before = pieces[first - 1].key if first else ""
    after = pieces[last + 1].key if last + 1 < len(pieces) else ""
    within = any(piece.key in _EPONYM_AFTER for piece in pieces[first : last + 1])
    return before in _EPONYM_BEFORE or after in _EPONYM_AFTER or (within and last > first)
