"""Names of persons as values state them: surnames and given names, each in all its spellings."""

from collections.abc import Iterator
from itertools import permutations, product
from typing import NamedTuple

import regex

from vestige.text import folds, normal

PARTICLES = frozenset(
    "de del della di da das do dos du des la las le les los el al abd abu ben bin ibn bint van von "
    "der den ter ten te zu zum zur vom y e mc mac st san santa".split()
)
"""Words of a name that are no mark by themselves."""

TITLES = frozenset("dr prof mr mrs ms miss herr frau sr sra srta jr md phd dott".split())
"""Words before or behind a name that are no part of it."""

SHORTEST_NAME = 3
SHORTEST_JOINED = 6
SHORTEST_MIRRORED = 5
"""Letters of a name that is a mark with another's initial, of two in one word, and backwards."""

_WORDS_OF_A_NAME = 5
LETTERS = regex.compile(r"[\p{L}\p{M}'’ʼ]+")
"""A run of letters."""


class Name(NamedTuple):
    """The folds of the words of one name; without an order of its own, all are in both."""

    family: tuple[str, ...]
    given: tuple[str, ...]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each surname with each given name, and with the other surname of a person with two."""
        for one, other in product(self.family, self.given):
            if one != other:
                yield one, other
        for one, other in permutations(self.family, 2):
            if one not in other and other not in one:  # all words together hold each of them
                yield one, other

    def words(self) -> tuple[str, ...]:
        """All words that are no particle."""
        return tuple(w for w in dict.fromkeys((*self.family, *self.given)) if w not in PARTICLES)

    def runs(self) -> Iterator[str]:
        """The runs of letters in which this name may stand, alone or beside another."""
        for word in self.words():
            yield word
            if len(word) >= SHORTEST_MIRRORED:
                yield word[::-1]
        for one, other in self.pairs():
            for joined in (one + other, other + one):
                if len(joined) >= SHORTEST_JOINED:
                    yield joined
                    yield joined[::-1]
            for word, initial in ((one, other[0]), (other, one[0])):
                if len(word) >= SHORTEST_NAME:
                    yield initial + word
                    yield word + initial

    def initials(self) -> Iterator[str]:
        """Initials of surname and given name, in both orders."""
        if self.family and self.given:
            letters = self.family[0][0], self.given[0][0]
            yield from ("".join(order) for order in permutations(letters))


def names(text: str) -> Iterator[Name]:
    """The names in a value of VR PN (PS3.5 section 6.2.1), or as people write one."""
    for group in normal(text).split("="):
        for name in group.split("\\"):
            # Behind given and middle names stand titles (PS3.5 section 6.2.1.1).
            spoken = "^".join(name.split("^")[:3])
            family, mark, given = spoken.partition("^" if "^" in spoken else ",")
            if mark:
                yield Name(_spelled(family), _spelled(given.replace("^", " ")))
            elif _spelled(spoken):
                every = _spelled(spoken)
                yield Name(every, every)


def _spelled(text: str) -> tuple[str, ...]:
    """The folds of the words of a part of a name, and of all together, as De la Cruz is written."""
    spelled = (one.group() for one in LETTERS.finditer(text) if one.group().lower() not in TITLES)
    words = [folds(word) for word in spelled][:_WORDS_OF_A_NAME]
    found = [fold for word in words for fold in word if fold not in PARTICLES]
    if len(words) > 1:
        found += ["".join(word[0] for word in words if word)]
    return tuple(dict.fromkeys(fold for fold in found if fold))
