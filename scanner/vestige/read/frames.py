"""Frames: a picture of a DICOM object or of an image file, those of a PDF, as 8-bit samples.

What decodes pixels is heavy and not always there: it is imported when the first picture is asked
for. Of many frames the middle one stands for all.
"""

import warnings
from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING

from vestige.read import pdf
from vestige.read.beside.parts import WHOLE, Readable, as_file

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

MOST_SAMPLES = 100_000_000
"""Samples of one frame at most: a slide of many more says so in its header, and is not decoded."""

SIGNS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
"""How image files begin that are looked at."""

PDF, _WITHIN = b"%PDF-", 1_024
"""How documents begin that are looked at, and within how many bytes."""

_TAGS = ("NumberOfFrames", "Rows", "Columns", "SamplesPerPixel", "PhotometricInterpretation")


class UndecodedError(Exception):
    """The picture is in a form that nothing here decodes, or larger than is decoded."""


def of_object(readable: Readable) -> "Picture":
    """The middle frame of a DICOM object; UndecodedError if there is none that can be decoded."""
    import pydicom  # noqa: PLC0415 - half a second, where pictures are asked for only
    from pydicom.pixels.utils import iter_pixels  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            about = pydicom.dcmread(_file(readable), specific_tags=list(_TAGS), force=True)
            frames = int(about.get("NumberOfFrames") or 1)
            samples = int(about.Rows) * int(about.Columns) * int(about.get("SamplesPerPixel", 1))
            _demand_small(samples)
            middle = max(0, (frames - 1) // 2)
            frame = next(iter(iter_pixels(_file(readable), indices=[middle])))
            inverted = about.get("PhotometricInterpretation") == "MONOCHROME1"
        except Exception as error:  # decoders raise what they like over damaged pixels
            raise UndecodedError from error
    return _levelled(frame, inverted=inverted)


def of_image(readable: Readable) -> "Picture":
    """The picture of an image file; UndecodedError if it cannot be decoded."""
    import numpy as np  # noqa: PLC0415 - see above
    from PIL import Image  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(_file(readable)) as image:
                _demand_small(image.width * image.height)
                mode = "L" if image.mode in {"1", "L"} else "RGB"
                if image.mode.startswith(("I", "F")):
                    return _levelled(np.asarray(image), inverted=False)
                return np.asarray(image.convert(mode))
        except Exception as error:  # decoders raise what they like over damaged pixels
            raise UndecodedError from error


def of_document(readable: Readable) -> Iterator["Picture"]:
    """The pictures on the pages of a PDF; UndecodedError where one cannot be decoded."""
    import numpy as np  # noqa: PLC0415 - see above

    if readable.size > WHOLE:
        raise UndecodedError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for image in pdf.pictures(readable.read(0, readable.size)):
                _demand_small(image.width * image.height)
                yield np.asarray(image.convert("L" if image.mode in {"1", "L"} else "RGB"))
        except GeneratorExit:
            raise
        except Exception as error:  # decoders raise what they like over damaged pixels
            raise UndecodedError from error


def is_document(first: bytes) -> bool:
    """Whether a file that begins so is a PDF."""
    return PDF in first[:_WITHIN]


def _demand_small(samples: int) -> None:
    if samples > MOST_SAMPLES:
        raise UndecodedError


def _file(readable: Readable) -> BufferedReader:
    return as_file(readable)


def _levelled(frame: "np.ndarray", *, inverted: bool) -> "Picture":
    """The samples spread over eight bits; text is drawn with the lightest or the darkest of all."""
    import numpy as np  # noqa: PLC0415 - see above

    if frame.dtype == np.uint8:
        return np.asarray(255 - frame if inverted else frame, np.uint8)
    low, high = float(frame.min()), float(frame.max())
    spread = (frame.astype(np.float32) - low) * (255.0 / max(high - low, 1.0))
    return (255 - spread if inverted else spread).astype(np.uint8)
