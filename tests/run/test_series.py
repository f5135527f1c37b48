"""Templates on and off give identical scans, whatever the files of the series are."""

import gzip
import os
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit

from tests.detect.objects import CATALOG
from vestige import catalog, walk
from vestige.account import NO_BYTES
from vestige.read.dicom import vr_of
from vestige.read.header import read_header
from vestige.read.pages import Held
from vestige.read.series import Template
from vestige.run import series as series_room
from vestige.run.batch import Examined
from vestige.run.causes import Cause
from vestige.run.examine import Examiner
from vestige.run.judged import Judged
from vestige.run.repeated import Outcome
from vestige.run.series import Series
from vestige.walk import Siblings

KEY = b"k" * 32
POLICIES = ("gdpr", "hipaa", "eucaim", "aryanto50")
SYNTAXES = (ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit)
ROOTS = (
    "1.3.12.2.1107.5.2",
    "2.25",
    "1.2.3.4",
    "1.3.6.1.4.1.14519.5.2.1",
    "1.2.826.0.1.3680043.8.498",
)
NAMES = ("Probe^Paula", "ANONYMOUS", "SUB-0001", "Muster^Max")
TIMES = ("101112.130000", "000000", "", "120000", "1011")
NOTES = (
    "",
    "IMAGE NUM 4",
    "seen by Dr. Paula Probe",
    "SP H-12.5",
    "20200131",
    "tel +49 30 1234567",
    "T1",
    '{"patientName": "Probe"}',
    '{"coil": "HEAD 7"}',
    "eyJwYXRpZW50TmFtZSI6ICJQcm9iZSJ9",
    "eyJwYXRpZW50TmFtZSI6ICJQcm9iZSJ8",
)
CONCEPTS = ("121029", "121106", "121030", "999999")
BLOBS = (b"", b"Probe Paula", b"PatientName = Probe", bytes(400))
SLACK = b"Patient: Paula Probe, Dr. Max Muster"
PAGES = ("AX T2", "t1_mprage", "Dose Report")
DATES = ("20200131", "19000101", "20200101", "20200301", "")


def empty(instance: str, syntax: UID) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.2")
    meta.MediaStorageSOPInstanceUID = UID(instance)
    meta.TransferSyntaxUID = syntax
    return FileDataset("", {}, file_meta=meta, preamble=bytes(128))


def written(data: FileDataset, chance: random.Random) -> bytes:
    """The file with its pixels; now and then cut."""
    data.Rows = data.Columns = 4
    data.BitsAllocated = 8
    if data.file_meta.TransferSyntaxUID == JPEGBaseline8Bit:
        data.PixelData = encapsulate([bytes([0xFF, 0xD8, 7, 0xD9])])
        data["PixelData"].VR = "OB"
    else:
        data.PixelData = bytes(16) + chance.choice((*[b""] * 9, SLACK))
        data.Rows = chance.choice((*[4] * 9, 2))
    buffer = BytesIO()
    data.save_as(buffer, enforce_file_format=chance.random() < 0.5)
    raw = buffer.getvalue()
    return raw[: chance.randrange(len(raw))] if chance.random() < 0.03 else raw


def image(chance: random.Random, number: int, series: int) -> bytes:
    """One file of a series; now and then something is otherwise than in its siblings."""
    fixed = random.Random(series)  # noqa: S311 - chance, not secrecy
    odd = chance.random() < 0.15
    root = fixed.choice(ROOTS)
    data = empty(f"{root}.{series}.{number}", fixed.choice(SYNTAXES))
    data.SpecificCharacterSet = "ISO_IR 192" if odd and chance.random() < 0.3 else "ISO_IR 100"
    who = chance.choice(ROOTS) if odd else root
    data.SOPInstanceUID = f"{who}.{series}.{chance.randrange(10 ** chance.choice((1, 3, 9)))}"
    data.AcquisitionTime = chance.choice(TIMES)
    data.ContentDate = chance.choice(DATES) if odd else "20200131"
    data.PatientName = chance.choice(NAMES) if odd else NAMES[series % 4]
    data.PatientID = f"{series:07}"
    if fixed.random() < 0.5:
        said = "REMOVED" if chance.random() < 0.1 else "MODIFIED"
        data.LongitudinalTemporalInformationModified = said
    data.PregnancyStatus = None if odd and chance.random() < 0.5 else 4
    data.ImageRotation = None if odd and chance.random() < 0.5 else number
    data.PatientAge = chance.choice(("045Y", "091Y"))
    data.SeriesInstanceUID = f"{root}.{series}"
    data.FrameOfReferenceUID = f"{root}.{chance.choice((7, 20190317))}.{series}"
    data.Modality = fixed.choice(("CT", "US", "DX"))
    data.ImageType = ["ORIGINAL", "PRIMARY", chance.choice(("AXIAL", "SCREEN SAVE"))]
    data.SeriesDescription = chance.choice(PAGES) if odd else PAGES[series % 3]
    data.InstanceNumber = number
    data.ImagePositionPatient = [str(chance.randrange(-300, 300) / 4) for _ in range(3)]
    data.ImageComments = chance.choice(NOTES)
    data.RequestAttributesSequence = Sequence([_item(chance)])
    data.ContentSequence = Sequence([_content(chance, odd=odd)])
    _private(data, chance, odd=odd)
    return written(data, chance)


def _private(data: Dataset, chance: random.Random, *, odd: bool) -> None:
    ge = data.private_block(0x0025, "GEMS_SERS_01", create=True)
    packed = gzip.compress(chance.choice(BLOBS), mtime=0)
    cut = len(packed) // 2 if odd and chance.random() < 0.3 else len(packed)
    ge.add_new(0x1B, "OB", packed[:cut] + bytes(cut % 2))
    block = data.private_block(0x0051, "SIEMENS MR HEADER", create=True)
    block.add_new(0x0D, "SH", chance.choice(NOTES)[:16])
    block.add_new(0x0C, "DS", str(chance.randrange(100)))
    block.add_new(0x0E, "US", None if chance.random() < 0.2 else chance.randrange(100))
    block.add_new(0x10, "OB", bytes(2 * chance.randrange(1, 3)) + b"seen by Paula Probe")


def _item(chance: random.Random) -> Dataset:
    item = Dataset()
    item.RequestedProcedureDescription = chance.choice(NOTES)
    item.ScheduledProcedureStepStartDate = chance.choice(DATES)
    return item


def _content(chance: random.Random, *, odd: bool) -> Dataset:
    """A content item whose concept is now and then another, of a code of the same length."""
    code = Dataset()
    code.CodeValue = chance.choice(CONCEPTS) if odd else CONCEPTS[0]
    code.CodingSchemeDesignator = "DCM"
    content = Dataset()
    content.ConceptNameCodeSequence = Sequence([code])
    content.PersonName = chance.choice(NAMES)
    content.TextValue = chance.choice(NOTES)
    return content


def told(examined: list[Examined]) -> tuple[object, ...]:
    """All that batches say, in words that do not depend on who numbered what."""
    found: list[object] = []
    sets: dict[int, tuple[int, ...]] = {}
    outcomes: dict[int, Outcome] = {}
    for one in examined:
        sets.update(one.sets)
        outcomes.update(one.outcomes)
        for code, own in zip(one.codes, one.owns, strict=True):
            outcome = outcomes[code]
            numbers = (*sets[outcome.findings], *one.own[own])
            causes = tuple(one.causes[number] for number in numbers if number >= 0)
            traces = {one.causes[number] for number in numbers if number < 0}
            about = (outcome.state, outcome.reason, outcome.subject, outcome.dicom)
            found.append((*about, causes, traces))
        found += [one.problems, one.account, one.instances]
    values = {(one.causes[v.cause], v.digest, v.masked) for one in examined for v in one.values}
    kept = {facts for one in examined for facts in one.series.values()}
    # Causes are equal whatever explains them.
    explained = {
        (cause, cause.explanation)
        for one in examined
        for cause in one.causes.values()
        if isinstance(cause, Cause)
    }
    return (*found, values, kept, explained)


def examined(groups: list[Siblings], policy: str = "gdpr") -> tuple[object, ...]:
    examiner = Examiner(CATALOG, catalog.policy(policy), KEY)
    return told([examiner.examine([siblings]) for siblings in groups])


@given(
    seed=st.integers(0, 1 << 30),
    kinds=st.integers(1, 4),
    mixed=st.booleans(),
    policy=st.sampled_from(POLICIES),
)
@settings(max_examples=80)
def test_templates_on_and_off_say_the_same(
    seed: int,
    kinds: int,
    mixed: bool,  # noqa: FBT001
    policy: str,
) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    with TemporaryDirectory() as folder:
        for number in range(40):
            series = chance.randrange(kinds) if mixed else number * kinds // 40
            data = image(chance, number, seed % 50 + series)
            (Path(folder) / f"IM{number:05}.dcm").write_bytes(data)
        groups = [e for e in walk.walk(walk.roots([folder])) if isinstance(e, Siblings)]
        with_templates = examined(groups, policy)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Series, "match", lambda *_: None)
            assert examined(groups, policy) == with_templates


def matches(
    monkeypatch: pytest.MonkeyPatch, folder: Path, make: Callable[[int], tuple[bytes, str]]
) -> int:
    """How many of sixty files are answered by a template."""
    for number in range(60):
        data, name = make(number)
        (folder / name).write_bytes(data)
    hits: list[int] = []
    real = Series.match

    def counted(self: Series, data: bytes, size: int) -> object:
        found = real(self, data, size)
        hits.append(found is not None)
        return found

    monkeypatch.setattr(Series, "match", counted)
    examined([e for e in walk.walk(walk.roots([folder])) if isinstance(e, Siblings)])
    assert len(hits) == 60
    return sum(hits)


def plain(number: int, series: int) -> bytes:
    data = empty(f"1.2.3.{series}.{number}", ExplicitVRLittleEndian)
    data.SOPInstanceUID = f"1.2.3.{series}.{number}"
    data.PatientName = "Probe^Paula"
    data.SeriesInstanceUID = f"1.2.3.{series}"
    data.InstanceNumber = number
    data.SliceLocation = str(number * 1.25)
    buffer = BytesIO()
    data.save_as(buffer)
    return buffer.getvalue()


def test_nearly_every_file_of_a_series_is_answered_by_its_template(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert matches(monkeypatch, tmp_path, lambda n: (plain(n, 1), f"IM{n:05}")) >= 57


def test_what_became_of_their_bytes_is_what_a_full_reading_says(tmp_path: Path) -> None:
    chance = random.Random(9)  # noqa: S311 - chance, not secrecy
    sizes = 0
    for number in range(50):
        data = image(chance, number, number % 2)
        (tmp_path / f"IM{number:05}").write_bytes(data)
        header = read_header(Held(data), vr_of)
        sizes += 0 if header is None else header.size
    groups = [e for e in walk.walk(walk.roots([tmp_path])) if isinstance(e, Siblings)]
    found = Examiner(CATALOG, catalog.policy("gdpr"), KEY)
    accounts = [found.examine([one.part(n, n + 1)]).account for one in groups for n in range(50)]
    assert sum(accounts, NO_BYTES).total == sizes
    assert sum(accounts, NO_BYTES).searched > 50 * 128


def test_so_are_files_of_series_that_lie_among_each_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chance = random.Random(4)  # noqa: S311 - chance, not secrecy

    def made(number: int) -> tuple[bytes, str]:
        return plain(number, number % 5), f"{chance.getrandbits(64):016x}"

    assert matches(monkeypatch, tmp_path, made) >= 60 - 5 - 3


@pytest.mark.parametrize("among", [10, 1])
def test_only_series_of_which_files_follow_each_other_are_held_in_full(
    among: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    held: list[Judged] = []
    real = Series._hold

    def counted(self: Series, judged: Judged, template: Template | None) -> None:
        held.append(judged)
        real(self, judged, template)
        assert judged.template is template
        assert self._bytes == sum(map(series_room._size, self._kept.values()))

    monkeypatch.setattr(Series, "_hold", counted)

    def made(number: int) -> tuple[bytes, str]:
        return plain(number, number % among if among > 1 else number // 6), f"IM{number:05}"

    assert matches(monkeypatch, tmp_path, made) >= 60 - 5
    assert len(held) <= 1 if among > 1 else len(held) >= 7


def test_templates_are_bounded_and_the_series_met_last_stay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(series_room, "_BYTES", 3 * (series_room._SAID + 2500))
    kept: list[int] = []
    real = Series._keep

    def counted(self: Series, key: bytes, judged: Judged) -> None:
        real(self, key, judged)
        kept.append(len(self._kept))
        assert key in self._kept
        assert self._bytes == sum(map(series_room._size, self._kept.values()))

    monkeypatch.setattr(Series, "_keep", counted)
    matches(monkeypatch, tmp_path, lambda n: (plain(n, n // 4), f"IM{n:05}"))
    assert 1 < max(kept) <= 4


def test_a_series_whose_files_are_all_otherwise_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def made(number: int) -> tuple[bytes, str]:
        data = bytearray(plain(number, 1))
        data[:8] = os.urandom(8)
        return bytes(data), f"IM{number:05}"

    learned: list[int] = []
    real = Series._judged

    def counted(self: Series, *rest: object) -> object:
        learned.append(1)
        return real(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Series, "_judged", counted)
    assert matches(monkeypatch, tmp_path, made) == 0
    assert len(learned) <= series_room._RETRIES + 3
