"""Archives on a volume: what lies in them is found at its place, and nothing of it is touched."""

import csv
import os
import random
import sqlite3
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.read.beside.packing import tarred, zipped
from tests.read.build import part_10, patient
from tests.run.test_series import examined, image
from tests.volumes import Ran, vestige
from vestige import walk
from vestige.run import show
from vestige.run.review import open_review
from vestige.run.series import Series
from vestige.walk import Siblings

NAMES = ("Quintero", "Okonkwo", "Virtanen", "Kowalczyk", "Haugland", "Lindqvist", "Szabo", "Petrov")
FAMILY = {
    f"export/{name.upper()}_{uuid.UUID(int=number)}/image": b"\0" * 9
    for number, name in enumerate(NAMES)
}
PERSON = {"data/image": part_10(patient(b"Quintero^Maria"))}


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    work = tmp_path_factory.mktemp("archives")
    volume = work / "volume"
    volume.mkdir()
    (volume / "one.zip").write_bytes(zipped({**PERSON, "data/notes.txt": b"nothing\n"}))
    (volume / "data.tar").write_bytes(tarred({"in/two.zip": zipped({**PERSON, **FAMILY})}))
    locked = bytearray(zipped({"data/image": b"x"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (volume / "locked.zip").write_bytes(bytes(locked))
    (volume / "cut.tar").write_bytes(tarred(PERSON)[:700])
    for path in volume.iterdir():
        os.utime(path, ns=(10**18, 10**18))
        path.chmod(0o440)
    return work, vestige("scan", volume, "--out", work / "out", home=work)


def rows(work: Path, name: str) -> list[dict[str, str]]:
    with (work / "out" / name).open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_objects_are_found_at_their_places_at_every_depth(scan: tuple[Path, Ran]) -> None:
    work, ran = scan
    assert ran.code == 1, ran.text
    places = {
        row["path"] for row in rows(work, "occurrences.csv") if row["location"] == "(0010,0010)"
    }
    assert places >= {"volume/one.zip!/data/image", "volume/data.tar!/in/two.zip!/data/image"}
    (found,) = [row for row in rows(work, "findings.csv") if row["location"] == "(0010,0010)"]
    assert found["path"] == "volume/data.tar!/in/two.zip!/data/image"
    assert found["entries"] == "2"


def test_names_in_an_archive_in_an_archive_are_a_family_there(scan: tuple[Path, Ran]) -> None:
    work, _ = scan
    (family,) = [r for r in rows(work, "findings.csv") if r["rule"] == "ghosts/phantom-directory"]
    told = [r["path"] for r in rows(work, "occurrences.csv") if r["finding"] == family["finding"]]
    assert len(told) == len(NAMES)
    assert all(path.startswith("volume/data.tar!/in/two.zip!/export/") for path in told)
    text = "".join(told).casefold()
    assert not any(name.casefold() in text for name in NAMES)


def test_what_could_not_be_read_is_a_problem(scan: tuple[Path, Ran]) -> None:
    work, _ = scan
    told = {(row["path"], row["code"]) for row in rows(work, "problems.csv")}
    assert ("volume/locked.zip", "protected") in told
    assert ("volume/cut.tar", "damaged") in told


def test_values_are_shown_from_inside(scan: tuple[Path, Ran]) -> None:
    work, _ = scan
    store, review = open_review(work / "out" / "scan.sqlite")
    one = next(o for o in review.findings if o.finding.place == "(0010,0010)")
    revealed = {
        found.path.rpartition("/volume/")[2]: found.values for found in show.reveal(store, one)
    }
    store.close()
    assert revealed["one.zip!/data/image"] == ("Quintero^Maria",)
    assert revealed["data.tar!/in/two.zip!/data/image"] == ("Quintero^Maria",)


def test_nothing_is_written_or_touched(scan: tuple[Path, Ran]) -> None:
    work, _ = scan
    kept = {path.name: path.stat() for path in (work / "volume").iterdir()}
    assert set(kept) == {"one.zip", "data.tar", "locked.zip", "cut.tar"}
    assert {one.st_mtime_ns for one in kept.values()} == {10**18}
    with sqlite3.connect(work / "out" / "scan.sqlite") as database:
        ways = [row[0] for row in database.execute("SELECT way FROM member")]
    assert ways
    assert not any(b"Maria" in way for way in ways)


def test_a_scan_of_the_same_archives_says_the_same_with_an_earlier_one(
    scan: tuple[Path, Ran],
) -> None:
    work, _ = scan
    (work / "volume" / "more.txt").write_text("nothing\n")
    options = ("--since", work / "out")
    again = vestige("scan", work / "volume", "--out", work / "again", *options, home=work)
    whole = vestige("scan", work / "volume", "--out", work / "whole", home=work)
    (work / "volume" / "more.txt").unlink()
    assert again.code == whole.code == 1
    for name in ("occurrences.csv", "findings.csv", "problems.csv"):
        assert (work / "again" / name).read_bytes() == (work / "whole" / name).read_bytes()


@pytest.mark.parametrize("seed", range(4))
def test_templates_on_and_off_say_the_same_of_members(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    with TemporaryDirectory() as folder:
        files = {f"IM{n:05}": image(chance, n, seed + n // 15) for n in range(45)}
        (Path(folder) / "a.zip").write_bytes(zipped(files))
        (Path(folder) / "b.tar").write_bytes(tarred(files))
        groups = [e for e in walk.walk(walk.roots([folder])) if isinstance(e, Siblings)]
        with_templates = examined(groups, "gdpr")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Series, "match", lambda *_: None)
            assert examined(groups, "gdpr") == with_templates
