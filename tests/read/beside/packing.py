"""Archives as programs write them, and what readers give of them."""

import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping

from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Bounds, Inner, Lost, Named, Readable
from vestige.read.pages import Held

Files = Mapping[str, bytes]

LETTER = b"A letter to nobody.\n" * 40
NOISE = bytes(range(256)) * 300
FILES = {"dir/letter.txt": LETTER, "dir/noise.bin": NOISE, "empty": b""}


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED, *, streamed: bool = False) -> bytes:
    """A zip archive; `streamed` if its members tell their length behind themselves."""
    data = _Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return data.getvalue()


class _Pipe(io.BytesIO):
    """What is written to a pipe."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, offset: int, whence: int = 0, /) -> int:
        raise OSError(offset, whence)


def tarred(files: Files, form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=form) as made:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return data.getvalue()


def met(readable: Readable, bounds: Bounds | None = None) -> Iterator[tuple[bytes, object]]:
    """What is in a file, in its order: ways with the bytes there, or with what was lost there."""
    yield from _met(readable, bounds or Bounds(readable.size), b"")


def _met(readable: Readable, bounds: Bounds, way: bytes) -> Iterator[tuple[bytes, object]]:
    kind = kind_of(readable)
    if kind is None or kind.name == "text" or bounds.depth > 8:
        yield way, readable.read(0, min(readable.size, 1 << 27))
        return
    bounds.depth += 1
    for part in kind.read(readable, bounds):
        if isinstance(part, Inner):
            yield from _met(part.content, bounds, way + b"!/" + part.name if part.name else way)
        elif isinstance(part, Lost):
            yield way, part.code
        elif isinstance(part, Named):
            yield way, (part.name, part.place)
    bounds.depth -= 1


def files_in(data: bytes) -> dict[str, bytes]:
    """The files in an archive, by their names; nothing else may be told of it."""
    told = list(met(Held(data)))
    return {way.decode().removeprefix("!/"): one for way, one in told if isinstance(one, bytes)}


def lost_in(data: bytes) -> list[str]:
    """What was lost of an archive, by codes."""
    return [one for _, one in met(Held(data)) if isinstance(one, str)]


def names_in(data: bytes) -> set[tuple[bytes, str]]:
    """Names that are told of no file."""
    return {one for _, one in met(Held(data)) if isinstance(one, tuple)}
