"""Families of the stored tree, with what lies below their members."""

import os
import unicodedata
import uuid
from pathlib import Path

from tests.volumes import planted, vestige
from vestige import planting
from vestige.model import Band, Certainty, Family, FamilyKind
from vestige.run.review import open_review


def scanned(volume: Path) -> Path:
    out = volume.with_name("out")
    ran = vestige("scan", volume, "--out", out, home=volume.parent)
    assert ran.code == 1, ran.text
    return out / "scan.sqlite"


def test_a_family_counts_what_lies_below_it(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    recipe = planting.load("phantom-directory")
    planting.plant(recipe, volume, planting.Planting(seed=3, locale="ka", scale=3))
    store, review = open_review(scanned(volume))
    (one,) = review.families
    parent = next(path for path in volume.iterdir() if path.name.startswith("export"))
    members = [path for path in parent.iterdir() if path.is_dir()]
    files = [path for path in parent.rglob("*") if path.is_file()]
    assert one.family is not None
    assert one.family.members == len(members)
    assert one.family.files == one.reach.files == len(files)
    assert one.family.bytes == sum(path.stat().st_size for path in files)
    assert one.family.headers == "clean"
    assert one.family.first_written == min(path.stat().st_mtime_ns for path in files)
    assert one.family.last_written == max(path.stat().st_mtime_ns for path in files)
    assert one.family.verdict in {Certainty.CERTAIN, Certainty.LIKELY}
    assert one.rank == 1
    assert one.risk.band is Band.CRITICAL
    store.close()


def test_names_of_members_are_no_findings_of_their_own(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    planted("phantom-directory", volume)
    store, review = open_review(scanned(volume))
    members = set(store.member_of())
    for occurrence in review.occurrences:
        if occurrence.entry in members:
            assert occurrence.finding == review.families[0].number
    store.close()


def test_two_parents_are_two_families(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for part in ("first", "second"):
        planted("phantom-directory", volume / part, seed=len(part))
    store, review = open_review(scanned(volume))
    parents = {one.family.parent for one in review.families if one.family is not None}
    names = {os.fsdecode(store.row(store.row(parent).parent).name) for parent in parents}
    assert names == {"first", "second"}
    store.close()


def test_dirty_headers_below_members_are_told(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    recipe = tmp_path / "dirty.toml"
    recipe.write_text(
        'title = "dirty"\npersons = 14\nlocales = ["de", "es"]\n\n[[files]]\n'
        'path = "export/{SURNAME}_{uuid}/{n:04}.dcm"\nkind = "CT"\nheader = "dirty"\neach = 1\n',
        encoding="utf-8",
    )
    planting.plant(planting.load(recipe), volume, planting.Planting(seed=1))
    store, review = open_review(scanned(volume))
    assert [one.family.headers for one in review.families if one.family] == ["dirty"]
    store.close()


def families(volume: Path) -> dict[tuple[str, str], Family]:
    """The families of a volume by the name of their directory and their template."""
    store, review = open_review(scanned(volume))
    found = {}
    for one in review.findings:
        if one.family is not None:
            name = os.fsdecode(store.row(one.family.parent).name)
            found[name, one.family.template] = one.family
    store.close()
    return found


def test_cousins_nested_names_and_numbers_are_told_once(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    planted("kindred", volume)
    found = families(volume)
    assert {key: (one.kind, one.members, one.subjects) for key, one in found.items()} == {
        ("export", "*/{word}_{uuid}"): (FamilyKind.NAMES, 14, 14),
        ("cohort", "{word}"): (FamilyKind.NAMES, 14, 14),
        ("births", "{date}"): (FamilyKind.BIRTH_DATES, 14, 14),
        ("register", "{word}{number}"): (FamilyKind.RECORD_NUMBERS, 14, 14),
    }
    for parent, template in (("export", "*/{word}_{uuid}"), ("cohort", "{word}")):
        files = [path for path in (volume / parent).rglob("*") if path.is_file()]
        assert found[parent, template].files == len(files)
        assert found[parent, template].bytes == sum(path.stat().st_size for path in files)


def test_spellings_copies_and_orders_of_a_person_are_one_subject(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    persons = [
        *("Quintero Maria", "Rodriguez Carlos", "Schneider Hans", "Kowalski Piotr"),
        *("Ferrari Giulia", "Dubois Claire", "Petrovic Milan", "Lindqvist Astrid"),
        *("Müller Jürgen", "Hernandez Lucia", "Nakamura Yuki", "Okonkwo Chinedu"),
    ]
    again = [
        *("QUINTERO_MARIA", "Maria Quintero", "Quintero Maria_2", "schneider hans (3)"),
        *(unicodedata.normalize("NFD", "Müller Jürgen 2"), "JÜRGEN MÜLLER"),
    ]
    for name in persons + again:
        (volume / "export" / name).mkdir(parents=True)
    (one,) = families(volume).values()
    assert (one.members, one.subjects) == (18, 12)


def test_directories_between_cousins_are_shown_masked(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    surnames = "Quintero Rodriguez Schneider Kowalski Ferrari Dubois Petrovic Lindqvist".split()
    given = "Brain Head Heart Image Patient Series Spine Bone".split()
    for outer, inner in zip(given, surnames, strict=True):
        (volume / "export" / outer / f"{inner}_{uuid.UUID(int=len(inner), version=4)}").mkdir(
            parents=True
        )
    store, review = open_review(scanned(volume))
    (one,) = review.families
    assert one.paths[0].endswith("export")
    shown = [each.path for each in review.occurrences if each.finding == one.number]
    assert len(shown) == len(surnames)
    assert not any(word.lower() in path.lower() for path in shown for word in given + surnames)
    store.close()
