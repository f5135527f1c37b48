"""Values of R (.rds, .RData) as `saveRDS` and `save` write them: texts, and columns of frames.

As of "R Internals", section 1.8 (serialization), in the portable form (XDR); most are packed with
gzip. Code, environments and closures are passed over; nothing is run.
"""

import datetime as dt
from collections.abc import Iterator
from struct import Struct, error
from typing import NamedTuple

from vestige.read.beside import rows
from vestige.read.beside.parts import WHOLE, Bounds, Lost, Part, Readable, Told, beside
from vestige.read.carve import pieces, runs

SIGNS = (b"RDX2\nX\n", b"RDX3\nX\n")
_RDS = b"X\n\0\0\0"
_VERSIONS = (2, 3)

_SYMBOL, _PAIRS, _CLOSURE, _ENVIRONMENT, _PROMISE, _LANGUAGE = 1, 2, 3, 4, 5, 6
_SPECIAL, _BUILTIN, _CHARACTERS, _LOGICAL, _INTEGER, _REAL, _COMPLEX = 7, 8, 9, 10, 13, 14, 15
_TEXTS, _DOTS, _LIST, _EXPRESSION, _POINTER, _WEAK, _RAW, _S4 = 16, 17, 19, 20, 22, 23, 24, 25
_ALTERED, _ATTRIBUTED, _PERSISTENT, _PACKAGE, _NAMESPACE, _REFERENCE = 238, 239, 247, 250, 249, 255
_EMPTY = frozenset({0, 241, 242, 251, 252, 253, 254, 248, 246})
_NODES = frozenset({_PAIRS, _CLOSURE, _PROMISE, _LANGUAGE, _DOTS, _ATTRIBUTED, 240})
_HAS_ATTRIBUTES, _HAS_TAG = 0x200, 0x400
_DEEPEST, _MOST = 200, 2_000_000
_LONGEST = 1 << 20
_DAY = 60_000


class _Value(NamedTuple):
    """A value: its texts, its numbers, or its parts, with what attributes say of it."""

    texts: list[str]
    parts: "list[_Value]"
    attributes: "dict[str, _Value]"
    tag: str = ""
    numbers: tuple[float, ...] = ()


_NOTHING = _Value([], [], {})


class _Stream:
    """Reads values; ValueError where the bytes make no sense, or are more than are read."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        self._symbols: list[str] = []
        self._left = _MOST

    def integer(self) -> int:
        return int.from_bytes(self.take(4), "big", signed=True)

    def take(self, length: int) -> bytes:
        if length < 0 or self._at + length > len(self._data):
            raise ValueError
        self._at += length
        return self._data[self._at - length : self._at]

    def head(self) -> None:
        """Versions, and from version 3 on the encoding of the session."""
        version, _, _ = self.integer(), self.integer(), self.integer()
        if version not in _VERSIONS:
            raise ValueError
        if version == _VERSIONS[-1]:
            self.take(self.integer())

    def value(self, depth: int = 0) -> _Value:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise ValueError
        flags = self.integer()
        kind = flags & 0xFF
        if kind in _EMPTY:
            return _NOTHING
        if kind in _NODES:
            return self._pairs(flags, depth)
        if kind == _CHARACTERS:
            return _Value([self._characters()], [], {})
        if kind == _SYMBOL:
            self._symbols.append(self.value(depth + 1).texts[0])
            return _NOTHING._replace(tag=self._symbols[-1])
        if kind == _REFERENCE:
            number = flags >> 8 or self.integer()
            known = self._symbols[number - 1] if 0 < number <= len(self._symbols) else ""
            return _NOTHING._replace(tag=known)
        return self._other(kind, flags, depth)

    def _other(self, kind: int, flags: int, depth: int) -> _Value:
        if kind == _ENVIRONMENT:
            self.integer()
            self._symbols.append("")
            return _NOTHING._replace(parts=[self.value(depth + 1) for _ in range(4)])
        if kind in {_PERSISTENT, _PACKAGE, _NAMESPACE}:
            self.integer()
            self._symbols.append("")
            return _NOTHING._replace(parts=[self.value(depth + 1) for _ in range(self._count())])
        if kind == _ALTERED:
            _, state, _ = (self.value(depth + 1) for _ in range(3))
            return self._altered(state)
        made = self._vector(kind, depth)
        if flags & _HAS_ATTRIBUTES:
            named = self.value(depth + 1).parts
            made = made._replace(attributes={one.tag: one for one in named})
        return made

    def _vector(self, kind: int, depth: int) -> _Value:
        if kind in {_TEXTS, _LIST, _EXPRESSION}:
            parts = [self.value(depth + 1) for _ in range(self._count())]
            if kind != _TEXTS:
                return _NOTHING._replace(parts=parts)
            return _NOTHING._replace(texts=[one.texts[0] if one.texts else "" for one in parts])
        if kind in {_LOGICAL, _INTEGER, _REAL}:
            count = self._count()
            code, width = ("d", 8) if kind == _REAL else ("i", 4)
            numbers = Struct(f">{count}{code}").unpack(self.take(width * count))
            return _NOTHING._replace(numbers=numbers)
        self._pass(kind, depth)
        return _NOTHING

    def _pass(self, kind: int, depth: int) -> None:
        """Passes over what tells nothing."""
        if kind in {_COMPLEX, _RAW, _SPECIAL, _BUILTIN}:
            self.take((16 if kind == _COMPLEX else 1) * self._count())
        elif kind == _POINTER:
            self._symbols.append("")
            self.value(depth + 1)
            self.value(depth + 1)
        elif kind == _WEAK:
            self._symbols.append("")
        elif kind != _S4:
            raise ValueError

    def _altered(self, state: _Value) -> _Value:
        """A value in a compact form: wrapped ones are the first part, other forms are numbers."""
        if state.parts:
            first = state.parts[0]
            return first if first.texts or first.numbers or first.parts else _NOTHING
        return state if state.texts else _NOTHING

    def _pairs(self, flags: int, depth: int) -> _Value:
        """A list of pairs, gone through without going deeper with each."""
        parts: list[_Value] = []
        while flags & 0xFF in _NODES:
            self._left -= 1
            if self._left < 0:
                raise ValueError
            if flags & _HAS_ATTRIBUTES or flags & 0xFF in {_ATTRIBUTED, 240}:
                self.value(depth + 1)
            tag = self.value(depth + 1).tag if flags & _HAS_TAG else ""
            parts.append(self.value(depth + 1)._replace(tag=tag))
            flags = self.integer()
        if flags & 0xFF not in _EMPTY:
            self._at -= 4
            parts.append(self.value(depth + 1))
        return _NOTHING._replace(parts=parts)

    def _count(self) -> int:
        count = self.integer()
        if count < 0 or count > len(self._data):
            raise ValueError
        return count

    def _characters(self) -> str:
        length = self.integer()
        if length < 0:
            return ""
        raw = self.take(length)[:_LONGEST]
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode("cp1252", "replace")


def is_rds(readable: Readable) -> bool:
    """Whether a file is a value in the portable form."""
    first = readable.first
    return first.startswith(_RDS) and first[5:6] in (b"\2", b"\3")


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The texts of the values, those of frames and named lists by their columns."""
    if readable.size > WHOLE or not bounds.take(readable.size):
        yield Lost("text-budget")
        return
    data = readable.read(0, readable.size)
    stream = _Stream(data, data.index(b"X\n") + 2)
    try:
        stream.head()
        value = stream.value()
    except (error, ValueError, LookupError, RecursionError):
        yield Lost("damaged")
        yield Told(beside("R"), tuple(dict.fromkeys(runs(data))))
        return
    texts: dict[str, None] = {}
    work = [value]
    while work:
        one = work.pop()
        names = one.attributes.get("names", _NOTHING).texts or [part.tag for part in one.parts]
        if one.parts and any(names):
            texts.update(dict.fromkeys(filter(None, names)))
            yield from rows.told("R", _rows(names, one.parts))
        texts.update((piece, None) for text in one.texts if text for piece in pieces(text))
        work.extend(part for part in one.parts if part.parts or not any(names))
        work.extend(part for name, part in one.attributes.items() if name not in _TECHNICAL)
    yield Told(beside("R"), list(texts))


_TECHNICAL = frozenset({"names", "class", "row.names", "levels", "dim", "tzone", "tsp"})


def _rows(names: list[str], parts: list[_Value]) -> Iterator[rows.Row]:
    """The rows of a frame, or of a list whose parts have names."""
    yield rows.row_of(names)
    columns = [_cells(name, part) for name, part in zip(names, parts, strict=False)]
    for number in range(max(map(len, columns), default=0)):
        yield {
            place: cells[number]
            for place, cells in enumerate(columns)
            if number < len(cells) and cells[number].strip()
        }


def _cells(name: str, part: _Value) -> list[str]:
    """The texts of a column: of a factor its levels, of days the days, of numbers if asked for."""
    if part.texts:
        return part.texts
    levels = part.attributes.get("levels", _NOTHING).texts
    kinds = part.attributes.get("class", _NOTHING).texts
    if levels:
        return [levels[int(n) - 1] if 0 < n <= len(levels) else "" for n in part.numbers]
    if "Date" in kinds:
        return [_day(number) for number in part.numbers]
    if rows.tag_of(name):
        return [str(int(n)) if abs(n) < 1e15 and n == int(n) else "" for n in part.numbers]  # noqa: PLR2004
    return []


def _day(number: float) -> str:
    """The day that a number counts to since 1970."""
    if number != number or abs(number) > _DAY:  # noqa: PLR0124 - no number
        return ""
    return (dt.date(1970, 1, 1) + dt.timedelta(days=int(number))).isoformat()
