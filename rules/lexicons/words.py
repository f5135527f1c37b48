"""Join the sources to one code a word, and make the strings that stand for no language at all."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rules.lexicons import sources
from rules.lexicons.people import Names
from rules.lexicons.sources import HELD_OUT
from vestige.lexicon import (
    ABJAD,
    COMMON,
    MEDICAL,
    ORDINARY,
    PHRASE,
    PLACE,
    TECHNICAL,
    VOCABULARY,
)

SURNAME_STEPS = (0.1, 0.3, 1.0, 3.0, 10.0, 50.0)
"""Bearers in 100,000 at which the bucket of a surname grows by one."""
GIVEN_STEPS = (0.05, 0.2, 1.0, 5.0, 20.0, 100.0)
"""The same of given names, of which a population has fewer and each more often."""
COUNTED_FROM = 4
"""Public descriptions or file names in which a word must stand to count as technical."""
NAME_OF_MANY = 5
"""Bucket from which a word is a name first, unless English or our own list knows it otherwise."""
LONGEST = 24
"""Letters of a word of the lexicon at most."""
_FUNCTION_WORD = 2
SHOWN_BELOW = 3
"""Bucket below which a plain word is shown in reports as it stands."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that was read: rates by word and locale, and the words that are no names."""

    surnames: Mapping[str, Mapping[str, float]]
    given: Mapping[str, Mapping[str, float]]
    english: frozenset[str]
    foreign: Mapping[str, frozenset[str]]
    medical: frozenset[str]
    eponyms: frozenset[str]
    curated: frozenset[str]
    technical: frozenset[str]
    seen: Mapping[str, int]
    places: frozenset[str]
    phrases_of_places: frozenset[str]
    phrases: frozenset[str]


def gathered(names: Iterable[Names], seen: Counter[str], english: set[str]) -> Material:
    """The material of a build; `seen` counts texts of technical origin by word."""
    surnames: dict[str, dict[str, float]] = defaultdict(dict)
    given: dict[str, dict[str, float]] = defaultdict(dict)
    foreign = {language: frozenset(words) for language, words in sources.foreign().items()}
    plain = frozenset(english).union(*foreign.values())
    for source in names:
        beaten = plain if source.source in UNCOUNTED else frozenset[str]()
        _join(surnames, source.locale, _unlike_words(source.surnames, beaten))
        _join(given, source.locale, _unlike_words(source.given, beaten))
    _add_characters(given)
    return Material(
        surnames=surnames,
        given=given,
        english=frozenset(english),
        foreign=foreign,
        medical=frozenset(sources.medical()),
        eponyms=frozenset(sources.hand_written("eponyms.txt")),
        curated=frozenset(sources.hand_written("technical.txt")),
        technical=frozenset(word for word, count in seen.items() if count >= COUNTED_FROM),
        seen=seen,
        places=frozenset(sources.places()),
        phrases_of_places=frozenset(sources.phrases(sources.place_names())),
        phrases=frozenset(sources.phrases(sources.known_phrases())),
    )


def _join(table: dict[str, dict[str, float]], locale: str, rates: Mapping[str, float]) -> None:
    for word, rate in rates.items():
        table[word][locale] = max(rate, table[word].get(locale, 0.0))


UNCOUNTED = frozenset(
    {
        "regional.txt",
        "arabic-name-romanizer",
        "mimesis",
        "@faker-js/faker",
        "hebrew-names",
        "sinonym",
    }
    | {"@zxcvbn-ts/language-fr", "@zxcvbn-ts/language-nl-be"}
)
"""Sources that tell little of how many bear a name."""
_HARDLY = 0.2
"""Bearers in 100,000 of a name that is a common word as well, by a source without counts."""
_IN_NAMES = 3
_OF_A_CHARACTER = 0.5


def _unlike_words(rates: Mapping[str, float], beaten: AbstractSet[str]) -> dict[str, float]:
    return {word: min(rate, _HARDLY) if word in beaten else rate for word, rate in rates.items()}


def _add_characters(given: dict[str, dict[str, float]]) -> None:
    """Count single Han characters that stand in several given names as rare given names."""
    seen: Counter[str] = Counter()
    for word in given:
        if not word.isascii():
            seen.update(set(word))
    for character, names in sorted(seen.items()):
        if names >= _IN_NAMES:
            given.setdefault(character, {}).setdefault("zh", _OF_A_CHARACTER)


def bucket(rates: Mapping[str, float], steps: tuple[float, ...], without: frozenset[str]) -> int:
    """0 for a word that is no name outside the locales `without`, else 1 to 7 by its rate."""
    known = [rate for locale, rate in rates.items() if locale not in without]
    return 1 + sum(max(known) >= step for step in steps) if known else 0


def name_code(material: Material, word: str, without: frozenset[str]) -> int:
    """The six bits of a word that tell how often it names people."""
    surname = bucket(material.surnames.get(word, {}), SURNAME_STEPS, without)
    given = bucket(material.given.get(word, {}), GIVEN_STEPS, without)
    return surname | given << 3


def flags(material: Material, word: str, named: int) -> int:
    """The bits of a word that tell what else it is; `named` is its greater bucket."""
    found = 0
    plain = named < NAME_OF_MANY or word in material.english
    if word in material.english or (
        named < COMMON and any(word in words for words in material.foreign.values())
    ):
        found |= VOCABULARY
    if word in material.eponyms or (word in material.medical and plain):
        found |= MEDICAL
    if word in material.curated or (word in material.technical and plain):
        found |= TECHNICAL
    if word in material.places:
        found |= PLACE
    return found | (ORDINARY if _ordinary(material, word, named, found) else 0)


def _ordinary(material: Material, word: str, named: int, found: int) -> bool:
    if word in material.curated:
        return True
    if word in material.eponyms:
        return False
    if len(word) <= _FUNCTION_WORD and word in material.english:
        return True
    if found & (MEDICAL | TECHNICAL):
        return named <= SHOWN_BELOW or (named < NAME_OF_MANY and word in material.english)
    return word in material.english and named < SHOWN_BELOW


def codes(material: Material) -> dict[str, int]:
    """Word to code, for every word of the shipped lexicon: held-out locales stay out."""
    known = material.surnames.keys() | material.given.keys() | material.english | material.medical
    known |= material.curated | material.technical | material.places
    known = known.union(*material.foreign.values())
    found = {}
    for word in known:
        if not word.removeprefix(ABJAD).isalpha() or len(word) > LONGEST:
            continue
        named = name_code(material, word, HELD_OUT)
        code = named | flags(material, word, max(named & 7, named >> 3))
        if code:
            found[word] = code
    found |= {PHRASE + phrase: PLACE for phrase in sorted(material.phrases_of_places)}
    return found | {PHRASE + phrase: TECHNICAL for phrase in sorted(material.phrases)}


# --- strings of no language --------------------------------------------------------------------

_CONSONANTS = "bcdfghjklmnpqrstvwxyz"
_VOWELS = "aeiou"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def random_letters(count: int, seed: int) -> list[str]:
    """Strings of letters drawn at random, 4 to 10 long."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return ["".join(chance.choices(_LETTERS, k=chance.randint(4, 10))) for _ in range(count)]


def short_codes(count: int, seed: int) -> list[str]:
    """Strings of two or three letters drawn at random: initials and the like."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return ["".join(chance.choices(_LETTERS, k=chance.randint(2, 3))) for _ in range(count)]


def syllables(count: int, seed: int) -> list[str]:
    """Pseudonyms of two to four syllables of consonant and vowel, or proquints."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return [_pronounceable(chance) for _ in range(count)]


def _pronounceable(chance: random.Random) -> str:
    parts = [
        chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(2, 4))
    ]
    closing = chance.choice(("", "", _CONSONANTS))
    return "".join(parts) + (chance.choice(closing) if closing else "")


_LONGEST_MADE = 16


def chained(taught: Iterable[str], order: int, seed: int, count: int = 3000) -> list[str]:
    """Made-up words that continue some letters as some of the words do."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    table: dict[str, list[str]] = defaultdict(list)
    for word in taught:
        if word.isascii():
            padded = f"{'^' * order}{word}$"
            for at in range(len(padded) - order):
                table[padded[at : at + order]].append(padded[at + order])
    found: list[str] = []
    while len(found) < count:
        made = "^" * order
        while not made.endswith("$") and len(made) < _LONGEST_MADE:
            made += chance.choice(table[made[-order:]])
        made = made.strip("^$")
        if len(made) > order:
            found.append(made)
    return found
