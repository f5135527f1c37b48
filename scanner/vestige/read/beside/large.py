"""Large: JSON that is too long to be held as one value, read record by record.

A record is a value of the outermost list or object, or of a line. What is no record, as it never
ends, is a loss: it is read as lines, so that what its keys say of their values is not known.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vestige.read.beside import gathered, plain, structured
from vestige.read.beside.parts import Part

LONGEST = 32 << 20
"""Characters of one record that are held."""

_BATCH = 1 << 20
"""Characters of records that are told together."""

_BETWEEN = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")
_CLOSING = {"[": "]", "{": "}"}


def of_json(stretches: Iterable[str]) -> Iterator[Part]:
    """What the records of a text of JSON tell, and the rest as lines."""
    text = _Text(stretches)
    while text.seek() and (opening := text.here()) in _CLOSING:
        value = text.value()
        if value is not None:
            yield from structured.told(value)
            continue
        text.at += 1
        yield from _within(text, _CLOSING[opening])
        if text.here() != _CLOSING[opening]:
            break
        text.at += 1
    if text.here():
        yield structured.UNSTRUCTURED
        yield from plain.lines_of(text.rest())


def _within(text: "_Text", closing: str) -> Iterator[Part]:
    """What the records of the outermost list or object tell, some of them together."""
    held: list[object] = []
    pairs = gathered.Pairs()
    begun = text.told
    while text.seek() and text.here() != closing:
        record = text.pair() if closing == "}" else text.value()
        if record is None:
            break
        if isinstance(record, _Pair):
            pairs.append(record)
        else:
            held.append(None if record is NULL else record)
        if text.told - begun > _BATCH:
            yield from structured.told(pairs or held)
            held, pairs, begun = [], gathered.Pairs(), text.told
    yield from structured.told(pairs or held)


class _Pair(NamedTuple):
    key: str
    value: object


class _Null:
    """What is nothing in JSON: None says that there is no whole value."""


NULL = _Null()


class _Text:
    """A text of which so much is held as the record in hand needs; `at` is the place in it."""

    def __init__(self, stretches: Iterable[str]) -> None:
        self._stretches = iter(stretches)
        self._held = ""
        self._before = 0
        self.at = 0

    @property
    def told(self) -> int:
        """How many characters stand before the place."""
        return self._before + self.at

    def here(self) -> str:
        """The character at the place; "" at the end."""
        return self._held[self.at : self.at + 1]

    def seek(self) -> bool:
        """Goes to the next record; False at the end."""
        while True:
            found = _BETWEEN.match(self._held, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self._held):
                return True
            if not self._more():
                return False

    def value(self) -> object | None:
        """The value at the place, which is passed; None if it is not whole, or too long."""
        while True:
            found = structured.value_at(self._held, self.at)
            # A number may go on in the next stretch.
            if found is not None and found[1] < len(self._held):
                self.at = found[1]
                return NULL if found[0] is None else found[0]
            if not self._more():
                if found is None:
                    return None
                self.at = found[1]
                return NULL if found[0] is None else found[0]

    def pair(self) -> _Pair | None:
        """The key and the value at the place, which are passed; None if they are not whole."""
        start = self.told
        key = self.value() if self.here() == '"' else None
        colon = _COLON.match(self._held, self.at)
        while colon is None or colon.end() == len(self._held):
            if not isinstance(key, str) or not self._more():
                self._stay(start)
                return None
            colon = _COLON.match(self._held, self.at)
        self.at = colon.end()
        value = self.value()
        if not isinstance(key, str) or value is None:
            self._stay(start)
            return None
        return _Pair(key, None if value is NULL else value)

    def _stay(self, start: int) -> None:
        """Goes back to where a record begins that is not whole."""
        self.at = max(start - self._before, 0)

    def _more(self) -> bool:
        """Holds twice as much as is left, at least a stretch; False at the end, or of too much."""
        left = self._held[max(self.at - _KEPT, 0) :]
        if len(left) > LONGEST + _KEPT:
            return False
        self._before += len(self._held) - len(left)
        self.at -= len(self._held) - len(left)
        parts, wanted = [left], 2 * len(left)
        size = len(left)
        for stretch in self._stretches:
            parts.append(stretch)
            size += len(stretch)
            if size > wanted:
                break
        self._held = "".join(parts)
        return len(parts) > 1

    def rest(self) -> Iterator[str]:
        """What stands behind the place, in stretches."""
        yield self._held[self.at :]
        yield from self._stretches


_KEPT = 4_096
"""Characters before the place that stay, so that one may go back to the key of a value."""
