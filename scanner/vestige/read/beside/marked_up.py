"""Marked-up texts: XML and HTML, by the elements and attributes in which their texts stand."""

from collections.abc import Iterable, Iterator

from vestige.read.beside import plain
from vestige.read.beside.keys import place_of
from vestige.read.beside.parts import Part, Told
from vestige.read.fields import Field
from vestige.read.labels import fitted
from vestige.read.markup import of_markup, of_stretches


def read(text: str) -> Iterator[Part]:
    """The texts of markup: with its label where one is known, and as lines without; no entity."""
    yield from _told(of_markup(text))


def read_in_parts(stretches: Iterable[str]) -> Iterator[Part]:
    """The texts of markup that is not held as a whole; tags that are never closed are none."""
    for fields in of_stretches(stretches):
        yield from _told(fields)


def _told(fields: Iterable[Field]) -> Iterator[Part]:
    found: dict[int, dict[str, None]] = {}
    lines: dict[str, None] = {}
    for tag, value in fields:
        if not tag:
            lines[value] = None
        elif told := fitted(tag, value):
            found.setdefault(tag, {})[told] = None
    for tag, values in found.items():
        yield Told(place_of(tag), list(values))
    yield from plain.parts_of("\n".join(lines))
