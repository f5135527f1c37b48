"""Mutants of real files: bits flipped, ends cut, lengths that lie, bombs, spliced syntaxes."""

import struct
import zlib
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.read.build import (
    BIG,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    ITEM_END,
    JPEG,
    SEQUENCE_END,
    explicit,
    implicit,
    item,
    part_10,
    sequence,
    tag_bytes,
)
from tests.read.sources import Head, Source, sources

_LENGTHS = (0, 1, 2, 3, 7, 8, 9, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_VRS = (b"SQ", b"UN", b"OB", b"OW", b"UT", b"LO", b"PN", b"US", b"DS", b"UC", b"ZZ", b"??", b"lo")
_TAGS = (
    0xFFFEE000,
    0xFFFEE00D,
    0xFFFEE0DD,
    0x00000000,
    0x00020010,
    0x00080005,
    0x00100010,
    0x00081140,
    0x00091001,
    0x7FE00010,
    0xFFFCFFFC,
)
_SYNTAXES = (IMPLICIT, EXPLICIT, BIG, DEFLATED, JPEG, "1.2.840.113619.5.2", "1.2.3", "", "no UID")
_PIECES = (
    ITEM_END,
    SEQUENCE_END,
    item(b""),
    item(b"", closed=False),
    explicit(0x00081140, "SQ", b"", length=0xFFFFFFFF),
    sequence(0x00091001, item(explicit(0x00100010, "PN", b"Probe^Paula")), vr="UN"),
    explicit(0x00100010, "PN", b"Probe^Paula"),
    implicit(0x00100010, b"Probe^Paula"),
    explicit(0x7FE00010, "OB", item(b"") + item(bytes(8)), length=0xFFFFFFFF) + SEQUENCE_END,
    bytes(8),
)
_DEEPEST = 120


class Mutant(NamedTuple):
    """A file that was, and what was done to it."""

    kind: str
    source: str
    data: bytes


def mutant(chance: Random) -> Mutant:
    """The next mutant that chance gives; the same one in every run."""
    source = chance.choice(sources())
    kind = chance.choice(tuple(KINDS))
    data = bytearray(source.data)
    KINDS[kind](data, source, chance)
    return Mutant(kind, source.name, bytes(data))


def _head(source: Source, chance: Random) -> Head:
    return chance.choice(source.heads)


def _boundary(source: Source, chance: Random) -> int:
    """Where an element begins or ends, at the top or in a sequence."""
    head = _head(source, chance)
    return chance.choice((head.at, head.start, head.end))


def _flip(data: bytearray, _source: Source, chance: Random) -> None:
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _flip_in_head(data: bytearray, source: Source, chance: Random) -> None:
    for _ in range(chance.randint(1, 2)):
        head = _head(source, chance)
        data[chance.randrange(head.at, head.start)] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, source: Source, chance: Random) -> None:
    near = _boundary(source, chance) + chance.randint(-13, 13)
    del data[chance.choice((near, chance.randrange(len(data)))) :]


def _lie(data: bytearray, source: Source, chance: Random) -> None:
    for _ in range(chance.randint(1, 2)):
        head = _head(source, chance)
        true = head.end - head.start
        near = (true - 1, true + 1, true - 8, true + 8, 2 * true, len(data) - head.start)
        length = chance.choice((*_LENGTHS, *near)) % (1 << 8 * head.length_bytes)
        raw = length.to_bytes(head.length_bytes, "little" if source.little else "big")
        data[head.length_at : head.start] = raw


def _nest(data: bytearray, source: Source, chance: Random) -> None:
    depth = chance.choice((1, 2, 5, 20, _DEEPEST))
    at = _boundary(source, chance)
    if chance.random() < 0.5:
        opened = explicit(0x00081140, "SQ", item(b"", closed=False)[:8], length=0xFFFFFFFF)
        closed = chance.choice((b"", ITEM_END + SEQUENCE_END))
        data[at:at] = opened * depth + closed * depth
        return
    make = chance.choice((explicit, _without_vr))
    nested = make(0x00100010, "PN", b"Probe^Paula")
    for _ in range(depth):
        nested = make(0x00081140, "SQ", item(nested, closed=chance.random() < 0.5))
    data[at:at] = nested


def _without_vr(tag: int, _vr: str, value: bytes) -> bytes:
    return implicit(tag, value)


def _respell(data: bytearray, source: Source, chance: Random) -> None:
    """Another transfer syntax is declared than the one in which the data set is written."""
    syntax = next((head for head in source.heads if head.tag == 0x00020010), None)
    uid = chance.choice(_SYNTAXES).encode()
    if syntax is None:
        data[:0] = part_10(b"", uid.decode())
        return
    data[syntax.length_at : syntax.end] = struct.pack("<H", len(uid)) + uid


def _deflate(data: bytearray, source: Source, chance: Random) -> None:
    """The data set is deflated, with flipped bits before or behind that."""
    head = next((one for one in source.heads if one.tag >> 16 != 2), source.heads[-1])
    body = bytearray(data[head.at :])
    if chance.random() < 0.5 and body:
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    squeezer = zlib.compressobj(1, zlib.DEFLATED, -15)
    squeezed = bytearray(squeezer.compress(bytes(body)) + squeezer.flush())
    if chance.random() < 0.3:
        squeezed[chance.randrange(len(squeezed))] ^= 1 << chance.randrange(8)
    data[:] = part_10(bytes(squeezed), DEFLATED)


def _splice(data: bytearray, source: Source, chance: Random) -> None:
    """The beginning of one file, the end of another, or data sets of both in each other."""
    other = chance.choice(sources())
    start, end = sorted((_boundary(other, chance), _boundary(other, chance)))
    at = _boundary(source, chance)
    piece = other.data[start:] if chance.random() < 0.5 else other.data[start:end]
    data[at : chance.choice((at, len(data)))] = piece


def _other_vr(data: bytearray, source: Source, chance: Random) -> None:
    head = _head(source, chance)
    data[head.at + 4 : head.at + 6] = chance.choice(_VRS)


def _other_tag(data: bytearray, source: Source, chance: Random) -> None:
    head, order = _head(source, chance), "<" if source.little else ">"
    data[head.at : head.at + 4] = tag_bytes(
        chance.choice((*_TAGS, _head(source, chance).tag)), order
    )


def _insert(data: bytearray, source: Source, chance: Random) -> None:
    at = _boundary(source, chance)
    data[at:at] = chance.choice((*_PIECES, chance.randbytes(chance.randint(1, 12))))


def _delete(data: bytearray, source: Source, chance: Random) -> None:
    at = _boundary(source, chance)
    del data[at : at + chance.choice((1, 2, 4, 8, 12, 100))]


KINDS: dict[str, Callable[[bytearray, Source, Random], None]] = {
    "bits flipped anywhere": _flip,
    "bits flipped in heads": _flip_in_head,
    "end cut off": _cut,
    "lengths that lie": _lie,
    "nested sequences put in": _nest,
    "another transfer syntax": _respell,
    "deflated": _deflate,
    "files spliced": _splice,
    "another VR": _other_vr,
    "another tag": _other_tag,
    "pieces put in": _insert,
    "pieces taken out": _delete,
}
