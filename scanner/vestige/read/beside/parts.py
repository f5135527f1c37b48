"""Parts: what a reader of a file beside the images gives, and the bytes that it is given.

A reader is a plain function: from a `Readable` and its `Bounds` it gives parts in the order of the
file. It opens nothing, follows nothing, writes nothing and runs nothing; whatever the bytes are,
what it could not read is a `Lost`, and no exception.
"""

import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from vestige.model import Place, Where
from vestige.read.pages import Held, Readable

__all__ = [
    "DEEPEST",
    "WHOLE",
    "Bounds",
    "Held",
    "Inner",
    "Listed",
    "Lost",
    "Named",
    "Part",
    "Readable",
    "Reader",
    "Told",
    "as_file",
    "beside",
]

DEEPEST = 8
"""Layers inside one another that are opened: a text in a tar.gz in a zip lies under four."""

LEAST_ROOM, RATIO, MOST_ROOM = 256 << 20, 256, 1 << 40
"""Bytes that may come out of one file: at least, for each of its bytes, and at most."""

MEMBERS = 200_000
"""Members of one file whose content is read, however deep they lie."""

SECONDS = 1_800.0
"""Time that the members of one file may take, however many they are."""

BEAT_SECONDS = 5.0
"""How often is told that a file is still being read."""

WHOLE = 64 << 20
"""Bytes of a file that are held at once, where its kind can be read in no other way."""


class Told(NamedTuple):
    """Texts that stand at one kind of place of a file: the cells of a column, the lines of a text.

    Only words that a program or a standard wrote may stand in the pointer of the place: a key or a
    heading that somebody chose may be a name. With `together` the texts are the distinct cells of
    one column, and are judged as a set too: nothing but its cells says what it holds.
    """

    place: Place
    texts: Iterable[str]
    together: bool = False


class Lost(NamedTuple):
    """Something that was not read, by the code of the problem (see `losses`).

    `extra` is the one to install where a library is missing, as "ocr".
    """

    code: str
    extra: str = ""


class Inner(NamedTuple):
    """A file inside the file: its name as the container gives it, and its bytes.

    Unless it is `surely` a file, bytes of which no reader knows the kind are searched for text.
    """

    name: bytes
    content: Readable
    surely: bool = True


class Named(NamedTuple):
    """A name that a container tells and under which it holds nothing that is read.

    `place` says whose it is, as "owner in a tar archive"; "" if it is that of a member, as of a
    folder. `whole` if it is one name, whatever signs stand in it, and no path.
    """

    name: bytes
    place: str = ""
    whole: bool = False


class Listed(NamedTuple):
    """A table as a whole, headings first: it may map persons to codes. What stands in it is told.

    So many rows at most as `vestige.read.mapping` looks at.
    """

    rows: Sequence[Sequence[str]]


class Several(NamedTuple):
    """Parts that are told at once, as there are many of them and each is small."""

    parts: Sequence[Told | Inner]


Single = Told | Lost | Inner | Named | Listed
Part = Single | Several


def each(parts: Iterable[Part]) -> Iterator[Single]:
    """Parts one by one, those too that are told at once."""
    for part in parts:
        if isinstance(part, Several):
            yield from part.parts
        else:
            yield part


class Bounds:
    """What may still come out of one file and all that is inside it; shared by all its readers.

    `beat` is called every few seconds while something still comes.
    """

    def __init__(self, size: int, depth: int = 0, beat: Callable[[], None] | None = None) -> None:
        self.bytes = min(MOST_ROOM, max(LEAST_ROOM, RATIO * size))
        self.members = MEMBERS
        self.depth = depth
        self._beat = beat
        now = time.monotonic()
        self._until = now + SECONDS
        self._next = now + BEAT_SECONDS

    def beat(self) -> float:
        """Tells now and then that something still comes; gives the time."""
        now = time.monotonic()
        if now > self._next:
            self._next = now + BEAT_SECONDS
            if self._beat is not None:
                self._beat()
        return now

    @property
    def spent(self) -> bool:
        """Whether nothing more may come."""
        return self.beat() > self._until or self.members < 0 or self.bytes < 0

    def take(self, count: int) -> bool:
        """Counts bytes that were unpacked; False if there is no room for more."""
        self.bytes -= count
        return not self.spent

    def enter(self) -> bool:
        """Counts a member; False if so many were read that no more may be."""
        self.members -= 1
        return not self.spent


Reader = Callable[[Readable, Bounds], Iterator[Part]]
"""From the bytes of a file of one kind to what stands in it."""


class _Raw(io.RawIOBase):
    """A readable as the file of the standard library."""

    name = ""
    """Some libraries ask every file for one."""

    def __init__(self, readable: Readable) -> None:
        self._readable = readable
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = (0, self._at, self._readable.size)[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        part = self._readable.read(self._at, len(buffer))
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


def as_file(readable: Readable) -> io.BufferedReader:
    """A readable as a file that libraries can read; nothing is written."""
    return io.BufferedReader(_Raw(readable), 1 << 16)


def beside(pointer: str, tag: int = 0, vr: str = "UT") -> Place:
    """A place in a file beside the images; `tag` and `vr` are of the attribute that a label names.

    "" as VR leaves tables of elements out of it.
    """
    return Place(Where.BESIDE, pointer, tag, vr)
