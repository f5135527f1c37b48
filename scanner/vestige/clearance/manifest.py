r"""The clearance as a file: a head, one line for each entry, and the digest of all of it.

Lines end in a line feed. A path is written as it is, but for the backslash, which is `\\`, and for
every byte that is no UTF-8 or whose character does not show, which is `\xNN`: any name that a file
can have comes back byte for byte, and none can break a line.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, NamedTuple

from vestige.model import UsageError

MAGIC = b"vestige-clearance 1\n"
WARNING = (
    b"# This list names files and folders as they stand on the volume, and a name may be a "
    b"person's: keep it as you keep the data.\n"
)
LONGEST_LINE = 64 << 10
"""Bytes of a line at most: four for each byte of the longest path, and more."""

MOST_ENTRIES = 50_000_000

_HEAD = (
    *("version", "scan", "cleared", "expires", "catalog", "policy", "policy-digest"),
    *("fail-on", "baseline", "verdict", "allowed", "roots", "token"),
    *("files", "bytes", "left-out", "tree"),
)
"""The keys of the head, each once and in this order."""

_ESCAPE = re.compile(rb"\\(?:\\|x([0-9a-f]{2}))")
_VALID = re.compile(r"([1-9]\d{0,4})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_DIGEST = re.compile(rb"[0-9a-f]{64}")
_BACKSLASH = 0x5C


class ClearanceError(UsageError):
    """A clearance cannot be read: the text names the line, and nothing that stands in it."""


class EditedError(ClearanceError):
    """A clearance is not as it was written: a line or its digest cannot be what was written."""


class File(NamedTuple):
    """A cleared file: the place of its root among the roots, path below it, size and SHA-256."""

    root: int
    path: bytes
    size: int
    sha256: bytes


class Other(NamedTuple):
    """An entry that is no file: `d` an empty directory; `l` a link, `s` a special, not cleared."""

    kind: str
    root: int
    path: bytes


@dataclass(frozen=True, slots=True)
class Clearance:
    """What was cleared, by what, and until when; times are ISO 8601 UTC."""

    head: Mapping[str, str]
    files: tuple[File, ...]
    others: tuple[Other, ...] = ()

    @property
    def cleared(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.head["cleared"])

    @property
    def expires(self) -> datetime:
        """Until when it holds."""
        return datetime.fromisoformat(self.head["expires"])

    @property
    def roots(self) -> int:
        """How many roots it is of."""
        return int(self.head["roots"])


def escaped(path: bytes) -> bytes:
    """A path as it is written in a line."""
    text = path.decode("utf-8", "surrogateescape")
    if text.isprintable() and "\\" not in text:
        return path
    return b"".join(map(_escaped, text))


def _escaped(character: str) -> bytes:
    if character == "\\":
        return rb"\\"
    raw = character.encode("utf-8", "surrogateescape")
    return raw if character.isprintable() else b"".join(b"\\x%02x" % byte for byte in raw)


def unescaped(written: bytes) -> bytes:
    """The path that a line holds; ValueError if a backslash stands for nothing."""
    rest = _ESCAPE.sub(b"", written)
    if _BACKSLASH in rest:
        raise ValueError
    return _ESCAPE.sub(_byte, written)


def _byte(match: re.Match[bytes]) -> bytes:
    digits = match.group(1)
    return b"\\" if digits is None else bytes((int(digits, 16),))


def validity(text: str) -> timedelta:
    """How long a clearance holds, as 12h, 7d or 2w; UsageError if it says nothing of the kind."""
    match = _VALID.fullmatch(text)
    if match is None:
        raise UsageError("--valid: give hours, days or weeks, as 12h, 7d or 2w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def tree_digest(files: Iterable[File], others: Iterable[Other] = ()) -> str:
    """The SHA-256 over all lines of entries in their order: equal trees have equal digests."""
    digest = hashlib.sha256()
    for line in _lines(files, others):
        digest.update(line)
    return digest.hexdigest()


def _lines(files: Iterable[File], others: Iterable[Other]) -> Iterator[bytes]:
    for file in sorted(files):
        told = f"f {file.sha256.hex()} {file.size} {file.root} ".encode()
        yield told + escaped(file.path) + b"\n"
    for other in sorted(others):
        yield f"{other.kind} {other.root} ".encode() + escaped(other.path) + b"\n"


def write(clearance: Clearance, stream: BinaryIO) -> None:
    """The clearance, with its own digest as its last line."""
    digest = hashlib.sha256()

    def put(line: bytes) -> None:
        digest.update(line)
        stream.write(line)

    put(MAGIC)
    put(WARNING)
    for key in _HEAD:
        put(f"{key}: {clearance.head[key]}\n".encode())
    put(b"\n")
    for line in _lines(clearance.files, clearance.others):
        put(line)
    put(b"\n")
    stream.write(b"digest: sha256 " + digest.hexdigest().encode() + b"\n")


def head(
    facts: Mapping[str, str], files: Sequence[File], others: Sequence[Other]
) -> dict[str, str]:
    """The head of a clearance: what the gate knows, and what can be reckoned."""
    reckoned = {
        "files": str(len(files)),
        "bytes": str(sum(file.size for file in files)),
        "left-out": str(sum(other.kind != "d" for other in others)),
        "tree": tree_digest(files, others),
    }
    return {key: {**facts, **reckoned}[key] for key in _HEAD}


class _Reader:
    """The lines of a clearance, digested as they are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        if stream.readline(len(MAGIC) + 1) != MAGIC:
            raise ClearanceError(
                "that is no clearance of Vestige, or one of a later version of its format"
            )
        self._digest = hashlib.sha256(MAGIC)
        self.number = 1

    def line(self) -> bytes:
        """The next line without its line feed."""
        line = self._stream.readline(LONGEST_LINE + 1)
        self.number += 1
        if line.startswith(b"digest: sha256 "):
            return line.rstrip(b"\n")
        self._digest.update(line)
        if not line.endswith(b"\n"):
            raise self.error("the file ends, or the line is longer than any can be")
        return line[:-1]

    def error(self, what: str) -> EditedError:
        """What is wrong with the line that was read last."""
        return EditedError(
            f"line {self.number} of the clearance: {what}; it was cut or edited: gate again"
        )

    def demand_whole(self, line: bytes) -> None:
        """EditedError if the digest of all lines before is not what the last line says."""
        told = line.removeprefix(b"digest: sha256 ")
        if told != self._digest.hexdigest().encode() or self._stream.read(1):
            raise EditedError(
                "the clearance is not as it was written: its digest is that of something else; "
                "do not transfer on its word, gate again"
            )


def read(stream: BinaryIO) -> Clearance:
    """The clearance in a file; ClearanceError if it is none, EditedError if it was edited."""
    reader = _Reader(stream)
    if reader.line() + b"\n" != WARNING:
        raise reader.error("its head is not that of a clearance")
    told = _head(reader)
    files: list[File] = []
    others: list[Other] = []
    while line := reader.line():
        _entry(line, reader, files, others)
    reader.demand_whole(reader.line())
    _demand_agreement(told, files, others)
    return Clearance(told, tuple(files), tuple(others))


def _head(reader: _Reader) -> dict[str, str]:
    told = {}
    for key in _HEAD:
        name, colon, value = reader.line().partition(b": ")
        if name != key.encode() or not colon:
            raise reader.error(f"{key} was expected")
        told[key] = value.decode("utf-8", "replace")
    if reader.line():
        raise reader.error("the head should end here")
    return told


def _entry(line: bytes, reader: _Reader, files: list[File], others: list[Other]) -> None:
    if len(files) + len(others) >= MOST_ENTRIES:
        raise reader.error(f"more than {MOST_ENTRIES:,} entries")
    try:
        if line.startswith(b"f "):
            _, digest, size, root, path = line.split(b" ", 4)
            if _DIGEST.fullmatch(digest) is None:
                raise reader.error("its SHA-256 is none")
            sha256 = bytes.fromhex(digest.decode())
            files.append(File(_number(root), _path(path), _number(size), sha256))
            return
        kind, root, path = line.split(b" ", 2)
        if kind not in {b"d", b"l", b"s"}:
            raise reader.error("that is no entry")
        others.append(Other(kind.decode(), _number(root), _path(path)))
    except ValueError:
        raise reader.error("that is no entry") from None


def _number(text: bytes) -> int:
    if not text.isdigit() or len(text) > len(str(1 << 63)):
        raise ValueError
    return int(text)


def _path(written: bytes) -> bytes:
    """A path below a root: no part of it is empty, or leads upwards."""
    path = unescaped(written)
    if any(part in {b"", b".", b".."} for part in path.split(b"/")) or b"\0" in path:
        raise ValueError
    return path


def _demand_agreement(told: Mapping[str, str], files: list[File], others: list[Other]) -> None:
    """EditedError if the head does not count what follows it."""
    reckoned = head(told, files, others)
    try:
        moments = [datetime.fromisoformat(told[key]).tzinfo for key in ("cleared", "expires")]
        roots = int(told["roots"])
    except ValueError:
        raise EditedError("the clearance does not say until when it holds: gate again") from None
    named = {(file.root, file.path) for file in files} | {(one.root, one.path) for one in others}
    whole = len(named) == len(files) + len(others)
    inside = all(root < roots for root, _ in named)
    if reckoned != dict(told) or not (whole and inside and all(moments)):
        raise EditedError("head and entries of the clearance contradict each other: gate again")


def now() -> datetime:
    """The time, in UTC and whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
