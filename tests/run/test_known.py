"""Persons who are named in one place of a real volume, hunted down in all others."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from pydicom.dataset import Dataset, FileDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, MediaStorageDirectoryStorage

from tests.run.test_series import empty
from tests.test_secrecy import everything, told
from tests.volumes import vestige
from vestige.model import Band
from vestige.planting.people import people, person
from vestige.review import Ranked
from vestige.run.plan import Request, plan
from vestige.run.review import open_review
from vestige.run.scan import scan
from vestige.store import Store

FAMILY, GIVEN, NUMBER, BORN = "Zargothy", "Quillonia", "48291377", "19610203"
NAME = f"{FAMILY}^{GIVEN}"
CANARIES = {FAMILY, GIVEN, NUMBER, BORN, f"{FAMILY}{GIVEN}", f"{GIVEN}{FAMILY}"}
STRONG, WEAK = "linkage/known-person", "linkage/maybe-known-person"


def image(path: Path, number: int, make: Callable[[FileDataset], None] | None = None) -> None:
    """A small image, clean but for what `make` does to it."""
    data = empty(f"1.2.9.{number}", ExplicitVRLittleEndian)
    data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID
    data.SOPInstanceUID = f"1.2.9.{number}"
    data.StudyInstanceUID, data.SeriesInstanceUID = f"1.2.7.{number}", f"1.2.8.{number}"
    data.Modality, data.PatientName, data.PatientID = "CT", "ANON", f"S{number}"
    data.PatientIdentityRemoved, data.DeidentificationMethod = "YES", "by hand"
    if make is not None:
        make(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    data.save_as(path, enforce_file_format=True)


def dirty(data: FileDataset) -> None:
    data.PatientName, data.PatientID, data.PatientBirthDate = NAME, NUMBER, BORN
    del data.PatientIdentityRemoved, data.DeidentificationMethod


def text(keyword: str, value: str) -> Callable[[FileDataset], None]:
    return lambda data: setattr(data, keyword, value)


def private(vr: str, value: str | bytes) -> Callable[[FileDataset], None]:
    def make(data: FileDataset) -> None:
        data.private_block(0x0099, "NOBODY KNOWS", create=True).add_new(1, vr, value)

    return make


def item(data: FileDataset) -> None:
    inner, outer = Dataset(), Dataset()
    inner.PatientName = NAME
    outer.ModifiedAttributesSequence = Sequence([inner])
    data.OriginalAttributesSequence = Sequence([outer])


def asked_for(data: FileDataset) -> None:
    inner = Dataset()
    inner.RequestedProcedureDescription = f"for {GIVEN} {FAMILY}"
    data.RequestAttributesSequence = Sequence([inner])


def preamble(data: FileDataset) -> None:
    data.preamble = f"{FAMILY}, {GIVEN}".encode().ljust(128, b"\0")


CONTENT: dict[str, Callable[[FileDataset], None]] = {
    "reversed": text("SeriesDescription", f"{GIVEN} {FAMILY} left"),
    "compact": text("StudyDescription", f"{GIVEN}{FAMILY}".lower()),
    "mirrored": text("ProtocolName", f"{GIVEN}{FAMILY}".lower()[::-1]),
    "number": text("ImageComments", f"was {NUMBER}"),
    "initials": text("ImageComments", "QZ 3 Feb 1961"),
    "birth": text("PatientComments", f"{FAMILY} 030261"),
    "other-pn": text("ReferringPhysicianName", NAME),
    "private-text": private("LO", f"{FAMILY},{GIVEN}"),
    "private-bytes": private("OB", b"\1\2" + f"{FAMILY} {GIVEN} seen".encode("utf-16-le")),
    "original": item,
    "nested": asked_for,
    "preamble": preamble,
}
FOLDERS = {
    "plain": f"{FAMILY}_{GIVEN}",
    "initials": "QZ_19610203",
    "dated": f"{FAMILY.upper()}-3.2.1961",
    "number": NUMBER,
    "percent": quote(f"{FAMILY}, {GIVEN}"),
    "decomposed": unicodedata.normalize("NFD", f"{GIVEN} {FAMILY}".replace("a", "á")),
    "compact": f"{GIVEN}{FAMILY}",
}


def plant(volume: Path) -> set[str]:
    """The person in every kind of place; gives the paths at which they stand."""
    image(volume / "raw" / "1.dcm", 1, dirty)
    for number, (name, make) in enumerate(CONTENT.items(), 10):
        image(volume / "clean" / f"{name}.dcm", number, make)
    image(volume / "clean" / "trailing.dcm", 40)
    with (volume / "clean" / "trailing.dcm").open("ab") as stream:
        stream.write(b"\xfe\xff\0\1" + f"  nobody: {FAMILY}, {GIVEN} ".encode() + b"\0\0")
    for kind, name in FOLDERS.items():
        (volume / "tree" / kind / name).mkdir(parents=True)
    (volume / "tree" / "file").mkdir()
    (volume / "tree" / "file" / f"report_{GIVEN}_{FAMILY}.pdf").write_bytes(b"x")
    (volume / "tree" / "link").symlink_to(f"/mnt/{FAMILY}.{GIVEN}/x")
    content = {f"clean/{name}.dcm" for name in (*CONTENT, "trailing")}
    folders = {f"tree/{kind}/{name}" for kind, name in FOLDERS.items()}
    return {*content, *folders, f"tree/file/report_{GIVEN}_{FAMILY}.pdf", "tree/link"}


def where(store: Store, rule: str) -> set[str]:
    """The paths of the entries in which a rule's findings hold."""
    wanted = {one.id for one in store.findings() if one.claim.rule == rule}
    sets = {number for number, found in store.sets().items() if wanted & set(found)}
    paths: dict[int, str] = {}
    for row in store.rows():
        above = paths.get(row.parent, "")
        paths[row.id] = f"{above}/{row.name.decode()}".lstrip("/") if row.parent else ""
    return {paths[row.id] for row in store.rows() if row.finding_set in sets}


def scanned(volume: Path, *options: object) -> tuple[Path, list[Ranked]]:
    out = volume.with_name(f"out{len(list(volume.parent.iterdir()))}")
    ran = vestige("scan", volume, "--out", out, "--crack-seconds", 0, *options, home=volume.parent)
    assert ran.code in (1, 3), ran.text
    store, review = open_review(out / "scan.sqlite")
    store.close()
    assert told(everything(out).decode() + ran.text, CANARIES) == set()
    return out, [one for one in review.findings if one.finding.claim.rule.startswith("linkage/")]


def test_a_person_is_hunted_down_in_every_kind_of_place(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    planted = plant(volume)
    out, found = scanned(volume)
    store = Store.open(out / "scan.sqlite")
    # Fold and mark make of "Quillonia" another spelling than that of the header: one name is left.
    assert planted - where(store, STRONG) <= {f"tree/decomposed/{FOLDERS['decomposed']}"}
    assert where(store, STRONG) - planted == set()
    store.close()
    titles = {one.finding.claim.title for one in found if one.finding.claim.rule == STRONG}
    assert all(" of volume/***/1.dcm" in title for title in titles), titles
    assert any(title.endswith("also stands in names of folders") for title in titles)
    assert any(title.endswith("also stands in (0008,103E)") for title in titles)
    assert all("(0010,0010)" in title or "(0010,0020)" in title for title in titles)


def test_the_scan_file_holds_marks_and_no_letter(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "raw" / "1.dcm", 1, dirty)
    for number, (name, make) in enumerate(CONTENT.items(), 10):
        image(volume / "clean" / f"{name}.dcm", number, make)
    out, found = scanned(volume)
    assert found
    stored = (out / "scan.sqlite").read_bytes().decode("latin-1").lower()
    assert {one for one in CANARIES if one.lower() in stored} == set()


def test_findings_are_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    plant(volume)

    def said(*options: object) -> list[tuple[object, ...]]:
        _, found = scanned(volume, *options)
        return [(one.finding.claim.title, one.finding.place, one.reach) for one in found]

    assert said("--jobs", 1) == said("--jobs", 3)


def test_strangers_and_words_of_the_trade_are_nobody(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "raw" / "1.dcm", 1, dirty)
    image(volume / "raw" / "2.dcm", 2, text("PatientName", "Head^Routine"))
    image(volume / "a" / "1.dcm", 3, text("SeriesDescription", "Head routine t1_mprage"))
    image(volume / "Quexotl_Bela" / "1.dcm", 4, text("ImageComments", "was 48291378"))
    _, found = scanned(volume)
    assert found == []


def test_one_name_may_be_somebody_else(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "raw" / "1.dcm", 1, dirty)
    image(volume / "a" / "1.dcm", 2, text("ImageComments", f"call {FAMILY} again"))
    _, (one,) = scanned(volume)
    assert (one.finding.claim.rule, one.finding.claim.severity) == (WEAK, Band.MEDIUM)
    assert one.values == ("one name",)


def directory(path: Path) -> None:
    """A DICOMDIR of one patient and one image, whose path names a patient (PS3.3 section F.5)."""
    data = empty("1.2.9.99", ExplicitVRLittleEndian)
    data.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    data.FileSetID = "X"
    patient, picture = Dataset(), Dataset()
    for record, kind in ((patient, "PATIENT"), (picture, "IMAGE")):
        record.OffsetOfTheNextDirectoryRecord = 0
        record.RecordInUseFlag = 0xFFFF
        record.OffsetOfReferencedLowerLevelDirectoryEntity = 0
        record.DirectoryRecordType = kind
    patient.PatientName, patient.PatientID = NAME, NUMBER
    picture.ReferencedFileID = ["RAW", f"{FAMILY.upper()}_{GIVEN[0]}", "IM1"]
    data.DirectoryRecordSequence = Sequence([patient, picture])
    path.parent.mkdir(parents=True)
    data.save_as(path, enforce_file_format=True)


def test_a_dicomdir_names_persons_and_its_paths_do(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    directory(volume / "DICOMDIR")
    (volume / f"{GIVEN}.{FAMILY}").mkdir()
    (volume / NUMBER).mkdir()
    out, found = scanned(volume)
    assert {one.finding.place for one in found if one.finding.claim.rule == STRONG} == {"name"}
    weak = {one.finding.place for one in found if one.finding.claim.rule == WEAK}
    assert weak == {"(0004,1220)[*]/(0004,1500)"}
    store = Store.open(out / "scan.sqlite")
    assert where(store, STRONG) == {f"{GIVEN}.{FAMILY}", NUMBER}
    store.close()


@pytest.mark.parametrize("name", [f"{FAMILY}_{GIVEN}", NUMBER])
def test_persons_of_a_roster_are_sought_too(tmp_path: Path, name: str) -> None:
    volume = tmp_path / "volume"
    image(volume / name / "1.dcm", 1)
    (tmp_path / "key").write_bytes(b"k" * 32)
    (tmp_path / "key").chmod(0o600)
    listed = tmp_path / "people.csv"
    listed.write_text(f"name;number;birth date\n{NAME};{NUMBER};{BORN}\n")
    request = Request((volume,), tmp_path / "out", key=tmp_path / "key", roster=listed)
    scan(plan(request), lambda _progress: None)
    store, review = open_review(tmp_path / "out" / "scan.sqlite")
    found = [one for one in review.findings if one.finding.claim.rule == STRONG]
    store.close()
    assert [one.finding.claim.title for one in found] == [
        "A person of the roster also stands in names of folders"
    ]


def test_a_clean_header_below_a_known_name_is_told(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "raw" / "1.dcm", 1, dirty)
    image(volume / NUMBER / "1.dcm", 2)
    out, _ = scanned(volume)
    store = Store.open(out / "scan.sqlite")
    assert where(store, "claims/named-path-clean-header") == {f"{NUMBER}/1.dcm"}
    store.close()


def test_members_of_a_family_who_are_named_in_headers_are_told_one_by_one(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    persons = [person(people(), 5, "de", number) for number in range(30)]
    for number, one in enumerate(persons):
        image(volume / "first" / f"{one.surname[0]}_{one.given[0]}" / "1.dcm", number)
    name = f"{persons[3].surname[0]}^{persons[3].given[0]}"
    image(volume / "raw" / "1.dcm", 99, text("PatientName", name))
    request = Request((volume,), tmp_path / "out", key=key(tmp_path))
    store, review = open_review(scan(plan(request), lambda _progress: None))
    known = {one.number for one in review.findings if one.finding.claim.rule == STRONG}
    held = [one for one in review.occurrences if one.finding in known]
    families = review.families
    store.close()
    assert [one.reach.entries for one in families] == [30]
    assert sorted(one.location for one in held) == ["(0010,0010)", "name"]


def key(folder: Path) -> Path:
    """A key of its own for a scan."""
    made = folder / "key"
    made.write_bytes(b"k" * 32)
    made.chmod(0o600)
    return made
