from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image

from tests.drawn import HEIGHT, WIDTH, drawn, written
from vestige.read import frames
from vestige.read.beside.parts import Held
from vestige.read.frames import UndecodedError, of_image, of_object


def test_the_middle_frame_of_an_object(tmp_path: Path) -> None:
    pictures = [Image.new("L", (WIDTH, HEIGHT), level) for level in (10, 20, 30)]
    written(tmp_path / "a.dcm", pictures, 1)
    frame = of_object(Held((tmp_path / "a.dcm").read_bytes()))
    assert frame.shape == (HEIGHT, WIDTH)
    assert frame.dtype == np.uint8
    assert set(frame.ravel().tolist()) == {20}


def test_samples_of_more_bits_are_spread_and_inverted_ones_turned(tmp_path: Path) -> None:
    written(tmp_path / "a.dcm", [drawn()], 1)
    told = pydicom.dcmread(tmp_path / "a.dcm")
    told.BitsAllocated, told.BitsStored, told.HighBit = 16, 12, 11
    told.PhotometricInterpretation, told.NumberOfFrames = "MONOCHROME1", 1
    samples = np.full((HEIGHT, WIDTH), 4000, np.uint16)
    samples[0, 0] = 0
    told.PixelData = samples.tobytes()
    told.save_as(tmp_path / "b.dcm")
    frame = of_object(Held((tmp_path / "b.dcm").read_bytes()))
    assert (frame[0, 0], frame[1, 1]) == (255, 0)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
def test_image_files_of_many_kinds(form: str, mode: str) -> None:
    if (form, mode) == ("JPEG", "P"):
        mode = "CMYK"
    stream = BytesIO()
    drawn("A").convert(mode).save(stream, form)
    data = stream.getvalue()
    assert data.startswith(frames.SIGNS)
    assert of_image(Held(data)).shape[:2] == (HEIGHT, WIDTH)


def test_sixteen_bits_of_an_image_file_are_spread() -> None:
    stream = BytesIO()
    Image.fromarray(np.array([[0, 60_000]], np.uint16)).save(stream, "PNG")
    assert of_image(Held(stream.getvalue())).tolist() == [[0, 255]]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0torn", b"DICM"])
def test_what_is_torn_is_not_decoded(data: bytes) -> None:
    with pytest.raises(UndecodedError):
        of_image(Held(data))
    with pytest.raises(UndecodedError):
        of_object(Held(data))


def test_pictures_that_claim_too_much_are_not_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "MOST_SAMPLES", WIDTH * HEIGHT - 1)
    written(tmp_path / "a.dcm", [drawn()], 1)
    stream = BytesIO()
    drawn().save(stream, "PNG")
    with pytest.raises(UndecodedError):
        of_object(Held((tmp_path / "a.dcm").read_bytes()))
    with pytest.raises(UndecodedError):
        of_image(Held(stream.getvalue()))
