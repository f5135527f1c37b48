"""Linking: planted pseudonyms that can be reckoned again, salted ones, and lone subjects."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from tests.test_secrecy import everything, told
from tests.volumes import vestige
from vestige.model import Band
from vestige.review import Ranked
from vestige.run.review import open_review

NAMES = ("Zebrinsky^Anna", "Quexotl^Bela", "Vorquist^Cora", "Plimbrecht^Dag")
RECKONED = "linkage/reckoned-pseudonym"


def image(path: Path, **values: str) -> None:
    """A small CT image with these values."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid(None)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset = Dataset()
    dataset.file_meta = meta
    dataset.SOPClassUID = CTImageStorage
    dataset.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    dataset.Modality = "CT"
    values.setdefault("StudyInstanceUID", generate_uid(None))
    values.setdefault("SeriesInstanceUID", generate_uid(None))
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset.save_as(path, enforce_file_format=True)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def findings(volume: Path, rule: str, *options: object) -> list[Ranked]:
    out = volume.with_name("out")
    ran = vestige("scan", volume, "--out", out, *options, home=volume.parent)
    assert ran.code in (0, 1, 3), ran.text
    store, review = open_review(out / "scan.sqlite")
    store.close()
    assert told(everything(out).decode() + ran.text, words()) == set()
    return [one for one in review.findings if one.finding.claim.rule == rule]


def words() -> set[str]:
    return {word for name in NAMES for word in name.split("^")} - {"Dag"} | {"00482913", "4711"}


def raw_and_clean(volume: Path, code: Callable[[str], str]) -> None:
    """A raw copy with names, and a clean one under codes made from them."""
    for number, name in enumerate(NAMES):
        image(volume / "raw" / f"{number}.dcm", PatientName=name, PatientID=f"R{number}x")
        for part in range(2):
            image(
                volume / "clean" / f"{number}-{part}.dcm",
                PatientName="",
                PatientID=code(name),
                PatientIdentityRemoved="YES",
                SeriesDescription=f"part {part}",
            )


def test_digests_of_names_are_proved_and_no_name_is_shown(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    raw_and_clean(volume, lambda name: md5(name)[:16])
    (one,) = findings(volume, RECKONED, "--crack-seconds", 0)
    assert one.finding.place == "(0010,0020)"
    assert one.finding.claim.title.startswith("Patient IDs can be reckoned from names: MD5")
    assert one.finding.claim.severity is Band.HIGH
    assert (one.distinct, one.reach.files, one.reach.subjects) == (4, 8, 4)
    assert all("clean" in path for path in one.paths)


def test_digests_with_a_secret_are_left_alone(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    raw_and_clean(volume, lambda name: md5(f"nobody knows this {name}")[:16])
    assert findings(volume, RECKONED, "--crack-seconds", 1) == []


@pytest.mark.parametrize(
    ("code", "scheme"),
    [
        (lambda text: hashlib.sha256(text.encode()).hexdigest(), "SHA-256, hexadecimal, whole"),
        (lambda text: str(int(md5(text), 16)), "CTP's @hash"),
        (lambda text: generate_uid(entropy_srcs=[text]), "generate_uid of pydicom"),
    ],
)
def test_numbers_that_nobody_wrote_down_are_found_by_trying(
    tmp_path: Path, code: Callable[[str], str], scheme: str
) -> None:
    volume = tmp_path / "volume"
    image(volume / "a.dcm", PatientName="", PatientID=code("4711"))
    (one,) = findings(volume, RECKONED, "--crack-seconds", 60)
    assert scheme in one.finding.claim.title
    assert "from numbers" in one.finding.claim.title


def test_zero_seconds_try_nothing(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "a.dcm", PatientName="", PatientID=md5("4711"))
    assert findings(volume, RECKONED, "--crack-seconds", 0) == []


def test_a_uid_made_from_the_code_beside_it_tells_nothing_new(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    uid = generate_uid(entropy_srcs=["0017"])
    image(volume / "a.dcm", PatientName="", PatientID="0017", StudyInstanceUID=uid)
    image(volume / "b.dcm", PatientName="", PatientID="0017", StudyInstanceUID=uid)
    assert findings(volume, RECKONED, "--crack-seconds", 4) == []


def test_a_folder_named_by_the_digest_of_a_name(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "raw.dcm", PatientName=NAMES[0], PatientID="R1x")
    hidden = volume / hashlib.sha1(b"ZEBRINSKY ANNA", usedforsecurity=False).hexdigest()
    image(hidden / "a.dcm", PatientName="", PatientID="S1")
    (one,) = findings(volume, RECKONED, "--crack-seconds", 0)
    assert (one.finding.place, one.reach.entries, one.reach.files) == ("name", 1, 1)
    assert one.finding.claim.title.startswith("Names of folders or files can be reckoned from")


def test_a_folder_named_by_the_digest_of_the_code_inside_tells_nothing_new(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for code in ("0017", "ANON-18"):
        image(volume / "all" / md5(code) / "a.dcm", PatientName="", PatientID=code)
    assert findings(volume, RECKONED, "--crack-seconds", 4) == []


def test_a_link_that_leads_nowhere_is_no_matter(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    raw_and_clean(volume, md5)
    (volume / "0.dcm").symlink_to(volume / "nowhere")
    (one,) = findings(volume, RECKONED, "--crack-seconds", 0)
    assert "as GDCM's anonymizer does it" in one.finding.claim.title


def cohort(volume: Path, *, order: list[int], age: Callable[[int], int]) -> None:
    for number, day in enumerate(order, 1):
        image(
            volume / f"{number:02d}.dcm",
            PatientName="",
            PatientID=f"STUDY-{number:03d}",
            StudyDate=f"2019{1 + day // 28:02d}{1 + day % 28:02d}",
            PatientSex="FM"[number % 2],
            PatientAge=f"{age(number):03d}Y",
        )


def test_codes_in_the_order_of_dates(tmp_path: Path) -> None:
    order = list(range(0, 240, 8))
    cohort(tmp_path / "first" / "volume", order=order, age=lambda number: 30 + number)
    (one,) = findings(tmp_path / "first" / "volume", "linkage/numbered-by-date")
    assert (one.finding.place, one.reach.files) == ("(0010,0020)", 30)
    order.sort(key=lambda day: md5(str(day)))
    cohort(tmp_path / "second" / "volume", order=order, age=lambda number: 30 + number)
    assert findings(tmp_path / "second" / "volume", "linkage/numbered-by-date") == []


def test_lone_subjects_are_counted_and_told(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    cohort(volume, order=[5] * 30, age=lambda number: 40 if number <= 24 else number)
    (one,) = findings(volume, "singling-out/unique-subjects")
    assert one.finding.claim.severity is Band.LOW
    assert (one.reach.files, one.reach.subjects) == (6, 6)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    told_of = summary["singling_out"]
    assert (told_of["subjects"], told_of["unique"], told_of["below_five"]) == (30, 6, 6)
    assert told_of["smallest"] == [{"size": 1, "classes": 6}, {"size": 12, "classes": 2}]
    assert told_of["removals"] == [{"name": "age", "left": 0.0}]
    assert 'id="singling"' in (tmp_path / "out" / "report.html").read_text()


def test_few_subjects_are_not_judged(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    raw_and_clean(volume, lambda name: f"S{len(name)}")
    assert findings(volume, "singling-out/unique-subjects") == []
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["singling_out"] is None
