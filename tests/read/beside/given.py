"""What a reader gives of bytes, in a form that tests can compare, and bytes that lie."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Told

_MUTANTS = 24
_LIES = (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x7f\xff\xff\xff", bytes(4))


class Given(NamedTuple):
    """The texts by pointer, the tag of each pointer, the codes of losses, and inner files."""

    texts: dict[str, list[str]]
    tags: dict[str, int]
    losses: list[str]
    inner: list[tuple[bytes, bytes]]


def given(data: bytes | str, kind: str) -> Given:
    """What is given of bytes that must be of that kind."""
    held = Held(data.encode() if isinstance(data, str) else data)
    found = kind_of(held)
    assert found is not None
    assert found.name == kind
    texts: dict[str, list[str]] = {}
    tags: dict[str, int] = {}
    losses: list[str] = []
    inner: list[tuple[bytes, bytes]] = []
    for part in found.read(held, Bounds(held.size)):
        if isinstance(part, Told):
            texts.setdefault(part.place.pointer, []).extend(part.texts)
            tags[part.place.pointer] = part.place.tag
        elif isinstance(part, Lost):
            losses.append(part.code)
        elif isinstance(part, Inner):
            inner.append((part.name, part.content.read(0, part.content.size)))
    return Given(texts, tags, losses, inner)


def survived(data: bytes | str) -> int:
    """How many mutants of bytes were read to their end: all of them, or the reader raises."""
    count = 0
    for mutant in _mutants(data.encode() if isinstance(data, str) else data):
        held = Held(mutant)
        found = kind_of(held)
        for part in found.read(held, Bounds(held.size)) if found else ():
            if isinstance(part, Told):
                assert all(isinstance(text, str) for text in part.texts)
        count += 1
    return count


def _mutants(data: bytes) -> Iterator[bytes]:
    """The bytes cut off, with lengths that lie, and with bits that flipped; always the same."""
    chance = Random(len(data))  # noqa: S311 - nothing is kept secret
    for _ in range(_MUTANTS):
        at = chance.randrange(1, len(data))
        yield data[:at]
        lie = chance.choice(
            (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x7f\xff\xff\xff", bytes(4))
        )
        yield data[:at] + lie + data[at + 4 :]
        yield data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


MUTANTS = 3 * _MUTANTS
