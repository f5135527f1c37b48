"""What is measured of names: shares with intervals by template, list, stratum, kind of decoy."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.decoys import Decoy
from benchmarks.matching import wilson
from benchmarks.name_forms import FORMS, SETS, TYPOS_OF_SETS, Form, People, strata, uuid, written
from benchmarks.name_judges import VERDICTS, Judges, SetVerdict, Tier
from benchmarks.name_lists import Names
from benchmarks.name_trees import Tree
from vestige.model import Certainty
from vestige.text import words

SIZES = (1_000, 200, 30, 12)
"""Siblings of a set."""

REPEATS = {1_000: 2, 200: 4, 30: 10, 12: 20}
"""Sets of each size."""

MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with its interval of 95 % (Wilson)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.of)
        return f"{self.value:.1%} ({low:.1%}-{high:.1%})" if self.of else ""


@dataclass(slots=True)
class Tally:
    """How often each tier was given."""

    counts: Counter[Tier] = field(default_factory=Counter)

    def add(self, tier: Tier) -> None:
        """One more."""
        self.counts[tier] += 1

    def at(self, tier: Tier) -> Share:
        """The share at that tier and above."""
        return Share(sum(n for one, n in self.counts.items() if one >= tier), self.counts.total())


@dataclass(frozen=True, slots=True)
class Recall:
    """Tallies of single names: by template, by list, by stratum.

    `alone` is that of surnames of one word without anything beside them; one of two words, as Rana
    Tharu, looks like a surname and a given name.
    """

    by_form: Mapping[Form, Tally]
    by_list: Mapping[str, Tally]
    by_stratum: Mapping[str, Tally]
    alone: Tally


def recall(judges: Judges, lists: Sequence[Names], seed: int, each: int) -> Recall:
    """What is said of so many people of each list in each template that fits its script."""
    by_form: dict[Form, Tally] = defaultdict(Tally)
    by_list: dict[str, Tally] = defaultdict(Tally)
    alone = Tally()
    for names in lists:
        people, short = People(names), People(names, short=True)
        for form in FORMS:
            drawn = short if form.needs_short else people
            if form.needs_native != names.native or drawn.empty:
                continue
            chance = random.Random(f"{seed}/{names.title}/{form.template}")  # noqa: S311 - no secret
            for _ in range(each):
                person = drawn.person(chance)
                tier = judges.component(written(form.template, person, chance))
                by_form[form].add(tier)
                by_list[names.title].add(tier)
                if form.template == _ALONE and len(words(person[0])) == 1:
                    alone.add(tier)
    by_stratum = dict(_strata(judges, lists, seed, each))
    return Recall(dict(by_form), dict(by_list), by_stratum, alone)


_ALONE = "{S}"
"""The template of a surname with nothing beside it."""


def _strata(
    judges: Judges, lists: Sequence[Names], seed: int, each: int
) -> Iterator[tuple[str, Tally]]:
    """Head, torso and tail of all lists with counts, in pairs and as one word."""
    counted = [names for names in lists if names.counted and not names.native]
    for part in ("head", "torso", "tail"):
        for title, forms in _STRATIFIED.items():
            tally = Tally()
            for names in counted:
                people = People(strata(names)[part])
                chance = random.Random(f"{seed}/{names.title}/{part}")  # noqa: S311 - no secret
                for number in range(4 * each if not people.empty else 0):
                    form = forms[number % len(forms)]
                    tally.add(judges.component(written(form, people.person(chance), chance)))
            yield f"{part}, {title}", tally


_STRATIFIED = {
    "pairs": ("{S}, {G} {dmy}", "{G}_{S}_{mrn}", "{S}~{G}", "{S}^{G}^M"),
    "one surname": ("{S}-{n4}", "{S}.{uuid}", "{S}", "PATIENT-{S}"),
}


# --- sets ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Verdicts:
    """How often each verdict was given on sets, and how much of them it covered."""

    counts: Counter[str] = field(default_factory=Counter)
    covered: float = 0.0
    share: float = 0.0

    def add(self, said: SetVerdict) -> None:
        """One more set."""
        self.counts[str(said.verdict or MISSED)] += 1
        self.covered += said.covered
        self.share += said.share

    def of(self, *verdicts: str) -> Share:
        """The share of sets with one of these verdicts."""
        return Share(sum(self.counts[one] for one in verdicts), self.counts.total())

    def merged(self, other: "Verdicts") -> "Verdicts":
        """Both together."""
        counts = self.counts + other.counts
        return Verdicts(counts, self.covered + other.covered, self.share + other.share)


Key = tuple[str, str, int]
"""A list or decoy, a template, a size."""


def named_sets(
    judges: Judges, lists: Sequence[Names], seed: int, sizes: Sequence[int], *, forms: bool
) -> dict[Key, Verdicts]:
    """Verdicts on siblings named after people: the first template at all sizes, others at two."""
    found: dict[Key, Verdicts] = defaultdict(Verdicts)
    for names in lists:
        people = People(names)
        for form, size in _cells(sizes, forms=forms):
            chance = random.Random(f"{seed}/{names.title}/{form}/{size}")  # noqa: S311 - no secret
            for _ in range(REPEATS[size] if form == SETS[0] else 2):
                drawn = (people.person(chance) for _ in range(size))
                texts = _apart(written(form, one, chance, TYPOS_OF_SETS) for one in drawn)
                found[names.title, form, size].add(judges.siblings(texts))
    return dict(found)


def _cells(sizes: Sequence[int], *, forms: bool) -> Iterator[tuple[str, int]]:
    yield from ((SETS[0], size) for size in sizes)
    if forms:
        yield from ((form, size) for form in SETS[1:] for size in sizes if size in (200, 30))


def _apart(texts: Iterable[str]) -> list[str]:
    """Names as a folder holds them: each once."""
    return list(dict.fromkeys(texts))


def decoy_sets(
    judges: Judges, decoys: Sequence[Decoy], seed: int, sizes: Sequence[int]
) -> dict[Key, Verdicts]:
    """Verdicts on siblings that name nobody, before a UUID and alone, as drawn and in capitals."""
    found: dict[Key, Verdicts] = defaultdict(Verdicts)
    for decoy in decoys:
        for form in ("{W}_{uuid}", "{W}", "{W}_{n4}"):
            for size in sizes:
                chance = random.Random(f"{seed}/{decoy.title}/{form}/{size}")  # noqa: S311
                for turn in range(max(2, REPEATS[size] // 3)):
                    cased = (str, str.upper)[turn % 2]
                    texts = _apart(
                        form.format(
                            W=cased(decoy.draw(chance)).replace("/", " "),
                            uuid=uuid(chance),
                            n4=f"{chance.randint(1, 9999):04}",
                        )
                        for _ in range(size)
                    )
                    key = (f"{decoy.kind}: {decoy.title}", form, size)
                    found[key].add(judges.siblings(texts))
    return dict(found)


# --- real trees ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of a real tree: of its distinct names, and of the names in each folder."""

    title: str
    tally: Tally
    folders: int
    sets: int
    verdicts: Counter[str]


def judged_tree(judges: Judges, tree: Tree) -> Judged:
    """A real tree, its names one by one and its folders as sets."""
    tally = Tally()
    for name in sorted(tree.names):
        tally.add(judges.component(name))
    verdicts: Counter[str] = Counter()
    for folder in tree.folders:
        verdict = judges.siblings(folder).verdict
        verdicts[str(verdict or MISSED)] += 1
    large = sum(len(folder) >= 6 for folder in tree.folders)  # noqa: PLR2004 - the least of a set
    return Judged(tree.title, tally, len(tree.folders), large, verdicts)


def summed(verdicts: Iterable[Verdicts]) -> Verdicts:
    """Several tallies as one."""
    total = Verdicts()
    for one in verdicts:
        total = total.merged(one)
    return total


GRADES = (*(str(verdict) for verdict in VERDICTS), MISSED)
CERTAIN = str(Certainty.CERTAIN)
