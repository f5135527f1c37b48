"""Scattered texts: what somebody wrote, among the bytes of a file of no known kind.

Chance writes printable bytes all the time, and images whose samples are small numbers do so
throughout. A stretch counts only if it is made of words as people and programs write them, and
stretches count only if they are no rare exceptions among all that can be printed in the file.
"""

import re
from collections.abc import Iterator

from vestige.read.beside import paths, plain
from vestige.read.beside.parts import Readable, Told, beside

_UNKNOWN = beside("bytes of no known kind")

FIRST, LAST = 1 << 20, 256 << 10
"""Bytes at the beginning and at the end of a file that are searched."""

_CODE = (b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\0asm", b"dex\n")
"""How programs begin: what stands in them is told by whoever made them."""

_ELF, _CORE = b"\x7fELF", 4
_BYTE_CODE = slice(2, 4)
"""Where compiled Python has the end of a line of DOS (importlib: MAGIC_NUMBER)."""

_NARROW = re.compile(rb"[\x20-\x7e\t\x80-\xf4]{8,}")
_ASCII = re.compile(rb"[\x20-\x7e\t]{8,}")
_WIDE = re.compile(
    rb"(?:[\x20-\x7e\xc0-\xff]\x00(?:[\x00-\x7f]\x01)?){8,}|(?:[\x20,.:=-]\x00|[\x10-\x4f]\x04){8,}"
)
"""Letters of Latin-1 with some of Latin Extended-A between them, or Cyrillic ones."""

_LONGEST = 2_048
"""Characters of a stretch at most: longer ones are cut, and chance hardly writes them otherwise."""

_WORD = re.compile(
    r"(?<![^\W\d_])(?:[A-Z]{0,3}[a-z]{2,}|[A-Z]{2,}|[^\W\d_a-zA-Z][^\W\d_]+)+(?![^\W\d_])"
)
_REPEATED = re.compile(r"([^\W_])\1{3}")
_NEUTRAL = re.compile(r"[\d\s/_.:=,;()-]+")
_SHARE, _LETTERS = 0.75, 4
_RARE, _SMALL = 0.2, 64 << 10
"""Stretches of words that are rarer than this among all are chance, but for bytes so few."""

_PROBE, _MANY = 128 << 10, 200
"""Bytes by which is seen that chance wrote them, and how many stretches that takes."""


def read(readable: Readable) -> Iterator[Told]:
    """The stretches of words in a file, values with labels in them, and the names on paths."""
    found = () if _is_program(readable.first) else tuple(dict.fromkeys(_texts(readable)))
    if found:
        yield Told(_UNKNOWN, found)
        yield from plain.values_of(found)
        yield from paths.told(found)


def _texts(readable: Readable) -> Iterator[str]:
    """The stretches of words near the beginning and near the end of a file."""
    yield from _of_bytes(readable.read(0, min(readable.size, FIRST)))
    rest = max(FIRST, readable.size - LAST)
    if rest < readable.size:
        yield from _of_bytes(readable.read(rest, readable.size - rest))


def _is_program(first: bytes) -> bool:
    if first.startswith(_ELF):
        return first[16:17] != bytes([_CORE])
    return first.startswith(_CODE) or first[_BYTE_CODE] == b"\r\n"


def _of_bytes(data: bytes) -> list[str]:
    """The stretches of words in bytes; none if they are exceptions among what can be printed."""
    if len(data) > 2 * _PROBE and _is_chance(data[:_PROBE]):
        return []
    found: list[str] = []
    every = 0
    for run, codec in _runs(data):
        every += 1 + len(run) // _LONGEST
        text = run[: 2 * _LONGEST].decode(codec, "replace")[:_LONGEST].strip()
        if _is_written(text):
            found.append(text)
    return found if len(found) >= _RARE * every or len(data) <= _SMALL else []


def _is_chance(data: bytes) -> bool:
    """Whether so much can be printed and so little of it is words that the rest is not searched."""
    every = words = 0
    for run, codec in _runs(data):
        every += 1 + len(run) // _LONGEST
        words += _is_written(run[:_LONGEST].decode(codec, "replace"))
    return every > _MANY and words < _RARE * every


def _runs(data: bytes) -> Iterator[tuple[bytes, str]]:
    """The runs that can be printed, each with its codec: in UTF-8, or else the ASCII in them."""
    for match in _NARROW.finditer(data):
        run = match.group()
        try:
            run.decode("utf_8")
        except UnicodeDecodeError:
            yield from ((part, "ascii") for part in _ASCII.findall(run))
        else:
            yield run, "utf_8"
    for match in _WIDE.finditer(data):
        yield match.group(), "utf_16_le"


def _is_written(text: str) -> bool:
    """Whether a stretch consists of words, numbers and the signs between them."""
    if _REPEATED.search(text):
        return False
    rest = _NEUTRAL.sub("", text)
    letters = sum(len(word) for word in _WORD.findall(text))
    return letters >= _LETTERS and letters >= _SHARE * len(rest)
