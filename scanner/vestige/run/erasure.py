"""Erasure: the files and folders of those who are sought, as a list for the tool that deletes."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vestige.model import Kind, StoreError, Where
from vestige.review import Located, Locating, Strength
from vestige.run import outputs
from vestige.run.entry import entry_of
from vestige.store import Store


class Concerned(NamedTuple):
    """What is about those who are sought and nobody else, as far as is known.

    `entries` are files, and folders named after them with all that lies below; `shared` entries are
    about others too, and `doubtful` ones are known by weak evidence alone: neither is listed.
    """

    entries: tuple[int, ...]
    shared: int
    doubtful: int


def concerned(store: Store, locating: Locating) -> Concerned:
    """The entries that an erasure is about; Vestige itself deletes nothing."""
    listed: set[int] = set()
    for one in locating.found:
        if one.strength is not Strength.WEAK and not one.shared:
            listed.update(_with_below(store, one))
    told = {one.entry for one in locating.found}
    shared = {one.entry for one in locating.found if one.shared} - listed
    return Concerned(tuple(sorted(listed)), len(shared), len(told - listed - shared))


def _with_below(store: Store, one: Located) -> Iterator[int]:
    yield one.entry
    if one.kind is Kind.DIRECTORY and one.where is Where.PATH:
        last = store.lasts((one.entry,)).get(one.entry, one.entry)
        yield from range(one.entry + 1, last + 1)


def write(store: Store, entries: tuple[int, ...], file: Path) -> None:
    """Write the paths of entries in clear, each ended by a zero byte, for their owner alone.

    Folders stand behind what lies in them, so that they are empty when their turn comes. UsageError
    if the file lies inside a scanned root, StoreError if it cannot be written.
    """
    roots = store.root_paths()
    outputs.demand_outside(file, roots)
    tops = store.roots()
    aside = file.with_name(f".{file.name}.part")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(aside, flags, 0o600), "wb") as stream:
            for number in reversed(entries):
                stream.write(entry_of(store, number, tops).path + b"\0")
        aside.replace(file)
    except OSError as error:
        raise StoreError(f"the list of files cannot be written ({error.strerror})") from None
