"""Chosen: the files below a root that a walk meets, where not all are asked for."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """Paths from a root on, of files and of the directories above them; none: all are met."""

    paths: frozenset[bytes] = frozenset()

    def names(self, root: bytes, below: bytes, names: Sequence[bytes]) -> Sequence[bytes]:
        """The names in a directory that are met; `below` is its path as the walk writes it."""
        if not self.paths:
            return names
        inside = below.removeprefix(os.path.join(root, b"./"))
        return [name for name in names if inside + name in self.paths]

    def top(self, root: bytes) -> tuple[bytes, bytes]:
        """What stands before the name of a root, and its name.

        Where files are chosen, the folder above them is not: its name is not judged.
        """
        if self.paths:
            return os.path.join(root, b""), b"."
        name = os.path.basename(root)
        return (root[: -len(name)], name) if name else (b"", root)


EVERYTHING = Chosen()


def chosen(files: Iterable[bytes]) -> Chosen:
    """The choice of files by their paths from the root on; of none, of everything."""
    found = set(files)
    for path in tuple(found):
        above = path
        while (above := os.path.dirname(above)) and above not in found:
            found.add(above)
    return Chosen(frozenset(found))
