"""Marked-up texts: XML and HTML, by the elements and attributes in which their texts stand."""

import html
import re
from collections.abc import Iterator

from vestige.read.beside import plain, rows
from vestige.read.beside.keys import place_of
from vestige.read.beside.parts import Part, Told
from vestige.read.labels import fitted
from vestige.read.markup import of_markup

_TABLE = re.compile(r"<table\b[^<>]*>(.*?)</table\s*>", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?=<tr\b|</tr|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<(?:td|th)\b[^<>]*>(.*?)(?=</?(?:td|th|tr)\b|\Z)", re.IGNORECASE | re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]{0,2048}>")


def read(text: str) -> Iterator[Part]:
    """The texts of markup: with its label where one is known, and as lines without; no entity."""
    for table in _TABLE.findall(text):
        if _CELL.search(table) and "<table" not in table:
            yield from rows.told("table", map(_cells, _ROW.findall(table)))
    text = _TABLE.sub(_left, text)
    found: dict[int, dict[str, None]] = {}
    lines: dict[str, None] = {}
    for tag, value in of_markup(text):
        if not tag:
            lines[value] = None
        elif told := fitted(tag, value):
            found.setdefault(tag, {})[told] = None
    for tag, values in found.items():
        yield Told(place_of(tag), list(values))
    yield from plain.parts_of("\n".join(lines))


def _cells(row: str) -> rows.Row:
    """The texts of a row of a table."""
    texts = (html.unescape(_ANY_TAG.sub(" ", cell)).split() for cell in _CELL.findall(row))
    return rows.row_of(" ".join(words) for words in texts)


def _left(table: re.Match[str]) -> str:
    """What is read in place of a table: nothing, if its cells were told."""
    inside = table[1]
    return " " if _CELL.search(inside) and "<table" not in inside else table[0]
