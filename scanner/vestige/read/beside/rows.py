"""Rows: the cells of spreadsheets and of tables in documents, by what their headings announce.

A heading stands above its column or to the left of its value; what stands under none is text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from vestige.columns import Role, role
from vestige.model import Place
from vestige.read.beside.parts import Told, beside
from vestige.read.dictionary import label
from vestige.read.labels import fitted, label_of

__all__ = ["place_of", "tag_of", "told"]

_HEAD = 60
"""Rows at the top in which the headings are sought."""

_BATCH = 5_000
"""Rows of which the distinct texts are told at once."""

_COLUMNS = 16_384
"""Columns that a sheet may have; what stands beyond is judged with the last."""

_NAME, _NUMBER, _BIRTH = 0x00100010, 0x00100020, 0x00100030
_OF_ROLE = {
    Role.FAMILY: _NAME,
    Role.GIVEN: _NAME,
    Role.FULL: _NAME,
    Role.NUMBER: _NUMBER,
    Role.PATIENT: _NUMBER,
    Role.BIRTH: _BIRTH,
}
_LONGEST_PAIR = 40
_WORD = 4


def tag_of(heading: str) -> int:
    """The tag of the attribute that a heading or a label announces; 0 if none."""
    text = heading.strip(" \t\r\n:*=#")
    if not text:
        return 0
    return _OF_ROLE.get(role(text), 0) or label_of(text)


def place_of(kind: str, tag: int) -> Place:
    """The place of values behind a label; only the keyword of the standard shows in it."""
    if not tag:
        return beside(kind)
    _, vr, keyword = label(tag)
    return beside(f"{kind} > {keyword}", tag, vr)


def told(kind: str, rows: Iterable[Sequence[str]]) -> Iterator[Told]:
    """The distinct texts of rows, by what they are; `kind` says of what, as "spreadsheet"."""
    rest = iter(rows)
    first = [row for row in islice(rest, _HEAD)]
    at = _heading(first)
    if at is None:
        yield from _apart(kind, chain(first, rest))
        return
    yield from _apart(kind, first[:at])
    yield Told(beside(kind), tuple(_filled(first[at])))
    tags = _tags(first[at])
    below = chain(first[at + 1 :], rest)
    while batch := list(islice(below, _BATCH)):
        yield from _by_column(kind, tags, batch)


def _heading(rows: list[Sequence[str]]) -> int | None:
    """Which row holds the headings; None if labels stand beside their values, or nowhere."""
    known = [sum(1 for cell in row if tag_of(cell)) for row in rows]
    beside_values = sum(1 for row in rows if _labels(row) and len(_filled(row)) > 1)
    for at, count in enumerate(known):
        filled = len(_filled(rows[at]))
        alone = count == 1 and _is_beside(rows, at)
        if count and filled > 1 and not alone and (count > 1 or beside_values <= 1):
            # In a row of labels and values every other cell at most is a label.
            if beside_values > 1 and 2 * count <= filled:
                continue
            return at
    for at, count in enumerate(known):
        if count == 1 and len(_filled(rows[at])) == 1 and beside_values == 0 and at + 1 < len(rows):
            return at
    return None


def _is_beside(rows: list[Sequence[str]], at: int) -> bool:
    """Whether a row of a label and one more cell holds a label and its value.

    Names under a heading have no words in lower case, and no heading is written with digits.
    """
    label_and_value = _filled(rows[at])
    if len(label_and_value) != 2 or not tag_of(label_and_value[0]):  # noqa: PLR2004 - a pair
        return False
    if any(c.isdigit() for c in label_and_value[1]):
        return True
    below = (_filled(row)[:1] for row in rows[at + 1 :])
    words = (word for cells in below for cell in cells for word in cell.split()[1:])
    return any(len(word) >= _WORD and word.islower() for word in words)


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def _labels(row: Sequence[str]) -> bool:
    """Whether the first cell of a row that holds anything is a label."""
    return bool(tag_of(next((cell for cell in row if cell.strip()), "")))


def _tags(heading: Sequence[str]) -> list[int]:
    """The tag of each column; a "name" beside a surname is a given name."""
    roles = [role(cell) for cell in heading]
    named = Role.FAMILY in roles
    return [
        _NAME if named and one is Role.LABEL else tag_of(cell)
        for one, cell in zip(roles, heading, strict=True)
    ]


def _by_column(kind: str, tags: list[int], rows: list[Sequence[str]]) -> Iterator[Told]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for number, cell in enumerate(row):
            if cell:
                found[min(number, _COLUMNS)][cell] = None
    for number, texts in found.items():
        yield from _of_tag(kind, tags[number] if number < len(tags) else 0, texts)


def _of_tag(kind: str, tag: int, texts: Iterable[str]) -> Iterator[Told]:
    """Texts behind a label; those that are not as its attribute would hold them are texts."""
    if not tag:
        yield Told(beside(kind), tuple(texts))
        return
    values = {text: fitted(tag, text) for text in texts}
    yield Told(place_of(kind, tag), tuple(value for value in values.values() if value))
    rest = tuple(text for text, value in values.items() if not value and text.strip())
    if rest:
        yield Told(beside(kind), rest)


def _apart(kind: str, rows: Iterable[Sequence[str]]) -> Iterator[Told]:
    """The cells of rows without headings: behind a label what it announces, else texts."""
    below = iter(rows)
    while batch := list(islice(below, _BATCH)):
        found: dict[int, dict[str, None]] = defaultdict(dict)
        for row in batch:
            before = ""
            for cell in _filled(row):
                tag = tag_of(before) if before else 0
                found[0 if tag_of(cell) else tag][cell] = None
                if _is_word(before) and _is_word(cell):
                    found[0][f"{before} {cell}"] = None
                before = cell
        for tag, texts in found.items():
            yield from _of_tag(kind, tag, texts)


def _is_word(cell: str) -> bool:
    """Whether a cell may hold half of a name."""
    return 1 < len(cell) <= _LONGEST_PAIR and all(c.isalpha() or c in " -'’" for c in cell)
