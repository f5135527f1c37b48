"""Kinds: which reader a file beside the images has, by its first bytes and never by its name."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.read.beside import (
    boxes,
    legacy,
    mail,
    office,
    pictures,
    portable,
    rich,
    texts,
    tiff,
    zipped,
)
from vestige.read.beside.parts import Readable, Reader


class Kind(NamedTuple):
    """A kind of file: its name, as reports write it, and how it is read."""

    name: str
    read: Reader


_BY_BEGINNING: tuple[tuple[bytes, Kind], ...] = (
    *((sign, Kind("zip", zipped.read)) for sign in zipped.SIGNS),
    (legacy.SIGN, Kind("compound file", legacy.read)),
    (rich.SIGN, Kind("RTF", rich.read)),
    (pictures.JPEG, Kind("JPEG", pictures.jpeg)),
    (pictures.PNG, Kind("PNG", pictures.png)),
    *((sign, Kind("GIF", pictures.gif)) for sign in pictures.GIF),
    (pictures.RIFF, Kind("RIFF", pictures.riff)),
    (pictures.PHOTOSHOP, Kind("PSD", pictures.photoshop)),
    *((sign, Kind("TIFF", tiff.read)) for sign in tiff.SIGNS),
    (boxes.CODESTREAM, Kind("JPEG 2000", boxes.codestream)),
)
"""Kinds by the bytes with which their files begin; the longest first where one begins another."""

_BY_LOOK: tuple[tuple[Callable[[Readable], bool], Kind], ...] = (
    (portable.looks, Kind("PDF", portable.read)),
    (mail.looks, Kind("mail", mail.read)),
    (boxes.looks, Kind("boxes", boxes.read)),
    (pictures.is_bitmap, Kind("BMP", pictures.bitmap)),
    (pictures.is_metafile, Kind("metafile", pictures.metafile)),
)
"""Kinds that show elsewhere than in the first bytes, in the order in which they are asked."""

_OFFICE = Kind("office document", office.read)
_TEXT = Kind("text", texts.read)


def kind_of(readable: Readable) -> Kind | None:
    """The kind of a file that is no DICOM; None if nothing here reads it."""
    first = readable.first
    if office.looks(readable):
        return _OFFICE
    for beginning, kind in _BY_BEGINNING:
        if first.startswith(beginning):
            return kind
    for looks, kind in _BY_LOOK:
        if looks(readable):
            return kind
    return _TEXT if texts.is_text(first) else None
