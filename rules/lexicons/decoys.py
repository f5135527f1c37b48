"""Texts that look as if they named someone and do not: towns, code words, terms with numbers."""

import random
from collections.abc import Iterator, Sequence

from rules.lexicons import sources, words
from rules.lexicons.words import Material
from vestige.detect.cues import EXAMINED, RECORDS
from vestige.text import TokenKind, tokens

EACH = 400
"""Texts of each kind."""
GAPS = ("_", " ", "-", ", ", ".", "^")
CASES = (str.title, str.lower, str.upper)
Chance = random.Random


def texts(material: Material) -> Iterator[str]:
    """Texts of every kind, the same for the same material."""
    chance = random.Random(2027)  # noqa: S311 - no secret
    yield from _places(chance)
    named = [
        sorted(material.english),
        sorted(word for words in material.foreign.values() for word in words if word.isascii()),
        sorted(material.curated | material.technical),
        sorted(material.eponyms),
        sorted(material.medical),
    ]
    for _ in range(EACH):
        for vocabulary in named:
            yield _pair(chance, vocabulary, chance.choice(named))
            yield _numbered(chance, chance.choice(vocabulary))
            yield _filed(chance, vocabulary, chance.choice(named))
    made_up = [
        *words.syllables(EACH, 5),
        *words.random_letters(EACH, 6),
        *words.short_codes(EACH, 7),
    ]
    for word in made_up:
        yield _numbered(chance, word)


def _places(chance: Chance) -> Iterator[str]:
    for name in chance.sample(sorted(set(sources.place_names())), 3 * EACH):
        parts = [piece.text for piece in tokens(name) if piece.kind is TokenKind.WORD]
        gap = chance.choice(("_", " ", "-", ""))
        yield gap.join(parts) if chance.random() < 1 / 2 else f"{gap.join(parts)}_{_tail(chance)}"


def _pair(chance: Chance, one: Sequence[str], other: Sequence[str]) -> str:
    cased, gap = chance.choice(CASES), chance.choice(GAPS)
    text = f"{cased(chance.choice(one))}{gap}{cased(chance.choice(other))}"
    return text if chance.random() < 1 / 2 else f"{text}_{_tail(chance)}"


def _filed(chance: Chance, one: Sequence[str], other: Sequence[str]) -> str:
    """One or two words with a word of records before or behind them, and perhaps a number."""
    cased, gap = chance.choice(CASES), chance.choice(("_", " ", "-"))
    said = [cased(chance.choice(one)), cased(chance.choice(other))][: chance.randint(1, 2)]
    said.insert(chance.choice((0, len(said))), chance.choice(FILED))
    number = str(chance.randint(1, 99))
    return gap.join(([*said, number], [number, *said], said)[chance.randrange(3)])


FILED = tuple(sorted(RECORDS | EXAMINED))
"""Words of records, in the order of the alphabet."""


def _numbered(chance: Chance, word: str) -> str:
    cased = chance.choice(CASES)
    return f"{cased(word)}{chance.choice(('_', '-', ' '))}{_tail(chance)}"


def _tail(chance: Chance) -> str:
    """A number, a date of a study, or a digest."""
    number = chance.randint(1, 10 ** chance.randint(1, 8))
    date = f"{chance.randint(2005, 2024)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    return chance.choice((str(number), date, f"{chance.getrandbits(48):012x}", f"v{number % 9}"))
