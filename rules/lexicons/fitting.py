"""Fit the tables of the lexicon: letter weights, evidence weights, and cells of kinds of words.

Letter scores that the later fits see are out of fold by locale and language: a name is scored by
letters learnt from other locales, as a name of a locale in no lexicon will be.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from rules.lexicons import words
from rules.lexicons.sources import HELD_OUT, UNWEIGHTED, words_of
from rules.lexicons.words import LONGEST, Material
from vestige.lexicon import (
    CELLS,
    MEDICAL,
    PLACE,
    SHORT,
    TECHNICAL,
    VOCABULARY,
    WordEvidence,
    cell_of,
    features,
)
from vestige.word_tables import GRAM_SCALE, GRAMS, SYLLABLES, gram_slots

FOLDS = 5
FLAGS = VOCABULARY | MEDICAL | TECHNICAL | PLACE
NOISE = ("random", "syllables")
_SELDOM = 2
"""Bucket up to which a word is hardly a name."""
Numbers = NDArray[np.float64]
Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """One word to learn from: `group` is its locale or language, `code` what the lexicon says."""

    word: str
    kind: str
    group: str
    code: int
    weight: float

    @property
    def person(self) -> bool:
        """Whether it is a name of a person."""
        return self.kind.startswith("name")


# --- examples ----------------------------------------------------------------------------------


def examples(material: Material, codes: Mapping[str, int]) -> list[Example]:
    """Names and other words, each as the lexicon knows it and as if it did not."""
    found = [*_names(material, codes), *_others(material, codes)]
    return sorted(found, key=lambda example: (example.kind, example.group, example.word))


def _names(material: Material, codes: Mapping[str, int]) -> Iterable[Example]:
    for kind, table in (("name surname", material.surnames), ("name given", material.given)):
        for word, rates in table.items():
            if not 1 < len(word) <= LONGEST or not word.isascii():
                continue
            for locale in rates.keys() - HELD_OUT:
                abroad = locale != "en_US"
                share = (0.4 if abroad else 0.05) + _often(rates[locale])
                yield Example(word, kind, group_of(locale, word), codes[word], share)
                if abroad:
                    code = _unseen(material, codes, word, locale)
                    yield Example(word, "name unseen", locale, code, 0.4)


def _often(rate: float) -> float:
    """Half the weight of names goes by their bearers: common names stand in most directories."""
    return 0.0 if rate == UNWEIGHTED else rate / 10


def group_of(locale: str, word: str) -> str:
    """The locale; the great US list is a mixture of all, and is cut by word."""
    return locale if locale != "en_US" else _cut("en_US", word)


def _unseen(material: Material, codes: Mapping[str, int], word: str, locale: str) -> int:
    """The code of a name, did the lexicon not hold its locale."""
    named = words.name_code(material, word, HELD_OUT | {locale})
    return named | (codes[word] & FLAGS)


def _others(material: Material, codes: Mapping[str, int]) -> Iterable[Example]:
    for word in material.english & codes.keys():
        yield Example(word, "word", _cut("en", word), codes[word], 0.5)
    for language, vocabulary in material.foreign.items():
        for word in vocabulary & codes.keys():
            yield from _foreign(material, codes, language, word)
    for word in material.places & codes.keys():
        group = _cut("place", word)
        yield Example(word, "place", group, codes[word], 0.1)
        yield Example(word, "place unseen", group, codes[word] & ~PLACE, 0.02)
    yield from _terms(material, codes)
    for kind, strings in (
        ("random", words.random_letters(20_000, 1)),
        ("syllables", words.syllables(10_000, 2)),
        ("short", words.short_codes(3000, 3)),
    ):
        for word in strings:
            yield Example(word, kind, _cut(kind, word), codes.get(word, 0), 0.2)


def _foreign(
    material: Material, codes: Mapping[str, int], language: str, word: str
) -> Iterable[Example]:
    if language == "en":
        yield Example(word, "word", _cut("en", word), codes[word], 0.3)
        return
    yield Example(word, "word", language, codes[word], 0.3)
    if word not in material.english:
        yield Example(word, "word unseen", language, codes[word] & ~VOCABULARY, 0.6)


def _cut(group: str, word: str) -> str:
    """One of twenty parts of a group that is too great to be held out as a whole."""
    return f"{group} {crc32(word.encode()) % 20}"


def _terms(material: Material, codes: Mapping[str, int]) -> Iterable[Example]:
    for word in (material.medical | material.curated | material.seen.keys()) & codes.keys():
        count = material.seen.get(word, 1)
        weight = 0.5 + 0.5 * float(np.log2(1 + count))
        group = _cut("term", word)
        yield Example(word, "term", group, codes[word], weight)
        if codes[word] & (TECHNICAL | MEDICAL):
            unseen = codes[word] & ~(TECHNICAL | MEDICAL)
            yield Example(word, "term unseen", group, unseen, 0.15 * weight)


# --- letters -----------------------------------------------------------------------------------

Scores = tuple[float, float]
"""Name against word, and word against noise."""
TownScores = tuple[Mapping[str, float], Mapping[tuple[str, str], float]]
"""Name against town, of words as known, and of words of a group as if it were not."""


def letters(material: list[Example]) -> tuple[list[int], dict[tuple[str, str], Scores]]:
    """Both tables of letter weights, and every word's scores by tables that knew not its group.

    Words that are both names and common words teach nothing of letters and are left out.
    """
    corpus = _corpus(material, (example.word for example in material))
    folds = np.array([_fold(example) for example in material])
    person = np.array([example.person for example in material])
    clear = np.array([_clear(example) for example in material])
    noise = np.array([example.kind in NOISE for example in material])

    def tables(chosen: Chosen) -> tuple[Numbers, Numbers]:
        """The weights that tell names from words, and those that tell words from noise."""
        names = corpus.learnt(chosen & clear, person)
        return names, corpus.learnt(chosen & (clear | noise), ~noise)

    scores = np.zeros((2, len(material)))
    for fold in range(FOLDS):
        part = folds == fold
        for row, table in zip(scores, tables(~part), strict=True):
            row[part] = corpus.scores(table)[corpus.number[part]]
    told = zip(material, *scores.tolist(), strict=True)
    honest = {(example.word, example.group): (one, other) for example, one, other in told}
    return _packed(np.concatenate(tables(folds >= 0))), honest


def _packed(table: Numbers) -> list[int]:
    return [int(one) for one in np.clip(np.rint(table * GRAM_SCALE), -127, 127)]


def town_letters(
    material: Sequence[Example], towns: Mapping[str, Iterable[str]]
) -> tuple[list[int], TownScores]:
    """The table that tells names of people from those of towns, and the scores of all words.

    These are by tables that knew not the word itself, and by such as knew not its locale or
    country. Locales and countries count by the root of their size.
    """
    people = [e for e in material if e.person and e.kind != "name unseen" and len(e.word) > SHORT]
    taught = [
        Example(e.word, e.kind, e.group.split()[0], 0, 1.0 if e.kind == "name surname" else 0.5)
        for e in people
    ]
    for country, names in towns.items():
        words = sorted({w for w in words_of(names) if len(w) > SHORT and w.isascii()})
        taught += [Example(word, "town", f"town {country}", 0, 1.0) for word in words]
    size = Counter(example.group for example in taught)
    taught = [replace(e, weight=e.weight / size[e.group] ** 0.5) for e in taught]
    corpus = _corpus(taught, (example.word for example in (*material, *taught)))
    person = np.array([example.person for example in taught])
    of_words = np.array([_word_fold(word) for word in corpus.words])
    of_groups = np.array([_fold(example) for example in taught])
    by_word, by_group = np.zeros(len(corpus.words)), np.zeros(len(taught))
    for fold in range(FOLDS):
        table = corpus.learnt(of_words[corpus.number] != fold, person)
        by_word[of_words == fold] = corpus.scores(table)[of_words == fold]
        part = of_groups == fold
        by_group[part] = corpus.scores(corpus.learnt(~part, person))[corpus.number[part]]
    groups = ((example.word, example.group) for example in taught)
    apart = (
        dict(zip(corpus.words, by_word.tolist(), strict=True)),
        dict(zip(groups, by_group.tolist(), strict=True)),
    )
    return _packed(corpus.learnt(of_groups >= 0, person)), apart


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Examples by the numbers of their words, so that any part of them is learnt from at once."""

    words: Sequence[str]
    slots: csr_matrix
    number: NDArray[np.int64]
    weight: Numbers

    def learnt(self, chosen: Chosen, positive: Chosen) -> Numbers:
        """The weights of letters that tell the positive examples from the others, of the chosen."""
        rows: list[NDArray[np.int64]] = []
        targets: list[Numbers] = []
        for one in (True, False):
            part = chosen & (positive == one)
            sums = np.bincount(self.number[part], self.weight[part], len(self.words))
            kept = np.flatnonzero(sums)
            weight = sums[kept] / sums.sum() * chosen.sum() / 2
            rows.append(kept)
            targets.append(np.stack([np.full(len(kept), float(one)), weight], axis=1))
        taught = self.slots[np.concatenate(rows)]
        return _logistic(taught, np.concatenate(targets), 5.0, 60)

    def scores(self, table: Numbers) -> Numbers:
        """The score of each word by a table of letters."""
        return np.asarray(self.slots @ table, dtype=np.float64)


_MOST_WEIGHT = 1.0
"""Weight at most of an example from which letters are learnt."""


def _corpus(taught: Sequence[Example], words: Iterable[str]) -> _Corpus:
    """These examples, with all of the words of which scores are wanted."""
    every = sorted(set(words))
    numbers = {word: number for number, word in enumerate(every)}
    number = np.array([numbers[example.word] for example in taught])
    weight = np.minimum([example.weight for example in taught], _MOST_WEIGHT)
    return _Corpus(every, _matrix(every), number, weight)


def _word_fold(word: str) -> int:
    return crc32(word.encode()) % FOLDS


def _fold(example: Example) -> int:
    return crc32(example.group.encode()) % FOLDS


def _clear(example: Example) -> bool:
    """Whether the word is only a name, or only something else that people write."""
    if example.kind in (*NOISE, "place", "place unseen", "short") or len(example.word) <= SHORT:
        return False
    named = max(example.code & 7, example.code >> 3 & 7)
    if example.person:
        return not example.code & (VOCABULARY | MEDICAL | TECHNICAL)
    return named <= _SELDOM


def _matrix(words: Sequence[str]) -> csr_matrix:
    """Slots by word."""
    slots = [gram_slots(word) for word in words]
    starts = np.cumsum([0, *(len(row) for row in slots)])
    columns = np.fromiter(chain.from_iterable(slots), dtype=np.int32, count=starts[-1])
    shape = (len(words), GRAMS)
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=shape, dtype=np.float64)


def _targets(taught: Sequence[Example], positive: Sequence[bool]) -> Numbers:
    """Target and weight by word, both classes weighing the same."""
    person = np.array(positive, dtype=np.float64)
    weight = np.array([example.weight for example in taught])
    weight[person == 1] /= weight[person == 1].sum()
    weight[person == 0] /= weight[person == 0].sum()
    return np.stack([person, weight * len(taught) / 2], axis=1)


def _logistic(matrix: csr_matrix, targets: Numbers, penalty: float, rounds: int) -> Numbers:
    """The weights of a logistic regression with a ridge penalty."""
    person, weight = targets[:, 0], targets[:, 1]

    def loss(guess: Numbers) -> tuple[float, Numbers]:
        score = matrix @ guess
        error = (expit(score) - person) * weight
        value = float((weight * (np.logaddexp(0, score) - person * score)).sum())
        return value + penalty / 2 * float(guess @ guess), matrix.T @ error + penalty * guess

    start = np.zeros(matrix.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return np.asarray(found.x, dtype=np.float64)


# --- evidence and cells ------------------------------------------------------------------------


def known(example: Example, score: Scores) -> WordEvidence:
    """The evidence of an example with an honest letter score."""
    return WordEvidence(
        surname=example.code & 7,
        given=example.code >> 3 & 7,
        vocabulary=bool(example.code & VOCABULARY),
        medical=bool(example.code & MEDICAL),
        technical=bool(example.code & TECHNICAL),
        place=bool(example.code & PLACE),
        ngram=score[0],
        natural=score[1],
        syllables=SYLLABLES.fullmatch(example.word) is not None,
        length=len(example.word),
    )


def weights(material: Sequence[Example], score: Callable[[Example], Scores]) -> dict[str, float]:
    """The weight of every feature of evidence, fitted to tell names from other words."""
    targets = _targets(material, [e.person for e in material])
    alike: dict[tuple[tuple[str, ...], float], float] = {}
    for example, (person, weight) in zip(material, targets.tolist(), strict=True):
        key = features(known(example, score(example))), person
        alike[key] = alike.get(key, 0.0) + weight
    rows = [[(name, 1.0) for name in names] for names, _ in alike]
    merged = np.array([(person, weight) for (_, person), weight in alike.items()])
    return _fitted(rows, merged)


def fitted(rows: Sequence[Sequence[tuple[str, float]]], person: Sequence[bool]) -> dict[str, float]:
    """The weights of a logistic regression on named values, both classes weighing the same."""
    share = sum(person) / len(person)
    weight = [0.5 / share if one else 0.5 / (1 - share) for one in person]
    return _fitted(rows, np.stack([np.array(person, dtype=np.float64), np.array(weight)], axis=1))


def weighted(rows: Numbers, targets: Numbers, penalty: float) -> list[float]:
    """The weights of a logistic regression on rows of numbers, to two digits."""
    found = _logistic(csr_matrix(rows), targets, penalty, rounds=2000)
    return [round(float(one), 2) for one in found]


def _fitted(rows: Sequence[Sequence[tuple[str, float]]], targets: Numbers) -> dict[str, float]:
    """The weights of a logistic regression on rows of named values, to two digits."""
    order = sorted({name for row in rows for name, _ in row})
    number = {name: position for position, name in enumerate(order)}
    columns = np.array([number[name] for row in rows for name, _ in row], dtype=np.int32)
    values = np.array([value for row in rows for _, value in row])
    starts = np.cumsum([0, *(len(row) for row in rows)])
    matrix = csr_matrix((values, columns, starts), shape=(len(rows), len(order)))
    found = _logistic(matrix, targets, penalty=1.0, rounds=300)
    return {name: round(float(found[number[name]]), 2) for name in order}


def kinds(material: Sequence[Example], score: Callable[[Example], Scores]) -> dict[str, list[int]]:
    """By kind of word, how many of 10,000 fall into each cell of evidence."""
    found: dict[str, list[float]] = {}
    for example in material:
        cell = cell_of(known(example, score(example)))
        weight = example.weight if example.person else 1.0
        found.setdefault(example.kind, [0.0] * CELLS)[cell] += weight
    return {
        kind: [round(10_000 * count / sum(counts)) for count in counts]
        for kind, counts in sorted(found.items())
    }
