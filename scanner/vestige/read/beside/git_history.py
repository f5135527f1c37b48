"""The history of a git repository: files as they once were, and what was said of changes.

Objects as of gitformat-pack and gitformat-loose; the names in trees are told elsewhere (see
`vestige.read.git_objects`). A file in the history may be one that was removed again.
"""

import re
import zlib
from collections.abc import Iterator

from vestige.read.beside import plain
from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Part, Readable
from vestige.read.git_objects import BLOB, COMMIT, PACK, TAG, Pack
from vestige.read.recorded import BUDGET

__all__ = ["PACK", "is_loose", "read_loose", "read_pack"]

_HEAD = re.compile(rb"(blob|commit|tag|tree) \d{1,12}\0")
_KINDS = {b"blob": BLOB, b"commit": COMMIT, b"tag": TAG}
_MOST = 64 << 20
"""Bytes of one object."""

_TOLD = 16 << 20
"""Bytes of the objects of a pack that are read: the newest come first."""

_LONGEST = 1 << 20
"""Bytes of what is said of a change."""

_PERSON = re.compile(r"(?:author|committer|tagger) (.*?) \d+ [-+]\d{4}")
_LOSSES = {BUDGET: "archive-budget"}


def is_loose(readable: Readable) -> bool:
    """Whether a file is an object by itself: packed, and with its kind and length before it."""
    try:
        return _HEAD.match(zlib.decompressobj().decompress(readable.first, 32)) is not None
    except zlib.error:
        return False


def read_loose(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What an object holds, unless it is a tree."""
    try:
        data = zlib.decompressobj().decompress(readable.read(0, readable.size), _MOST)
    except zlib.error:
        yield Lost("damaged")
        return
    head, _, content = data.partition(b"\0")
    if len(data) >= _MOST or not bounds.take(len(data)):
        yield Lost("archive-budget")
    kind, _, stated = head.partition(b" ")
    if stated != str(len(content)).encode() and len(data) < _MOST:
        yield Lost("damaged")
    if kind in _KINDS:
        yield from _told(_KINDS[kind], content)


def read_pack(readable: Readable, bounds: Bounds) -> Iterator[Part]:
    """What the objects of a pack hold that are whole, or a difference from one before."""
    flaws: dict[str, None] = {}
    pack = Pack(readable, frozenset(_KINDS.values()), flaws.setdefault)
    left = _TOLD
    for kind, content in pack.objects():
        left -= len(content)
        if left < 0 or not bounds.take(len(content)) or not bounds.enter():
            flaws[BUDGET] = None
            break
        yield from _told(kind, content)
    for code in dict.fromkeys(_LOSSES.get(flaw, "damaged") for flaw in flaws):
        yield Lost(code)


def _told(kind: int, content: bytes) -> Iterator[Part]:
    if kind == BLOB:
        yield Inner(b"", Held(content), surely=False)
        return
    text = content[:_LONGEST].decode("utf-8", "replace")
    head, _, message = text.partition("\n\n")
    persons = (_PERSON.match(line) for line in head.split("\n"))
    names = "\n".join(dict.fromkeys(found[1] for found in persons if found))
    yield from plain.parts_of(f"{names}\n{message}")
