"""What is known of words: how often they name people, what else they mean, how name-like they look.

The data are built by rules/lexicons/build.py: `lexicon.txt.gz` (words with their codes),
`grams.bin.gz` (weights of letter sequences), `weights.csv` (of evidence) and `cells.csv` (how
names, words, places, codes and random strings spread over kinds of evidence).
"""

import csv
import gzip
import hashlib
import math
import re
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib.resources.abc import Traversable
from typing import TypeVar

import regex

from vestige.model import RuleError
from vestige.text import folds

_T = TypeVar("_T")
FILES = ("cells.csv", "grams.bin.gz", "lexicon.txt.gz", "weights.csv")

# --- the code of a word: three bits, three bits, five flags -------------------------------------

BUCKETS = 8
VOCABULARY = 1 << 6
MEDICAL = 1 << 7
TECHNICAL = 1 << 8
PLACE = 1 << 9
ORDINARY = 1 << 10
_CODES = 1 << 11

GRAMS = 1 << 16
"""Slots of one of the TABLES of letter sequences."""
TABLES = 3
"""Names of people against words, words against noise, names of people against those of towns."""
GRAM_SCALE = 24.0
"""A weight of 1 in these tables, as an integer."""
LIMIT = 8.0
"""Log-odds of one word stay between -LIMIT and LIMIT."""
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


@dataclass(frozen=True, slots=True)
class WordEvidence:
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
    """

    codes: Mapping[str, int] = field(repr=False)
    grams: Sequence[int] = field(repr=False)
    weights: Mapping[str, float] = field(repr=False)
    of_names: Mapping[str, float] = field(repr=False)
    of_sets: Mapping[str, float] = field(repr=False)
    kinds: tuple[Kind, ...] = field(repr=False)
    digest: str
    evidence: Callable[[str], WordEvidence] = field(repr=False)
    log_odds: Callable[[str], float] = field(repr=False)
    ordinary: Callable[[str], bool] = field(repr=False)
    cell: Callable[[str], int] = field(repr=False)
    unlike_towns: Callable[[str], float] = field(repr=False)

    def phrase(self, words: Sequence[str]) -> bool:
        """Whether these words are together the name of a place or a thing: Costa Rica."""
        return PHRASE + "".join(folds(word)[0] for word in words if folds(word)) in self.codes


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


def evidence(codes: Mapping[str, int], grams: Sequence[int], word: str) -> WordEvidence:
    """What `codes` and `grams` say of a word in any of its spellings."""
    surname = given = flags = 0
    known = spellings(word) or ("",)
    for fold in known:
        code = codes.get(fold, 0)
        surname = max(surname, code & 7)
        given = max(given, code >> 3 & 7)
        flags |= code
    name, natural = max(gram_scores(grams, fold) for fold in known)
    length = len(known[0].removeprefix(ABJAD))
    if (surname or given) and not word.isascii() and _HAN.search(word):
        # of such characters no letters are learnt, and one of them is a syllable
        name, natural, length = 0.0, 0.0, _OF_A_SYLLABLE * length
    return WordEvidence(
        surname=surname,
        given=given,
        vocabulary=bool(flags & VOCABULARY),
        medical=bool(flags & MEDICAL),
        technical=bool(flags & TECHNICAL),
        place=bool(flags & PLACE),
        ngram=name,
        natural=natural,
        syllables=SYLLABLES.fullmatch(known[0]) is not None,
        length=length,
    )


_OF_A_SYLLABLE = 3
"""Letters that a syllable has when it is romanised."""
SYLLABLES = re.compile(r"(?:[b-df-hj-np-tv-z][aeiou]){2,}[b-df-hj-np-tv-z]?")


def gram_slots(fold: str) -> list[int]:
    """The slots of the letter sequences (two to four letters, ends marked) of one fold."""
    raw = f"^{fold[:24]}$".encode()
    size = len(raw)
    return [
        zlib.crc32(raw[start : start + length]) & (GRAMS - 1)
        for length in (2, 3, 4)
        for start in range(size - length + 1)
    ]


def gram_scores(grams: Sequence[int], fold: str) -> tuple[float, float]:
    """The log-odds of the letters of one fold: name against word, word against noise."""
    slots = gram_slots(fold)
    name = sum(grams[slot] for slot in slots) / GRAM_SCALE
    natural = sum(grams[slot + GRAMS] for slot in slots) / GRAM_SCALE
    return max(-LIMIT, min(LIMIT, name)), max(-LIMIT, min(LIMIT, natural))


def town_score(grams: Sequence[int], word: str) -> float:
    """The log-odds of the letters of a word: of names of people against those of towns."""
    slots = gram_slots((spellings(word) or ("",))[0])
    score = sum(grams[slot + 2 * GRAMS] for slot in slots) / GRAM_SCALE
    return max(-LIMIT, min(LIMIT, score))


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
    named = "named" if known.named >= COMMON else "rare" if known.named else "unnamed"
    meaning = ("plain", "word", "term", "place")[known.meaning]
    return (
        "bias",
        f"surname:{known.surname}",
        f"given:{known.given}",
        f"{named}:{meaning}",
        f"{named}:letters:{letters(known)}",
        f"length:{min(known.length, 8)}",
    )


def cell_of(known: WordEvidence) -> int:
    """The cell of a word: how often a name (3), what else it means (4), its letters (LETTERS)."""
    often = 0 if not known.named else 1 if known.named < COMMON else 2
    return (often * 4 + known.meaning) * LETTERS + letters(known)


# --- loading -----------------------------------------------------------------------------------


def load(folder: Traversable) -> Lexicon:
    """The lexicon of a folder of data files; RuleError names the file that is broken."""
    raw = {name: _read(folder, name) for name in FILES}
    return assemble(
        _checked("lexicon.txt.gz", _codes, raw["lexicon.txt.gz"]),
        _checked("grams.bin.gz", _grams, raw["grams.bin.gz"]),
        _checked("weights.csv", _weights, raw["weights.csv"]),
        _checked("cells.csv", _kinds, raw["cells.csv"]),
        hashlib.sha256(b"".join(hashlib.sha256(raw[name]).digest() for name in FILES)).hexdigest(),
    )


def assemble(
    codes: Mapping[str, int],
    grams: Sequence[int],
    weights: Mapping[str, float],
    kinds: tuple[Kind, ...],
    digest: str,
) -> Lexicon:
    """A lexicon of these tables; its judgements of single words are remembered within bounds."""

    @lru_cache(maxsize=_MEMO)
    def known_of(word: str) -> WordEvidence:
        """What is known of one word."""
        return evidence(codes, grams, word)

    @lru_cache(maxsize=_MEMO)
    def ordinary(word: str) -> bool:
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
        if not known.length:
            return -LIMIT
        total = sum(weights.get(name, 0.0) for name in features(known))
        total = max(-LIMIT, min(LIMIT, total))
        return total if known.length >= SHORT else min(total, 0.0)

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
        known_of,
        log_odds,
        ordinary,
        cell,
        lru_cache(maxsize=_MEMO)(partial(town_score, grams)),
    )


def _headed(weights: Mapping[str, float], head: str) -> dict[str, float]:
    """The weights of the features of one kind, without its head."""
    return {name.removeprefix(head): at for name, at in weights.items() if name.startswith(head)}


def _read(folder: Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError:
        raise RuleError(f"lexicons/{name}: is missing or cannot be read") from None


def _checked(name: str, parse: Callable[[bytes], _T], raw: bytes) -> _T:
    try:
        return parse(raw)
    except (ValueError, KeyError, IndexError, EOFError, OSError, zlib.error):
        raise RuleError(f"lexicons/{name}: is broken; build.py beside it makes it anew") from None


def _codes(raw: bytes) -> dict[str, int]:
    """Word to code, from lines of a code and its words."""
    found: dict[str, int] = {}
    for line in gzip.decompress(raw).decode("utf-8").splitlines()[1:]:
        number, _, words = line.partition(" ")
        code = int(number)
        if not 0 < code < _CODES:
            raise ValueError(number)
        found.update(dict.fromkeys(words.split(), code))
    if not found:
        raise ValueError("no word")
    return found


def _grams(raw: bytes) -> tuple[int, ...]:
    """The signed bytes behind the first line."""
    _, _, body = gzip.decompress(raw).partition(b"\n")
    found = tuple(array("b", body))
    if len(found) != TABLES * GRAMS:
        raise ValueError("length")
    return found


def _weights(raw: bytes) -> dict[str, float]:
    found = {row["feature"]: float(row["weight"]) for row in _rows(raw)}
    if not found or not all(math.isfinite(weight) for weight in found.values()):
        raise ValueError("weight")
    return found


def _kinds(raw: bytes) -> tuple[Kind, ...]:
    """One kind a row: its name, whether it is a person's, its count in each cell."""
    found = tuple(_kind(row) for row in _rows(raw))
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


def _rows(raw: bytes) -> list[dict[str, str]]:
    lines = raw.decode("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
