"""Lines of YAML as programs write it: each a key, an item or both, with its value beside it.

That is a small part of YAML 1.2 (sections 7.3.3 and 8.2), and most of what lies on volumes. What is
written in any other way is left to whoever reads all of it.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from vestige.read.beside.gathered import Pairs
from vestige.read.beside.structured import DEEPEST

_WRITTEN = re.compile(
    r"""
    (?P<indent>[ ]*) (?P<items>(?:-[ ]+)*)
    (?:(?P<key>[\w<$/.] (?:[^\s:\#]|:(?=\S)|[ ]+(?=[^\s:\#]))*):(?:[ ]+(?=\S)|(?=[ ]*$)))?
    (?:
        (?P<plain>(?:[\w./<(+~^$]|-(?=[^\s-])) (?:[^\s:\#]|:(?=\S)|(?<=\S)\#|[ ]+(?=[^\s\#]))*)
        |'(?P<single>[^']*)'
        |"(?P<double>[^"\\]*)"
        |(?P<flow>[\[{].*[\]}])
    )?
    [ ]*
    """,
    re.VERBOSE,
)
_NOTHING = re.compile(r"[ ]*(?:#.*)?")


class _Line(NamedTuple):
    """A line: in which columns its items and its key begin, the key, and the value."""

    items: tuple[int, ...]
    column: int
    key: str | None
    value: object | None


_EMPTY, _BEGINNING = _Line((), -1, None, None), _Line((), -2, None, None)

Flow = Callable[[str], list[object] | None]
"""Reads a stream of YAML whatever way it is written: its values, or None if it is none."""


class _Block(NamedTuple):
    """A mapping or a list that is open, and the column in which its keys or items begin."""

    column: int
    is_list: bool
    held: list[object] | Pairs


class Lines:
    """Reads streams line by line; what stands in brackets is read by `flow`."""

    def __init__(self, flow: Flow) -> None:
        self._flow = lru_cache(maxsize=1 << 10)(flow)
        self._line = lru_cache(maxsize=1 << 14)(self._read)

    def values(self, text: str) -> list[object] | None:
        """The values of a stream; None if it is written in any other way."""
        stream = _Stream()
        take, known = stream.take, self._line
        for line in text.split("\n"):
            told = known(line)
            if told is None or not take(told):
                return None
        return stream.values

    def _read(self, line: str) -> _Line | None:
        line = line.removesuffix("\r")
        if _NOTHING.fullmatch(line):
            return _EMPTY
        if line.rstrip(" ") == "---":
            return _BEGINNING
        found = _WRITTEN.fullmatch(line)
        if found is None:
            return None
        given = [found[one] for one in ("plain", "single", "double") if found[one] is not None]
        value: object = given[0] if given else None
        if found["flow"] is not None:
            values = self._flow(found["flow"]) or []
            if len(values) != 1:
                return None
            value = values[0]
        if found["key"] is None and value is None:
            return None
        start = found.end("indent")
        items = tuple(start + at for at, sign in enumerate(found["items"]) if sign == "-")
        return _Line(items, found.end("items"), found["key"], value)


class _Stream:
    """The mappings and lists of a stream, as lines open and fill them."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._open: list[_Block] = []
        self._waits = True
        """Whether the stream, or the last key or item, may still be given its value."""

    def take(self, line: _Line) -> bool:
        """Takes a line; False if it stands where it may not."""
        if line is _EMPTY:
            return True
        if line is _BEGINNING:
            self._open.clear()
            self._waits = True
            return True
        for column in line.items:
            if not self._enter(column, is_list=True):
                return False
            self._waits = True
        if line.key is None:
            if line.items:
                self._open[-1].held.append(line.value)  # type: ignore[arg-type]
            self._waits = False
            return bool(line.items)
        if not self._enter(line.column, is_list=False):
            return False
        pair = line.key, "" if line.value is None else line.value
        self._open[-1].held.append(pair)
        self._waits = line.value is None
        return True

    def _enter(self, column: int, *, is_list: bool) -> bool:
        """Goes to the block that goes on in a column, or begins one if something waits for it."""
        blocks = self._open
        while blocks and self._is_over(blocks[-1], column, is_list=is_list):
            blocks.pop()
            self._waits = False
        if blocks and blocks[-1].column == column and blocks[-1].is_list == is_list:
            # An item that is empty is nothing that programs write; a key without a value is.
            return not (is_list and self._waits)
        if not self._waits or len(blocks) > DEEPEST:
            return False
        held: list[object] = []
        self._begin(_Block(column, is_list, held if is_list else Pairs()))
        return True

    def _is_over(self, block: _Block, column: int, *, is_list: bool) -> bool:
        """Whether a block ends before what begins in a column; a list may begin below its key."""
        if block.column != column or block.is_list == is_list:
            return block.column > column
        return block.is_list or not self._waits

    def _begin(self, block: _Block) -> None:
        if not self._open:
            self.values.append(block.held)
        elif self._open[-1].is_list:
            self._open[-1].held.append(block.held)  # type: ignore[arg-type]
        else:
            held = self._open[-1].held
            held[-1] = (held[-1][0], block.held)  # type: ignore[index]
        self._open.append(block)
