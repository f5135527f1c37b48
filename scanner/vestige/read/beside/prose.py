"""Prose: paragraphs, tables, authors and descriptions in the XML of office documents.

WordprocessingML, DrawingML, SpreadsheetML (ISO/IEC 29500) and OpenDocument (ISO/IEC 26300) name the
things that matter here so that one reader serves all. No entity is ever expanded.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple, Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from vestige.read.beside import rows, writing
from vestige.read.beside.parts import Lost, Part
from vestige.read.beside.properties import told

BROKEN = (ExpatError, ValueError, LookupError)
"""What is raised over XML that is none, or that declares entities."""

LONGEST_TAG = 4 << 20
"""Bytes of one tag with its attributes, which are held at once."""

DEEPEST = 2_000
"""Elements within elements that are followed."""

_PARAGRAPHS = frozenset({"p", "h", "si"})
_TABLES, _ROWS = frozenset({"tbl", "table"}), frozenset({"tr", "table-row"})
_CELLS = frozenset({"tc", "table-cell", "covered-table-cell"})
_NOTE = "annotation"
_SPACES = {"tab": "\t", "s": " ", "br": "\n", "cr": "\n", "line-break": "\n", "fldChar": " "}
_PERSONS = frozenset({"creator", "author"})
_MUTED = frozenset(
    "posOffset align pctWidth pctHeight date initials creator-initials rPh binary-data f "
    "sender-initials MoveWithCells SizeWithCells AutoFill Row Column Anchor Visible "
    "config-item".split()
)
_OF_PERSONS = frozenset({"author", "userName", "refreshedBy", "lastModifiedBy"})
_NAMED_PERSONS = frozenset({"cmAuthor", "author", "person", "userInfo"})
_TELLING = frozenset(
    """
    descr title alt href url sourceFile command connection string-value displayName caption display
    tooltip prompt promptTitle error mailSubject addressFieldName query
    """.split()
)
"""Attributes that hold what somebody wrote."""

_NAMING = frozenset(
    """
    docPr cNvPr sheet definedName tableColumn cacheField bookmarkStart connection bookmark frame
    table section image object database-range docVar externalBook sheetName dbPr
    """.split()
)
"""Elements to which people give names."""

_VALUED = frozenset({"alias", "tag", "docVar", "s", "sheetName", "dataSource", "query", "comments"})
"""Elements whose value somebody wrote."""

_MOST_REPEATED = 64


class _Turn(Enum):
    TABLE = "table"
    END = "end"


class _Author(NamedTuple):
    name: str


_Event = str | list[str] | _Turn | _Author


def of_document(chunks: Iterable[bytes], kind: str) -> Iterator[Part]:
    """What stands in a part of a document, as far as it can be read."""
    authors: dict[str, None] = {}
    lost: list[str] = []
    events = _sound(chunks, lost)
    yield from _told(events, kind, authors)
    if authors:
        yield from told(kind, "author", authors)
    for code in lost:
        yield Lost(code)


def _told(events: Iterator[_Event], kind: str, authors: dict[str, None]) -> Iterator[Part]:
    """Paragraphs and, where one begins, the rows of a table."""
    ended = False
    while not ended:
        met: list[_Turn] = []
        yield from writing.told(kind, _paragraphs(events, authors, met))
        ended = not met
        if met:
            aside: list[str] = []
            yield from rows.told(f"{kind} table", map(rows.row_of, _table(events, authors, aside)))
            yield from writing.told(kind, aside)


def _paragraphs(
    events: Iterator[_Event], authors: dict[str, None], met: list[_Turn]
) -> Iterator[str]:
    """The paragraphs before the next table; `met` says that there is one."""
    for event in events:
        if isinstance(event, str):
            yield event
        elif isinstance(event, _Author):
            authors[event.name] = None
        elif event is _Turn.TABLE:
            met.append(event)
            return
        elif isinstance(event, list):
            yield from event


def _table(
    events: Iterator[_Event], authors: dict[str, None], aside: list[str]
) -> Iterator[list[str]]:
    """The rows of a table and of those within it; `aside` is what stands beside its cells."""
    deep = 1
    for event in events:
        if isinstance(event, list):
            yield event
        elif isinstance(event, str):
            aside.append(event)
        elif isinstance(event, _Author):
            authors[event.name] = None
        else:
            deep += 1 if event is _Turn.TABLE else -1
            if not deep:
                return


def _sound(chunks: Iterable[bytes], lost: list[str]) -> Iterator[_Event]:
    """The events of a part up to where it breaks."""
    reading = _Reading()
    for code in fed(chunks, reading):
        if code:
            lost.append(code)
        yield from reading.taken()


class Listener(Protocol):
    """Who is told of elements and texts."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, text: str, /) -> None:
        """Text, of what is open."""


def fed(chunks: Iterable[bytes], listener: Listener) -> Iterator[str]:
    """Tells of each chunk of XML, and gives "" behind it; last, "damaged" where it broke off.

    An entity that is declared is damage: none is ever expanded.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    parser.EntityDeclHandler = _refuse
    given = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - it takes no keywords
            given += len(chunk)
            if given - parser.CurrentByteIndex > LONGEST_TAG:
                raise ValueError(given)
            yield ""
        parser.Parse(b"", True)  # noqa: FBT003
    except BROKEN:
        yield "damaged"
    else:
        yield ""


def _refuse(*_declared: object) -> None:
    raise ValueError("an entity is declared")


class _Reading:
    """What has been read of a part, and what of it is still open."""

    def __init__(self) -> None:
        self._events: list[_Event] = []
        self._texts: list[list[str]] = [[]]
        self._rows: list[list[str]] = []
        self._cells: list[tuple[list[str], str, int]] = []
        self._muted = 0
        self._aside = 0
        self._depth = 0

    def taken(self) -> list[_Event]:
        """The events since this was last asked."""
        events, self._events = self._events, []
        return events

    def text(self, text: str) -> None:
        """Text, of what is open."""
        if not self._muted:
            self._texts[-1].append(text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(self._depth)
        if local in _MUTED:
            self._muted += 1
        elif local in _SPACES and len(self._texts) > 1:
            self._texts[-1].append(_SPACES[local])
        elif local in _PARAGRAPHS or local in _PERSONS:
            self._flush()
            self._texts.append([])
        else:
            self._holding(local, attributes)
        if attributes:
            self._told(local, attributes)

    def _holding(self, local: str, attributes: dict[str, str]) -> None:
        """A table, row or cell begins, or any other element."""
        self._flush()
        if local == _NOTE:
            self._aside += 1
        elif local in _TABLES:
            self._events.append(_Turn.TABLE)
        elif local in _ROWS:
            self._rows.append([])
        elif local in _CELLS:
            times = attributes.get("table:number-columns-repeated", "1")
            repeated = int(times) if times.isdecimal() and len(times) < 8 else 1  # noqa: PLR2004
            value = attributes.get("office:date-value", "")
            self._cells.append(([], value[:10], min(repeated, _MOST_REPEATED)))

    def end(self, name: str) -> None:
        """An element ends."""
        local = name.rpartition(":")[2]
        self._depth -= 1
        if local in _MUTED:
            self._muted -= 1
        elif local in _PARAGRAPHS:
            self._say("".join(self._texts.pop()))
        elif local in _PERSONS:
            self._events.append(_Author("".join(self._texts.pop()).strip()))
        else:
            self._flush()
            self._held(local)

    def _held(self, local: str) -> None:
        """A table, row or cell ends, or any other element."""
        if local == _NOTE:
            self._aside -= 1
        elif local in _CELLS:
            texts, value, repeated = self._cells.pop()
            if self._rows:
                text = value or "\n".join(texts)
                self._rows[-1].extend((text, *([""] * (repeated - 1))))
        elif local in _ROWS:
            self._events.append(self._rows.pop())
        elif local in _TABLES:
            self._events.append(_Turn.END)

    def _flush(self) -> None:
        """Text that stands in no paragraph is one."""
        if len(self._texts) == 1 and self._texts[0]:
            self._say("".join(self._texts[0]))
            self._texts[0].clear()

    def _say(self, text: str) -> None:
        text = text.strip()
        if text and self._cells and not self._aside:
            self._cells[-1][0].append(text)
        elif text:
            self._events.append(text)

    def _told(self, local: str, attributes: dict[str, str]) -> None:
        """What attributes tell."""
        external = attributes.get("TargetMode") == "External"
        for key, value in attributes.items():
            own = key.rpartition(":")[2]
            named = local in _NAMED_PERSONS and own in {"name", "displayName", "userId"}
            if not value or value.isdecimal():
                continue
            if own in _OF_PERSONS or named:
                self._events.append(_Author(value))
            elif (
                own in _TELLING
                or (own == "name" and local in _NAMING)
                or (own in {"val", "v"} and local in _VALUED)
                or (own == "Target" and external)
            ):
                self._events.append(value)
