"""Rows: the cells of spreadsheets and of tables in documents, by what their headings announce.

A heading stands above its column or to the left of its value; what stands under none is text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from vestige.model import Place
from vestige.read.beside import file_names, keys
from vestige.read.beside.parts import Listed, Told, beside
from vestige.read.dictionary import label
from vestige.read.labels import fitted

__all__ = ["Row", "of_column", "place_of", "row_of", "tag_of", "tags_of", "told"]

_HEAD = 60
"""Rows at the top in which the headings are sought."""

_BATCH = 5_000
"""Rows of which the distinct texts are told at once."""

Row = dict[int, str]
"""The texts of cells that hold any, by the number of their column."""

MOST_LISTED, MOST_LISTED_COLUMNS = 20_000, 64
"""Rows and columns of one table that are held to tell whom it maps to which code."""

COLUMNS = 512
"""Columns that are told apart; those behind them are read as one."""

_LONGEST_PAIR = 40
_WORD = 4


def tag_of(heading: str) -> int:
    """The tag of the attribute that a heading or a label announces; 0 if none."""
    text = heading.strip(" \t\r\n:*=#")
    return keys.tag_of(text) if text else 0


def place_of(kind: str, tag: int, column: int = 0) -> Place:
    """The place of values behind a label, or in a column from 1; no heading shows in it."""
    where = f"{kind} column {column}" if column else kind
    if not tag:
        return beside(where)
    _, vr, keyword = label(tag)
    return beside(f"{where} > {keyword}", tag, vr)


def row_of(cells: Iterable[str]) -> Row:
    """A row from the texts of its cells, one after the other."""
    return {number: cell for number, cell in enumerate(cells) if cell.strip()}


def told(kind: str, rows: Iterable[Row]) -> Iterator[Told | Listed]:
    """The distinct texts of rows, by what they are; `kind` says of what, as "spreadsheet"."""
    rest = iter(rows)
    first = list(islice(rest, _HEAD))
    at = _heading(first)
    if at is None:
        held = list(islice(rest, MOST_LISTED))
        yield from _apart(kind, chain(first, held, rest))
        # Below no headings: labels that stand beside their values are none.
        labelled = bool(first) and tag_of(next(iter(first[0].values()), "")) > 0
        yield _listed([{}, *first, *held] if labelled else [*first, *held])
        return
    yield from _apart(kind, first[:at])
    yield Told(beside(kind), list(first[at].values()))
    tags = tags_of(first[at])
    below = chain(first[at + 1 :], rest)
    kept = [first[at]]
    while batch := list(islice(below, _BATCH)):
        yield from _by_column(kind, tags, batch)
        kept += batch[: max(MOST_LISTED - len(kept), 0)]
    yield _listed(kept)


def _listed(rows: list[Row]) -> Listed:
    """The rows of a table as far as they are held, the headings first."""
    columns = (number for row in rows[:_HEAD] for number in row if number < MOST_LISTED_COLUMNS)
    width = 1 + max(columns, default=0)
    return Listed([[row.get(number, "") for number in range(width)] for row in rows])


def _heading(rows: list[Row]) -> int | None:
    """Which row holds the headings; None if labels stand beside their values, or nowhere."""
    known = [sum(1 for cell in row.values() if tag_of(cell)) for row in rows]
    beside_values = sum(1 for row in rows if len(row) > 1 and tag_of(next(iter(row.values()))))
    for at, count in enumerate(known):
        alone = count == 1 and _is_beside(rows, at)
        # In a row of labels and values every other cell at most is a label.
        paired = beside_values > 1 and 2 * count <= len(rows[at])
        plainly = len(rows[at]) > 1 and (count > 1 or beside_values <= 1)
        if count and plainly and not alone and not paired:
            return at
    single = [at for at, count in enumerate(known[:-1]) if count == 1 and len(rows[at]) == 1]
    return single[0] if single and not beside_values else None


def _is_beside(rows: list[Row], at: int) -> bool:
    """Whether a row of a label and one more cell holds a label and its value.

    Names under a heading have no words in lower case, and no heading is written with digits.
    """
    label_and_value = list(rows[at].values())
    if len(label_and_value) != 2 or not tag_of(label_and_value[0]):  # noqa: PLR2004 - a pair
        return False
    if any(c.isdigit() for c in label_and_value[1]):
        return True
    below = (next(iter(row.values())) for row in rows[at + 1 :] if row)
    words = (word for cell in below for word in cell.split()[1:])
    return any(len(word) >= _WORD and word.islower() for word in words)


def tags_of(heading: Row) -> dict[int, int]:
    """The tag of each column; what is called a name beside a surname or a birth date is one."""
    tags = {number: tag_of(cell) for number, cell in heading.items()}
    if {keys.PERSON, keys.BIRTH} & set(tags.values()):
        named = (number for number, cell in heading.items() if keys.is_label(cell.strip()))
        tags |= {number: keys.PERSON for number in named if not tags[number]}
    return tags


def _by_column(kind: str, tags: dict[int, int], rows: list[Row]) -> Iterator[Told]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for number, cell in row.items():
            found[min(number, COLUMNS)][cell] = None
    for number, texts in sorted(found.items()):
        yield from of_column(kind, tags.get(number, 0), number, texts)


def of_column(kind: str, tag: int, number: int, texts: Iterable[str]) -> Iterator[Told]:
    """The distinct texts of a column, from 0, of the attribute that its heading announces."""
    texts = list(texts)
    if tag == keys.PERSON and file_names.are_most(texts):
        tag = 0
    place = place_of(kind, tag, number + 1)
    if tag:
        yield from _of_tag(place, texts)
    else:
        yield Told(place, texts, together=number < COLUMNS)


def _of_tag(place: Place, texts: Iterable[str]) -> Iterator[Told]:
    """Texts behind a label; those that are not as its attribute would hold them are texts."""
    values = {text: fitted(place.tag, text) for text in texts}
    yield Told(place, [value for value in values.values() if value])
    rest = [text for text, value in values.items() if not value and text.strip()]
    if rest:
        yield Told(beside(place.pointer.partition(" > ")[0]), rest)


def _apart(kind: str, rows: Iterable[Row]) -> Iterator[Told]:
    """The cells of rows without headings: behind a label what it announces, else texts."""
    below = iter(rows)
    while batch := list(islice(below, _BATCH)):
        found: dict[int, dict[str, None]] = defaultdict(dict)
        for row in batch:
            before = ""
            for cell in row.values():
                tag = tag_of(before) if before else 0
                found[0 if tag_of(cell) else tag][cell] = None
                if _is_word(before) and _is_word(cell):
                    found[0][f"{before} {cell}"] = None
                before = cell
        for tag, texts in found.items():
            place = place_of(kind, tag)
            yield from _of_tag(place, texts) if tag else (Told(place, list(texts)),)


def _is_word(cell: str) -> bool:
    """Whether a cell may hold half of a name."""
    return 1 < len(cell) <= _LONGEST_PAIR and all(c.isalpha() or c in " -'’" for c in cell)
