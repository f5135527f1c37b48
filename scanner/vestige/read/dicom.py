"""Raw elements to observations: every text of a DICOM file, with its place."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from vestige.model import Entry, Observation, Problem, Stage
from vestige.read import ways
from vestige.read.charset import DEFAULT, codecs_of, decoded
from vestige.read.dictionary import is_known, vr_of
from vestige.read.fields import LOSSES as LOST
from vestige.read.file import Source
from vestige.read.header import Header, read_header
from vestige.read.pages import Readable
from vestige.read.places import creator_tag, is_creator, is_private, step
from vestige.read.raw import CONCEPT_NAME, FLAWS, LARGE, LOSSES, PIXELS, Element, Span
from vestige.read.slack import slack
from vestige.read.stated import statement
from vestige.read.unreadable import Unreadable
from vestige.read.ways import NUMBERS, Way
from vestige.statement import Statement

__all__ = [
    "OF_ALL",
    "Asked",
    "Reading",
    "Way",
    "allowances",
    "examine",
    "examine_inside",
    "holds_items",
    "observations",
    "problems",
    "unread",
    "values",
    "vr_of",
]

SEARCHED_BYTES = 4 << 20
"""Bytes of long values that are searched for text in one file; what is beyond is a problem."""

NUMBER_BYTES = 64 << 20
"""Bytes of long decimal strings that are looked through in one file for what is no number."""

DOCUMENT_BYTES = 32 << 20
"""Bytes of encapsulated documents that are read in one file; what is beyond is a problem."""

SAMPLE_BYTES = 1 << 20
"""Bytes of samples, tables and slack that are searched; the rest, as of pixels, is no problem."""

TRAILING = -1
"""The index under which the allowance of the trailing bytes stands."""

_CHARACTER_SET = 0x00080005
_CODE_VALUE, _CODE_SCHEME = 0x00080100, 0x00080102
_VALUES_IN_ITEMS = frozenset({0x0040A168, 0x0040A300})
"""Concept Code Sequence and Measured Value Sequence: the value of what holds them."""

_LONGEST_CODE = 64


class Asked(NamedTuple):
    """Of which standard tags is asked whether a number is there: a decimal one, or a binary one.

    `concepts` are those of structured reports of which is asked, as "121029 DCM".
    """

    decimals: Callable[[int], bool]
    numbers: Callable[[int], bool]
    concepts: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one DICOM file gives; what it holds is in `observed`."""

    header: Header
    problems: tuple[Problem, ...]
    statement: Statement


def examine(source: Source, entry: Entry) -> Reading | None:
    """All that the content of a file gives; None if it is no DICOM, Unreadable if reading fails."""
    reading = examine_inside(source, entry)
    if reading is None and source.problem is not None:
        raise Unreadable(source.problem.code, source.problem.detail)
    return reading


def examine_inside(readable: Readable, entry: Entry) -> Reading | None:
    """All that bytes inside an entry give, wherever they lie; None if they are no DICOM."""
    header = read_header(readable, vr_of)
    if header is None:
        return None
    return Reading(header, problems(header, entry), statement(header))


def problems(header: Header, entry: Entry) -> tuple[Problem, ...]:
    """What of a file was not read or not searched, and from which offset on."""
    found = [
        Problem(entry.id, Stage.READ, flaw.code, f"{FLAWS[flaw.code]} (offset {flaw.offset})")
        for flaw in header.flaws
        if flaw.code in LOSSES
    ]
    cut = allowances(header)[1]
    if cut:
        detail = f"{cut} bytes of long values were not searched for text"
        found.append(Problem(entry.id, Stage.READ, "budget", detail))
    return tuple(found)


def unread(entry: Entry, code: str, pointer: str) -> Problem:
    """The problem that something inside a value could not be read."""
    return Problem(entry.id, Stage.READ, code, f"{LOST[code]}: {pointer}")


def observations(header: Header, concepts: AbstractSet[str] = frozenset()) -> Iterator[Observation]:
    """Every text of a file with its place, in file order; equal ones in sequences once.

    Sequences that hold items, private numbers and numbers about the patient or where the image was
    taken give an empty text: that they are there is what a profile judges (PS3.15 annex E). So do
    binary elements in which no text stands.
    """
    seen: set[Observation] = set()
    asked = OF_ALL._replace(concepts=concepts)
    for index, way, value in values(header, asked):
        nested = 0 <= index < len(header.elements) and header.elements[index].parent >= 0
        for observation in way.observed(value):
            if not nested:
                yield observation
            elif observation not in seen:
                seen.add(observation)
                yield observation


OF_ALL = Asked(lambda _tag: True, lambda _tag: False)
"""All decimal numbers are observed, and of the binary ones those that tell of people."""


def values(header: Header, asked: Asked) -> Iterator[tuple[int, Way, bytes]]:
    """The index of each element that gives observations, how it is read, and its value.

    The preamble has the index -1, slack that of its pixel data, what follows the last element their
    number. Decimal numbers of tags that nobody asks for give no observation, unless letters stand
    in them. Values of content items have their concept in their places where it is one of those
    asked for, as "121029 DCM".
    """
    reader = _Reader(header, asked)
    counts = asked.numbers
    preamble = header.bytes_of(header.preamble)
    if preamble.strip(b"\x00"):
        yield -1, ways.BEFORE, preamble
    for index, element in enumerate(header.elements):
        if element.start != element.end:
            tag = element.tag
            if element.vr in NUMBERS and ways.is_technical(tag) and not counts(tag):
                continue
            way = reader.way(index, element)
            if way.read is not ways.nothing:
                yield index, way, reader.value(index, element, way)
    for index, span in slack(header) if header.pixels else ():
        yield index, ways.BEHIND_PIXELS, header.bytes_of(span, SAMPLE_BYTES)
    rest = header.bytes_of(header.trailing, reader.allowed[TRAILING])
    if rest.strip(b"\x00"):
        yield len(header.elements), ways.BEHIND, rest


@dataclass(slots=True)
class _Level:
    """One data set on the way to where the reader stands.

    `concept` is what its values are of, if that is known: as "121029 DCM". The code of it stands
    in an item of the Concept Name Code Sequence, which is `naming` the content item around it.
    """

    parent: int
    item: int
    above: str
    private: bool
    codecs: tuple[str, ...]
    creators: dict[int, str] = field(default_factory=dict)
    naming: "_Level | None" = None
    code: str = ""
    concept: str = ""

    def creator(self, tag: int) -> str:
        """The private creator of an element of this data set; "" if it is standard or has none."""
        return self.creators.get(creator_tag(tag), "") if is_private(tag) else ""


class _Reader:
    """Reads the elements of one file in order; a stack holds the data sets that are open."""

    def __init__(self, header: Header, asked: Asked) -> None:
        self._header = header
        self._asked = asked
        self._levels = [_Level(-1, -1, "", private=False, codecs=DEFAULT)]
        self.allowed = allowances(header)[0]

    def way(self, index: int, element: Element) -> Way:
        """How the value of one element becomes observations."""
        level = self._levels[-1]
        if element.parent != level.parent or element.item != level.item:
            level = self._level(element)
        tag, vr = element.tag, element.vr
        if is_private(tag):
            return self._private(index, element, level)
        if tag == _CHARACTER_SET:
            level.codecs = codecs_of(self._header.value(element))
        if vr == "SQ" and holds_items(self._header, index):
            return ways.holding(level.above, tag, "", private=level.private)
        if level.naming is not None:
            self._name(level.naming, level, element)
        flags = (level.private, self._asked.decimals(tag))
        counted = self._asked.numbers(tag)
        way = ways.standard(level.above, tag, vr, level.codecs, flags, counted=counted)
        return ways.of_concept(way, level.concept) if level.concept else way

    def _name(self, named: _Level, level: _Level, element: Element) -> None:
        """Notes the concept of a content item, if the element is the code of it (PS3.3 C.17.3)."""
        if element.tag == _CODE_VALUE:
            level.code = self._plain(element)
        elif element.tag == _CODE_SCHEME:
            concept = f"{level.code} {self._plain(element)}"
            named.concept = concept if concept in self._asked.concepts else ""

    def _plain(self, element: Element) -> str:
        value = self._header.bytes_of((element.start, element.end), _LONGEST_CODE)
        return decoded(value, DEFAULT, name=False).strip(" \x00")

    def _private(self, index: int, element: Element, level: _Level) -> Way:
        tag, vr = element.tag, element.vr
        if is_creator(tag):
            value = self._header.value(element)
            level.creators[tag] = decoded(value, level.codecs, name=False).strip(" \x00")
            return ways.reserving(level.above, tag, level.codecs)
        creator = level.creator(tag)
        if vr == "SQ" and holds_items(self._header, index):
            return ways.holding(level.above, tag, creator, private=True)
        return ways.private(level.above, tag, vr, creator, level.codecs)

    def value(self, index: int, element: Element, way: Way) -> bytes:
        """What of the value of an element is searched."""
        if way.read is ways.presence:
            return b""
        if element.end - element.start <= LARGE:
            return self._header.value(element)
        span = (element.start, element.end)
        return self._header.bytes_of(span, self.allowed.get(index, 0))

    def _level(self, element: Element) -> _Level:
        """The data set that holds the element, opened if it is met for the first time."""
        levels = self._levels
        key = (element.parent, element.item)
        while (levels[-1].parent, levels[-1].item) != key:
            holder = self._header.elements[element.parent]
            top = levels[-1]
            if (top.parent, top.item) == (holder.parent, holder.item):
                levels.append(self._opened(element, holder, top))
            else:
                levels.pop()
        return levels[-1]

    def _opened(self, element: Element, holder: Element, around: _Level) -> _Level:
        tag = holder.tag
        creator = around.creator(tag)
        pointer = step(tag, creator, known=is_known(creator))
        return _Level(
            element.parent,
            element.item,
            f"{around.above}{pointer}[*]/",
            around.private or is_private(tag),
            around.codecs,
            naming=around if tag == CONCEPT_NAME else None,
            concept=around.concept if tag in _VALUES_IN_ITEMS else "",
        )


def holds_items(header: Header, index: int) -> bool:
    """Whether elements were parsed in the sequence of that index."""
    following = index + 1
    return following < len(header.elements) and header.elements[following].parent == index


def allowances(header: Header) -> tuple[dict[int, int], int]:
    """How many bytes of each long value are searched, by index, and how many are not in all.

    The trailing bytes have the index -1. Long values share three budgets, in file order.
    """
    if not header.large and header.trailing[0] == header.trailing[1]:
        return {TRAILING: 0}, 0
    left = {
        _OPAQUE: SEARCHED_BYTES,
        _STRING: NUMBER_BYTES,
        _SAMPLE: SAMPLE_BYTES,
        _DOCUMENT: DOCUMENT_BYTES,
    }
    allowed: dict[int, int] = {}
    cut = 0
    for index, size, kind in _long_values(header):
        allowed[index] = min(size, left[kind])
        left[kind] -= allowed[index]
        cut += size - allowed[index] if kind != _SAMPLE else 0
    return allowed, cut


_OPAQUE, _STRING, _SAMPLE, _DOCUMENT = range(4)
"""The kinds of long values: bytes in which text may stand, decimal strings, samples, documents."""


def _long_values(header: Header) -> Iterator[tuple[int, int, int]]:
    for index in header.large:
        element = header.elements[index]
        tag, vr = element.tag, element.vr
        if vr == "UN" and not is_private(tag):
            vr = vr_of(tag)
        if vr in NUMBERS or tag in PIXELS or (vr == "SQ" and holds_items(header, index)):
            continue
        yield index, element.end - element.start, _kind(tag, vr)
    yield TRAILING, _length(header.trailing), _OPAQUE


def _kind(tag: int, vr: str) -> int:
    if tag == ways.DOCUMENT:
        return _DOCUMENT
    if ways.is_sampled(tag, vr):
        return _SAMPLE
    return _STRING if vr in ways.DECIMALS else _OPAQUE


def _length(span: Span) -> int:
    return span[1] - span[0]
