"""Cells of the columns of a table that may be a key: each once, and a few of them first."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, product

from vestige.columns import Role, role
from vestige.correlate.codes import are_decimals, is_code, is_date
from vestige.digits import has_digit

COLUMNS = 64
SAMPLE = 200
_FEW, _HARDLY = 24, 0.3
"""So many cells are looked at first; if fewer than that share are of a kind, no more are."""

MOST = 0.6
"""Share of the cells of a column that must be of a kind for the column to be of it."""

_LIKE, _NEARLY_ALL = 0.5, 0.9
_FEWEST = 2
_SHORTEST_PATH = 5
_DIGIT = re.compile(r"\d")
PATH = re.compile(r"[\\/]")
_NOTHINGS = frozenset(
    "".join(cased)
    for word in ("", "n/a", "na", "nan", "none", "null", "-", "?", ".")
    for cased in product(*({c, c.upper()} for c in word))
)
"""Cells that say nothing, in small letters and in capitals."""

_RULED = "-:= "
"""What stands between the headings of a table in Markdown and its rows."""


@dataclass(frozen=True)
class Cells:
    """One column before it is judged: its distinct cells, and how many cells say anything."""

    number: int
    heading: str
    role: Role
    headed: bool
    filled: int
    distinct: tuple[str, ...]
    rows: int

    @cached_property
    def few(self) -> str:
        """The first cells, in lines."""
        return "\n".join(self.distinct[:_FEW])

    @cached_property
    def decimal(self) -> bool:
        """Whether the first cells are decimal figures, all of them."""
        return are_decimals(self.distinct[:_FEW])

    def share(self, test: Callable[[str], bool], signs: str = "") -> float:
        """Share of its first cells that pass a test; of hardly any if few of a few do.

        What passes the test holds one of these signs.
        """
        if signs and not any(sign in self.few for sign in signs):
            return 0.0
        few = self.distinct[:_FEW]
        share = sum(map(test, few)) / len(few) if few else 0.0
        some = self.distinct[_FEW:SAMPLE]
        if not some or share < _HARDLY:
            return share
        return (share * len(few) + sum(map(test, some))) / (len(few) + len(some))

    def without_heading(self, cells: tuple[str, ...]) -> "Cells":
        """Other cells in place of its own, under no heading."""
        return replace(self, heading="", headed=False, filled=len(cells), distinct=cells)

    @cached_property
    def of_codes(self) -> bool:
        """Whether most of its first cells look like codes."""
        return not self.decimal and self.share(is_code) >= MOST

    @cached_property
    def of_paths(self) -> bool:
        """Whether most of its first cells are paths."""
        return self.share(_is_path, "\\/") >= MOST


def columns_of(rows: Sequence[Sequence[str]]) -> Iterator[Cells]:
    """The columns of a table in which anything stands; the first row may hold headings.

    Its cells have no spaces around them.
    """
    if len(rows) < _FEWEST:
        return
    width = min(max(map(len, rows[:SAMPLE])), COLUMNS)
    if width < _FEWEST:
        return
    headed = has_headings(rows)
    body = rows[1:] if headed else rows
    if body and not any(cell.strip(_RULED) for cell in body[0]):
        body = body[1:]
    if not body:
        return
    named = headed and any(cell.strip() for cell in rows[0])
    for number, column in enumerate(_turned(body, width)):
        distinct = dict.fromkeys(column)
        filled = len(column)
        if not _NOTHINGS.isdisjoint(distinct):
            filled -= sum([cell in _NOTHINGS for cell in column])
            distinct = dict.fromkeys([cell for cell in distinct if cell not in _NOTHINGS])
        if distinct:
            heading = rows[0][number].strip() if headed and number < len(rows[0]) else ""
            of_heading = number + 1, heading, _role(heading), named
            yield Cells(*of_heading, filled, tuple(distinct), len(body))


def _turned(rows: Sequence[Sequence[str]], width: int) -> Iterator[Sequence[str]]:
    """The columns of rows, so many of them; short rows have no cell in the last ones."""
    if min(map(len, rows)) >= width:
        return islice(zip(*rows, strict=False), width)
    return ([row[number] for row in rows if number < len(row)] for number in range(width))


@lru_cache(maxsize=4096)
def _role(heading: str) -> Role:
    return role(heading)


def has_headings(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table holds headings and no values."""
    first, rest = rows[0], rows[1 : SAMPLE + 1]
    if not any(cell.strip() for cell in first):
        return True
    if any(_role(cell) is not Role.OTHER for cell in first):
        return True
    for number, cell in enumerate(first):
        if not has_digit(cell):
            continue
        below = [row[number] for row in rest if number < len(row) and row[number].strip()]
        form = _form(cell)
        like = sum(_form(one) == form for one in below)
        if below and like >= _LIKE * len(below):
            return False
    return _differs(first, rest)


def _differs(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether a column holds digits and its first cell none."""
    for number, cell in enumerate(first):
        if _DIGIT.search(cell):
            continue
        below = [row[number] for row in rest if number < len(row) and row[number].strip()]
        with_digits = sum([_DIGIT.search(one) is not None for one in below])
        if below and with_digits >= _NEARLY_ALL * len(below):
            return True
    return False


def _form(cell: str) -> str:
    return re.sub(r"[A-Za-z0-9]+", "0", cell)


def _is_path(cell: str) -> bool:
    return len(cell) >= _SHORTEST_PATH and PATH.search(cell) is not None and not is_date(cell)
