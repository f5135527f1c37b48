"""Verify: whether what is there is what was cleared, nothing more, nothing less, nothing else."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from vestige import signature, walk
from vestige.clearance import listings, manifest
from vestige.clearance.difference import Difference, Verified, folders_of, with_listing
from vestige.clearance.difference import Kind as Differs
from vestige.clearance.manifest import Clearance, EditedError, File
from vestige.model import Entry, Kind, UsageError
from vestige.read.file import Folder
from vestige.read.held import Hold, sha256
from vestige.read.unreadable import Unreadable
from vestige.run.gate import signature_file

_EXTRA = "it was not cleared"
_CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Trusted:
    """A clearance that was read, and the sentences that say why it must not be relied on."""

    clearance: Clearance
    refusals: tuple[str, ...]


def load(file: Path, signed_by: Path | None = None) -> Trusted:
    """The clearance in a file, held against its digest, its last day, and its signature.

    ClearanceError if it cannot be read as one; EditedError if it is not as it was written.
    """
    refusals = []
    if signed_by is not None and not _signed(file, signed_by):
        raise EditedError(
            "the signature is not of this clearance by that key: do not transfer on its word"
        )
    try:
        with file.open("rb") as stream:
            clearance = manifest.read(stream)
    except OSError as error:
        raise UsageError(f"the clearance cannot be read ({error.strerror})") from None
    if clearance.cleared > manifest.now() + _CLOCKS_DIFFER:
        refusals.append(
            "The clearance is from a time to come: set the clock of this machine, or of that which "
            "gated."
        )
    if clearance.expires <= manifest.now():
        expired = clearance.head["expires"]
        refusals.append(f"The clearance expired at {expired}: gate again before you transfer.")
    return Trusted(clearance, tuple(refusals))


def _signed(file: Path, signed_by: Path) -> bool:
    try:
        pem, data = signed_by.read_bytes(), file.read_bytes()
        with signature_file(file).open("rb") as stream:
            told = stream.read(signature.SIZE + 1)
    except OSError as error:
        raise UsageError(
            f"clearance, signature or key cannot be read ({error.strerror}); the signature lies "
            "beside the clearance, with .sig behind its name"
        ) from None
    return signature.holds(data, told, pem)


def with_roots(clearance: Clearance, paths: Sequence[Path], jobs: int = 0) -> Verified:
    """The comparison with the roots themselves, all of whose bytes are read again."""
    roots = walk.roots(paths)
    if len(roots) != clearance.roots:
        raise UsageError(
            f"the clearance is of {clearance.roots} roots, and {len(roots)} are given; give them "
            "in the order in which they were gated"
        )
    comparison = _Comparison(clearance, roots)
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1, "verifier") as pool:
        for event in walk.walk(roots, cross_file_systems=True, software_as_data=True):
            if isinstance(event, walk.Siblings):
                comparison.take(event, pool)
    return comparison.result()


class _Comparison:
    """What is there, held against what was cleared, directory by directory."""

    def __init__(self, clearance: Clearance, roots: Sequence[bytes]) -> None:
        self._clearance = clearance
        self._roots = roots
        self._files = {(file.root, file.path): file for file in clearance.files}
        self._left_out = {(one.root, one.path): one.kind for one in clearance.others}
        self._folders = folders_of(clearance)
        self._seen: set[tuple[int, bytes]] = set()
        self._root = -1
        self._right = 0
        self._found: list[Difference] = []

    def take(self, siblings: walk.Siblings, pool: ThreadPoolExecutor) -> None:
        """Compare some entries of one directory."""
        if siblings.parent == 0:
            self._root += 1
        waiting: list[tuple[File, bytes]] = []
        for place, entry in enumerate(siblings.entries()):
            at = self._root, self._below(entry.path)
            self._seen.add(at)
            met = siblings.met.get(place)
            if met is not None and met.problem is not None:
                self._differs(Differs.UNREADABLE, at[1], f"it cannot be read ({met.problem.code})")
            elif entry.kind is Kind.FILE and at in self._files:
                waiting.append((self._files[at], entry.name))
            else:
                self._other(entry, at)
        with Hold().folder(siblings.above, max(len(waiting), 4)) as folder:
            for found in pool.map(partial(_compared, folder), waiting):
                if found is None:
                    self._right += 1
                else:
                    self._found.append(found)

    def _other(self, entry: Entry, at: tuple[int, bytes]) -> None:
        """Compare what is no cleared file: it must have been there, and be of the same kind."""
        if entry.kind is Kind.DIRECTORY:
            if at not in self._folders:
                self._differs(Differs.ADDED, at[1], f"a directory: {_EXTRA}")
            return
        kind = {Kind.LINK: "l", Kind.SPECIAL: "s"}.get(entry.kind, "f")
        if self._left_out.get(at) == kind:
            return
        if at in self._files:
            detail = "a link, directory or special file stands in its place"
            self._differs(Differs.CHANGED, at[1], detail)
        else:
            self._differs(Differs.ADDED, at[1], _EXTRA)

    def _below(self, path: bytes) -> bytes:
        root = self._roots[self._root]
        return path[len(root) :].lstrip(b"/") if path != root else b""

    def _differs(self, kind: Differs, path: bytes, detail: str) -> None:
        self._found.append(Difference(kind, self._root, path, detail))

    def result(self) -> Verified:
        """All differences, those that are missing too."""
        return Verified(len(self._clearance.files), self._right, (*self._found, *self._missing()))

    def _missing(self) -> Iterator[Difference]:
        for at in self._files:
            if at not in self._seen:
                detail = "it was cleared and is not there"
                yield Difference(Differs.REMOVED, *at, detail)


def _compared(folder: Folder, one: tuple[File, bytes]) -> Difference | None:
    """The difference between a cleared file and the one of that name; None if there is none."""
    file, name = one
    try:
        size, digest = sha256(folder, name)
    except Unreadable as error:
        kind = Differs.CHANGED if error.code in {"changed", "replaced"} else Differs.UNREADABLE
        return Difference(kind, file.root, file.path, error.detail)
    if size != file.size:
        return Difference(Differs.CHANGED, file.root, file.path, "its size is another")
    if digest != file.sha256:
        return Difference(Differs.CHANGED, file.root, file.path, "its content is another")
    return None


def with_listing_in(clearance: Clearance, file: Path, prefix: str = "") -> Verified:
    """The comparison with a listing of the far side."""
    if clearance.roots != 1:
        raise UsageError("a listing is of one root; gate each root by itself")
    try:
        with file.open("rb") as stream:
            return with_listing(clearance, listings.read(stream, prefix))
    except OSError as error:
        raise UsageError(f"the listing cannot be read ({error.strerror})") from None
