"""Names that files tell, judged."""

from pathlib import Path

import pytest

from tests.read import remnants
from tests.read.build import part_10
from tests.read.remnants import ds_store_of_many
from tests.read.test_file_set import directory
from tests.volumes import vestige
from vestige.model import Band, Certainty, Where
from vestige.planting.people import people, person
from vestige.review import Ranked, Review
from vestige.run.examine import SOFTWARE_CODE
from vestige.run.ghosts import NAMES_ONLY
from vestige.run.review import open_review

RULE = "ghosts/phantom-directory"


def persons(count: int, form: str = "{surname}_{uuid}") -> list[str]:
    known = people()
    found = [person(known, 3, ("de", "es")[n % 2], n) for n in range(count)]
    return [
        form.format(surname=one.surname[0].upper(), given=one.given[0], uuid=one.uuid)
        for one in found
    ]


def scanned(volume: Path, *options: object) -> Review:
    out = volume.with_name("out")
    ran = vestige("scan", volume, "--out", out, *options, home=volume.parent)
    assert ran.code in (0, 1, 3), ran.text
    store, review = open_review(out / "scan.sqlite")
    store.close()
    return review


def told(review: Review) -> list[Ranked]:
    return [one for one in review.findings if one.finding.where is Where.GHOST]


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    made = tmp_path / "volume"
    made.mkdir()
    return made


def test_a_directory_that_stood_here_is_one_finding(volume: Path) -> None:
    (volume / ".DS_Store").write_bytes(ds_store_of_many(persons(60)))
    (one,) = told(scanned(volume))
    assert one.finding.claim.rule == RULE
    assert one.family is not None
    assert one.family.verdict in {Certainty.CERTAIN, Certainty.LIKELY}
    assert one.family.members > 50
    assert one.distinct == one.family.distinct
    assert one.family.headers == "gone"
    assert one.finding.place == "DS_Store: {word}_{uuid}"
    assert one.risk.band is Band.CRITICAL
    assert len(one.paths) == 1
    page = (volume.parent / "out" / "report.html").read_text(encoding="utf-8")
    assert "<strong>Told by a file</strong> and perhaps gone: DS_Store" in page


def test_what_still_stands_is_no_ghost_but_company(volume: Path) -> None:
    names = persons(60)
    (volume / ".DS_Store").write_bytes(ds_store_of_many(names))
    for name in names[10:]:
        (volume / name).mkdir()
    review = scanned(volume)
    (one,) = told(review)
    assert one.family is not None
    assert 8 <= one.family.members <= 10
    (tree,) = [r for r in review.families if r.finding.where is Where.PATH]
    assert tree.family is not None
    assert tree.family.members > 40
    for name in names[:10]:
        (volume / name).mkdir()
    (volume.parent / "out").rename(volume.parent / "before")
    assert told(scanned(volume)) == []


def test_single_names_are_judged_as_names_of_entries_are(volume: Path) -> None:
    name = persons(1, "{surname}, {given}")[0]
    remnants.zipped(volume, [name])
    remnants.trash_info(volume, [name])
    found = {(one.finding.claim.rule, one.finding.place) for one in told(scanned(volume))}
    assert found == {("names/person-name", "zip member"), ("names/person-name", "trash")}


def test_files_that_tell_one_name_each_are_judged_together(volume: Path) -> None:
    remnants.recycled(volume, persons(40))
    families = [one for one in told(scanned(volume)) if one.family is not None]
    assert [one.family.members for one in families if one.family] == [40]
    assert families[0].finding.place == "trash: {word}_{uuid}"


def test_a_repository_tells_its_folders_once(volume: Path) -> None:
    remnants.git_loose(volume, persons(30))
    found = [one for one in told(scanned(volume)) if one.family is not None]
    assert [one.finding.place for one in found] == ["git tree: {word}_{uuid}"]


def test_a_dicomdir_tells_of_folders_that_are_gone(volume: Path) -> None:
    names = ["QUINTERO", "SCHNEIDR", "KOWALSKI", "FERRARI", "DUBOIS", "LINDQVST", "OKONKWO"]
    names += ["MARTINEZ", "NAKAMURA", "PETROVIC", "HERNANDZ", "RODRIGUE", "FISCHER", "WEBER"]
    paths = [f"{name}\\IM1".encode() for name in names]
    (volume / "DICOMDIR").write_bytes(part_10(directory(paths)))
    review = scanned(volume)
    assert [one.finding.place for one in told(review)] == ["DICOMDIR: {word}"]


def test_the_result_is_the_same_for_any_number_of_workers(volume: Path) -> None:
    for number, (kind, write) in enumerate(remnants.FORMATS.items()):
        if kind != "git_branches":
            folder = volume / f"{number:02}"
            folder.mkdir()
            write(folder, persons(12))
    found = []
    for jobs in (1, 3):
        review = scanned(volume, "--jobs", jobs)
        found.append([(one.finding, one.distinct, one.risk, one.family) for one in told(review)])
        (volume.parent / "out").rename(volume.parent / f"out-{jobs}")
    assert found[0] == found[1]
    assert len(found[0]) > len(remnants.FORMATS) // 2


def test_what_was_not_read_of_it_is_told(volume: Path) -> None:
    remnants.git_index(volume, ["a", "b"])
    (volume / ".DS_Store").write_bytes(ds_store_of_many(["a"])[:2_000])
    (volume / "desktop.ini").write_bytes(b"[LocalizedFileNames]\r\na=b\r\n")
    review = scanned(volume)
    skipped = dict(review.skipped_counts)
    skipped.pop(SOFTWARE_CODE, 0)  # the samples of hooks that git puts into a repository
    assert skipped == {NAMES_ONLY: 1}
    assert dict(review.problem_counts) == {"names-unread": 1}
    assert review.scan.coverage.partly == 1


def test_hidden_folders_are_walked_like_any(volume: Path) -> None:
    """Snapshots, trash cans and what a NAS keeps beside: names in them are names."""
    name = persons(1, "{surname}, {given}")[0]
    folders = (".zfs/snapshot/old", ".snapshot", "@eaDir", "#recycle", ".Trash-1000/files", "._x")
    for folder in folders:
        (volume / folder / name).mkdir(parents=True)
    review = scanned(volume)
    (one,) = [r for r in review.findings if r.finding.claim.rule == "names/person-name"]
    assert one.reach.entries == len(folders)


def test_planted_software_is_not_told(volume: Path) -> None:
    names = ["numpy", "core", "tests", "linalg", "fft", "random", "testing", "typing", "lib", "ma"]
    remnants.zipped(volume, [f"{name}/__init__.py" for name in names])
    remnants.found(volume, names)
    (volume / "one.bin").write_bytes(b"\0" * 9)
    assert [one for one in told(scanned(volume)) if one.risk.band >= Band.HIGH] == []
