"""Every recipe planted and scanned: found == truth, neither less nor more."""

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.volumes import Ran, vestige
from vestige import lexicon, planting, shipped
from vestige.model import Where
from vestige.planting import Planting
from vestige.planting.people import people
from vestige.store import Store
from vestige.text import folds

SEEDS = (7, 11)
UNLISTED = ("eu", "fi", "hu", "ka", "ta")
"""Locales whose surnames the lexicon hardly holds."""

NAME = "name"
IN_NAMES = frozenset({NAME, "link target"})
MEMBER = "member of a family"
"""Stands for the findings in the name of a member: they give way to the family's."""

AS_ROOT = os.geteuid() == 0
"""Root walks through closed doors."""


class Row(NamedTuple):
    """A rule at a location of an entry, or the code of a problem at an entry."""

    path: str
    rule: str
    location: str = ""


def rows(rule: str, location: str, *paths: str) -> tuple[Row, ...]:
    return tuple(Row(path, rule, location) for path in paths)


def named(*paths: str) -> tuple[Row, ...]:
    return rows("names/person-name", "name", *paths)


@dataclass(frozen=True, slots=True)
class Gap:
    """What scans get wrong today, and why, by seed: planted and not found, or the reverse."""

    why: str
    recipe: str
    missing: Mapping[int, tuple[Row, ...]] = field(default_factory=dict)
    surplus: Mapping[int, tuple[Row, ...]] = field(default_factory=dict)


KNOWN_GAPS = (
    Gap(
        "the words of a hospital's name are strangers only where they look like names together",
        "broken-files",
        missing={
            7: (
                Row("lengths/beyond.dcm", "names/two-strangers", "(0009,xx10) V****** R*** #.#"),
                Row("lengths/odd.dcm", "names/two-strangers", "trailing"),
                Row("lengths/sequence.dcm", "names/two-strangers", "(0008,1140)"),
            ),
        },
    ),
)
"""Whatever mends one of these makes its test fail until the row is deleted here."""


STATED_IN_PART = ("mapping-table",)
"""Recipes that state what one rule says, and not all that stands in what they plant.

What a key tells is a finding in itself, cell by cell: its own tests look at what is said of it.
"""

OF_OBJECTS = ("claims", "linkage", "pixels", "singling-out", "uids")
"""Subjects of rules that judge objects, series and volumes as a whole.

What they say follows from all elements of an object together: recipes that are about elements do
not state it. In those that plant a truth of a subject, all of that subject is compared.
"""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A planted volume and its scan: what was to be found, and what was."""

    truth: frozenset[Row]
    found: frozenset[Row]
    planted: frozenset[str]
    seen: frozenset[str]
    members: frozenset[str]
    skipped: tuple[tuple[str, int], ...]
    reasons: tuple[str, ...]
    reported: frozenset[tuple[str, str]]
    ran: Ran

    @property
    def missing(self) -> list[Row]:
        """What was planted and not found."""
        return sorted(self.truth - self.found)

    @property
    def surplus(self) -> list[Row]:
        """What was found and not planted."""
        return sorted(self.found - self.truth)


def scanned(recipe: str, how: Planting, home: Path) -> Scanned:
    """Plant the recipe, scan it with the real command, and read the scan file."""
    volume, out = home / "volume", home / "out"
    told = planting.plant(planting.load(recipe), volume, how)
    ran = vestige("scan", volume, "--out", out, "--jobs", 2, home=home)
    assert ran.code in (0, 1, 3), ran.text
    store = Store.open(out / "scan.sqlite")
    paths = _paths(store)
    members = frozenset(paths[number] for number in store.member_of())
    problems = {Row(paths[one.entry], one.code) for one in store.problem_rows()}
    stated = {one.rule.split("/")[0] for one in told}
    unstated = tuple(f"{subject}/" for subject in OF_OBJECTS if subject not in stated)
    found = {row for row in _found(store, paths) if not row.rule.startswith(unstated)}
    skipped = tuple(store.skipped_counts())
    store.close()
    return Scanned(
        truth=frozenset(_expected(one, members) for one in told if not _is_open(one)),
        found=frozenset(problems | found),
        planted=frozenset(_entries(volume)),
        seen=frozenset(paths.values()),
        members=members,
        skipped=skipped,
        reasons=tuple(json.loads((out / "summary.json").read_text())["verdict"]["reasons"]),
        reported=frozenset(row for row in _reported(out) if not row[0].startswith(unstated)),
        ran=ran,
    )


def _paths(store: Store) -> dict[int, str]:
    """The path of every entry below the root of the volume; "" is the root."""
    paths: dict[int, str] = {}
    for row in store.rows():
        above = paths.get(row.parent, "")
        name = os.fsdecode(row.name) if row.parent else ""
        paths[row.id] = f"{above}/{name}" if above else name
    return paths


def _found(store: Store, paths: dict[int, str]) -> Iterator[Row]:
    """All findings: of entries, and of families at the directories that hold them."""
    findings = {one.id: one for one in store.findings()}
    sets, members = store.sets(), store.member_of()
    for row in store.rows():
        if row.id in members:
            yield Row(paths[row.id], MEMBER, NAME)
        for number in sets.get(row.finding_set, ()):
            one = findings[number]
            if row.id not in members or one.where is not Where.PATH:
                yield Row(paths[row.id], one.claim.rule, one.place)
    for number, family in store.families().items():
        yield Row(paths[family.parent], findings[number].claim.rule, family.template)


def _reported(out: Path) -> Iterator[tuple[str, str]]:
    """Rules with their locations, and codes of problems, as the CSV files have them."""
    for file, columns in (("findings.csv", ("rule", "location")), ("problems.csv", ("code", ""))):
        with (out / file).open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                yield row[columns[0]], row.get(columns[1], "")


def _expected(one: planting.Truth, members: frozenset[str]) -> Row:
    path = os.fsdecode(one.path)
    if one.code:
        return Row(path, one.code)
    folded = path in members and one.location in IN_NAMES
    return Row(path, MEMBER, NAME) if folded else Row(path, one.rule, one.location)


def _is_open(one: planting.Truth) -> bool:
    return AS_ROOT and one.code == "permission"


def _entries(volume: Path) -> Iterator[str]:
    """What the tree holds, as far as this user may look; "" is the root."""
    root = os.fsencode(volume)
    yield ""
    for folder, folders, files, _ in os.fwalk(root, follow_symlinks=False):
        for name in (*folders, *files):
            yield os.fsdecode(os.path.relpath(os.path.join(folder, name), root))


@pytest.fixture(autouse=True)
def _open_doors(tmp_path: Path) -> Iterator[None]:
    """Let pytest remove what a recipe has closed."""
    yield
    for folder in tmp_path.glob("*/volume/closed/folder"):
        folder.chmod(0o700)


def expected_code(scan: Scanned) -> int:
    """1 if someone is planted, 3 if something cannot be read or examined, else 0."""
    if any("/" in row.rule or row.rule == MEMBER for row in scan.truth):
        return 1
    return 3 if scan.truth or "no-reader" in dict(scan.skipped) else 0


def lines(rows: Iterable[Row]) -> str:
    """Rows in order, each in a line of ASCII: what two sets differ in is shown line by line."""
    return "\n".join(sorted(ascii(tuple(row)) for row in rows))


@pytest.mark.parametrize("recipe", sorted({*planting.recipes()} - {*STATED_IN_PART}))
def test_found_is_truth(recipe: str, tmp_path: Path) -> None:
    scans = {seed: scanned(recipe, Planting(seed), tmp_path / str(seed)) for seed in SEEDS}
    for seed, scan in scans.items():
        gaps = [gap for gap in KNOWN_GAPS if gap.recipe == recipe]
        assert scan.seen == scan.planted
        assert lines(scan.missing) == lines(
            row for gap in gaps for row in gap.missing.get(seed, ())
        )
        assert lines(scan.surplus) == lines(
            row for gap in gaps for row in gap.surplus.get(seed, ())
        )
        assert scan.reported == {row[1:] for row in scan.found if row.rule != MEMBER}
        assert scan.ran.code == expected_code(scan), scan.ran.text


def test_known_gaps_are_of_recipes_and_seeds_that_are_tried() -> None:
    for gap in KNOWN_GAPS:
        assert gap.recipe in planting.recipes()
        assert gap.missing or gap.surplus
        assert {*gap.missing, *gap.surplus} <= set(SEEDS)


@pytest.mark.parametrize("locale", UNLISTED)
def test_the_lexicon_hardly_holds_surnames_of_unlisted_locales(locale: str) -> None:
    words = lexicon.load(shipped.rules() / "lexicons")
    surnames = [name.partition("=")[0] for name in people().surnames[locale]]
    listed = [name for name in surnames if words.evidence(folds(name)[0]).named > 0]
    assert len(listed) <= len(surnames) / 20


@pytest.mark.parametrize("locale", UNLISTED)
def test_a_family_of_names_in_no_lexicon_is_found(locale: str, tmp_path: Path) -> None:
    for scale in (1, 3):
        home = tmp_path / str(scale)
        scan = scanned("phantom-directory", Planting(SEEDS[0], locale, scale), home)
        export = {path for path in scan.planted if Path(path).parent.name == "export_v1"}
        assert len(export) == 12 * scale
        assert scan.members == export
        assert lines(scan.missing) == lines(scan.surplus) == ""
        assert scan.ran.code == 1


def test_nothing_is_found_in_a_clean_export(tmp_path: Path) -> None:
    scan = scanned("clean-export", Planting(), tmp_path)
    texts = [path for path in scan.planted if path.endswith(".txt")]
    assert len(texts) == 1
    assert scan.found == frozenset()
    assert scan.ran.code == 0
    assert scan.skipped == ()
    assert scan.reasons == (
        "Nothing was found in band medium or worse.",
        "Everything that holds data was read.",
    )


def test_a_clean_export_passes_where_all_can_be_examined(tmp_path: Path) -> None:
    volume, out = tmp_path / "volume", tmp_path / "out"
    planting.plant(planting.load("clean-export"), volume)
    for text in volume.rglob("*.txt"):
        text.unlink()
    ran = vestige("scan", volume, "--out", out, "--jobs", 2, home=tmp_path)
    assert ran.code == 0, ran.text
    assert len((out / "findings.csv").read_text().splitlines()) == 1
