"""The index and the references of a git repository (gitformat-index, git-pack-refs)."""

import re
from collections.abc import Iterator
from struct import Struct, error

from vestige.read.pages import Readable
from vestige.read.recorded import BUDGET, UNREAD, Ghosts, Record

PLACE = "git index"
BRANCH = "git branch"
MAGIC = b"DIRC"

BYTES = 64 << 20
_HEAD = Struct(">4sII")
_VERSIONS = (2, 3, 4)
_COMPRESSED, _EXTENDED = 4, 0x4000
_LONGEST_NAME = 0x0FFF
_FIXED = 40
"""Bytes of an entry before its object's name."""

_REFERENCE = re.compile(
    rb"[0-9a-f]{40}(?:[0-9a-f]{24})? refs/(?:heads|tags|remotes/[^/\n]+)/([^\n]+)"
)


def read(source: Readable) -> Ghosts | None:
    """The paths in an index, from the folder in which `.git` lies; None if it is none."""
    if not source.first.startswith(MAGIC) or len(source.first) < _HEAD.size:
        return None
    version = _HEAD.unpack_from(source.first)[1]
    if version not in _VERSIONS:
        return None
    record = Record(PLACE)
    # Its extensions are not read, and what they keep of old entries is not known.
    record.whole = False
    for path in paths(source, record):
        record.path(path, found=True)
    return record.ghosts(up=1)


def paths(source: Readable, record: Record) -> Iterator[bytes]:
    """The paths of an index, each by its own; what cannot be read is a flaw of the record."""
    data = source.read(0, min(source.size, BYTES))
    # Object names have 20 bytes, or 32 in repositories of SHA-256: one of them fits throughout.
    for width in (20, 32):
        found = list(_entries(data, width))
        if found and found[-1] is not None:
            yield from (path for path in found if path)
            return
        if width == 20 and _likely(data) == 20:  # noqa: PLR2004
            break
    yield from (path for path in _entries(data, _likely(data)) if path)
    record.flaw(BUDGET if source.size > BYTES else UNREAD)


def _likely(data: bytes) -> int:
    """The width of object names with which more entries can be read."""
    counts = {width: sum(1 for _ in _entries(data, width)) for width in (20, 32)}
    return max(counts, key=lambda width: (counts[width], -width))


def _entries(data: bytes, width: int) -> Iterator[bytes | None]:
    """The paths, and None at the end if it comes too early."""
    _, version, count = _HEAD.unpack_from(data)
    at, last = _HEAD.size, b""
    for _ in range(count):
        try:
            last, at = _entry(data, at, version, width, last)
        except (error, ValueError, IndexError):
            yield None
            return
        yield last
    if not count:
        yield b""


def _entry(data: bytes, at: int, version: int, width: int, last: bytes) -> tuple[bytes, int]:
    """The path of one entry, and where the next one begins; ValueError if it is none."""
    start = at
    flags = int.from_bytes(data[at + _FIXED + width : at + _FIXED + width + 2], "big")
    at += _FIXED + width + (4 if flags & _EXTENDED and version > 2 else 2)  # noqa: PLR2004
    if version == _COMPRESSED:
        cut, at = _cut(data, at)
        end = data.index(b"\0", at)
        if cut > len(last):
            raise ValueError
        return last[: len(last) - cut] + data[at:end], end + 1
    end = data.index(b"\0", at)
    if end == at or flags & _LONGEST_NAME != min(end - at, _LONGEST_NAME):
        raise ValueError
    return data[at:end], start + -(-(end - start + 1) // 8) * 8


def _cut(data: bytes, at: int) -> tuple[int, int]:
    """How many bytes of the last path do not count any more, as pack files write offsets."""
    byte = data[at]
    value = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = data[at]
        value = (value + 1) << 7 | byte & 0x7F
    return value, at + 1


def references(source: Readable) -> Ghosts | None:
    """The names of branches and tags in `packed-refs`."""
    record = Record(BRANCH)
    for line in source.read(0, min(source.size, BYTES)).splitlines():
        match = _REFERENCE.fullmatch(line)
        if match:
            record.path(match[1])
        elif not line.startswith((b"#", b"^")) and line:
            record.whole = False
    if source.size > BYTES:
        record.flaw(BUDGET)
    return record.ghosts()
