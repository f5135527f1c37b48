"""What a real scan with --hunt says of persons whom a header names, in files that nothing reads."""

import csv
from pathlib import Path

from tests.read.test_containers import zipped
from tests.run.test_volume import write
from tests.test_readonly import digests, state
from tests.volumes import Ran, vestige
from vestige.run.review import open_review

NAMES = ("Zebrinsky", "Quexotl")


def plant(volume: Path) -> None:
    write(
        volume / "raw" / "1.dcm",
        1,
        PatientIdentityRemoved="NO",
        PatientName="Zebrinsky^Quexotl",
        PatientID="48291377",
        PatientBirthDate="19610203",
    )
    write(volume / "out" / "2.dcm", 2, PatientName="ANON")
    with (volume / "out" / "2.dcm").open("ab") as file:
        file.write(bytes(4) + b"Zebrinsky, Quexotl")
    (volume / "notes.txt").write_text("about Quexotl Zebrinsky\n")
    (volume / "a.zip").write_bytes(zipped(**{"x/1.txt": b"id 48291377 and more\n"}))
    (volume / "trace.log").write_text("for Zebrinsky\n")
    (volume / "clean.log").write_text("for nobody at all 48291378\n")


def scan(tmp_path: Path, *options: str) -> Ran:
    return vestige("scan", tmp_path / "v", "--out", tmp_path / "out", *options, home=tmp_path)


def occurrences(out: Path) -> set[tuple[str, str, str]]:
    """Rule, last step of the path, and location of what was hunted."""
    with (out / "findings.csv").open(encoding="utf-8", newline="") as file:
        rules = {row["finding"]: row["rule"] for row in csv.DictReader(file)}
    with (out / "occurrences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (rules[row["finding"]], row["path"].rsplit("/", 1)[-1], row["location"])
        for row in rows
        if rules[row["finding"]].startswith("linkage/hunted")
    }


def test_known_persons_are_hunted_down_and_both_places_named(tmp_path: Path) -> None:
    plant(tmp_path / "v")
    contents, before = digests(tmp_path / "v"), state(tmp_path / "v")
    ran = scan(tmp_path, "--hunt")
    assert ran.code == 1, ran.text
    assert (state(tmp_path / "v"), digests(tmp_path / "v")) == (before, contents)
    found = occurrences(tmp_path / "out")
    assert ("linkage/hunted-person", "notes.txt", "text files: bytes") in found
    assert ("linkage/hunted-person", "a.zip", "archives: zip") in found
    assert ("linkage/hunted-trace", "trace.log", "logs: bytes") in found
    assert any(
        path == "2.dcm" and place.startswith("DICOM files: bytes behind")
        for _, path, place in found
    )
    assert "clean.log" not in {path for _, path, _ in found}
    told = (tmp_path / "out" / "findings.csv").read_text(encoding="utf-8")
    assert "named in (0010,0010) of v/raw/1.dcm" in told
    assert ran.text.split("Hunt: ")[1].startswith("6 files")
    printed = ran.text + "".join(
        p.read_text(encoding="utf-8") for p in (tmp_path / "out").iterdir() if p.suffix != ".sqlite"
    )
    for name in (*NAMES, "48291377"):
        assert name.lower() not in printed.lower()


def test_without_asking_nothing_is_hunted_and_hunting_is_no_reading(tmp_path: Path) -> None:
    plant(tmp_path / "v")
    scan(tmp_path)
    assert occurrences(tmp_path / "out") == set()
    before, one = open_review(tmp_path / "out" / "scan.sqlite")
    before.close()
    assert one.hunt is None
    hunted = vestige("scan", tmp_path / "v", "--out", tmp_path / "o2", "--hunt", home=tmp_path)
    assert hunted.code == 1
    after, other = open_review(tmp_path / "o2" / "scan.sqlite")
    after.close()
    assert other.hunt is not None
    assert other.hunt.persons >= 1
    assert other.scan.coverage == one.scan.coverage


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    plant(tmp_path / "v")
    scan(tmp_path, "--hunt", "--jobs", "1")
    vestige(
        *("scan", tmp_path / "v", "--out", tmp_path / "o2", "--hunt", "--jobs", "3"), home=tmp_path
    )
    assert occurrences(tmp_path / "out") == occurrences(tmp_path / "o2")


def test_a_scan_that_hunts_is_not_resumed_without(tmp_path: Path) -> None:
    plant(tmp_path / "v")
    scan(tmp_path, "--hunt")
    assert scan(tmp_path, "--resume").code == 2
    assert scan(tmp_path, "--resume", "--hunt").code == 1
