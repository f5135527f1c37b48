"""The kind of a file beside the images; all readers are loaded when the first such file is met."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from vestige.read.beside.parts import Readable, Reader


class Kind(NamedTuple):
    """A kind of file: its name, as reports write it, and how it is read."""

    name: str
    read: Reader


def kind_of(readable: Readable) -> Kind | None:
    """The kind of a file that is no DICOM; None if nothing here reads it."""
    return _among_all()(readable) if readable.first else None


@cache
def _among_all() -> Callable[[Readable], Kind | None]:
    found: Callable[[Readable], Kind | None] = import_module("vestige.read.beside.kinds").kind_of
    return found
