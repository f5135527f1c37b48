"""Dumps of databases as SQL: the rows of `INSERT` and `COPY`, by the columns of their tables."""

import re
from collections.abc import Iterator

from vestige.read.beside import plain, rows
from vestige.read.beside.parts import Part

_BEGINS = re.compile(
    r"^(?:INSERT\s+(?:IGNORE\s+)?INTO\s|COPY\s+\S+\s*\(|CREATE\s+TABLE\s"
    r"|-- (?:MySQL|PostgreSQL|MariaDB))",
    re.IGNORECASE | re.MULTILINE,
)
_WORDS = ("insert", "copy", "create", "-- ")
"""Of which one stands in the first lines of every dump."""

_NAME = r"""((?:[`"\[]?[\w$ -]{1,64}[`"\]]?\.){0,2}[`"\[]?[\w$-]{1,64}[`"\]]?)"""
_CREATE = re.compile(rf"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s*\(", re.IGNORECASE)
_INSERT = re.compile(
    rf"INSERT\s+(?:IGNORE\s+)?INTO\s+{_NAME}\s*(?:\(([^()]{{1,8192}})\)\s*)?VALUES\s*",
    re.IGNORECASE,
)
_COPY = re.compile(rf"COPY\s+{_NAME}\s*\(([^()]{{1,8192}})\)\s+FROM\s+stdin[^\n]*\n", re.IGNORECASE)
_COLUMN = re.compile(r"""\s*[`"\[]([^`"\]]{1,64})[`"\]]|\s*([A-Za-z_][\w$]{0,63})""")
_NO_COLUMN = frozenset("primary key unique constraint index foreign check fulltext".split())
_CELL = re.compile(
    r"\s*(?:[NEne]?'((?:[^'\\]|''|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|([^,()'\"]*))\s*([,)])", re.DOTALL
)
_ESCAPE = re.compile(r"\\(.)|''")
_MOST_ROWS = 1_000_000


def looks(head: str) -> bool:
    """Whether a text is a dump, by its first lines."""
    small = head.lower()
    return any(word in small for word in _WORDS) and _BEGINS.search(head) is not None


def read(text: str) -> Iterator[Part]:
    """The rows of each table, and all that is no row as lines."""
    columns: dict[str, list[str]] = {}
    for found in _CREATE.finditer(text):
        columns[_bare(found[1])] = list(_declared(text, found.end()))
    tables: dict[str, list[rows.Row]] = {}
    rest: list[str] = []
    at = 0
    for start, end, table, heads, told in _stretches(text):
        rest.append(text[at:start])
        at = end
        names = heads or columns.get(table, [])
        tables.setdefault(table, [rows.row_of(names)] if names else []).extend(told)
    for some in tables.values():
        yield from rows.told("SQL", some)
    yield from plain.parts_of("\n".join((*rest, text[at:])))


def _stretches(text: str) -> Iterator[tuple[int, int, str, list[str], list[rows.Row]]]:
    """Where rows stand, from and to, of which table, their columns if told, and the rows."""
    at, left = 0, _MOST_ROWS
    inserted, copied = _INSERT.search(text), _COPY.search(text)
    while left > 0:
        # Each is sought again only behind where it was found: a dump has hundreds of thousands.
        if inserted and inserted.start() < at:
            inserted = _INSERT.search(text, at)
        if copied and copied.start() < at:
            copied = _COPY.search(text, at)
        found = min(filter(None, (inserted, copied)), key=lambda one: one.start(), default=None)
        if found is None:
            return
        told, end = _values(text, found.end()) if found is inserted else _lines(text, found.end())
        left -= len(told) + 1
        heads = [_bare(one) for one in (found[2] or "").split(",")] if found[2] else []
        yield found.start(), end, _bare(found[1]), heads, told
        at = max(end, found.end())


def _bare(name: str) -> str:
    """A name without its schema and its quotes."""
    return name.rpartition(".")[2].strip(' `"[]\n\r\t')


def _declared(text: str, at: int) -> Iterator[str]:
    """The columns of a table from its declaration on."""
    depth, start = 1, at
    for place in range(at, min(len(text), at + 65_536)):
        sign = text[place]
        depth += (sign == "(") - (sign == ")")
        if (sign == "," and depth == 1) or not depth:
            found = _COLUMN.match(text[start:place])
            name = (found[1] or found[2]) if found else ""
            if name and name.lower() not in _NO_COLUMN:
                yield name
            start = place + 1
        if not depth:
            return


def _values(text: str, at: int) -> tuple[list[rows.Row], int]:
    """The rows in brackets from a place on, and where they end."""
    found: list[rows.Row] = []
    while at < len(text) and text[at] == "(":
        cells: list[str] = []
        at += 1
        while cell := _CELL.match(text, at):
            quoted = cell[1] if cell[1] is not None else cell[2]
            plainly = (
                "" if cell[3] is None or cell[3].strip().upper() == "NULL" else cell[3].strip()
            )
            cells.append(plainly if quoted is None else _ESCAPE.sub(_unescaped, quoted))
            at = cell.end()
            if cell[4] == ")":
                break
        else:
            return found, at
        found.append(rows.row_of(cells))
        while at < len(text) and text[at] in ", \r\n\t":
            at += 1
    return found, at


def _unescaped(found: re.Match[str]) -> str:
    return (
        "'"
        if found[1] is None
        else {"n": "\n", "t": "\t", "r": "", "0": ""}.get(found[1], found[1])
    )


def _lines(text: str, at: int) -> tuple[list[rows.Row], int]:
    """The rows of COPY, a line each, up to the line that ends them."""
    end = text.find("\n\\.", at - 1)
    end = len(text) if end < 0 else end
    told = text[at:end].split("\n")
    cells = ([one if one != "\\N" else "" for one in line.split("\t")] for line in told if line)
    return [rows.row_of(one) for one in cells], end
