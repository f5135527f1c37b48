"""Lettering: what is said of text that is drawn into pictures, where somebody asked for it.

Of each series whose header says that text may be drawn into its images, one picture is read, and
each image file; so many seconds at most are given to it by each worker. What was not read for want
of time or of a decoder is a problem of its file, and the scan incomplete.
"""

import time
from collections.abc import Iterator
from typing import NamedTuple

from vestige.model import Entry, Place, Problem, Stage, Where
from vestige.read import frames, ways
from vestige.read.beside.parts import Readable
from vestige.read.lettering import Lettering, is_coarse
from vestige.read.ways import Way
from vestige.run.answers import Answers
from vestige.run.causes import Causes
from vestige.run.objects import Content

PICTURES = "pictures"
"""Notes in a scan file in how many pictures text was read; absent where nobody asked for it."""

SECONDS = 3_600.0
"""Seconds that each worker gives to reading pictures, where nobody says how many."""

CODES = {
    "ocr-budget": "there was no time left to read text in its picture: give more (--ocr-seconds)",
    "ocr-coarse": "its picture was read at a smaller size: small letters in it were not read",
    "ocr-undecoded": "its picture could not be decoded, so that no text was read in it",
}
"""What is told of a picture that was not read, by the code of the problem."""

_DRAWN = frozenset(
    {
        *("pixels/capture-denied", "pixels/captured", "pixels/coloured", "pixels/drawing-denied"),
        *("pixels/drawn-at-times", "pixels/drawn-by-routine", "pixels/overlay-in-pixels"),
        *("pixels/photograph", "pixels/screen-capture", "pixels/screen-sized"),
        *("pixels/slide-label", "claims/burned-in-declared", "claims/burned-in-denied-unseen"),
    }
)
"""The rules by which text may be drawn into the images of a series."""

_WAY = Way(ways.text, Place(Where.PIXELS, "picture", vr="UT"), ("utf_8",))
_SERIES = 200_000


class Looked(NamedTuple):
    """What a look at one picture gave: causes, and the problem if it could not be read."""

    causes: tuple[int, ...]
    problem: Problem | None


class Pictures:
    """Reads text in pictures; one lives in each worker."""

    def __init__(self, answers: Answers, causes: Causes, seconds: float) -> None:
        self._answers = answers
        self._causes = causes
        self._left = seconds
        self._engine: Lettering | None = None
        self._known = answers.alone(_WAY)
        self._met: set[int] = set()
        self._read = 0

    def wants(self, content: Content | None, first: bytes) -> bool:
        """Whether the picture of a file is to be read, which begins with these bytes."""
        if content is not None and content.dicom:
            return self._stands_for_its_series(content)
        return first.startswith(frames.SIGNS) or frames.is_document(first)

    def _stands_for_its_series(self, content: Content) -> bool:
        """Whether it is the first met of a series into whose images text may be drawn."""
        if not content.series or content.series in self._met:
            return False
        known = self._causes.known
        return any(known[n].claim.rule in _DRAWN for n in content.causes if n >= 0)

    def look(self, entry: Entry, source: Readable, content: Content | None) -> Looked:
        """What is said of the text in the picture of a file, which stands for its series."""
        dicom = content is not None and content.dicom
        if content is not None and dicom:
            if len(self._met) > _SERIES:
                self._met.clear()
            self._met.add(content.series)
        if self._left <= 0:
            return Looked((), _problem(entry, "ocr-budget"))
        lines: dict[str, None] = {}
        code = self._lines(_pictures(source, dicom=dicom), lines)
        causes: dict[int, None] = {}
        for text in dict.fromkeys((*lines, "\n".join(lines))):
            self._known.forget()
            answer = self._answers.to(self._known, text.encode("utf-8", "replace"))
            causes.update(dict.fromkeys(answer.causes))
        return Looked(tuple(causes), _problem(entry, code) if code else None)

    def _lines(self, some: Iterator["frames.Picture"], lines: dict[str, None]) -> str:
        """Adds the lines in pictures; the code of what of them was not read, or ""."""
        code = ""
        begun = time.monotonic()
        try:
            for picture in some:
                if self._left <= time.monotonic() - begun:
                    return "ocr-budget"
                lines.update(dict.fromkeys(self._reader().lines(picture)))
                self._read += 1
                code = "ocr-coarse" if is_coarse(picture) else code
        except frames.UndecodedError:
            return "ocr-undecoded"
        finally:
            self._left -= time.monotonic() - begun
        return code

    def taken(self) -> int:
        """How many pictures were read since this was asked for last."""
        read, self._read = self._read, 0
        return read

    def _reader(self) -> Lettering:
        if self._engine is None:
            self._engine = Lettering()
        return self._engine


def _pictures(source: Readable, *, dicom: bool) -> Iterator["frames.Picture"]:
    """The picture that stands for an object, that of an image file, or those of a document."""
    if dicom:
        yield frames.of_object(source)
    elif frames.is_document(source.first):
        yield from frames.of_document(source)
    else:
        yield frames.of_image(source)


def _problem(entry: Entry, code: str) -> Problem:
    return Problem(entry.id, Stage.READ, code, CODES[code])
