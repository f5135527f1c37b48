"""Kinds: which reader a file beside the images has, by its first bytes and never by its name."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.read.beside import plain, zipped
from vestige.read.beside.parts import Readable, Reader


class Kind(NamedTuple):
    """A kind of file: its name, as reports write it, and how it is read."""

    name: str
    read: Reader


_BY_BEGINNING: tuple[tuple[bytes, Kind], ...] = (
    *((sign, Kind("zip", zipped.read)) for sign in zipped.SIGNS),
)
"""Kinds by the bytes with which their files begin; the longest first where one begins another."""

_BY_LOOK: tuple[tuple[Callable[[Readable], bool], Kind], ...] = ()
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
