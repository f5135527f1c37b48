"""Repeated: the elements of markup that repeat below one another, as rows; no entity is expanded.

Tags are read one by one, so that what is no well-formed XML gives its rows too.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from vestige.columns import Role, role
from vestige.read.beside.gathered import COLUMNS, ROWS, Rows
from vestige.read.beside.parts import Listed

MOST = 8 << 20
_HEAD = 4 << 10
_TAGS = 400_000
_DEEPEST = 60
_LONGEST = 256
_FEWEST = 2
_NAME = re.compile(r"<([^\W\d][\w:.-]{0,63})")
_TAG = re.compile(r"<(/?)([^\W\d][\w:.-]{0,63})([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([^\W\d][\w:.-]{0,63}+)\s{0,16}+=\s{0,16}+(?:"([^"]*)"|'([^']*)')""")
_CELLS = frozenset({"td", "th", "cell", "entry", "col", "data"})
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input"})


class _Element(NamedTuple):
    """An element that is open: what it says of itself, and the records that repeat below it."""

    name: str
    record: dict[str, str]
    cells: list[str]
    below: dict[str, list["_Element"]]


def listed(text: str) -> Iterator[Listed]:
    """The tables of a text of markup; none if no element or attribute in it tells of persons."""
    if len(text) <= MOST and _may_hold(text[:_HEAD]):
        yield from (Listed(rows) for rows in _tables(text) if len(rows) >= _FEWEST)


def _may_hold(head: str) -> bool:
    return _any_telling(set(_NAME.findall(head))) or _any_telling(
        {found[0] for found in _ATTRIBUTE.findall(head)}
    )


def _any_telling(names: set[str]) -> bool:
    return any(_is_telling(name.rpartition(":")[2]) for name in names)


def _is_telling(name: str) -> bool:
    return name.lower() in _CELLS or role(name) not in {Role.OTHER, Role.LABEL}


def _tables(text: str) -> Iterator[Rows]:
    stack = [_element("")]
    at = 0
    for number, tag in enumerate(_TAG.finditer(text)):
        if number > _TAGS:
            break
        _say(stack[-1], text[at : tag.start()])
        at = tag.end()
        name = tag[2].rpartition(":")[2]
        if tag[1]:
            yield from _close(stack, name)
        elif len(stack) < _DEEPEST and name.lower() not in _VOID:
            stack.append(_element(name, tag[3]))
            if tag[3].rstrip().endswith("/"):
                yield from _close(stack, name)
    for element in stack:
        yield from _rows(element)


def _element(name: str, attributes: str = "") -> _Element:
    pairs = {
        one[1].rpartition(":")[2]: html.unescape(one[2] or one[3] or "")[:_LONGEST]
        for one in _ATTRIBUTE.finditer(attributes)
    }
    return _Element(name, pairs, [], {})


def _say(element: _Element, text: str) -> None:
    told = html.unescape(text).strip()
    if told and len(element.record) < COLUMNS:
        element.record[""] = f"{element.record.get('', '')} {told}".strip()[:_LONGEST]


def _close(stack: list[_Element], name: str) -> Iterator[Rows]:
    """What repeats below an element that ends; it becomes a record of the one that holds it."""
    if name not in {one.name for one in stack[1:]}:
        return
    while len(stack) > 1:
        ended = stack.pop()
        yield from _rows(ended)
        above = stack[-1]
        group = above.below.setdefault(ended.name, [])
        if len(group) < ROWS:
            group.append(ended)
        if len(above.record) < COLUMNS:
            _inherit(above, ended)
        if ended.name == name:
            return


def _inherit(above: _Element, ended: _Element) -> None:
    text = ended.record.get("", "")
    if ended.name.lower() in _CELLS:
        above.cells.append(text or " ".join(ended.cells)[:_LONGEST])
        return
    if text:
        above.record.setdefault(ended.name, text)
    for key, value in ended.record.items():
        if key:
            above.record.setdefault(key, value)


def _rows(element: _Element) -> Iterator[Rows]:
    for group in element.below.values():
        cells = [one.cells for one in group if one.cells]
        if len(cells) >= _FEWEST:
            yield [row[:COLUMNS] for row in cells]
        records = [one.record for one in group if len(one.record) > 1]
        if len(records) >= _FEWEST:
            keys = list(dict.fromkeys(key for record in records for key in record))[:COLUMNS]
            yield [keys, *([record.get(key, "") for key in keys] for record in records)]
    element.below.clear()
