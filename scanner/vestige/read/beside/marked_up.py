"""Marked-up texts: XML and HTML, by the elements and attributes in which their texts stand."""

import html
import re
from collections.abc import Iterable, Iterator

from vestige.read.beside import plain, rows
from vestige.read.beside.keys import place_of
from vestige.read.beside.parts import Part, Told
from vestige.read.fields import Field
from vestige.read.labels import fitted
from vestige.read.markup import of_markup, of_stretches

_LONGEST_LABEL = 64
"""Characters of a text before a value that announces it."""

_TABLE = re.compile(r"<(/?)table\b[^<>]{0,2048}>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?=<tr\b|</tr|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<(?:td|th)\b[^<>]*>(.*?)(?=</?(?:td|th|tr)\b|\Z)", re.IGNORECASE | re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]{0,2048}>")


def read(text: str) -> Iterator[Part]:
    """The texts of markup: with its label where one is known, and as lines without; no entity."""
    left: list[str] = []
    at = 0
    for begins, start, end, ends in _tables(text):
        table = text[start:end]
        if _CELL.search(table):
            yield from rows.told("table", map(_cells, _ROW.findall(table)))
            left += (text[at:begins], " ")
            at = ends
    yield from _told(of_markup("".join((*left, text[at:])) if left else text))


def _tables(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where tables begin and end in which there is no other, with and without their tags."""
    opened: re.Match[str] | None = None
    for tag in _TABLE.finditer(text):
        if not tag[1]:
            opened = tag
        elif opened is not None:
            yield opened.start(), opened.end(), tag.start(), tag.end()
            opened = None


def read_in_parts(stretches: Iterable[str]) -> Iterator[Part]:
    """The texts of markup that is not held as a whole; tags that are never closed are none."""
    for fields in of_stretches(stretches):
        yield from _told(fields)


def _told(fields: Iterable[Field]) -> Iterator[Part]:
    found: dict[int, dict[str, None]] = {}
    lines: dict[str, None] = {}
    before = ""
    for tag, value in fields:
        if not tag:
            lines[value] = None
            if before.endswith(":"):
                lines[f"{before} {value}"] = None
            before = value.rstrip()[-_LONGEST_LABEL:]
        elif told := fitted(tag, value):
            found.setdefault(tag, {})[told] = None
    for tag, values in found.items():
        yield Told(place_of(tag), list(values))
    yield from plain.parts_of("\n".join(lines))


def _cells(row: str) -> rows.Row:
    """The texts of a row of a table."""
    texts = (html.unescape(_ANY_TAG.sub(" ", cell)).split() for cell in _CELL.findall(row))
    return rows.row_of(" ".join(words) for words in texts)
