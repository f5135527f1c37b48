"""What a scan found beside what was planted: the rule of matching, recall, false alarms.

A plant is found if the scan says something of band medium or worse (`BAND`) about the same file and
the same element, or what was unpacked from it. Of a plant in pixels any finding about pixels of the
object will do. Everything of that band in an object of `clean/` or `dummies/` is a false alarm, but
for a sequence or document that the profile wants gone whatever it holds: a harmless value was put
into it, and for what is true of a kind of object (`_TRUE_OF_ALL`). For the same reason a person in
a document is found only by what is read in it.
"""

import math
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import PIXELS
from benchmarks.planter import Plant
from vestige.model import Band
from vestige.run.occurrences import EVERY
from vestige.run.review import open_review
from vestige.store import Store

BAND = Band.MEDIUM
"""From which band on a finding counts, for a plant as for a false alarm."""

_Z = 1.959964
_NAMING = ("names/", "dates/", "identifiers/", "contacts/")


@dataclass(frozen=True, slots=True)
class Seen:
    """One occurrence of a finding: file, element, rule and band."""

    file: str
    pointer: str
    rule: str
    band: Band


@dataclass(frozen=True, slots=True)
class Miss:
    """A plant that nothing grave enough was said of; `low` tells what was said at all."""

    plant: Plant
    low: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something said of an object in which nobody is; `case` is empty beside the controls."""

    seen: Seen
    case: str


@dataclass(frozen=True, slots=True)
class Matched:
    """The comparison of one scan with its key."""

    key: tuple[Plant, ...]
    misses: tuple[Miss, ...]
    alarms: tuple[Alarm, ...]
    named: frozenset[tuple[str, str]]
    clean_files: int


def read(out: Path) -> tuple[Seen, ...]:
    """Every occurrence of every finding of the scan in a folder; files count from the root."""
    store, review = open_review(out / "scan.sqlite", EVERY)
    try:
        ranked = {one.number: (one.finding.claim.rule, one.risk.band) for one in review.findings}
        files: dict[int, str] = {}
        found = []
        for seen in review.occurrences:
            rule, band = ranked[seen.finding]
            file = files.setdefault(seen.entry, path_of(store, seen.entry))
            found.append(Seen(file, seen.location, rule, band))
        return tuple(found)
    finally:
        store.close()


def path_of(store: Store, number: int) -> str:
    """The path of an entry below the root."""
    names: list[str] = []
    row = store.row(number)
    while row.parent:
        names.append(os.fsdecode(row.name))
        row = store.row(row.parent)
    return "/".join(reversed(names))


def matched(key: Sequence[Plant], seen: Iterable[Seen]) -> Matched:
    """The key beside the findings; paths of both count from the root of the tree."""
    by_folder: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        by_folder["/".join(one.file.split("/")[:2])].append(one)
    misses, named = [], set()
    for plant in key:
        if not plant.planted:
            continue
        about = [one for one in by_folder[_folder(plant)] if about_it(plant, one)]
        about = [one for one in about if not _by_row_alone(plant, one)]
        if not any(one.band >= BAND for one in about):
            misses.append(Miss(plant, tuple(sorted({one.rule for one in about}))))
        if any(one.rule.startswith(_NAMING) and one.band >= BAND for one in about):
            named.add((plant.file, plant.case))
    alarms = tuple(_alarms(key, by_folder))
    files = len({plant.file for plant in key if not plant.planted})
    return Matched(tuple(key), tuple(misses), alarms, frozenset(named), files)


def _folder(plant: Plant) -> str:
    return plant.file.rsplit("/", 1)[0]


def about_it(plant: Plant, seen: Seen) -> bool:
    """Whether a finding is about the place of a plant, or about what is packed inside it."""
    if plant.pointer == PIXELS:
        return seen.rule.startswith(_ABOUT_PIXELS) or "(0028,030" in seen.pointer
    rest = seen.pointer.removeprefix(plant.pointer)
    return rest == "" or (rest != seen.pointer and not rest[0].isalnum())


_ABOUT_PIXELS = ("pixels/", "claims/face", "claims/pixel", "elements/declared-identity")


_TRUE_OF_ALL = ("pixels/", "claims/originals-kept", "claims/burned-in-denied-unseen")
"""What is said of the kind of an object, and is true of its harmless twin: that images of a kind
need a look, and that an object carries its originals, whatever stands in them."""


def _alarms(key: Sequence[Plant], by_folder: Mapping[str, list[Seen]]) -> Iterator[Alarm]:
    harmless: dict[str, list[Plant]] = defaultdict(list)
    for plant in key:
        if not plant.planted:
            harmless[_folder(plant)].append(plant)
    for folder, plants in harmless.items():
        for one in by_folder.get(folder, ()):
            excused = one.rule.startswith(_TRUE_OF_ALL)
            excused = excused or any(_by_row(one, plant) for plant in plants)
            if one.band >= BAND and not excused:
                cases = (plant.case for plant in plants if about_it(plant, one))
                yield Alarm(one, next(cases, ""))


def _by_row(seen: Seen, plant: Plant) -> bool:
    """Whether a finding says, by its row, that what holds the value is there."""
    holds = plant.pointer.startswith(f"{seen.pointer}[*]/") and seen.rule.startswith("elements/")
    return holds or _by_row_alone(plant, seen)


def _by_row_alone(plant: Plant, seen: Seen) -> bool:
    """Whether a finding about a document is only that it is there: nobody read it to say so."""
    whole = seen.pointer == plant.pointer and seen.rule.startswith("elements/")
    return plant.category == "encapsulated" and whole


# --- figures -----------------------------------------------------------------------------------


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval of Wilson at 95 % for a share; (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, _Z * _Z / of
    middle = share + square / 2
    half = _Z * math.sqrt(share * (1 - share) / of + square / of / 4)
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


@dataclass(frozen=True, slots=True)
class Figure:
    """One category: plants found, and controls that raised an alarm."""

    category: str
    plants: int
    found: int
    named: int
    controls: int
    alarmed: int

    @property
    def recall(self) -> float:
        """The share of plants that were found."""
        return self.found / self.plants if self.plants else 1.0

    @property
    def precision(self) -> float:
        """Findings that are right, of all at places of plants and controls."""
        said = self.found + self.alarmed
        return self.found / said if said else 1.0


def figures(of: Matched, *, claimed: bool | None = None) -> tuple[Figure, ...]:
    """The figures of every category; of claiming objects alone, or of the others, if asked."""
    key = [plant for plant in of.key if claimed is None or plant.claimed == claimed]
    missed = {(miss.plant.file, miss.plant.case) for miss in of.misses}
    alarmed = {(alarm.seen.file.rsplit("/", 1)[0], alarm.case) for alarm in of.alarms}
    order = dict.fromkeys(plant.category for plant in key)
    return tuple(_figure(one, key, (missed, of.named, alarmed)) for one in order)


def _figure(
    category: str,
    key: Sequence[Plant],
    sets: tuple[set[tuple[str, str]], frozenset[tuple[str, str]], set[tuple[str, str]]],
) -> Figure:
    missed, named, alarmed = sets
    plants = [plant for plant in key if plant.category == category and plant.planted]
    controls = [plant for plant in key if plant.category == category and not plant.planted]
    return Figure(
        category,
        len(plants),
        sum((plant.file, plant.case) not in missed for plant in plants),
        sum((plant.file, plant.case) in named for plant in plants),
        len(controls),
        sum((_folder(plant), plant.case) in alarmed for plant in controls),
    )


def by_case(misses: Sequence[Miss]) -> tuple[tuple[str, int, str], ...]:
    """Cases with misses, how many, and what was said of them at low or info; the most first."""
    counts = Counter(miss.plant.case for miss in misses)
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for miss in misses:
        said[miss.plant.case].update(miss.low or ("nothing",))
    return tuple(
        (case, count, ", ".join(f"{rule} {times}" for rule, times in said[case].most_common(3)))
        for case, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
