"""Pictures with text drawn into them, and DICOM objects of kinds into which text is drawn."""

from pathlib import Path

import numpy as np
import pydicom
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1"
CT = "1.2.840.10008.5.1.4.1.1.2"
WIDTH, HEIGHT = 640, 480


def drawn(*lines: str, dark: bool = False) -> Image.Image:
    """A disc of noise, as of a scan, and lines of text above it."""
    chance = np.random.default_rng(7)
    down, across = np.mgrid[:HEIGHT, :WIDTH]
    inside = np.hypot(across - WIDTH / 2, down - HEIGHT / 2) < HEIGHT / 3
    samples = np.where(inside, chance.integers(20, 140, (HEIGHT, WIDTH)), 3).astype(np.uint8)
    image = Image.fromarray(255 - samples if dark else samples)
    for number, line in enumerate(lines):
        place, fill = (8, 6 + 24 * number), 0 if dark else 230
        ImageDraw.Draw(image).text(place, line, fill=fill, font=ImageFont.load_default(size=18))
    return image


def written(path: Path, frames: list[Image.Image], number: int, kind: str = ULTRASOUND) -> None:
    """An object of so many frames at a path, of a series of its own."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = UID(kind)
    meta.MediaStorageSOPInstanceUID = UID(f"2.25.7{number}")
    made = FileDataset("", pydicom.Dataset(), preamble=b"\0" * 128, file_meta=meta)
    made.SOPClassUID, made.SOPInstanceUID = UID(kind), UID(f"2.25.7{number}")
    made.StudyInstanceUID, made.SeriesInstanceUID = UID("2.25.8"), UID(f"2.25.9{number // 10}")
    made.Modality, made.PatientID = ("US" if kind == ULTRASOUND else "CT"), f"sub-{number // 10:03}"
    made.Columns, made.Rows = frames[0].size
    made.NumberOfFrames = len(frames)
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 8, 8, 7, 0
    made.PixelData = b"".join(np.asarray(frame).tobytes() for frame in frames)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save_as(path, enforce_file_format=True)
