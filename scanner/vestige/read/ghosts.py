"""Ghosts: files that tell names of folders and files, known by their first bytes or their name.

What is told need not stand there any more: a .DS_Store keeps names of entries that are long gone.
"""

import re
from collections.abc import Callable

from vestige.model import Entry, Kind
from vestige.read import (
    compound,
    ds_store,
    git_index,
    git_objects,
    leftovers,
    listing,
    settings,
    shell_link,
    trash,
)
from vestige.read.file import Folder, Source
from vestige.read.pages import FIRST
from vestige.read.recorded import Ghosts, Record

__all__ = ["Ghosts", "Reader", "scope"]

_Read = Callable[[Source], Ghosts | None]

_BY_BEGINNING: dict[bytes, _Read] = {
    ds_store.MAGIC[:4]: ds_store.read,
    compound.MAGIC[:4]: compound.read,
    shell_link.MAGIC[:4]: shell_link.read,
    git_index.MAGIC: git_index.read,
    git_objects.PACK: git_objects.pack,
    leftovers.APPLE_MAGIC: leftovers.apple_double,
    b"b0VI": leftovers.swap,
    b"b0nV": leftovers.swap,
}
"""Readers by the first four bytes."""

_BY_NAME: dict[bytes, _Read] = {
    b"desktop.ini": settings.folder,
    b".directory": settings.folder,
    b"recently-used.xbel": settings.recent,
    b".recently-used": settings.recent,
    b"packed-refs": git_index.references,
    b"info2": trash.records,
}
_BY_ENDING: dict[bytes, _Read] = {
    b".trashinfo": trash.info,
    b".url": settings.shortcut,
    b".website": settings.shortcut,
    b".desktop": settings.shortcut,
}
_BY_PREFIX: dict[bytes, _Read] = {b"$i": trash.item, b"~$": leftovers.owner, b".~": leftovers.lock}

_REPOSITORY = re.compile(rb"(.*/(?:\.git|[^/]*\.git))/")
_KNOWN_NAMES = 200_000


class Reader:
    """Reads what files tell of names; it remembers what the repository in hand knows."""

    def __init__(self) -> None:
        self._repository = b""
        self._known: frozenset[bytes] = frozenset()

    def read(self, source: Source, entry: Entry) -> Ghosts | None:
        """What a file tells of names; None if it is of no kind that is known here."""
        if not source.first:
            return None
        ghosts = self._by_content(source, entry) or _by_name(source, entry.name.lower())
        if ghosts is None and source.first[:1] >= b"\t":
            ghosts = listing.read(source)
        return ghosts

    def _by_content(self, source: Source, entry: Entry) -> Ghosts | None:
        first = source.first
        reader = _BY_BEGINNING.get(first[:4])
        if reader is not None:
            ghosts = reader(source)
            return self._checked(ghosts, entry) if reader is git_objects.pack else ghosts
        if first[:1] == b"\x78" and git_objects.LOOSE.search(entry.path):
            return self._checked(git_objects.loose(source), entry)
        return None

    def _checked(self, ghosts: Ghosts | None, entry: Entry) -> Ghosts | None:
        """Names in trees, but those that the index of the repository has too: it tells them."""
        if ghosts is None:
            return None
        repository = entry.path.rpartition(b"/objects/")[0]
        if repository != self._repository:
            self._repository, self._known = repository, _indexed(repository)
        folders, flaws, whole, up = ghosts.folders, ghosts.flaws, ghosts.whole, ghosts.up
        return Ghosts(folders, flaws, whole, up, self._known)


def scope(entry: Entry) -> bytes:
    """In what names are told once: a repository, or else the file itself."""
    found = _REPOSITORY.match(entry.path)
    return found[1] if found else entry.path


def _by_name(source: Source, name: bytes) -> Ghosts | None:
    reader = _BY_NAME.get(name) or _BY_ENDING.get(name[name.rfind(b".") :])
    reader = reader or _BY_PREFIX.get(name[:2])
    if reader is None and listing.is_called_list(name):
        reader = listing.named
    return reader(source) if reader is not None else None


def _indexed(repository: bytes) -> frozenset[bytes]:
    """All names in the index of a repository; none if it has none that can be read."""
    entry = Entry(0, 0, b"index", repository + b"/index", Kind.FILE, 0, 0, 0, 0)
    names: set[bytes] = set()
    try:
        with Folder(repository + b"/", 1) as folder:
            opened = folder.glance(b"index", FIRST)
    except OSError:
        return frozenset()
    with Source(entry, opened) as source:
        if source.first.startswith(git_index.MAGIC):
            for path in git_index.paths(source, Record(git_index.PLACE)):
                names.update(path.split(b"/"))
                if len(names) > _KNOWN_NAMES:
                    break
    return frozenset(names)
