"""Contents compared: what a file holds, known again by its XXH3, whatever its times say.

What must be judged is held fast, as for a clearance: the digest is that of the bytes that are
judged. What an earlier scan has judged is read block by block, and nothing of it stays in memory.
The digest is of 128 bits and made under a seed of the scan's key. It finds every accident and
whoever does not hold the key; it is no proof to others, for which there is the SHA-256 of a gate.
"""

import hashlib
import os
import stat

import xxhash

from vestige.model import Entry
from vestige.read.file import Folder, Glance, Source, source_of
from vestige.read.held import (
    Digested,
    HeldFolder,
    HeldSource,
    Hold,
    Means,
    Record,
    blocks,
    facts_of,
    in_order,
)
from vestige.read.unreadable import Unreadable

_SEED_SIZE = 8
_PURPOSE = b"contents"


class Comparing(Hold):
    """Opens files by holding them; those that do not keep still have no digest, and are read."""

    def __init__(self, key: bytes) -> None:
        super().__init__(by_xxh3(key))

    def folder(self, above: bytes, files: int) -> "ComparedFolder":
        """The directory of some files, each of which is read whole."""
        return ComparedFolder(above, files, self._records, self._means)

    def source(self, entry: Entry, opened: Glance) -> Source:
        """The open file; of one that was held, only bytes that were digested are given."""
        kind = HeldSource if isinstance(opened, Digested) else Source
        return kind(entry, opened)

    def opened(self, entry: Entry, length: int) -> Source:
        """The file of `entry`, opened anew; Unreadable if it cannot be read, or is none."""
        above = entry.path[: len(entry.path) - len(entry.name)]
        with self.folder(above, 1) as folder:
            try:
                opened = folder.glance(entry.name, length, entry.size)
            except OSError as error:
                raise Unreadable.of(error) from None
        if isinstance(opened, Digested):
            return self.source(entry, opened)
        return source_of(entry, opened)


class ComparedFolder(HeldFolder):
    """A directory whose files are read whole, and of which some are known by their digests."""

    __slots__ = ()

    def glance(self, name: bytes, length: int, size: int = 0) -> Glance:
        """The file of that name opened and held; not held if it did not keep still meanwhile."""
        self._records.pop(self._prefix + name, None)
        try:
            return super().glance(name, length, size)
        except OSError:
            # It is written to, or not all of it can be read: it is judged without a digest.
            return Folder.glance(self, name, length, size)

    def holds(self, name: bytes, size: int, digest: bytes) -> bool:
        """Whether a file has so many bytes and this digest, which is kept of it if so."""
        try:
            descriptor, _, before = Folder.glance(self, name, 1, size)
        except OSError:
            return False
        try:
            same = (
                stat.S_ISREG(before.st_mode)
                and before.st_size == size
                and self._digest(descriptor, size) == digest
                and facts_of(os.fstat(descriptor)) == facts_of(before)
            )
        except OSError:
            return False
        finally:
            os.close(descriptor)
        if same:
            self._records[self._prefix + name] = Record(size, digest)
        return same

    def _digest(self, descriptor: int, size: int) -> bytes:
        in_order(descriptor)
        whole = self._means.whole()
        for block in blocks(descriptor, size):
            whole.update(block)
        return whole.digest()


def by_xxh3(key: bytes) -> Means:
    """XXH3 of 128 bits, under a seed that is made of the scan's key."""
    raw = hashlib.blake2b(_PURPOSE, key=key[:64], digest_size=_SEED_SIZE).digest()
    seed = int.from_bytes(raw, "little")
    return Means(
        lambda: xxhash.xxh3_128(seed=seed), lambda block: xxhash.xxh3_128_digest(block, seed)
    )
