"""Kinds: which reader a file beside the images has, by its first bytes and never by its name."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.read.beside import bundled, discs, packed, plain, seven, tarred, zipped
from vestige.read.beside.parts import Readable, Reader


class Kind(NamedTuple):
    """A kind of file: its name, as reports write it, and how it is read."""

    name: str
    read: Reader


_BY_BEGINNING: tuple[tuple[bytes, Kind], ...] = (
    *((sign, Kind("zip", zipped.read)) for sign in zipped.SIGNS),
    (packed.GZIP, Kind("gzip", packed.gzip)),
    *((sign, Kind("bzip2", packed.bzip2)) for sign in packed.BZIP2),
    (packed.XZ, Kind("xz", packed.xz)),
    (packed.ZSTD, Kind("zstd", packed.zstd)),
    (seven.SIGN, Kind("7z", seven.read)),
    (bundled.AR, Kind("ar", bundled.ar)),
    *((sign, Kind("cpio", bundled.cpio)) for sign in bundled.CPIO),
    *((sign, Kind("closed", packed.closed)) for sign in packed.CLOSED),
)
"""Kinds by the bytes with which their files begin; the longest first where one begins another."""

_BY_LOOK: tuple[tuple[Callable[[Readable], bool], Kind], ...] = (
    (zipped.is_behind_a_program, Kind("zip", zipped.read)),
    (tarred.is_archive, Kind("tar", tarred.read)),
    (packed.is_alone, Kind("lzma", packed.alone)),
    (discs.is_disc, Kind("disc", discs.read)),
    (discs.is_other, Kind("volume", discs.other)),
)
"""Kinds that show elsewhere than in the first bytes, in the order in which they are asked."""

_TEXT = Kind("text", plain.read)


def kind_of(readable: Readable) -> Kind | None:
    """The kind of a file that is no DICOM; None if nothing here reads it."""
    first = readable.first
    for beginning, kind in _BY_BEGINNING:
        if first.startswith(beginning):
            return kind
    for looks, kind in _BY_LOOK:
        if looks(readable):
            return kind
    return _TEXT if plain.is_text(first) else None
