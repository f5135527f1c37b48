"""A tree of objects with identifiers in known places, and its key; beside it one without any.

    dirty/    objects that hold identifiers, about a dozen each
    clean/    the same objects and elements with harmless values
    dummies/  one object for each known dummy of a de-identification tool

Half of the objects name the profile and its options (113105, 113107), the others claim nothing.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydicom.dataset import Dataset

from benchmarks.bases import Made, made, written
from benchmarks.cases import Case, cases
from benchmarks.dummies import Sample, samples
from benchmarks.identities import Identity, identity
from benchmarks.places import PIXELS
from vestige.planting.chance import draw
from vestige.planting.people import people

EACH = 12
"""Identifiers in one object."""


@dataclass(frozen=True, slots=True)
class Plant:
    """One entry of the key; `digest` is of the value, which is written nowhere but in the file."""

    file: str
    pointer: str
    case: str
    category: str
    planted: bool
    claimed: bool
    locale: str
    digest: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What a planting hangs on."""

    seed: int
    locales: tuple[str, ...]
    files: int
    only: tuple[str, ...] = ()


def plant(root: Path, bases: Sequence[Dataset], setting: Setting) -> tuple[Plant, ...]:
    """Writes the trees below `root`; gives the key of both. ValueError without a base."""
    if not bases:
        raise ValueError("no clean object to plant into")
    chosen = [case for case in cases() if not setting.only or case.category in setting.only]
    key: list[Plant] = []
    queue: deque[Case] = deque()
    rounds = 0
    for number in range(setting.files):
        claimed = bool(number % 2)
        if len(queue) < EACH:
            rounds += 1
            queue.extend(_shuffled(chosen, f"{setting.seed}/{rounds}"))
        here = _here(queue, claimed=claimed)
        key.extend(_pair(root, bases[number % len(bases)], number, here, setting))
    if not setting.only:
        key.extend(_dummies(root, bases[0]))
    return tuple(key)


def _shuffled(some: Sequence[Case], key: str) -> list[Case]:
    """The cases in an order of their own, so that each object holds several categories."""
    return sorted(some, key=lambda case: draw(key, case.id))


def _here(queue: deque[Case], *, claimed: bool) -> list[Case]:
    """The next cases that go together: no two share an element or a document."""
    here: dict[str, Case] = {}
    for _ in range(len(queue)):
        case = queue.popleft()
        room = case.id.rsplit("-", 1)[0] if case.category in _SHARING else case.id
        bare = case.bare or case.category in _PRIVATE
        if len(here) >= EACH or (claimed and bare) or room in here:
            queue.append(case)
            continue
        alone = {"encapsulated": "document", "sr": "tree", "pixels": "pixels"}
        room = alone.get(case.category, room)
        if room in here:
            queue.append(case)
        else:
            here[room] = case
        if len(here) >= EACH:
            break
    return list(here.values())


_PRIVATE = frozenset({"private", "blob"})
"""Categories that the profile removes: who claims it and keeps them is no clean control."""

_SHARING = frozenset({"text", "private", "blob", "outside"})
"""Categories in which several cases are about one element."""


def _pair(
    root: Path, base: Dataset, number: int, here: list[Case], setting: Setting
) -> Iterator[Plant]:
    """A dirty object and its clean twin, each in a folder of its own."""
    locale = setting.locales[number % len(setting.locales)]
    person = identity(people(), setting.seed, locale, number)
    for planted, folder in ((True, "dirty"), (False, "clean")):
        file = f"{folder}/{number:05}/1.dcm"
        chance = f"{setting.seed}/{number}/{folder}"
        claimed = bool(number % 2)
        of = made(base, claimed=claimed, key=chance)
        for case in here:
            value = _value(case, person, f"{chance}/{case.id}", planted=planted)
            if value:
                pointer = case.put(of, value)
                yield _entry(file, pointer, case, value, (planted, claimed, locale))
        _write(root / file, of)


def _value(case: Case, person: Identity, key: str, *, planted: bool) -> str:
    return (case.dirty if planted else case.clean)(person, key)


def _entry(file: str, pointer: str, case: Case, value: str, said: tuple[bool, bool, str]) -> Plant:
    planted, claimed, locale = said
    place = PIXELS if case.category == "pixels" else pointer
    digest = hashlib.sha256(value.encode()).hexdigest()[:16]
    return Plant(file, place, case.id, case.category, planted, claimed, locale, digest)


def _write(path: Path, of: Made) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(of))


def _dummies(root: Path, base: Dataset) -> Iterator[Plant]:
    """One object a dummy: the value in each attribute that its row names."""
    for number, sample in enumerate(samples()):
        file = f"dummies/{number:05}/1.dcm"
        of = made(base, claimed=False, key=f"dummy/{number}")
        if sample.method:
            of.header.DeidentificationMethod = sample.method
        for tag, vr in sample.places:
            of.header.add_new(tag, vr, _encoded(vr)(sample.value))
            pointer = f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
            case = Case(sample.id, "dummies", _nowhere, _nothing, _nothing)
            yield _entry(file, pointer, case, sample.value, (False, False, ""))
        _write(root / file, of)


def _encoded(vr: str) -> Callable[[str], object]:
    return str.encode if vr in {"OB", "UN"} else str


def _nowhere(_of: Made, _value: str) -> str:
    return ""


def _nothing(_of: Identity, _key: str) -> str:
    return ""


__all__ = ["Plant", "Sample", "Setting", "plant"]
