"""Plain text: the lines of a file that is nothing else."""

from collections.abc import Iterator

from vestige.read.beside.parts import Bounds, Part, Readable, Told, beside

_STRETCH = 1 << 20
_LINE = beside("text")
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32), 127})


def is_text(first: bytes) -> bool:
    """Whether bytes are the beginning of a text in some encoding that extends ASCII."""
    return bool(first) and first.translate(None, _CONTROLS) == first


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The lines of a text, each distinct one of a stretch once."""
    left, at = b"", 0
    while at < readable.size:
        data = readable.read(at, _STRETCH)
        if not data:
            break
        at += len(data)
        lines = (left + data).split(b"\n")
        left = lines.pop() if at < readable.size else b""
        yield Told(_LINE, [line.decode("utf-8", "replace") for line in dict.fromkeys(lines)])
