"""What lies beside the images, planted and scanned: recall and false alarms by kind of place.

The plants are those of all modules `beside_*.py` that have some: each writes a file with one value
of one person, and the same with a pseudonym in place of the person. Every file is about somebody
else, so that nobody is found in one because another says who it is.

A plant is found if a finding of band medium or worse stands at its file, or in what is inside it,
of which the control says nothing as grave by the same rule at the same place: what is true of all
files of a kind tells nothing of the value. A finding of high or worse at a control is a false
alarm.
"""

import importlib
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.beside_plant import CONTROL, Plant, value_of
from benchmarks.identities import identity
from benchmarks.matching import path_of, wilson
from vestige.model import Band
from vestige.planting.people import people
from vestige.run.occurrences import EVERY
from vestige.run.review import open_review

SCAN_CODES = (0, 1, 3)
"""Nothing found, findings, incomplete: a scan that went to its end."""

RECALL = 0.95
"""The least recall that is aimed at, over all places."""

_INSIDE = "!/"
_FOUND, _ALARM = Band.MEDIUM, Band.HIGH


@dataclass(frozen=True, slots=True)
class Kind:
    """One plant, in the kind of place that it belongs to."""

    place: str
    plant: Plant


@dataclass(frozen=True, slots=True)
class Planted:
    """A file, by its path below the root, with or without somebody in it."""

    kind: Kind
    number: int
    path: str
    dirty: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding of medium or worse: rule, place, band, and how deep inside the entry it stands."""

    rule: str
    place: str
    band: Band
    depth: int


@dataclass(frozen=True, slots=True)
class Figure:
    """How many plants of a kind, or of a kind of place, were found, and how many controls rang."""

    name: str
    plants: int
    found: int
    controls: int
    alarmed: int

    @property
    def recall(self) -> float:
        """The share of plants that were found."""
        return self.found / self.plants if self.plants else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of Wilson at 95 % for the recall."""
        return wilson(self.found, self.plants)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a scan said of the planted files: misses with the file, alarms with file and rule."""

    key: tuple[Planted, ...]
    missed: frozenset[str]
    alarms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recipes: tuple[Figure, ...] = ()

    def by_place(self) -> tuple[Figure, ...]:
        """The figures of each kind of place."""
        return self._figures(lambda one: one.kind.place)

    def by_kind(self) -> tuple[Figure, ...]:
        """The figures of each kind of plant."""
        return self._figures(lambda one: f"{one.kind.place}: {one.kind.plant.name}")

    def all(self) -> Figure:
        """The figures of all together."""
        return self._figures(lambda _one: "all places")[0]

    def _figures(self, name_of: Callable[[Planted], str]) -> tuple[Figure, ...]:
        names = dict.fromkeys(map(name_of, self.key))
        grouped: dict[str, list[Planted]] = {name: [] for name in names}
        for one in self.key:
            grouped[name_of(one)].append(one)
        return tuple(self._figure(name, some) for name, some in grouped.items())

    def _figure(self, name: str, some: Sequence[Planted]) -> Figure:
        dirty = [one.path for one in some if one.dirty]
        clean = [one.path for one in some if not one.dirty]
        found = sum(path not in self.missed for path in dirty)
        alarmed = sum(path in self.alarms for path in clean)
        return Figure(name, len(dirty), found, len(clean), alarmed)


DRAWN = "burned-in text"
"""The kind of place that only a scan finds which reads text in pictures."""


def kinds(
    only: Sequence[str] = (), *, drawn: bool = False
) -> tuple[tuple[Kind, ...], tuple[str, ...]]:
    """All kinds of plants, or those of some places or names, and what is missing to make others."""
    found: list[Kind] = []
    missing: list[str] = []
    for path in sorted(Path(__file__).parent.glob("beside_*.py")):
        try:
            module = importlib.import_module(f"benchmarks.{path.stem}")
        except ImportError as error:
            missing.append(f"{path.stem}: left out, for {error.name} is not installed")
            continue
        for place, plants in getattr(module, "PLANTS", {}).items():
            found += (Kind(place, one) for one in plants if drawn or place != DRAWN)
    chosen = [one for one in found if not only or {one.place, one.plant.name} & set(only)]
    return tuple(chosen), tuple(missing)


def planted(
    root: Path, some: Sequence[Kind], seed: int, locales: Sequence[str], persons: int
) -> tuple[Planted, ...]:
    """Writes the files below `root`, so many of each kind, and as many controls; gives the key."""
    known = people()
    key: list[Planted] = []
    for number in range(persons):
        for index, kind in enumerate(some):
            every = number * len(some) + index
            locale = locales[every % len(locales)]
            value = value_of(identity(known, seed, locale, every), kind.plant.field)
            control = CONTROL[kind.plant.field].format(number=every)
            for dirty, told in ((True, value), (False, control)):
                # Reports mask what may be a name in a path: numbers are none.
                below = f"{'p' if dirty else 'c'}{number:03}/k{index:03}"
                (root / below).mkdir(parents=True)
                path = kind.plant.write(root / below, told, every)
                key.append(Planted(kind, number, f"{below}/{path}", dirty))
    return tuple(key)


def scanned(tree: Path, out: Path, *more: str) -> Mapping[str, tuple[Seen, ...]]:
    """What `vestige scan` finds below a folder, by the path of the entry."""
    code = "from vestige.cli import main; main()"
    asked = ("scan", str(tree), "--out", str(out), *more)
    run = subprocess.run(
        (sys.executable, "-c", code, *asked), capture_output=True, text=True, check=False
    )
    if run.returncode not in SCAN_CODES:
        sys.exit(f"the scan failed ({run.returncode}): {run.stderr}")
    store, review = open_review(out / "scan.sqlite", EVERY)
    try:
        ranked = {one.number: (one.finding.claim.rule, one.risk.band) for one in review.findings}
        found: dict[str, list[Seen]] = defaultdict(list)
        for one in review.occurrences:
            rule, band = ranked[one.finding]
            if band >= _FOUND:
                depth = one.path.count(_INSIDE)
                found[path_of(store, one.entry)].append(Seen(rule, one.location, band, depth))
        return {path: tuple(seen) for path, seen in found.items()}
    finally:
        store.close()


def compared(key: Sequence[Planted], found: Mapping[str, tuple[Seen, ...]]) -> Beside:
    """The key beside what was found."""
    by_folder: dict[str, list[tuple[str, Seen]]] = defaultdict(list)
    for path, some in found.items():
        by_folder["/".join(path.split("/")[:2])] += ((path, one) for one in some)
    controls = {
        (one.number, one.kind.plant.name): {
            (seen.rule, seen.place) for seen in _about(one, by_folder)
        }
        for one in key
        if not one.dirty
    }
    missed = frozenset(
        one.path
        for one in key
        if one.dirty
        and {(seen.rule, seen.place) for seen in _about(one, by_folder)}
        <= controls.get((one.number, one.kind.plant.name), set())
    )
    alarms = {one.path: tuple(_rung(one, by_folder)) for one in key if not one.dirty}
    return Beside(tuple(key), missed, {path: rules for path, rules in alarms.items() if rules})


def _about(one: Planted, found: Mapping[str, Iterable[tuple[str, Seen]]]) -> Iterator[Seen]:
    """What was found at a file, or below a folder, and as deep inside as the value stands."""
    outer = one.path.partition(_INSIDE)[0]
    for path, seen in found.get("/".join(one.path.split("/")[:2]), ()):
        at = path == outer or path.startswith(f"{outer}/")
        if at and seen.depth >= one.path.count(_INSIDE):
            yield seen


def _rung(one: Planted, found: Mapping[str, Iterable[tuple[str, Seen]]]) -> Iterator[str]:
    """The rules of what is grave at a control: in its whole folder, whatever entry it stands at."""
    for _, seen in found.get("/".join(one.path.split("/")[:2]), ()):
        if seen.band >= _ALARM:
            yield seen.rule
