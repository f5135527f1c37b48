"""Fit the weights by which sets of words are judged: names of people against words, towns, codes.

Sets are drawn from populations: the surnames or given names of a locale, the words of a language,
the towns of a country, strings of no language. Of a third of the sets the lexicon knows all words,
of a third half of them, of a third none: as it would not, were their language not in it.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rules.lexicons import fitting, sources, tongues, units, words
from rules.lexicons.fitting import Scores, TownScores
from rules.lexicons.sources import HELD_OUT
from rules.lexicons.words import LONGEST, Material
from vestige.correlate.set_odds import FEATURES, OF_TONGUES, SIZE, certainty, of_word
from vestige.correlate.set_tongues import ASKED, of_set
from vestige.correlate.templates import PARTICLES
from vestige.lexicon import MEDICAL, PLACE, TECHNICAL, VOCABULARY
from vestige.word_tables import scorer

SETS = 40
"""Sets of each population."""
SIZES = (12, 20, 30, 30, 30, 60, 200, 1000)
UNKNOWN = (0.0, 0.5, 1.0)
"""Shares of words that are taken as if the lexicon did not know their language."""
FEWEST = 30
"""Words of a population at least."""
FEWEST_NAMES = 100
LEAST = 8
"""Distinct words of a set at least."""
MOST_NAMES, MOST_FREQUENT, MOST_TOWNS = 6000, 2000, 3000
"""Names of a locale at most, the most frequent of them, and towns of a country at most."""
TOGETHER = 4000.0
TOWNS_SHARE = 0.5
"""Share of the weight of what is no name that towns have: they are what is most like surnames."""
NAMES = 6
"""Bits of a code that tell how often a word names people."""
Numbers = NDArray[np.float64]


@dataclass(slots=True)
class Population:
    """Words of one kind and origin, as known and as if they were not; `first` are first words.

    `barred` are the tongues that were not there, were its own not known, and `beside` those that
    might miss with them. `unheard` is how often they are, `unlisted` how often words are unknown,
    both as shares of how often they are of other populations.
    """

    person: bool
    family: str
    words: list[str] = field(default_factory=list)
    unheard: float = 0.5
    unlisted: float = 1.0
    barred: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    known: list[tuple[float, ...]] = field(default_factory=list)
    unknown: list[tuple[float, ...]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Letters:
    """The scores of words by tables that knew not their group, or not themselves."""

    grams: Sequence[int]
    honest: Mapping[tuple[str, str], Scores]
    towns: TownScores
    scores: Callable[[str], Scores] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scores", scorer(self.grams))

    def row(self, word: str, group: str, code: int, origin: str = "") -> tuple[float, ...]:
        """The features of a word that the lexicon knows by this code; `origin` is unknown to it."""
        scores = self.honest.get((word, group)) or self.scores(word)
        example = fitting.Example(word, "", group, code, 1.0)
        by_word, by_group = self.towns
        unlike = by_group.get((word, origin), by_word.get(word, 0.0))
        return of_word(word, fitting.known(example, scores), unlike)


def weights(
    material: Material,
    codes: Mapping[str, int],
    letters: Letters,
    spoken: tongues.Spoken,
) -> dict[str, float]:
    """The weight of every feature of a set."""
    rows: list[Numbers] = []
    drawn: list[Population] = []
    chance = np.random.default_rng(2028)
    for population in populations(material, codes, letters):
        for row in _sets(population, spoken, chance):
            rows.append(row)
            drawn.append(population)
    return units.fitted(np.array(rows), _targets(drawn), (*FEATURES, *OF_TONGUES, SIZE))


def populations(material: Material, codes: Mapping[str, int], letters: Letters) -> list[Population]:
    """All populations that are great enough."""
    found = [
        *_people(material, codes, letters),
        *_vocabularies(material, codes, letters),
        *_towns(codes, letters),
    ]
    return [one for one in found if len(one.known) >= FEWEST]


def _sets(
    population: Population, spoken: tongues.Spoken, chance: np.random.Generator
) -> Iterator[Numbers]:
    """The rows of some sets of a population: the means of their words, as much as they say."""
    known, unknown = np.array(population.known), np.array(population.unknown)
    likely = spoken.likelihoods(population.words)
    rates = np.array(population.rates)
    first = np.flatnonzero(population.first)
    for _ in range(SETS):
        size, share = int(chance.choice(SIZES)), float(chance.choice(UNKNOWN))
        pool = first if chance.random() < 1 / 2 else np.arange(len(known))
        often = chance.choice(pool, size, p=rates[pool] / rates[pool].sum())
        evenly = pool[chance.integers(0, len(pool), size)]
        chosen = np.unique(np.where(chance.random(size) < 1 / 2, often, evenly))
        if len(chosen) < LEAST:
            continue
        without = chance.random(len(chosen)) < share * population.unlisted
        means = np.where(without[:, None], unknown[chosen], known[chosen]).mean(axis=0)
        barred = population.barred if chance.random() < share * population.unheard else ()
        barred += population.beside if barred and chance.random() < 1 / 2 else ()
        asked = chosen[:: max(1, -(-len(chosen) // ASKED))]
        heard = of_set(likely[asked].tolist(), spoken.people, spoken.without(barred))
        yield np.array([*means, *heard, certainty(len(chosen))])


def _targets(drawn: Sequence[Population]) -> Numbers:
    """Target and weight by set: families weigh the same, towns together a fixed share."""
    sizes = Counter((one.person, one.family) for one in drawn)
    raw = [1 / sizes[one.person, one.family] for one in drawn]
    kinds = [(one.person, one.family.startswith("town")) for one in drawn]
    total: defaultdict[tuple[bool, bool], float] = defaultdict(float)
    for kind, one in zip(kinds, raw, strict=True):
        total[kind] += one
    share = {(True, False): 1.0, (False, True): TOWNS_SHARE, (False, False): 1 - TOWNS_SHARE}
    weight = [TOGETHER * share[k] * w / total[k] for k, w in zip(kinds, raw, strict=True)]
    return np.stack([np.array([float(person) for person, _ in kinds]), np.array(weight)], axis=1)


# --- populations -------------------------------------------------------------------------------


def _people(material: Material, codes: Mapping[str, int], letters: Letters) -> Iterator[Population]:
    """Surnames and given names by locale; unknown is what no locale of the language would tell."""
    for table in (material.surnames, material.given):
        by_locale: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        for word in sorted(table):
            if 1 < len(word) <= LONGEST and word.isascii() and word.isalpha():
                for locale in table[word].keys() - HELD_OUT:
                    by_locale[locale].append((table[word][locale], word))
        for locale, rated in sorted(by_locale.items()):
            if len(rated) < FEWEST_NAMES:
                continue
            own = tongues.family_of(locale)
            found = Population(
                person=True,
                family=locale[:2],
                barred=(f"+surname:{own}", f"+given:{own}"),
                beside=(*_town_tongues(own), f"-word:{own}"),
            )
            for rate, word in _kept(locale, rated):
                without = _language(material, word, locale[:2])
                unknown = words.name_code(material, word, without) | codes[word] >> NAMES << NAMES
                group = fitting.group_of(locale, word)
                found.words.append(word)
                found.known.append(letters.row(word, group, codes[word]))
                found.unknown.append(letters.row(word, group, unknown, locale))
                found.rates.append(rate)
                found.first.append(True)
            yield found


def _town_tongues(own: str) -> tuple[str, ...]:
    """The tongues of the towns of a language."""
    regions = {tongues.region_of(country) for country in tongues.countries_of(own)}
    return tuple(sorted(f"-town:{region}".replace(" ", "-") for region in regions))


def _kept(locale: str, rated: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """All names of a short list; of a long one the most frequent, and some of the others."""
    ordered = sorted(rated, key=lambda one: (-one[0], one[1]))
    if len(ordered) <= MOST_NAMES:
        return ordered
    chance = random.Random(locale)  # noqa: S311 - no secret
    rest = chance.sample(ordered[MOST_FREQUENT:], MOST_NAMES - MOST_FREQUENT)
    return [*ordered[:MOST_FREQUENT], *rest]


def _language(material: Material, word: str, language: str) -> frozenset[str]:
    """The locales of a language that know a word, and those held out."""
    known = (*material.surnames.get(word, ()), *material.given.get(word, ()))
    return HELD_OUT | {locale for locale in known if locale[:2] == language}


def _vocabularies(
    material: Material, codes: Mapping[str, int], letters: Letters
) -> Iterator[Population]:
    """Words of each language, terms, strings of no language, and such as are made of words."""
    for family, chosen, mask, cut in (*_lists(material), *_made_up(material)):
        kind, _, own = family.partition(" ")
        found = Population(
            person=False,
            family=family,
            unlisted=0.0 if chosen == sorted(material.eponyms) else 1.0,
            barred=(f"-{kind}:{own}",),
            beside=(f"+surname:{own}", f"+given:{own}", *_town_tongues(own)),
        )
        for word in chosen:
            if _is_word(word):
                code = codes.get(word, 0)
                found.words.append(word)
                found.known.append(letters.row(word, cut(word), code))
                found.unknown.append(letters.row(word, cut(word), code & ~mask))
                found.rates.append(1.0)
                found.first.append(True)
        yield found


_List = tuple[str, Iterable[str], int, Callable[[str], str]]
"""A family, words, the flags that an unknown word has not, and the group of each word."""


def _lists(material: Material) -> Iterator[_List]:
    english = sorted(material.english)
    chance = random.Random(2029)  # noqa: S311 - no secret
    for language, vocabulary in material.foreign.items():
        cut = _cut("en") if language == "en" else _whole(language)
        yield f"word {language}", sorted(vocabulary), VOCABULARY, cut
    for _ in range(6):
        yield "word en", chance.sample(english, 3000), VOCABULARY, _cut("en")
    for ending in ("er", "ing", "ly", "ness", "ite", "ed"):
        alike = [word for word in english if word.endswith(ending)]
        yield "word en", alike, VOCABULARY, _cut("en")
    for named in (material.medical, material.technical | material.curated, material.eponyms):
        yield "term", sorted(named), MEDICAL | TECHNICAL, _cut("term")


def _made_up(material: Material) -> Iterator[_List]:
    chance = random.Random(2030)  # noqa: S311 - no secret
    english = sorted(material.english)
    made = [words.random_letters(3000, 11), words.syllables(3000, 12), words.short_codes(3000, 13)]
    made += [words.chained(chance.sample(english, 8000), order, 14) for order in (2, 3)]
    made += [words.chained(sorted(material.foreign[one]), 3, 15) for one in _CHAINED]
    made.append(words.chained(sorted(material.medical), 3, 16))
    for strings in made:
        yield "made up", strings, 0, _whole("made up")


_CHAINED = ("de", "es", "fr", "it", "pt", "nl")


def _cut(name: str) -> Callable[[str], str]:
    """The group of a word of a list that is cut by word."""
    return lambda word: f"{name} {crc32(word.encode()) % 20}"


def _whole(name: str) -> Callable[[str], str]:
    return lambda _: name


def taught_towns(material: Material) -> dict[str, list[str]]:
    """The towns of the countries of which names are known, too.

    Others would teach that the letters of a language are those of towns: its names are not there
    to say otherwise.
    """
    size = Counter(
        locale[-2:] for rates in material.surnames.values() for locale in rates.keys() - HELD_OUT
    )
    known = {country for country, count in size.items() if count >= FEWEST_NAMES}
    return {country: names for country, names in sources.towns().items() if country in known}


def _towns(codes: Mapping[str, int], letters: Letters) -> Iterator[Population]:
    """The words of the towns of each country, as known and as if no list held them."""
    towns = sources.towns()
    everywhere = sorted({name for names in towns.values() for name in names})
    worldwide = random.Random(2031)  # noqa: S311 - no secret
    mixed = [(f"world {n}", worldwide.sample(everywhere, MOST_TOWNS)) for n in range(4)]
    for country, names in (*towns.items(), *mixed):
        region = f"-town:{tongues.region_of(country)}".replace(" ", "-")
        spoken = [one for one in tongues.FAMILIES if country in tongues.countries_of(one)]
        found = Population(
            person=False,
            family=f"town {country}",
            unheard=0.2,
            barred=(region,),
            beside=tuple(f"+{kind}:{one}" for one in spoken for kind in ("surname", "given")),
        )
        chance = random.Random(country)  # noqa: S311 - no secret
        for name in names if len(names) <= MOST_TOWNS else chance.sample(names, MOST_TOWNS):
            read = [w for w in dict.fromkeys(sources.words_of([name])) if _is_word(w)]
            own = [word for word in read if word not in PARTICLES] or read
            for place, word in enumerate(own[:3]):
                code = codes.get(word, 0)
                found.words.append(word)
                found.known.append(letters.row(word, "", code))
                found.unknown.append(letters.row(word, "", code & ~PLACE, f"town {country}"))
                found.rates.append(1.0)
                found.first.append(place == 0)
        yield found


def _is_word(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 1
