"""Clean objects made of real ones: what may name anyone is taken out, the rest stays as it is."""

import hashlib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset, FileDataset
from pydicom.errors import InvalidDicomError
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

from vestige import catalog

LARGEST = 260_000
"""Bytes of a file that is taken: larger ones show nothing more."""

_TEXTS = frozenset({"AE", "DA", "DT", "LT", "PN", "ST", "TM", "UC", "UN", "UR", "UT", "OB", "AS"})
_PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010, 0x7FE00001, 0x7FE00002})
_STANDARD = "1.2.840.10008."
_RISKY = frozenset({"US", "SC", "ES", "XC", "SM", "OT", "IVUS", "GM", "DOC", "SR", "PR", "KO"})
"""Modalities whose pixels are a finding whatever the header says, and objects without pixels."""

CODES = {
    "113100": "Basic Application Confidentiality Profile",
    "113105": "Clean Descriptors Option",
    "113107": "Retain Longitudinal Temporal Information Modified Dates Option",
}


@dataclass(slots=True)
class Made:
    """An object in the making: a data set, and what stands around it in the file."""

    header: Dataset
    meta: dict[int, tuple[str, object]] = field(default_factory=dict)
    preamble: bytes = b"\0" * 128
    tail: bytes = b""
    late: bytes = b""


def clean_bases(folder: Path) -> Iterator[Dataset]:
    """The real objects below `folder`, sorted by name, emptied of whatever may identify."""
    listed = frozenset(catalog.load().tables.attributes)
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.stat().st_size > LARGEST:
            continue
        header = _read(path)
        if header is None or header.get("Modality", "OT") in _RISKY:
            continue
        yield _emptied(header, listed, path.name)


def _read(path: Path) -> FileDataset | None:
    try:
        header = pydicom.dcmread(path, defer_size=None)
        header.decode()
        _ = [element.value for element in header.iterall()]
    except (
        InvalidDicomError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        NotImplementedError,
    ):
        return None
    except Exception as error:  # noqa: BLE001 - pydicom's own, of files broken on purpose
        print(f"not taken: {type(error).__name__}")
        return None
    return header if "SOPClassUID" in header and len(header) > _FEWEST else None


_FEWEST = 12


def _emptied(header: Dataset, listed: frozenset[int], seed: str) -> Dataset:
    """The data set without private and listed elements, with UIDs of its own and tiny pixels."""
    out = Dataset()
    for element in header:
        tag = int(element.tag)
        if tag >> 16 & 1 or tag in _PIXELS or tag >> 24 in _DROPPED:
            continue
        if element.VR == "UI":
            out.add_new(tag, "UI", _remapped(element.value, seed))
        elif element.VR == "SQ" and tag not in listed:
            items = [_emptied(item, listed, seed) for item in element.value]
            out.add_new(tag, "SQ", Sequence([item for item in items if len(item)]))
        elif tag not in listed and element.VR not in _TEXTS:
            out[tag] = deepcopy(element)
    return out


_DROPPED = frozenset({0x50, 0x54, 0x60})
"""Groups of curves, waveforms and overlays."""


def _remapped(value: object, seed: str) -> object:
    if isinstance(value, str):
        return value if not value or value.startswith(_STANDARD) else new_uid(seed, value)
    many = list(value) if value is not None and hasattr(value, "__iter__") else []
    return [_remapped(str(one), seed) for one in many]


def new_uid(*of: str) -> str:
    """A UID under 2.25 that hangs on `of` alone."""
    return f"2.25.{int(hashlib.sha256('|'.join(of).encode()).hexdigest()[:31], 16)}"


def made(base: Dataset, *, claimed: bool, key: str) -> Made:
    """A copy of a base, under UIDs of its own; `claimed` says that it names profile and options."""
    header = deepcopy(base)
    for word in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        setattr(header, word, new_uid(key, word))
    header.SpecificCharacterSet = "ISO_IR 192"
    header.BurnedInAnnotation = "NO"
    header.RecognizableVisualFeatures = "NO"
    if claimed:
        header.PatientIdentityRemoved = "YES"
        header.DeidentificationMethod = "Basic profile with options as coded"
        header.LongitudinalTemporalInformationModified = "MODIFIED"
        header.DeidentificationMethodCodeSequence = Sequence(
            [_code(code, CODES[code]) for code in sorted(CODES)]
        )
    if "Rows" in header:
        _with_small_pixels(header)
    return Made(header)


def _code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "DCM", meaning
    return item


def _with_small_pixels(header: Dataset) -> None:
    header.Rows = header.Columns = 8
    header.SamplesPerPixel, header.PhotometricInterpretation = 1, "MONOCHROME2"
    header.BitsAllocated, header.BitsStored, header.HighBit = 16, 12, 11
    header.PixelRepresentation = 0
    for word in ("NumberOfFrames", "PlanarConfiguration", "LossyImageCompression"):
        if word in header:
            delattr(header, word)
    header.add_new(0x7FE00010, "OW", bytes(128))


def written(of: Made) -> bytes:
    """The bytes of the file: explicit, little endian, with what stands around the data set."""
    meta = pydicom.dataset.FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = of.header.SOPClassUID
    meta.MediaStorageSOPInstanceUID = of.header.SOPInstanceUID
    for tag, (vr, value) in of.meta.items():
        meta.add_new(tag, vr, value)
    stream = BytesIO()
    of.header.preamble = of.preamble
    of.header.file_meta = meta
    pydicom.dcmwrite(stream, of.header, enforce_file_format=False)
    return stream.getvalue() + of.late + of.tail
