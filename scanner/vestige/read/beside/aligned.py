"""Tables whose columns are lined up by spaces, as programs print them and people type them.

A line of headings of which one tells of a person begins them, and an empty line ends them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vestige.read.beside.keys import place_of
from vestige.read.beside.parts import Told
from vestige.read.beside.rows import tag_of
from vestige.read.labels import fitted

_CELL = re.compile(r"\S+(?: \S+)*")
_RULED = re.compile(r"[-=+|_ \t]*")
_GAP = "  "
_CANDIDATES = 2_000
"""Lines with gaps that are asked whether they hold headings."""

_ROWS = 20_000
_LONGEST = 400
_FEWEST = 2


class _Heading(NamedTuple):
    """Where a heading stands in its line, and the tag of what it announces; 0 if nothing."""

    start: int
    end: int
    tag: int


def told(text: str) -> Iterator[Told]:
    """The cells below headings that tell of persons."""
    found: dict[int, dict[str, None]] = {}
    headings: Sequence[_Heading] = ()
    left, rows = _CANDIDATES, _ROWS
    for line in text.splitlines() if _GAP in text else ():
        if not line.strip() or rows <= 0:
            headings = ()
        elif headings and not _RULED.fullmatch(line):
            rows -= 1
            for tag, cell in _cells(line[:_LONGEST], headings):
                found.setdefault(tag, {})[cell] = None
        elif not headings and left > 0 and _GAP in line.strip():
            left -= 1
            headings = _headings(line[:_LONGEST])
    for tag, cells in found.items():
        values = [value for cell in cells if (value := fitted(tag, cell))]
        if values:
            yield Told(place_of(tag), values)


def _headings(line: str) -> Sequence[_Heading]:
    """The headings in a line; none unless one of several tells of a person, none is a figure."""
    cells = list(_CELL.finditer(line))
    if len(cells) < _FEWEST or any(cell[0][0].isdigit() or ":" in cell[0] for cell in cells):
        return ()
    found = [_Heading(cell.start(), cell.end(), tag_of(cell[0])) for cell in cells]
    return found if any(one.tag for one in found) else ()


def _cells(line: str, headings: Sequence[_Heading]) -> Iterator[tuple[int, str]]:
    """The cells of a line that stand below headings, by the tags of these."""
    cells = [(cell.start(), cell.end(), cell[0]) for cell in _CELL.finditer(line)]
    for number, one in enumerate(headings):
        if one.tag and len(cells) == len(headings):
            yield one.tag, cells[number][2]
        elif one.tag:
            below = [cell for cell in cells if cell[0] < one.end and cell[1] > one.start]
            if len(below) == 1:
                first, last, _ = below[0]
                yield one.tag, line[_cut(headings, number, first, last)].strip()


def _cut(headings: Sequence[_Heading], number: int, first: int, last: int) -> slice:
    """What of a cell belongs to a heading: one space may part it from those beside it."""
    before, own = headings[number - 1] if number else None, headings[number]
    behind = headings[number + 1] if number + 1 < len(headings) else None
    if before is not None and first < before.end:
        first = own.start
    if behind is not None and last > behind.start:
        last = behind.start
    return slice(first, last)
