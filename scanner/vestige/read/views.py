"""Views: the bytes of a file in all the readings in which a known person may stand in them.

A view is a stretch of bytes that is to be searched as it is, with the way that leads to it: members
of archives, unpacked streams, texts without their tags and escapes, what base64 stands for. All is
bounded and streamed: a file of any length takes the memory of some stretches.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from vestige.read import codings, containers, records
from vestige.read.carve import runs
from vestige.read.containers import DEEPEST, WHOLE, Member, Room, Seekable, Stream, Unpacking
from vestige.read.embedded import streams
from vestige.read.letters import beyond_ascii
from vestige.read.pdf import of_pdf, without_streams

STRETCH = 1 << 20
"""Bytes that are searched at once."""

OVERLAP = 1 << 10
"""Bytes of a stretch that the next one begins with, so that nothing is cut in two."""

CARVED = 1 << 20
"""Bytes of a file of no text in which texts of all scripts are looked for; ASCII is everywhere."""

PIXELS = "pixels"
"""The kind of step that leads to samples of pictures."""

_HEAD = 4 << 10
_LEADING, _FOLLOWING = 0xC0, 0x80
"""How bytes of UTF-8 begin that begin a letter, or go on with it (RFC 3629)."""

_NAMED = 512
"""Bytes of a packed file in which the name may stand that it had before."""

_ARRAY = 64 << 20
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LEGACY = ("cp1252", "cp1251", "gb18030", "cp932", "euc_kr")
_MUCH = 16 << 20
"""Bytes of one text in which letters of older encodings are read."""

_PDF = 32 << 20
_UNUSUAL = 20
"""One in so many bytes at least are beyond ASCII in a text of another alphabet than Latin."""


class Step(NamedTuple):
    """One step of the way into a file: of what kind, and the name of the member or b""."""

    kind: str
    name: bytes = b""


class View(NamedTuple):
    """Bytes to be searched, the way to them, and what they are.

    A `text` is UTF-8 throughout, or nearly; other bytes may hold ASCII and UTF-16 anywhere. `sure`
    is what people or programs wrote as a text; in all else chance may have written some letters.
    """

    steps: tuple[Step, ...]
    data: bytes
    text: bool
    sure: bool


def views(file: Seekable, size: int, room: Room) -> Iterator[View]:
    """All views of a file of that many bytes; what could not be viewed is a loss of `room`."""
    return _Opening(room).open(file, size, ())


def views_of(data: bytes, steps: tuple[Step, ...], room: Room) -> Iterator[View]:
    """All views of bytes that stand at the end of some way."""
    return _Opening(room).open(BytesIO(data), len(data), steps)


class _Opening:
    """The opening of one file."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._carved = CARVED
        self._legacy = _MUCH

    def open(self, file: Seekable, size: int, steps: tuple[Step, ...]) -> Iterator[View]:
        """The views of a container and its members, or of plain bytes."""
        head = file.read(_HEAD)
        kind = containers.kind_of(head)
        if kind == "closed":
            self._room.lose("hunt-unopened")
        opened = False
        if kind and _depth(steps) < DEEPEST:
            for view in self._members(kind, file, size, steps):
                opened = True
                yield view
        elif kind:
            self._room.lose("hunt-budget")
        yield from self._records(head, file, size, steps)
        file.seek(0)
        if not opened or kind in {"PDF", "tar"}:
            yield from self._stretches(file, steps)
        else:
            # The bytes of a packed file say nothing, but its head has the name it once had.
            yield View((*steps, Step("head")), head[:_NAMED], text=False, sure=False)

    def _members(
        self, kind: str, file: Seekable, size: int, steps: tuple[Step, ...]
    ) -> Iterator[View]:
        file.seek(0)
        if kind == "zip":
            yield from self._archive(kind, containers.of_zip(file, self._room), steps)
        elif kind == "tar":
            yield from self._archive(kind, containers.of_tar(file, self._room), steps)
        elif kind == "PDF":
            yield from self._document(file, size, steps)
        elif kind != "closed":
            unpacked = Unpacking(kind, file, self._room)
            yield from self._inside(unpacked, (*steps, Step(kind)))

    def _archive(
        self, kind: str, members: Iterator[Member], steps: tuple[Step, ...]
    ) -> Iterator[View]:
        for member in members:
            if member.name:
                yield from self._inside(member.stream, (*steps, Step(kind, member.name)))
            else:
                names = (*steps, Step(kind), Step("names of members"))
                yield from self._stretches(member.stream, names)

    def _inside(self, stream: Stream, steps: tuple[Step, ...]) -> Iterator[View]:
        """What came out of a container: held whole if it is short or a container, or streamed."""
        head = _read(stream, STRETCH)
        if len(head) < STRETCH:
            yield from self.open(BytesIO(head), len(head), steps)
            return
        kind = containers.kind_of(head)
        if kind in {"zip", "PDF"} or head.startswith(records.SQLITE):
            whole = head + _read(stream, WHOLE - len(head))
            if len(whole) >= WHOLE:
                self._room.lose("hunt-budget")
            yield from self.open(BytesIO(whole), len(whole), steps)
            return
        joined = _Joined(head, stream)
        if kind == "tar" and _depth(steps) < DEEPEST:
            yield from self._archive(kind, containers.of_tar(joined, self._room), steps)
        elif kind and kind != "closed" and _depth(steps) < DEEPEST:
            yield from self._inside(Unpacking(kind, joined, self._room), (*steps, Step(kind)))
        else:
            if kind:
                self._room.lose("hunt-unopened" if kind == "closed" else "hunt-budget")
            yield from self._stretches(joined, steps)

    def _document(self, file: Seekable, size: int, steps: tuple[Step, ...]) -> Iterator[View]:
        if size > _PDF:
            self._room.lose("hunt-budget")
            return
        data = file.read(size)
        document = of_pdf(data)
        for part, text in document.texts:
            way = (*steps, Step("PDF"), Step(part or "text"))
            yield from self._plain(text.encode("utf-8", "replace"), way, first=False)
        for attached in document.attached:
            yield from self._inside(BytesIO(attached), (*steps, Step("PDF"), Step("attachment")))
        for code in document.losses:
            self._room.lose("hunt-protected" if "encrypted" in code else "hunt-damaged")
        yield View((*steps, Step("PDF")), without_streams(data), text=False, sure=False)

    def _records(
        self, head: bytes, file: Seekable, size: int, steps: tuple[Step, ...]
    ) -> Iterator[View]:
        """The texts of databases, pickles and arrays, as their notation has them."""
        if head.startswith(records.SQLITE):

            def read(offset: int, length: int) -> bytes:
                file.seek(offset)
                return file.read(length)

            yield from _gathered(records.of_database(read, size), (*steps, Step("records")))
        elif records.is_pickle(head) and size <= _ARRAY:
            file.seek(0)
            yield from _gathered(records.of_pickle(file.read(size)), (*steps, Step("pickle")))
        elif head.startswith(records.ARRAY) and size <= _ARRAY:
            file.seek(0)
            text = records.of_array(file.read(size))
            yield from _cut(text, (*steps, Step("array")))

    def _stretches(self, stream: Stream, steps: tuple[Step, ...]) -> Iterator[View]:
        """The views of plain bytes, stretch by stretch."""
        rest, first = b"", True
        wide = ""
        while part := _read(stream, STRETCH - len(rest)):
            data = rest + part
            if first and data.startswith(_UTF_16):
                wide = "utf-16-le" if data.startswith(_UTF_16[0]) else "utf-16-be"
            if wide:
                text = data.decode(wide, "replace").encode("utf-8", "replace")
                yield from self._plain(text, (*steps, Step("UTF-16")), first=False)
            else:
                yield from self._plain(data, steps, first=first)
            rest, first = data[-OVERLAP:] if len(data) >= STRETCH else b"", False

    def _plain(self, data: bytes, steps: tuple[Step, ...], *, first: bool) -> Iterator[View]:
        if codings.is_text(data):
            yield from self._written(data, steps)
            return
        if not data.strip(b"\0"):
            return
        yield View(steps, data, text=False, sure=False)
        if self._carved > 0 or first:
            part = data[: max(self._carved, 0)]
            self._carved -= len(part)
            found = dict.fromkeys((*runs(part), *_foreign(part, steps)))
            text = "\n".join(found).encode("utf-8", "replace")
            if text:
                yield View((*steps, Step("runs of text")), text, text=True, sure=False)
                yield from self._spelled(text, steps, sure=False)
        for name, inside in streams(data, max(0, self._room.bytes)):
            self._room.take(len(inside))
            kind = Step("stream", name)
            if _depth(steps) < DEEPEST:
                yield from self._inside(BytesIO(inside), (*steps, kind))

    def _written(self, data: bytes, steps: tuple[Step, ...]) -> Iterator[View]:
        plain = codings.without_codes(data)
        yield View(steps, plain, text=True, sure=True)
        yield from self._spelled(data, steps)
        if data.isascii():
            return
        try:
            _whole(data).decode("utf-8")
        except UnicodeDecodeError:
            yield from self._in_older_encodings(data, steps)

    def _in_older_encodings(self, data: bytes, steps: tuple[Step, ...]) -> Iterator[View]:
        beyond = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
        foreign = beyond * _UNUSUAL >= len(data) or len(data) < OVERLAP
        for codec in _LEGACY if foreign else _LEGACY[:1]:
            if self._legacy <= 0:
                return
            self._legacy -= len(data)
            text = data.decode(codec, "replace").encode("utf-8", "replace")
            yield View((*steps, Step(codec)), text, text=True, sure=True)

    def _spelled(
        self, data: bytes, steps: tuple[Step, ...], *, sure: bool = True
    ) -> Iterator[View]:
        for coding, spelled in codings.respelled(data):
            yield View((*steps, Step(coding)), spelled, text=True, sure=sure)
        for coding, plain in codings.decoded(data, _is_container):
            if not self._room.take(len(plain)):
                return
            way = (*steps, Step(coding))
            if not _is_container(plain):
                yield View(way, plain, text=True, sure=True)
                for second, spelled in codings.respelled(plain):
                    yield View((*way, Step(second)), spelled, text=True, sure=True)
            elif _depth(steps) < DEEPEST:
                yield from self.open(BytesIO(plain), len(plain), way)


_OPENING = frozenset(
    {"zip", "tar", "gzip", "bzip2", "xz", "lzma", "zlib", "PDF", "stream", "base64", "hexadecimal"}
)


def _depth(steps: tuple[Step, ...]) -> int:
    """How many containers stand one in the other."""
    return sum(step.kind in _OPENING for step in steps)


def _is_container(data: bytes) -> bool:
    kind = containers.kind_of(data[:_HEAD])
    return bool(kind) and kind not in {"lzma", "closed", "zlib"}


def _foreign(data: bytes, steps: tuple[Step, ...]) -> Iterator[str]:
    """Letters beyond ASCII among bytes; samples of pictures are full of what looks like ones."""
    return iter(()) if steps and steps[0].kind == PIXELS else beyond_ascii(data)


def _read(stream: Stream, size: int) -> bytes:
    """As many bytes of a stream as it has, `size` at most."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _whole(data: bytes) -> bytes:
    """A stretch without the halves of letters with which it begins and ends."""
    start = next((i for i in range(min(3, len(data))) if data[i] & _LEADING != _FOLLOWING), 0)
    end = len(data)
    for back in range(1, min(4, len(data)) + 1):
        if data[-back] >= _LEADING:
            end = len(data) - back
            break
        if data[-back] < _FOLLOWING:
            break
    return data[start:end]


def _gathered(texts: Iterator[bytes], steps: tuple[Step, ...]) -> Iterator[View]:
    """Texts in stretches, one a line."""
    waiting: list[bytes] = []
    length = 0
    for text in texts:
        waiting.append(text)
        length += len(text)
        if length >= STRETCH:
            yield from _cut(b"\n".join(waiting), steps)
            waiting, length = waiting[-4:] if length < 2 * STRETCH else [], 0
    yield from _cut(b"\n".join(waiting), steps)


def _cut(text: bytes, steps: tuple[Step, ...]) -> Iterator[View]:
    for at in range(0, len(text), STRETCH):
        yield View(steps, text[at : at + STRETCH + OVERLAP], text=True, sure=True)


class _Joined:
    """Bytes at hand, and the stream that goes on behind them."""

    def __init__(self, head: bytes, rest: Stream) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = STRETCH, /) -> bytes:
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._rest.read(size)
