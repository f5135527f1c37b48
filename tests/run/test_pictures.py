"""The parts of a volume: they sum up, are few, and tell no name."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.entries import keep
from tests.reports.conftest import claim, phantom, ranked
from vestige import lexicon, shipped
from vestige.acceptance import Acceptance, Decision, Scope, Standing
from vestige.lexicon import Lexicon
from vestige.model import Band, Kind, State, Where
from vestige.picture import Part, Pictures, Shape, Unit
from vestige.review import Ranked
from vestige.run.paths import Paths
from vestige.run.pictures import FOLDERS, LEVELS, pictures
from vestige.store import Outcome, Store

_DAY = 86_400 * 10**9
_WRITTEN = 18_000 * _DAY
_NAME = claim("names/lone-surname", "A surname", Band.HIGH)
_FIELD = claim("elements/site", "A site", Band.LOW)
_FAMILY = claim("tree/phantom-directory", "A phantom directory", Band.CRITICAL)

Tree = dict[str, "Tree | int"]
"""Names with what lies in them, or the number of a finding (0: none) that holds in a file."""


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon.load(shipped.rules() / "lexicons")


class Volume:
    """A scan file of a tree, with findings 1 (high, in content), 2 (low), 3 (a family)."""

    def __init__(self, path: Path) -> None:
        self.store = Store.create(path)
        self.number = 0
        self.bytes = 0
        where = (Where.HEADER, Where.PRIVATE, Where.PATH)
        for about, place in zip((_NAME, _FIELD, _FAMILY), where, strict=True):
            self.store.finding(about, place, "name" if place is Where.PATH else "x", "", "M***")
        self.outcomes = [
            self.store.outcome(Outcome(State.READ, "", found, "", 0, dicom=False))
            for found in ((), (1,), (2,), (3,))
        ]

    def plant(self, tree: Tree, parent: int = 0) -> int:
        """Keeps a tree, and gives how many files are in it."""
        files = 0
        for name, inside in tree.items():
            self.number += 1
            own, is_file = self.number, isinstance(inside, int)
            kind, size = (Kind.FILE, 5) if is_file else (Kind.DIRECTORY, 0)
            facts = (name.encode(), kind.value, size, _WRITTEN + own * _DAY, 0, own)
            outcome = self.outcomes[inside if isinstance(inside, int) else 0]
            keep(self.store, [(own, parent, facts, outcome, 0, 0, 0, "")])
            if isinstance(inside, dict):
                below = self.plant(inside, own)
                self.store.left([(own, self.number, below, below * 5, b"")])
                files += below
            else:
                files += 1
        return files

    def family(self, *names: bytes) -> None:
        members = [row.id for row in self.store.rows() if row.name in names]
        parent = self.store.row(members[0]).parent
        self.store.family(3, replace(phantom(len(members), 1), parent=parent), members)

    def findings(self) -> tuple[Ranked, ...]:
        """The findings of the scan file, as reports rank them: the family first."""
        made = []
        families = self.store.families()
        for rank, one in enumerate(reversed(list(self.store.findings())), 1):
            about = ranked(rank, one.claim, finding=one, family=families.get(one.id))
            if one.id != 3 or about.family:
                made.append(about)
        return tuple(sorted(made, key=lambda one: -one.risk.score))

    def pictures(self, words: Lexicon, findings: tuple[Ranked, ...] | None = None) -> Pictures:
        told = self.findings() if findings is None else findings
        return pictures(self.store, told, Paths(self.store, words), Band.MEDIUM)


@pytest.fixture
def volume(tmp_path: Path) -> Volume:
    return Volume(tmp_path / "scan.sqlite")


def every(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from every(part.parts)


def test_a_phantom_directory_is_one_part(volume: Volume, words: Lexicon) -> None:
    members: Tree = {f"{name}_0001": {"a.dcm": 0, "b.dcm": 0} for name in ("QUEX", "ZEBR", "OTLI")}
    files = volume.plant({"volume": {"export": members, "clean": {"c.dcm": 0, "d.dcm": 2}}})
    volume.family(*(name.encode() for name in members))
    made = volume.pictures(words)
    (root,) = made.roots
    export, clean = root.parts
    (inside,) = export.parts
    assert (inside.shape, inside.count, inside.files, inside.family) == (Shape.MEMBERS, 3, 6, "F3")
    assert (inside.band, inside.finding, inside.found) == (Band.CRITICAL, "F3", 6)
    assert (export.band, root.band, clean.band) == (Band.CRITICAL, Band.CRITICAL, Band.LOW)
    assert (root.entries, root.files, root.found, clean.found) == (volume.number, files, 6, 0)
    assert [(part.shape, part.band) for part in clean.parts] == [
        (Shape.FILES, None),
        (Shape.FILES, Band.LOW),
    ]
    assert made.timeline is not None
    assert (made.timeline.unit, made.timeline.files) == (Unit.DAY, 6)
    told = " ".join(part.name + part.path for part in every(made.roots))
    assert not any(name[:4] in told for name in members)


def test_folders_that_hold_one_folder_are_one_part(volume: Volume, words: Lexicon) -> None:
    inside: Tree = {"a.dcm": 1, "b.dcm": 1}
    for _ in range(60):
        inside = {"level": inside}
    volume.plant({"volume": inside})
    (root,) = volume.pictures(words).roots
    assert root.parts == ()
    assert root.name == "/".join(["volume", *["level"] * 60])
    assert root.path == root.name
    assert (root.entries, root.files, root.band) == (63, 2, Band.HIGH)


def test_what_lies_too_deep_is_told_by_number(volume: Volume, words: Lexicon) -> None:
    inside: Tree = {"a.dcm": 1}
    for _ in range(20):
        inside = {"level": inside, "b.dcm": 0}
    volume.plant({"volume": inside})
    parts = list(every(volume.pictures(words).roots))
    deepest = [one for one in parts if one.shape is Shape.FOLDER][-1]
    assert sum(one.shape is Shape.FOLDER for one in parts) == LEVELS
    assert [(one.shape, one.count, one.band) for one in deepest.parts] == [
        (Shape.FILES, 1, None),
        (Shape.REST, 1, Band.HIGH),
    ]


def test_parts_are_few_and_tell_all_entries(volume: Volume, words: Lexicon) -> None:
    chance = random.Random(4)  # noqa: S311 - a test, no secret

    def grown(depth: int) -> Tree:
        made: Tree = {
            f"{n}.dcm": chance.choice((0, 0, 0, 1, 2)) for n in range(chance.randint(0, 4))
        }
        if depth:
            made |= {f"f{n}": grown(depth - 1) for n in range(chance.randint(1, 7))}
        return made

    files = volume.plant({"one": grown(4), "two": grown(4), "three": {}})
    made = volume.pictures(words)
    assert sum(one.entries for one in made.roots) == volume.number
    assert sum(one.files for one in made.roots) == files
    parts = list(every(made.roots))
    assert FOLDERS <= sum(one.shape is Shape.FOLDER for one in parts) <= 2 * FOLDERS
    for one in parts:
        if one.parts:
            assert 0 < one.entries - sum(part.entries for part in one.parts) < LEVELS
            assert one.files == sum(part.files for part in one.parts)
            assert one.bytes == sum(part.bytes for part in one.parts) == 5 * one.files
            assert one.found == sum(part.found for part in one.parts)
            assert one.band == max((p.band for p in one.parts if p.band is not None), default=None)
    high = sum(row.finding_set == 1 for row in volume.store.rows())
    assert sum(one.found for one in made.roots) == high > 0
    assert made == volume.pictures(words)


def test_what_lies_below_a_name_counts_with_it(volume: Volume, words: Lexicon) -> None:
    volume.plant({"volume": {"QUEXOTL": {"a.dcm": 0, "b.dcm": 0}, "c.dcm": 0}})
    number = volume.store.finding(_NAME, Where.PATH, "name", "d1", "Q***")
    volume.store.attach_to_entries(number, [2])
    made = volume.pictures(words)
    (root,) = made.roots
    assert (root.found, root.files, root.finding) == (2, 3, f"F{number}")
    assert made.timeline is not None
    assert made.timeline.files == 2
    assert "QUEXOTL" not in repr(made)


def test_what_somebody_answers_for_colours_nothing(volume: Volume, words: Lexicon) -> None:
    volume.plant({"volume": {"a.dcm": 1, "b.dcm": 1}})
    findings = volume.findings()
    assert volume.pictures(words).roots[0].band is Band.HIGH
    day = date(2026, 11, 21)
    held = Acceptance(
        *(Decision.ACCEPTED, Scope.FINDING, _NAME.rule, "A. Officer", "known", day, day),
        Standing.HOLDS,
    )
    accepted = tuple(replace(one, accepted=held) for one in findings)
    made = volume.pictures(words, accepted)
    assert made.roots[0].band is None
    assert made.timeline is None


def test_an_unfinished_scan_has_pictures(volume: Volume, words: Lexicon) -> None:
    volume.plant({"volume": {"x": {"a.dcm": 1, "b.dcm": 0}}})
    volume.store.reset_from(4)
    (root,) = volume.pictures(words).roots
    assert (root.entries, root.files, root.bytes) == (3, 1, 5)


def test_a_scan_without_entries_has_none(volume: Volume, words: Lexicon) -> None:
    assert volume.pictures(words) == Pictures((), None)
