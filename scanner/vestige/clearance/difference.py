"""Differences between what was cleared and what is there; nothing is right that was not proven."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vestige.clearance.listings import Listed
from vestige.clearance.manifest import Clearance, File


class Kind(StrEnum):
    """In what way something is not as it was cleared."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    UNPROVEN = "not verified"


BLOCKING = frozenset({Kind.ADDED, Kind.REMOVED, Kind.CHANGED})
"""What is known to be wrong; of the others nothing is known."""


class Difference(NamedTuple):
    """One path that is not as it was cleared, below the root of that place, and why."""

    kind: Kind
    root: int
    path: bytes
    detail: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison has shown: how many files are as cleared, and all that is not."""

    cleared: int
    right: int
    differences: tuple[Difference, ...]

    @property
    def code(self) -> int:
        """0 proven, 1 something differs, 3 something could not be verified."""
        if any(one.kind in BLOCKING for one in self.differences):
            return 1
        return 0 if self.right == self.cleared and not self.differences else 3


def with_listing(clearance: Clearance, listed: Mapping[bytes, Listed]) -> Verified:
    """The comparison with a listing of one root."""
    found: list[Difference] = []
    right = 0
    for file in clearance.files:
        there = listed.get(file.path)
        difference = _differs(file, there)
        if difference is None:
            right += 1
        else:
            found.append(difference)
    known = {file.path for file in clearance.files}
    found.extend(
        Difference(Kind.ADDED, 0, path, "it was not cleared")
        for path in listed
        if path not in known
    )
    return Verified(len(clearance.files), right, tuple(found))


def _differs(file: File, there: Listed | None) -> Difference | None:
    if there is None:
        return Difference(Kind.REMOVED, file.root, file.path, "it was cleared and is not there")
    if there.size is not None and there.size != file.size:
        return Difference(Kind.CHANGED, file.root, file.path, "its size is another")
    if there.sha256 is None:
        detail = "the listing holds no SHA-256 of it"
        return Difference(Kind.UNPROVEN, file.root, file.path, detail)
    if there.sha256 != file.sha256:
        return Difference(Kind.CHANGED, file.root, file.path, "its content is another")
    return None


def folders_of(clearance: Clearance) -> frozenset[tuple[int, bytes]]:
    """All directories that were there: those above cleared entries, and the empty ones."""
    found: set[tuple[int, bytes]] = set()
    for root, path in _paths(clearance):
        above = path
        while (root, above) not in found:
            found.add((root, above))
            if not above:
                break
            above = above.rpartition(b"/")[0]
    return frozenset(found)


def _paths(clearance: Clearance) -> Iterator[tuple[int, bytes]]:
    for root in range(clearance.roots):
        yield root, b""
    for file in clearance.files:
        yield file.root, file.path.rpartition(b"/")[0]
    for other in clearance.others:
        yield other.root, other.path if other.kind == "d" else other.path.rpartition(b"/")[0]
