"""Real DICOM objects written by pydicom, read and judged as a scan would."""

import csv
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydicom.config import IGNORE
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset, write_file_meta_info
from pydicom.sequence import Sequence
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian

from vestige import catalog, shipped
from vestige.detect.declared import declaration
from vestige.detect.judge import Judge
from vestige.model import Band, Entry, Kind
from vestige.read import dicom
from vestige.read.file import open_source
from vestige.statement import Tag

CATALOG = catalog.load()
CONCEPTS = frozenset(CATALOG.tables.content_items)
SHARED = Path(__file__).parents[2] / "../shared/standards"
VENDOR_UID = "1.3.12.2.1107.5.2.32.35162.30000019031710152300000042"
ITEM_DEPTH = "(0040,A730)[*]/"
VALUES: dict[str, object] = {
    "AE": "QZSTATION",
    "AS": "045Y",
    "AT": 0x00100010,
    "CS": "QZCODE",
    "DA": "20190317",
    "DS": "71.25",
    "DT": "20190317101523",
    "FD": 4.5,
    "FL": 4.5,
    "IS": "7345",
    "LO": "Quillonia Zargoth 774512",
    "LT": "Quillonia Zargoth 774512",
    "OB": b"Zargoth Quillonia 774512",
    "OW": b"Zargoth Quillonia 774512",
    "PN": "ZARGOTH^QUILLONIA",
    "SH": "QZ-774512",
    "SL": 4,
    "SS": 4,
    "ST": "Quillonia Zargoth 774512",
    "TM": "101523",
    "UC": "Quillonia Zargoth 774512",
    "UI": VENDOR_UID,
    "UL": 4,
    "UN": b"Zargoth Quillonia 774512",
    "UR": "http://zargoth.test/774512",
    "US": 4,
    "UT": "Quillonia Zargoth 774512",
}


VRS = {"*": "OW", "OB or OW": "OW", "UR?": "UR"}
GROUPS = {"50xxxxxx": "50023000", "60xx3000": "60023000", "60xx4000": "60024000"}


@dataclass(frozen=True, slots=True)
class Found:
    """One hit with its place."""

    pointer: str
    rule: str
    severity: Band
    title: str
    certainty: float
    value: str
    basis: tuple[str, ...]


@lru_cache(maxsize=8)
def judge(policy: str) -> Judge:
    return Judge(CATALOG, catalog.policy(policy))


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the project's tables."""
    text = (shipped.rules() / "tables" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()[1:]))


def sequence(*items: Dataset) -> Sequence:
    return Sequence(items)


def code_item(value: str = "QZ-1") -> Dataset:
    item = Dataset()
    item.add_new(0x00080100, "SH", value)
    return item


def claims(data: Dataset, *codes: str, method: str = "") -> Dataset:
    """The object with method codes, and a method text."""
    if codes:
        data.add_new(0x00120064, "SQ", sequence(*(code_item(code) for code in codes)))
    if method:
        data.add_new(0x00120063, "LO", method)
    return data


def nested(data: Dataset, depth: int) -> Dataset:
    """An object that holds `data` in `depth` content sequences."""
    for _ in range(depth):
        outer = Dataset()
        outer.add_new(0x0040A730, "SQ", sequence(data))
        data = outer
    return data


def encoded(data: Dataset) -> bytes:
    """The bytes of a file; written without pydicom's own refusals of odd groups and values."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = UID("2.25.1")
    meta.ImplementationClassUID = UID("2.25.2")
    body = Dataset()
    for element in data:
        (meta if element.tag.group == 0x0002 else body).add(element)
    head, rest = DicomBytesIO(), DicomBytesIO()
    rest.is_little_endian, rest.is_implicit_VR = True, False
    write_file_meta_info(head, meta)
    write_dataset(rest, body)
    return bytes(128) + b"DICM" + head.getvalue() + rest.getvalue()


def judged(path: Path, data: Dataset, policy: str = "gdpr") -> list[Found]:
    """All hits in the object, written to `path` and read again."""
    path.write_bytes(encoded(data))
    status = path.stat()
    stamps = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    entry = Entry(1, 0, os.fsencode(path.name), os.fsencode(path), Kind.FILE, *stamps)
    with open_source(entry) as source:
        reading = dicom.examine(source, entry)
        assert reading is not None
        observations = list(dicom.observations(reading.header, CONCEPTS))
    assert reading.problems == ()
    about = reading.statement
    declared = declaration(
        about.value(Tag.DEIDENTIFICATION_METHOD),
        about.codes,
        about.creators,
        about.uid(Tag.SOP_INSTANCE_UID),
        (about.value(Tag.PATIENT_ID), about.value(Tag.PATIENT_NAME)),
        about.dates,
    )
    return [
        Found(
            observation.place.pointer,
            hit.claim.rule,
            hit.claim.severity,
            hit.claim.title,
            hit.certainty,
            hit.value.reveal(),
            hit.claim.basis,
        )
        for observation in observations
        for hit in judge(policy).judge(observation, declared).hits
    ]


def by_table(found: list[Found]) -> list[Found]:
    """The hits that come from the tables of elements."""
    return [one for one in found if one.rule.startswith(("elements/", "private/"))]


def tag_of(row: dict[str, str]) -> int:
    return int(GROUPS.get(row["tag"], row["tag"]), 16)


def pointer_of(row: dict[str, str]) -> str:
    tag = tag_of(row)
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def vr_of(row: dict[str, str]) -> str:
    return VRS.get(row["vr"], row["vr"])


def only(folder: Path, *elements: tuple[int, str, object], **said: str) -> list[Found]:
    """What is found in an object that holds these elements."""
    data = Dataset()
    for tag, vr, value in elements:
        data.add(DataElement(tag, vr, value, validation_mode=IGNORE))
    policy = said.pop("policy", "gdpr")
    codes = said.pop("codes", "").split()
    return judged(folder / "one.dcm", claims(data, *codes, **said), policy)


LISTED = [row for row in table("elements") if row["action"] and row["tag"] != "ggggeeee"]
"""The attributes of PS3.15 Table E.1-1, but for the row that stands for all private ones."""

BY_KEYWORD = {row["keyword"]: row for row in table("elements")}
