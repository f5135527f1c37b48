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
from typing import NamedTuple

import regex

from vestige import word_tables
from vestige.text import folds
from vestige.tongues import Tongues
from vestige.tongues import read as read_tongues
from vestige.word_kinds import Kind
from vestige.word_kinds import kinds as read_kinds
from vestige.word_tables import GRAM_SCALE, LIMIT, SYLLABLES, Weigher, scores_by, weigher

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


Known = tuple[str, int, float, bool]
"""The first fold of a word, its code, its log-odds, and whether it is ordinary."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The loaded data; words are asked for as they stand, and folded here.

    Log-odds say within LIMIT how name-like one word is; 0 is as likely as not.
    `of_names` are the weights of what a name looks like in its text (see `detect.shapes`),
    `of_sets` those of a set of words (see `correlate.set_odds`); `unlike_towns` is the log-odds of
    the letters of a word: names of people against those of towns.

    What is said of words by `evidence` and the others is remembered; what `anew` gives is not.
    """

    codes: Mapping[str, int] = field(repr=False)
    grams: Sequence[int] = field(repr=False)
    weights: Mapping[str, float] = field(repr=False)
    of_names: Mapping[str, float] = field(repr=False)
    of_sets: Mapping[str, float] = field(repr=False)
    kinds: tuple[Kind, ...] = field(repr=False)
    digest: str
    anew: Callable[[str], Known] = field(repr=False)
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
_FIRST_ABJAD = "\u0590"
"""The first character of these scripts; Han comes far behind."""


def spellings(word: str) -> tuple[str, ...]:
    """The spellings by which the lexicon knows `word`: its folds, but Han characters as they are.

    A romanised Han character may be any of forty, and a word without vowels any other word.
    """
    if word.isascii():
        return folds(word)
    if max(word) < _FIRST_ABJAD:
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
    surname = given = flags = 0
    for code in [codes.get(fold, 0) for fold in known]:
        surname, given = max(surname, code & SURNAME), max(given, (code & GIVEN) >> 3)
        flags |= code
    name, natural = max(map(scores, known))
    length = len(known[0] if word.isascii() else known[0].removeprefix(ABJAD))
    if (surname or given) and not word.isascii() and _HAN.search(word):
        # of such characters no letters are learnt, and one of them is a syllable
        name, natural, length = 0.0, 0.0, _OF_A_SYLLABLE * length
    strict = SYLLABLES.fullmatch(known[0]) is not None
    found = surname, given, *_flags(flags), name, natural, strict, length
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


def _letters_of(fold: str, name: int, natural: int) -> int:
    """The same of a fold whose letters have these weights (see `word_tables.weigher`)."""
    if len(fold) <= SHORT:
        return 0
    if natural < _NOISE:
        return 1
    score = bisect_right(_EDGES, name)
    if fold[1] in _VOWELS and fold[3] in _VOWELS and SYLLABLES.fullmatch(fold):
        return 2 + score // 2
    return 5 + score


_NOISE = NOISE_EDGE * GRAM_SCALE
_EDGES = tuple(edge * GRAM_SCALE for edge in NAME_EDGES)
_VOWELS = frozenset("aeiou")


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


def _odds_by(weights: Mapping[str, float]) -> Callable[[int], Sequence[Sequence[float]]]:
    """The log-odds of the words of a code, by their bin of letters and then by their length.

    They are the sum of the weights of `features`, in their order.
    """

    def table(kind: str, values: Iterable[object]) -> tuple[float, ...]:
        return tuple(weights.get(f"{kind}:{value}", 0.0) for value in values)

    bias = weights.get("bias", 0.0)
    surnames, givens = table("surname", range(BUCKETS)), table("given", range(BUCKETS))
    meanings = tuple(table(named, _MEANINGS) for named in _NAMED)
    spelt = tuple(table(f"{named}:letters", range(LETTERS)) for named in _NAMED)
    lengths = table("length", range(_LONGEST + 1))

    @lru_cache(maxsize=word_tables.CODES)
    def odds(code: int) -> tuple[tuple[float, ...], ...]:
        surname, given = code & SURNAME, (code & GIVEN) >> 3
        most = max(given, surname)
        often = 0 if not most else 1 if most < COMMON else 2
        head = bias + surnames[surname] + givens[given] + meanings[often][meaning_of(code)]
        totals = ([head + spelling + length for length in lengths] for spelling in spelt[often])
        return tuple(tuple(map(_limited, range(_LONGEST + 1), total)) for total in totals)

    return odds


def _limited(length: int, total: float) -> float:
    """The log-odds of a word whose weights have that sum."""
    most = LIMIT if length >= SHORT else 0.0
    return max(min(total, most), -LIMIT) if length else -LIMIT


def _code_of(known: WordEvidence) -> int:
    """The code that says of a word what is known of it in all its spellings."""
    surname, given, plain, medical, term, place, *_ = known
    flags = plain * VOCABULARY | medical * MEDICAL | term * TECHNICAL | place * PLACE
    return surname | given << 3 | flags


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
            word_tables.checked("cells.csv", partial(read_kinds, cells=CELLS), raw["cells.csv"]),
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
    odds_by, weigh = _odds_by(weights), weigher(grams)
    scores, of_plain = scores_by(weigh), _plainly(codes, odds_by, weigh)
    is_ordinary = partial(_is_ordinary, codes)

    @lru_cache(maxsize=_MEMO)
    def known_of(word: str) -> WordEvidence:
        return evidence(codes, scores, word)

    @lru_cache(maxsize=_MEMO)
    def log_odds(word: str) -> float:
        return odds_of(known_of(word))

    def odds_of(known: WordEvidence) -> float:
        return odds_by(_code_of(known))[letters(known)][min(known.length, _LONGEST)]

    def of_any(word: str) -> Known:
        known = evidence(codes, scores, word)
        return (folds(word) or ("",))[0], _code_of(known), odds_of(known), is_ordinary(word)

    @lru_cache(maxsize=_MEMO)
    def cell(word: str) -> int:
        return cell_of(known_of(word))

    return Lexicon(
        codes,
        grams,
        weights,
        _headed(weights, _OF_NAMES),
        _headed(weights, _OF_SETS),
        kinds,
        digest,
        lambda word: of_plain(word) if word.isascii() else of_any(word),
        known_of,
        log_odds,
        lru_cache(maxsize=_MEMO)(is_ordinary),
        cell,
        lru_cache(maxsize=_MEMO)(partial(town_score, grams)),
    )


def _is_ordinary(codes: Mapping[str, int], word: str) -> bool:
    """Whether one word is technical, medical or plain vocabulary that may be shown to anyone.

    With diacritics it is one only if it is technical, as Schädel and tórax are.
    """
    wanted = ORDINARY if word.isascii() else ORDINARY | TECHNICAL
    said = (codes.get(fold, 0) for fold in folds(word))
    return max(word, default="") <= _LAST_LATIN and any(code & wanted == wanted for code in said)


def _plainly(
    codes: Mapping[str, int], odds_by: Callable[[int], Sequence[Sequence[float]]], weigh: Weigher
) -> Callable[[str], Known]:
    """What is known of words of ASCII."""
    code_of = codes.get

    def of_plain(word: str) -> Known:
        fold = word.lower()
        if not fold.isalpha():
            fold = (folds(word) or ("",))[0]
        code = code_of(fold, 0)
        odds = odds_by(code)[_letters_of(fold, *weigh(fold))]
        return fold, code, odds[min(len(fold), _LONGEST)], code & ORDINARY != 0

    return of_plain


def _headed(weights: Mapping[str, float], head: str) -> dict[str, float]:
    """The weights of the features of one kind, without its head."""
    return {name.removeprefix(head): at for name, at in weights.items() if name.startswith(head)}
