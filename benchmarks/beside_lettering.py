"""Plants that are drawn into pictures: screen shots, scans of paper, images of ultrasound.

Only a scan that reads text in pictures (`--ocr`) finds them.
"""

import io
from collections.abc import Callable
from pathlib import Path

from anyascii import anyascii
from PIL import Image

from benchmarks.beside import DRAWN
from benchmarks.beside_plant import Field, Plant, held
from tests.drawn import drawn, written

_US = 3
"""Series of a number that no other plant has."""


def _lines(value: str, number: int) -> tuple[str, ...]:
    """What stands in the picture, in letters that every font has."""
    return f"Patient name: {anyascii(value)}", f"Exam {number:05}"


def _saved(kind: str) -> Callable[[str, int], bytes]:
    def content(value: str, number: int) -> bytes:
        stream = io.BytesIO()
        drawn(*_lines(value, number)).convert("L").save(stream, kind)
        return stream.getvalue()

    return content


def _light(value: str, number: int) -> bytes:
    """Dark letters on light ground, as paper is."""
    stream = io.BytesIO()
    picture = drawn(*_lines(value, number)).convert("L")
    Image.eval(picture, lambda sample: 255 - sample).save(stream, "PNG")
    return stream.getvalue()


def _ultrasound(folder: Path, value: str, number: int) -> str:
    written(folder / "us" / "1.dcm", [drawn(*_lines(value, number))], 10_000 + number * _US)
    return "us/1.dcm"


PLANTS = {
    DRAWN: (
        Plant("screen-shot", Field.NAME, held("shot.png", _saved("PNG"))),
        Plant("photograph", Field.NAME, held("photo.jpg", _saved("JPEG"))),
        Plant("paper", Field.NAME, held("paper.png", _light)),
        Plant("scanned-pdf", Field.NAME, held("scan.pdf", _saved("PDF"))),
        Plant("ultrasound", Field.NAME, _ultrasound),
    )
}
"""All plants of this module, by kind of place."""
