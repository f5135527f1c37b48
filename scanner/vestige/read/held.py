"""Files held fast: what is judged of them is what their SHA-256 is of, byte for byte.

A file is read once, from its first byte to its last, through one descriptor. A short one stays in
memory, and whoever judges it reads that memory. Of a long one the digest of every block is kept:
what is read of it later is believed only if its blocks are still those that were digested. So there
is no moment between check and use in which other bytes could be judged than those digested.
"""

import hashlib
import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from vestige.listing import FILE, Listed
from vestige.model import Entry, Problem, Stage
from vestige.read.file import Folder, Glance, Source
from vestige.read.unreadable import Unreadable

WHOLE = 8 << 20
"""Bytes up to which a file stays in memory while it is judged."""

BLOCK = 1 << 20
"""Bytes of a block of a longer file."""

_BLOCKS_KEPT = 8
"""Verified blocks of a long file that stay in memory."""

_DIGEST_SIZE = 32
CHANGED = "changed"
_WHILE_READ = "it was written to while it was read"
_SINCE_DIGESTED = "other bytes stood in it when it was read again"


class Restless(OSError):  # noqa: N818 - what befell a file, not a fault of the program
    """A file did not keep still while it was read."""


class Hash(Protocol):
    """A digest that is being made."""

    def update(self, data: bytes, /) -> None:
        """Some bytes more."""

    def digest(self) -> bytes:
        """That of all bytes so far."""


class Means(NamedTuple):
    """By what bytes are known again: those of a whole file, and those of a block of a long one."""

    whole: Callable[[], Hash]
    block: Callable[[bytes], bytes]


class Digest(NamedTuple):
    """The digest of the bytes of one entry, by the entry's number, and how many they are."""

    entry: int
    size: int
    digest: bytes


@dataclass(slots=True)
class Record:
    """What outlives the judgement of a file: its size, its digest, and whether it kept still."""

    size: int
    digest: bytes = b""
    still: bool = True


class Body:
    """The bytes of a file: all of them if they are few, else the digests of their blocks."""

    __slots__ = ("_blocks", "_descriptor", "_digests", "_means", "_whole", "record")

    def __init__(self, descriptor: int, size: int, means: Means) -> None:
        self._descriptor = descriptor
        self._means = means
        self.record = Record(size)
        self._whole: bytes | None = None
        self._digests: list[bytes] = []
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        whole = means.whole()
        parts: list[bytes] = []
        for number, block in enumerate(blocks(descriptor, size)):
            whole.update(block)
            if size <= WHOLE:
                parts.append(block)
            else:
                self._digests.append(means.block(block))
                if number == 0:
                    self._blocks[0] = block
        if size <= WHOLE:
            self._whole = b"".join(parts)
        self.record.digest = whole.digest()

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`, of those that were digested; b"" if they are gone."""
        if self._whole is not None:
            return self._whole[offset : offset + length]
        end = min(offset + length, self.record.size)
        if offset >= end:
            return b""
        parts = []
        for number in range(offset // BLOCK, (end - 1) // BLOCK + 1):
            block = self._block(number)
            if block is None:
                break
            start = number * BLOCK
            parts.append(block[max(0, offset - start) : end - start])
        return b"".join(parts)

    def _block(self, number: int) -> bytes | None:
        """A block as it was digested; None, and the file does not keep still, if it is another."""
        found = self._blocks.get(number)
        if found is None:
            length = min(BLOCK, self.record.size - number * BLOCK)
            found = _read(self._descriptor, number * BLOCK, length)
            if self._means.block(found) != self._digests[number]:
                self.record.still = False
                return None
            self._blocks[number] = found
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        return found


def blocks(descriptor: int, size: int) -> Iterator[bytes]:
    """All bytes of a file of a known size, by blocks; Restless if it has fewer, or more."""
    for offset in range(0, size, BLOCK):
        block = _read(descriptor, offset, min(BLOCK, size - offset))
        if len(block) < min(BLOCK, size - offset):
            raise Restless
        yield block
    if os.pread(descriptor, 1, size):
        raise Restless


def _read(descriptor: int, offset: int, length: int) -> bytes:
    parts: list[bytes] = []
    while length > 0:
        part = os.pread(descriptor, length, offset)
        if not part:
            break
        parts.append(part)
        offset += len(part)
        length -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _of_block(block: bytes) -> bytes:
    return hashlib.blake2b(block, digest_size=_DIGEST_SIZE).digest()


BY_SHA256 = Means(hashlib.sha256, _of_block)
"""What proves to others which bytes were judged."""


class Digested(tuple[int, bytes, os.stat_result]):  # noqa: SLOT001 - tuples can have no slots
    """A glance at a file whose bytes are held; the status is that behind the last byte."""

    body: Body


class Hold:
    """Opens files by holding them, and keeps the digest of each; one lives in each worker."""

    def __init__(self, means: Means = BY_SHA256) -> None:
        self._means = means
        self._records: dict[bytes, Record] = {}

    def folder(self, above: bytes, files: int) -> Folder:
        """The directory of some files, each of which is read whole."""
        return HeldFolder(above, files, self._records, self._means)

    def source(self, entry: Entry, opened: Glance) -> Source:
        """The open file, of which only bytes that were digested are given."""
        return _Unchanged(entry, opened)

    def opened(self, entry: Entry, length: int) -> Source:
        """The file of `entry`, opened anew; Unreadable if it cannot be read or keeps not still."""
        above = entry.path[: len(entry.path) - len(entry.name)]
        with self.folder(above, 1) as folder:
            try:
                opened = folder.glance(entry.name, length, entry.size)
            except Restless:
                raise Unreadable(CHANGED, _WHILE_READ) from None
            except OSError as error:
                raise Unreadable.of(error) from None
        if not stat.S_ISREG(opened[2].st_mode):
            os.close(opened[0])
            raise Unreadable("replaced", "it is no regular file any more")
        return self.source(entry, opened)

    def digests(self, entries: Iterable[Entry]) -> tuple[Digest, ...]:
        """The digests of those of the entries that were opened and kept still; they are let go."""
        records = ((entry.id, self._records.get(entry.path)) for entry in entries)
        found = tuple(
            Digest(number, record.size, record.digest)
            for number, record in records
            if record is not None and record.still
        )
        self._records.clear()
        return found

    def taken(
        self, above: bytes, first: int, listed: Sequence[Listed], met: Container[int] = ()
    ) -> list[Digest]:
        """The digests of the files of one directory, numbered from `first`; they are let go.

        Files that were believed to be empty are opened now, but for those at places in `met`. Of
        those that did not keep still, are not as listed, or were not opened, there is none.
        """
        found = []
        with self.folder(above, 1) as folder:
            for place, facts in enumerate(listed):
                name, kind, size = facts[:3]
                if kind != FILE or place in met:
                    continue
                if size == 0 and above + name not in self._records:
                    _look(folder, name)
                record = self._records.get(above + name)
                if record is not None and record.still and record.size == size:
                    found.append(Digest(first + place, size, record.digest))
        self._records.clear()
        return found


def _look(folder: Folder, name: bytes) -> None:
    """Open a file that was believed to be empty: its record says whether it is."""
    try:
        os.close(folder.glance(name, 1, 0)[0])
    except OSError:
        return


class HeldFolder(Folder):
    """A directory whose files are read whole when they are opened."""

    __slots__ = ("_means", "_prefix", "_records")

    def __init__(
        self, above: bytes, files: int, records: dict[bytes, Record], means: Means
    ) -> None:
        super().__init__(above, files)
        self._prefix = above
        self._records = records
        self._means = means

    def glance(self, name: bytes, length: int, size: int = 0) -> Glance:
        """The file of that name opened and held; Restless if it did not keep still meanwhile."""
        descriptor, first, before = super().glance(name, 1, size)
        try:
            if not stat.S_ISREG(before.st_mode):
                return descriptor, first, before
            in_order(descriptor)
            body = Body(descriptor, before.st_size, self._means)
            after = os.fstat(descriptor)
            if facts_of(before) != facts_of(after):
                raise Restless
        except OSError:
            os.close(descriptor)
            raise
        held = Digested((descriptor, body.read(0, length), after))
        held.body = body
        self._records[self._prefix + name] = body.record
        return held


class HeldSource(Source):
    """An open file of which nothing is given but bytes that were digested."""

    __slots__ = ("_body", "_of")

    def __init__(self, entry: Entry, opened: Glance) -> None:
        super().__init__(entry, opened)
        self._of = entry
        self._body = opened.body if isinstance(opened, Digested) else None

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`, of those that were digested."""
        if offset + length <= len(self.first):
            return self.first[offset : offset + length]
        return b"" if self._body is None else self._body.read(offset, length)

    def changed(self, entry: Entry) -> Problem | None:
        """As of any file; also if other bytes were met than those digested."""
        return self.problem or super().changed(entry)

    @property
    def problem(self) -> Problem | None:
        """The problem that other bytes were met than those digested."""
        if self._body is None or self._body.record.still:
            return None
        return Problem(self._of.id, Stage.READ, CHANGED, _SINCE_DIGESTED)


class _Unchanged(HeldSource):
    """An open file that must be as the walk has met it in all that its status says."""

    __slots__ = ()

    def changed(self, entry: Entry) -> Problem | None:
        """As of any file; also if the time of change, which nobody can set, is another."""
        found = super().changed(entry)
        if found is not None:
            return found
        try:
            status = os.fstat(self._descriptor)
        except OSError as error:
            return Unreadable.of(error).problem(entry)
        if status.st_ctime_ns == entry.ctime_ns:
            return None
        return Problem(entry.id, Stage.READ, CHANGED, "its time of change is another than before")


def in_order(descriptor: int) -> None:
    """Tell the system that a file will be read from its first byte to its last."""
    advice: int | None = getattr(os, "POSIX_FADV_SEQUENTIAL", None)
    if advice is not None:
        os.posix_fadvise(descriptor, 0, 0, advice)


def facts_of(status: os.stat_result) -> tuple[int, int, int, int]:
    """Size, times of modification and of change (ns), and inode: the same if nobody wrote."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def sha256(folder: Folder, name: bytes) -> tuple[int, bytes]:
    """Size and SHA-256 of a file in a folder that `Hold` gave; Unreadable if it has none."""
    try:
        opened = folder.glance(name, 1, 0)
    except Restless:
        raise Unreadable(CHANGED, _WHILE_READ) from None
    except OSError as error:
        raise Unreadable.of(error) from None
    os.close(opened[0])
    if not isinstance(opened, Digested):
        raise Unreadable("replaced", "it is no regular file")
    return opened.body.record.size, opened.body.record.digest
