"""Names of which a file tells: a tree of them, as it was recorded, within bounds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vestige.digits import form_of
from vestige.software import NOWHERE, Begun, Ground, begins

ENTRIES = 100_000
FORMS = 20_000
"""Folders that are taken from one file at most, and as many files; and names of both that differ in
more than their digits. What is beyond is a problem."""

LONGEST_PATH = 8_192
"""Bytes of a path that are looked at: no system opens a longer one."""

_DEEPEST = 128
BUDGET = "budget"
UNREAD = "names-unread"


class Folder(NamedTuple):
    """The names that are told of one folder; `place` says in what kind of record.

    `above` are the folders on the way to it from where the record begins; None if nobody knows
    where that was. `software`: it lies in a tree of software, by what is told of it.
    """

    place: str
    above: tuple[bytes, ...] | None
    names: tuple[bytes, ...]
    software: bool = False

    def __repr__(self) -> str:
        return f"Folder({self.place!r}, {len(self.names)} names)"


@dataclass(frozen=True, slots=True)
class Ghosts:
    """What a file tells of names, and what of it could not be read, as codes of problems.

    `whole` if nothing else stands in the file. Paths with a known beginning begin `up` folders
    above the folder in which the file lies. Names of which `known` is sure stand elsewhere anyway.
    """

    folders: tuple[Folder, ...]
    flaws: tuple[str, ...] = ()
    whole: bool = False
    up: int = 0
    known: frozenset[bytes] = frozenset()


class Record:
    """Collects paths of a file into a tree."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._nodes: dict[tuple[int, bytes], int] = {}
        self._roots: dict[tuple[str, bool], int] = {}
        self._forms: set[bytes] = set()
        self._counts = [0, 0]
        self._flaws: dict[str, None] = {}
        self.whole = True

    @property
    def full(self) -> bool:
        """Whether no more names are taken."""
        return self._counts[False] >= ENTRIES or len(self._forms) >= FORMS

    @property
    def empty(self) -> bool:
        """Whether it holds no name."""
        return not self._nodes

    def path(self, path: bytes, place: str = "", *, found: bool = False) -> None:
        """One path; `found` if it begins where one can look whether it still stands."""
        self.parts(parts(path), place, found=found and not path.startswith((b"/", b"\\")))

    def name(self, name: bytes, place: str = "", *, found: bool = False) -> None:
        """One name, whatever signs stand in it."""
        self.parts((name,), place, found=found)

    def parts(self, names: Iterable[bytes], place: str = "", *, found: bool = False) -> None:
        """One path, as the names of its folders and its own."""
        root = (place or self._place, found)
        at = self._roots.setdefault(root, -len(self._roots) - 1)
        path = tuple(names)
        for number, name in enumerate(path, 1):
            key = (at, name[:LONGEST_PATH])
            child = self._nodes.get(key)
            if child is None:
                is_last = number == len(path)
                if self.full or self._counts[is_last] >= ENTRIES:
                    self.flaw(BUDGET)
                    return
                self._counts[is_last] += 1
                child = self._nodes[key] = len(self._nodes)
                self._forms.add(form_of(key[1]))
            at = child

    def paths(self) -> Iterator[tuple[str, tuple[bytes, ...]]]:
        """All paths, and those of the folders on the way, each with the kind of its record."""
        kinds = {number: place for (place, _), number in self._roots.items()}
        found: dict[int, tuple[str, tuple[bytes, ...]]] = {}
        for (parent, name), number in self._nodes.items():
            place, above = (kinds[parent], ()) if parent < 0 else found[parent]
            found[number] = place, (*above, name)
            yield found[number]

    def flaw(self, code: str = UNREAD) -> None:
        """Something could not be read."""
        self._flaws[code] = None

    def ghosts(self, up: int = 0, known: frozenset[bytes] = frozenset()) -> Ghosts:
        """All of it."""
        return Ghosts(tuple(self._folders()), tuple(self._flaws), self.whole, up, known)

    def _folders(self) -> Iterator[Folder]:
        children: dict[int, list[bytes]] = {}
        parents = list(self._nodes)
        for parent, name in parents:
            children.setdefault(parent, []).append(name)
        roots = {number: root for root, number in self._roots.items()}
        grounds: dict[int, Ground] = {}
        for parent, names in children.items():
            above: list[bytes] = []
            at = parent
            while at >= 0:
                at, name = parents[at]
                above.append(name)
            place, found = roots[at]
            within = grounds[parents[parent][0]].below(above[0]) if above else NOWHERE
            begun = None if within.kind else self._begun(parent, above, names, children)
            ground = grounds[parent] = within.at(begun, 1)
            path = tuple(reversed(above)) if found else None
            yield Folder(place, path, tuple(names), bool(ground.kind))

    def _begun(
        self, at: int, above: list[bytes], names: list[bytes], children: dict[int, list[bytes]]
    ) -> Begun | None:
        """The tree of software that begins in a folder, if one does."""
        folders = sorted(name for name in names if self._nodes[at, name] in children)
        others = sorted(name for name in names if self._nodes[at, name] not in children)

        def has(path: bytes) -> bool:
            node: int | None = at
            for name in path.split(b"/"):
                node = None if node is None else self._nodes.get((node, name))
            return node is not None

        return begins(above[0] if above else b"", others, folders, has)


def parts(path: bytes) -> tuple[bytes, ...]:
    """The names in a path of any system: slashes part it, or backslashes where there are none."""
    path = path[:LONGEST_PATH]
    mark = b"/" if b"/" in path else b"\\"
    found = [part for part in path.split(mark) if part not in (b"", b".", b"..")]
    if found and mark == b"\\" and found[0].endswith(b":"):
        del found[0]
    return tuple(found[:_DEEPEST])


def told(text: str) -> bytes:
    """A decoded name as the bytes in which names are kept; half characters are lost."""
    return text.encode("utf-8", "replace")
