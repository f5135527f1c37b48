"""Learn the letters of each tongue: of the surnames and given names, towns and words of a language.

A table tells how likely a letter is after two others, in each tongue. It is told apart from what
all tongues have in common, and kept as steps of log-likelihood.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rules.lexicons import sources, words
from rules.lexicons.sources import HELD_OUT
from rules.lexicons.words import LONGEST, Material
from vestige.correlate.templates import PARTICLES
from vestige.tongues import LETTER_STATES, SCALE, STATES, letter_slots

FEWEST_SURNAMES, FEWEST_GIVEN, FEWEST_TOWNS, FEWEST_WORDS = 60, 250, 60, 100
"""Words of a tongue at least."""
_FREQUENT = 0.3
"""Power of its bearers by which a name counts for more, and the most that it may be more."""
_MOST_FREQUENT = 3.0
_COMMON, _PAIRS, _TRIPLES = 50.0, 8.0, 12.0
"""How many letters seen weigh as much as what is known of all tongues, of pairs, of triples."""

_FAMILIES = {
    **dict.fromkeys("ar_IR ar_AF".split(), "fa"),
    **dict.fromkeys("ar_PK en_PK".split(), "ur"),
    **dict.fromkeys("ar_MA ar_DZ ar_TN ar_LY ar_MR fr_DZ".split(), "maghreb"),
    **dict.fromkeys("ar_SO ar_DJ ar_KM".split(), "so"),
    **dict.fromkeys("he_muslim he_druze he_christian".split(), "ar"),
    **dict.fromkeys("en_IND en_IN or_IN".split(), "hi"),
    "en_NG": "yo",
    "en_KE": "sw",
    "en_TH": "th",
    "fr_SN": "wo",
    "fr_CM": "ln",
}
_KIN = {
    **dict.fromkeys("mr gu ne bn".split(), "hi"),
    **dict.fromkeys("ha ig".split(), "yo"),
    **dict.fromkeys("uz kk".split(), "kk"),
    **dict.fromkeys("mk bg".split(), "mk"),
    "cz": "cs",
    "sk": "cs",
    "nb": "no",
    "az": "tr",
    "sn": "zu",
}
"""Languages that are taken together, for their names are alike and few of each are known."""
_COUNTRIES = {
    "am": "ET",
    "ar": "SY JO PS IQ SA YE AE EG SD LB KW QA BH OM",
    "fa": "IR AF TJ",
    "ur": "PK",
    "maghreb": "MA DZ TN LY MR",
    "so": "SO DJ KM",
    "tr": "TR AZ TM",
    "mk": "MK BG",
    "hi": "IN BD NP",
    "cs": "CZ SK",
    "da": "DK",
    "de": "DE AT CH LI LU",
    "el": "GR CY",
    "en": "US CA AU NZ GB IE JM",
    "sw": "KE TZ UG",
    "yo": "NG",
    "th": "TH",
    "es": "ES MX AR CL CO PE VE EC BO UY PY CR PA GT HN NI SV CU DO PR",
    "et": "EE",
    "fr": "FR BE",
    "he": "IL",
    "hy": "AM",
    "id": "ID MY",
    "is": "IS",
    "it": "IT SM",
    "ja": "JP",
    "kk": "KZ UZ KG",
    "ko": "KR KP",
    "ln": "CM CD CG GA",
    "lt": "LT",
    "lv": "LV",
    "my": "MM",
    "no": "NO",
    "nl": "NL",
    "pl": "PL",
    "pt": "PT BR",
    "ru": "RU BY",
    "si": "LK",
    "sl": "SI",
    "sq": "AL XK",
    "sv": "SE",
    "tl": "PH",
    "tw": "GH",
    "uk": "UA",
    "vi": "VN",
    "wo": "SN ML BF GN CI TG BJ",
    "ka": "GE",
    "km": "KH",
    "zh": "CN HK TW SG MO",
    "zu": "ZA ZW BW",
}
"""The countries of the languages of which surnames are known; of others no towns are learnt.

Letters of a language of which only towns are known would say that its names are towns.
"""
FAMILIES = tuple(_COUNTRIES)
_NAMES_ALONE = frozenset({"ga"})
"""Languages of which names are known and no words: towns of Ireland are written as the English do.

Any word of such a language would be spoken best by its names.
"""
_REGIONS = {
    **dict.fromkeys("SY JO PS IQ SA YE AE EG SD LB KW QA BH OM".split(), "Arabia"),
    **dict.fromkeys("MA DZ TN LY MR".split(), "Maghreb"),
    **dict.fromkeys("AR CL UY PY BO PE".split(), "south of South America"),
    **dict.fromkeys("CO VE EC PA".split(), "north of South America"),
    **dict.fromkeys("CR GT HN NI SV CU DO PR".split(), "Central America"),
    **dict.fromkeys("IR AF TJ".split(), "IR"),
    **dict.fromkeys("AZ TM".split(), "AZ"),
    **dict.fromkeys("KZ UZ KG".split(), "KZ"),
    **dict.fromkeys("KR KP".split(), "KR"),
    **dict.fromkeys("AU NZ".split(), "AU"),
    **dict.fromkeys("HK TW SG MO".split(), "HK"),
    **dict.fromkeys("GR CY".split(), "GR"),
    **dict.fromkeys("KE TZ UG".split(), "KE"),
    **dict.fromkeys("ZA ZW BW".split(), "ZA"),
    **dict.fromkeys("SN ML BF GN CI TG BJ".split(), "west of Africa"),
    **dict.fromkeys("CM CD CG GA".split(), "middle of Africa"),
    **dict.fromkeys("AL XK".split(), "AL"),
    **dict.fromkeys("MK BG".split(), "MK"),
    **dict.fromkeys("CH LI".split(), "CH"),
}
"""Countries whose towns are taken together."""
FOLDS = 4
FEWEST_SEEN = 4.0
"""Of 400,000 letters of all tongues, how many stand after the same two others at least to be told.

Of other letters, one in fifty, no tongue is told.
"""
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tongue:
    """Words of one kind and origin: `family` is a language of names or words, or a country."""

    kind: str
    family: str
    words: Mapping[str, float]

    @property
    def person(self) -> bool:
        """Whether its words name people."""
        return self.kind in ("surname", "given")

    @property
    def name(self) -> str:
        """How the file calls it: a plus marks names of people."""
        return f"{'+' if self.person else '-'}{self.kind}:{self.family}".replace(" ", "-")


def family_of(locale: str) -> str:
    """The language, or languages taken together, of a locale."""
    return _FAMILIES.get(locale) or _KIN.get(locale[:2], locale[:2])


def countries_of(family: str) -> frozenset[str]:
    """The countries whose towns are of a language."""
    return frozenset(_COUNTRIES.get(family, "").split())


def region_of(country: str) -> str:
    """The country, or countries taken together, of a country."""
    return _REGIONS.get(country, country)


def tongues(material: Material) -> list[Tongue]:
    """All tongues of which enough words are known."""
    least = {
        "surname": FEWEST_SURNAMES,
        "given": FEWEST_GIVEN,
        "town": FEWEST_TOWNS,
        "word": FEWEST_WORDS,
    }
    found = [
        *_names("surname", material.surnames),
        *_names("given", material.given),
        *_towns(),
        *_words(material),
    ]
    return [one for one in found if len(one.words) >= least.get(one.kind, 1)]


def _names(kind: str, table: Mapping[str, Mapping[str, float]]) -> Iterator[Tongue]:
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word in sorted(table):
        if not is_spelt(word):
            continue
        for locale in sorted(table[word].keys() - HELD_OUT):
            if family_of(locale) in _NAMES_ALONE:
                continue
            own = found[family_of(locale)]
            own[word] = max(own.get(word, 0.0), table[word][locale])
    for family, rates in sorted(found.items()):
        weights = {w: 1 + min(_MOST_FREQUENT, rate**_FREQUENT) for w, rate in rates.items()}
        yield Tongue(kind, family, weights)


def _towns() -> Iterator[Tongue]:
    known = {country for countries in _COUNTRIES.values() for country in countries.split()}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for country, names in sources.towns().items():
        if country in known:
            found[region_of(country)].update(words_of_towns(names))
    for region, read in sorted(found.items()):
        yield Tongue("town", region, dict.fromkeys(sorted(read), 1.0))


def words_of_towns(names: Iterable[str]) -> list[str]:
    """The words of the names of towns, without those that many names share."""
    return [w for w in sources.words_of(names) if is_spelt(w) and w not in PARTICLES]


def _words(material: Material) -> Iterator[Tongue]:
    lists: dict[tuple[str, str], Iterable[str]] = {
        ("word", language): read for language, read in material.foreign.items()
    }
    lists["word", "english"] = material.english
    lists["term", "medical"] = material.medical
    lists["term", "technical"] = material.technical | material.curated
    lists["noise", "letters"] = words.random_letters(5000, 1)
    lists["noise", "syllables"] = words.syllables(5000, 2)
    lists["noise", "codes"] = words.short_codes(3000, 3)
    for (kind, family), read in lists.items():
        yield Tongue(kind, family, dict.fromkeys(sorted(filter(is_spelt, read)), 1.0))


def is_spelt(word: str) -> bool:
    """Whether letters are learnt from a word."""
    return 1 < len(word) <= LONGEST and word.isascii() and word.isalpha()


# --- tables ------------------------------------------------------------------------------------


class Learner:
    """Learns tables of tongues against what all of them have in common."""

    def __init__(self, found: Sequence[Tongue]) -> None:
        common = np.zeros(STATES)
        for tongue in found:
            counts = _counted(tongue.words)
            common += counts / counts.sum()
        common *= 400_000 / common.sum()
        self.kept = common >= FEWEST_SEEN
        cube = _cube(common)
        even = np.full(LETTER_STATES, 1 / (LETTER_STATES - 1))
        even[0] = 0.0
        singles = _smoothed(cube.sum((0, 1)), even, _COMMON)
        self._pairs = _smoothed(cube.sum(0), singles[None], _COMMON)
        self._triples = _smoothed(cube, self._pairs[None], _COMMON)

    def table(self, read: Mapping[str, float]) -> Numbers:
        """The log-likelihood of each letter after two others, above that in all tongues."""
        cube = _cube(_counted(read))
        pairs = _smoothed(cube.sum(0), self._pairs, _PAIRS)
        with np.errstate(divide="ignore", invalid="ignore"):
            lifted = self._triples * np.nan_to_num(pairs / self._pairs)[None]
        lifted /= np.maximum(lifted.sum(2, keepdims=True), 1e-12)
        own = _smoothed(cube, lifted, _TRIPLES)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(np.log(own / self._triples), posinf=0.0, neginf=0.0).reshape(-1)


def _counted(read: Mapping[str, float]) -> Numbers:
    slots: list[int] = []
    weights: list[float] = []
    for word, weight in read.items():
        own = letter_slots(word)
        slots += own
        weights += [weight] * len(own)
    return np.bincount(slots, weights, STATES).astype(np.float64)


def _cube(counts: Numbers) -> Numbers:
    return counts.reshape(LETTER_STATES, LETTER_STATES, LETTER_STATES)


def _smoothed(counts: Numbers, prior: Numbers, weight: float) -> Numbers:
    total = counts.sum(-1, keepdims=True)
    return np.asarray((counts + weight * prior) / (total + weight), dtype=np.float64)


class Spoken:
    """All tongues, learnt from all words and, to be honest, from all but one part of the words."""

    def __init__(self, found: Sequence[Tongue]) -> None:
        learner = Learner(found)
        self.kept = learner.kept
        self.names = tuple(tongue.name for tongue in found)
        self.people = tuple(tongue.person for tongue in found)
        self.steps = _steps(learner, found)
        self._honest = [_steps(learner, [_but(t, fold) for t in found]) for fold in range(FOLDS)]

    def likelihoods(self, read: Sequence[str]) -> Numbers:
        """The log-likelihood of each word in each tongue, by tables that knew not the word."""
        found = np.zeros((len(read), len(self.names)))
        for at, word in enumerate(read):
            found[at] = self._honest[_fold(word)][:, letter_slots(word)].sum(axis=1) / SCALE
        return found

    def without(self, barred: Iterable[str]) -> frozenset[int]:
        """The numbers of tongues by their names."""
        asked = set(barred)
        return frozenset(at for at, name in enumerate(self.names) if name in asked)


def _steps(learner: Learner, found: Sequence[Tongue]) -> Numbers:
    tables = np.stack([learner.table(tongue.words) for tongue in found])
    return np.asarray(np.clip(np.rint(tables * SCALE), -127, 127) * learner.kept)


def _but(tongue: Tongue, fold: int) -> Tongue:
    return replace(tongue, words={w: at for w, at in tongue.words.items() if _fold(w) != fold})


def _fold(word: str) -> int:
    return crc32(word[::-1].encode()) % FOLDS
