"""What is known of words: how often they name people, what else they mean, how name-like they look.

The data are built by rules/lexicons/build.py: `lexicon.txt.gz` (words with their codes),
`grams.bin.gz` (weights of letter sequences), `tongues.bin.gz` (see `tongues`), `weights.csv` (of
evidence) and `cells.csv` (how names, words, places, codes and random strings spread over kinds of
evidence).
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from importlib.resources.abc import Traversable
from itertools import product
from typing import NamedTuple

import regex

from vestige import word_tables
from vestige.text import folds
from vestige.tongues import Tongues
from vestige.tongues import read as read_tongues
from vestige.word_tables import LIMIT, SYLLABLES, scorer

FILES = ("cells.csv", "grams.bin.gz", "lexicon.txt.gz", "tongues.bin.gz", "weights.csv")

# --- the code of a word: three bits, three bits, five flags -------------------------------------

BUCKETS = 8
SURNAME, GIVEN = 7, 7 << 3
VOCABULARY = 1 << 6
MEDICAL = 1 << 7
TECHNICAL = 1 << 8
PLACE = 1 << 9
ORDINARY = 1 << 10
NAME_EDGES = (-2.5, -1.2, -0.2, 0.8, 2.0)
"""Borders between the bins of the score that tells names from words."""
NOISE_EDGE = -0.5
"""Score that tells words from noise, below which a word is noise."""
SHORT = 3
"""Words of that many letters and fewer are judged as short: any three letters are a surname."""
COMMON = 4
"""Bucket from which a name is common: about one bearer in 100,000."""
LETTERS = 2 + 3 + len(NAME_EDGES) + 1
"""Bins of letters: short, noise, three of strict syllables, and one for each name score."""
CELLS = 3 * 4 * LETTERS
_MEMO = 1 << 15
_OF_NAMES = "name:"
_OF_SETS = "set:"
_LAST_LATIN = "\u024f"


class WordEvidence(NamedTuple):
    """What is known of one word; buckets run from 0 (not a name) to 7 (one in 2,000 bears it).

    `ngram` is the log-odds of its letters alone: names of people against other words; `natural`
    that of words against random strings; `syllables` whether consonant and vowel strictly take
    turns, as in made-up words; `length` counts the letters of its fold.
    """

    surname: int
    given: int
    vocabulary: bool
    medical: bool
    technical: bool
    place: bool
    ngram: float
    natural: float
    syllables: bool
    length: int

    @property
    def named(self) -> int:
        """The greater of both buckets."""
        return max(self.surname, self.given)

    @property
    def meaning(self) -> int:
        """What else the word is: 0 nothing, 1 a common word, 2 technical or medical, 3 a place."""
        if self.technical or self.medical:
            return 2
        if self.vocabulary:
            return 1
        return 3 if self.place else 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of word, as names or places, and the share of it that falls into each cell."""

    name: str
    person: bool
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The loaded data; words are asked for as they stand, and folded here.

    `of_names` are the weights of what a name looks like in its text (see `detect.shapes`),
    `of_sets` those of a set of words (see `correlate.set_odds`); `unlike_towns` is the log-odds of
    the letters of a word: names of people against those of towns.

    What is said of words by `evidence` and the others is remembered; `anew` gives the evidence of a
    word, its log-odds and whether it is ordinary for one who remembers them together.
    """

    codes: Mapping[str, int] = field(repr=False)
    grams: Sequence[int] = field(repr=False)
    weights: Mapping[str, float] = field(repr=False)
    of_names: Mapping[str, float] = field(repr=False)
    of_sets: Mapping[str, float] = field(repr=False)
    kinds: tuple[Kind, ...] = field(repr=False)
    digest: str
    anew: Callable[[str], tuple[WordEvidence, float, bool]] = field(repr=False)
    evidence: Callable[[str], WordEvidence] = field(repr=False)
    log_odds: Callable[[str], float] = field(repr=False)
    ordinary: Callable[[str], bool] = field(repr=False)
    cell: Callable[[str], int] = field(repr=False)
    unlike_towns: Callable[[str], float] = field(repr=False)
    tongues: Tongues = field(default=Tongues(), repr=False)

    def lists(self, word: str) -> bool:
        """Whether a word is in any of the lists, as a name or as anything else."""
        return any(spelling in self.codes for spelling in spellings(word))


ABJAD = "_"
"""Begins the spellings of words whose script writes no vowels: they are no Latin words."""
PHRASE = "+"
"""Begins the spelling of a phrase, its words written together."""
_ABJADS = regex.compile(r"[\p{Hebrew}\p{Arabic}\p{Syriac}]")
_HAN = regex.compile(r"\p{Han}")


def spellings(word: str) -> tuple[str, ...]:
    """The spellings by which the lexicon knows `word`: its folds, but Han characters as they are.

    A romanised Han character may be any of forty, and a word without vowels any other word.
    """
    if word.isascii():
        return folds(word)
    if _HAN.search(word):
        return (word.lower(),)
    found = folds(word)
    return tuple(ABJAD + fold for fold in found) if _ABJADS.search(word) else found


def evidence(
    codes: Mapping[str, int], scores: Callable[[str], tuple[float, float]], word: str
) -> WordEvidence:
    """What `codes` and the `scores` of letters say of a word in any of its spellings."""
    known = spellings(word) or ("",)
    if word.isascii():
        return _of_plain(known[0], codes.get(known[0], 0), scores)
    surname = given = flags = 0
    for code in (codes.get(fold, 0) for fold in known):
        surname, given = max(surname, code & SURNAME), max(given, (code & GIVEN) >> 3)
        flags |= code
    name, natural = max(map(scores, known))
    length = len(known[0].removeprefix(ABJAD))
    if (surname or given) and _HAN.search(word):
        # of such characters no letters are learnt, and one of them is a syllable
        name, natural, length = 0.0, 0.0, _OF_A_SYLLABLE * length
    strict = SYLLABLES.fullmatch(known[0]) is not None
    return WordEvidence(surname, given, *_flags(flags), name, natural, strict, length)


def _of_plain(fold: str, code: int, scores: Callable[[str], tuple[float, float]]) -> WordEvidence:
    """What is known of a word of ASCII, by its fold and the code of that."""
    name, natural = scores(fold)
    strict = SYLLABLES.fullmatch(fold) is not None
    flags = _flags(code)
    found = code & SURNAME, (code & GIVEN) >> 3, *flags, name, natural, strict, len(fold)
    return tuple.__new__(WordEvidence, found)  # in half the time that its constructor takes


@lru_cache(maxsize=word_tables.CODES)
def _flags(code: int) -> tuple[bool, bool, bool, bool]:
    """Whether a word is plain vocabulary, medical, technical, a place."""
    plain, medical = code & VOCABULARY != 0, code & MEDICAL != 0
    return plain, medical, code & TECHNICAL != 0, code & PLACE != 0


def meaning_of(code: int) -> int:
    """What else the word of a code is: 0 nothing, 1 a common word, 2 a term, 3 a place."""
    if code & (TECHNICAL | MEDICAL):
        return 2
    if code & VOCABULARY:
        return 1
    return 3 if code & PLACE else 0


_OF_A_SYLLABLE = 3
"""Letters that a syllable has when it is romanised."""


def town_score(grams: Sequence[int], word: str) -> float:
    """The log-odds of the letters of a word: of names of people against those of towns."""
    return word_tables.town_score(grams, (spellings(word) or ("",))[0])


def letters(known: WordEvidence) -> int:
    """The bin of letters into which a word falls, 0 to LETTERS - 1."""
    if known.length <= SHORT:
        return 0
    if known.natural < NOISE_EDGE:
        return 1
    score = bisect_right(NAME_EDGES, known.ngram)
    return 2 + score // 2 if known.syllables else 5 + score


def features(known: WordEvidence) -> tuple[str, ...]:
    """The names of the weights whose sum is the log-odds of a word."""
    named = _NAMED[0 if not known.named else 1 if known.named < COMMON else 2]
    meaning = _MEANINGS[known.meaning]
    return (
        "bias",
        f"surname:{known.surname}",
        f"given:{known.given}",
        f"{named}:{meaning}",
        f"{named}:letters:{letters(known)}",
        f"length:{min(known.length, _LONGEST)}",
    )


_NAMED = ("unnamed", "rare", "named")
_MEANINGS = ("plain", "word", "term", "place")
_LONGEST = 8
"""Letters from which the length of a word tells no more."""


def _weigher(weights: Mapping[str, float]) -> Callable[[WordEvidence], float]:
    """The sum of the weights of the features of a word, each of them looked up once for all."""

    def table(kind: str, values: Iterable[object]) -> tuple[float, ...]:
        return tuple(weights.get(f"{kind}:{value}", 0.0) for value in values)

    bias = weights.get("bias", 0.0)
    surnames, givens = table("surname", range(BUCKETS)), table("given", range(BUCKETS))
    meanings = tuple(table(named, _MEANINGS) for named in _NAMED)
    spelt = tuple(table(f"{named}:letters", range(LETTERS)) for named in _NAMED)
    lengths = table("length", range(_LONGEST + 1))

    both = product(range(BUCKETS), repeat=2)
    before = {(one, other): bias + surnames[one] + givens[other] for one, other in both}

    def weigh(known: WordEvidence) -> float:
        """The sum of the weights of `features`, in their order."""
        surname, given, plain, medical, term, place, _, _, _, length = known
        most = max(given, surname)
        often = 0 if not most else 1 if most < COMMON else 2
        meaning = 2 if term or medical else 1 if plain else 3 if place else 0
        total = before[surname, given] + meanings[often][meaning] + spelt[often][letters(known)]
        return total + lengths[min(length, _LONGEST)]

    return weigh


def _odds(known: WordEvidence, total: float) -> float:
    """The log-odds of a word whose weights have that sum."""
    if not known.length:
        return -LIMIT
    total = LIMIT if total > LIMIT else max(total, -LIMIT)
    return total if known.length >= SHORT else min(total, 0.0)


def cell_of(known: WordEvidence) -> int:
    """The cell of a word: how often a name (3), what else it means (4), its letters (LETTERS)."""
    often = 0 if not known.named else 1 if known.named < COMMON else 2
    return (often * 4 + known.meaning) * LETTERS + letters(known)


# --- loading -----------------------------------------------------------------------------------


def digest_of(folder: Traversable) -> str:
    """The digest of the lexicon in a folder, not loaded; RuleError if a file is missing."""
    return _digest({name: word_tables.read(folder, name) for name in FILES})


def _digest(raw: Mapping[str, bytes]) -> str:
    parts = b"".join(hashlib.sha256(raw[name]).digest() for name in FILES)
    return hashlib.sha256(parts).hexdigest()


def load(folder: Traversable) -> Lexicon:
    """The lexicon of a folder of data files; RuleError names the file that is broken."""
    raw = {name: word_tables.read(folder, name) for name in FILES}
    digest = _digest(raw)
    if digest not in _LOADED:
        found = assemble(
            word_tables.checked("lexicon.txt.gz", word_tables.codes, raw["lexicon.txt.gz"]),
            word_tables.checked("grams.bin.gz", word_tables.grams, raw["grams.bin.gz"]),
            word_tables.checked("weights.csv", word_tables.weights, raw["weights.csv"]),
            word_tables.checked("cells.csv", _kinds, raw["cells.csv"]),
            digest,
        )
        tongues = word_tables.checked("tongues.bin.gz", read_tongues, raw["tongues.bin.gz"])
        found = replace(found, tongues=tongues)
        _LOADED.clear()
        _LOADED[digest] = found
    return _LOADED[digest]


_LOADED: dict[str, Lexicon] = {}
"""The last one by its digest, and no more: a scan asks for it with its rules and for its report."""


def assemble(
    codes: Mapping[str, int],
    grams: Sequence[int],
    weights: Mapping[str, float],
    kinds: tuple[Kind, ...],
    digest: str,
) -> Lexicon:
    """A lexicon of these tables; its judgements of single words are remembered within bounds."""
    weigh, scores = _weigher(weights), scorer(grams)

    @lru_cache(maxsize=_MEMO)
    def known_of(word: str) -> WordEvidence:
        """What is known of one word."""
        return evidence(codes, scores, word)

    def is_ordinary(word: str) -> bool:
        """Whether one word is technical, medical or plain vocabulary that may be shown to anyone.

        With diacritics it is one only if it is technical, as Schädel and tórax are.
        """
        found = folds(word)
        if word.isascii():
            return bool(found) and bool(codes.get(found[0], 0) & ORDINARY)
        wanted = ORDINARY | TECHNICAL
        said = (codes.get(fold, 0) for fold in found)
        return max(word) <= _LAST_LATIN and any(code & wanted == wanted for code in said)

    @lru_cache(maxsize=_MEMO)
    def log_odds(word: str) -> float:
        """How name-like one word is, as log-odds within LIMIT; 0 is as likely as not."""
        known = known_of(word)
        return _odds(known, weigh(known))

    def anew(word: str) -> tuple[WordEvidence, float, bool]:
        """The evidence of one word, its log-odds, and whether it is ordinary."""
        if word.isascii():
            fold = (folds(word) or ("",))[0]
            code = codes.get(fold, 0)
            known, ordinary = _of_plain(fold, code, scores), code & ORDINARY != 0
        else:
            known, ordinary = evidence(codes, scores, word), is_ordinary(word)
        return known, _odds(known, weigh(known)), ordinary

    @lru_cache(maxsize=_MEMO)
    def cell(word: str) -> int:
        """The cell of evidence into which one word falls."""
        return cell_of(known_of(word))

    return Lexicon(
        codes,
        grams,
        weights,
        _headed(weights, _OF_NAMES),
        _headed(weights, _OF_SETS),
        kinds,
        digest,
        anew,
        known_of,
        log_odds,
        lru_cache(maxsize=_MEMO)(is_ordinary),
        cell,
        lru_cache(maxsize=_MEMO)(partial(town_score, grams)),
    )


def _headed(weights: Mapping[str, float], head: str) -> dict[str, float]:
    """The weights of the features of one kind, without its head."""
    return {name.removeprefix(head): at for name, at in weights.items() if name.startswith(head)}


def _kinds(raw: bytes) -> tuple[Kind, ...]:
    """One kind a row: its name, whether it is a person's, its count in each cell."""
    found = tuple(_kind(row) for row in word_tables.rows(raw))
    if {kind.person for kind in found} != {True, False}:
        raise ValueError("kinds")
    return found


def _kind(row: Mapping[str, str]) -> Kind:
    counts = [int(count) for count in row["counts"].split()]
    if len(counts) != CELLS or min(counts) < 0:
        raise ValueError("counts")
    total = sum(counts) + CELLS * _SMOOTH
    shares = tuple((count + _SMOOTH) / total for count in counts)
    return Kind(row["kind"], row["person"] == "yes", shares)


_SMOOTH = 0.25
"""Added to every count, so that no evidence is impossible."""
