"""Pickles: the strings that stand in them, by their opcodes; a pickle is never loaded.

Loading one runs what whoever wrote it wants (docs.python.org/3/library/pickle.html). The opcodes
of all protocols name each string with its length, so that the strings are told without it.
"""

import pickletools
import re
from collections.abc import Iterator
from io import BytesIO

from vestige.read import framed
from vestige.read.beside import gathered, keys, rows
from vestige.read.beside.parts import (
    Bounds,
    Held,
    Inner,
    Listed,
    Lost,
    Part,
    Readable,
    Told,
    beside,
)
from vestige.read.carve import pieces
from vestige.read.labels import fitted
from vestige.read.unpickled import Unpickled

SIGNS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
"""Opcode and number of the protocols from 2 on; those before have no sign of their own."""

_MOST = 256 << 20
"""Bytes of one file that are looked at: whatever length an opcode claims, no more is read."""

_FIRST = re.compile(
    rb"(?:[\]})]|c[\w.]{1,64}\n[\w.]{1,64}\n)q\0"
    rb"|\([dlt]p0\n[VSI(\]ac]|(?:c[\w.]{1,64}\n[\w.]{1,64}\n)p0\n\("
)
"""How pickles of protocol 1 begin, and of 0: with an empty container or a class that is remembered,
by a number of one byte or by one that is written."""

_BATCH = 10_000
_TEXT = beside("pickle")
_BYTES = frozenset({"BINBYTES", "BINBYTES8", "SHORT_BINBYTES", "BYTEARRAY8"})
_BROKEN = (ValueError, IndexError, OverflowError, MemoryError, UnicodeError, AttributeError)


def looks(readable: Readable) -> bool:
    """Whether a file begins like a pickle: with its protocol, and an opcode that may follow it."""
    first = readable.first[:3]
    return (first[:2] in SIGNS and first[2:] in _NEXT) or bool(_FIRST.match(readable.first))


_NEXT = frozenset(
    {opcode.code.encode("latin-1") for opcode in pickletools.opcodes} - {b"\x80", b"."}
)


def read(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """The strings of the pickles in a file, one behind the other; bytes in them may be files."""
    length = min(readable.size, _MOST)
    if length < readable.size or not bounds.take(length):
        yield Lost("text-budget")
    file = BytesIO(readable.read(0, length))
    texts: dict[str, None] = {}
    labels = _Labels()
    try:
        while file.tell() < length:
            built = Unpickled()
            for opcode, value, _ in pickletools.genops(file):
                labels.meet(opcode.name, value)
                built.hear(opcode.name, value)
                if isinstance(value, str) and opcode.name not in _NO_TEXTS:
                    texts.update(dict.fromkeys(pieces(value)))
                if isinstance(value, bytes) and opcode.name in _BYTES and value:
                    yield Inner(b"bytes", Held(value), surely=False)
                if len(texts) >= _BATCH:
                    yield Told(_TEXT, list(texts))
                    texts.clear()
            yield from gathered.listed(built.value)
            yield from map(Listed, gathered.loose(built.value))
            yield from _framed(built.value)
    except _BROKEN:
        yield Lost("damaged")
    yield Told(_TEXT, list(texts))
    yield from labels.told()


def _framed(value: object) -> Iterator[Part]:
    """The columns of the frames of pandas, each with what its name announces, and loose texts."""
    for texts in framed.loose(value):
        yield Told(_TEXT, list(dict.fromkeys(filter(None, texts))), together=True)
    for found in framed.frames(value):
        yield from rows.told("pickle frame", map(rows.row_of, found))


class _Labels:
    """Strings that follow directly upon one that announces them, as the values of a dict do."""

    def __init__(self) -> None:
        self._before = 0
        self._found: dict[int, dict[str, None]] = {}

    def meet(self, opcode: str, value: object) -> None:
        """An opcode: a string, which may be a label or the value of one, or something else."""
        if isinstance(value, str) and opcode not in _NO_TEXTS:
            self._hear(value)
        elif opcode not in _REMEMBERING:
            self._before = 0

    def _hear(self, text: str) -> None:
        before, self._before = self._before, keys.tag_of(text) if len(text) <= _LONGEST_KEY else 0
        value = fitted(before, text) if before and not self._before else ""
        if value and len(self._found.setdefault(before, {})) < _BATCH:
            self._found[before][value] = None

    def told(self) -> Iterator[Told]:
        """The values by what announced them."""
        return (Told(keys.place_of(tag), list(values)) for tag, values in self._found.items())


_LONGEST_KEY = 64
_REMEMBERING = frozenset({"MEMOIZE", "PUT", "BINPUT", "LONG_BINPUT", "FRAME", "PROTO"})
_NO_TEXTS = frozenset({"GLOBAL", "INST", "INT", "LONG", "FLOAT", "PUT", "GET", "PERSID"})
"""Opcodes whose argument is written as text, and names a class, a number or a place."""
