"""Locating: a scan that was made, or one made for it, with those who are sought and the answer."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from vestige import lexicon, shipped
from vestige.identity import Marker
from vestige.model import UsageError
from vestige.review import Locating
from vestige.run import key as keys
from vestige.run.acceptance import key_print
from vestige.run.entry import entry_of
from vestige.run.locate import Search
from vestige.run.paths import Paths
from vestige.run.plan import Request, plan
from vestige.run.rosters import Person
from vestige.run.scan import Listener, scan
from vestige.run.sought import of_list, of_people
from vestige.store import Store, failures


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """Who is sought: people as they were given, or the bytes of a list or roster of them."""

    people: tuple[Person, ...] = ()
    listed: bytes = b""
    mapping: Path | None = None
    near: bool = False


def scan_file(target: Path) -> Path | None:
    """The scan file that is meant; None if it is a folder to be scanned."""
    if target.is_dir():
        inside = target / "scan.sqlite"
        return inside if inside.is_file() else None
    return target


@contextmanager
def scanned(target: Path, request: Request, listener: Listener) -> Iterator[Store]:
    """The open scan of a folder, or the one that was made before.

    A scan that is made for it goes to the output folder of the request, or to one that is removed.
    UsageError if the key is not that of the scan.
    """
    file = scan_file(target)
    if file is not None:
        yield from _opened(file, keys.load(request.key, ()))
    elif request.out is not None:
        planned = plan(request)
        yield from _opened(scan(planned, listener), planned.key)
    else:
        with tempfile.TemporaryDirectory(prefix="vestige-locate-") as folder:
            planned = plan(_into(request, Path(folder) / "scan"))
            yield from _opened(scan(planned, listener), planned.key)


def _into(request: Request, out: Path) -> Request:
    return replace(request, out=out)


def _opened(file: Path, key: bytes) -> Iterator[Store]:
    with failures():
        store = Store.open(file)
        try:
            if store.noted("key") != key_print(key):
                raise UsageError("the scan was made under another key; name its key with --key")
            yield store
        finally:
            store.close()


def located(store: Store, key: bytes, asked: Asked) -> Locating:
    """Where those who are asked for stand; UsageError if they are nobody."""
    words = lexicon.load(shipped.rules() / "lexicons")
    marker = Marker(key, words.ordinary)
    if asked.listed:
        sought = of_list(asked.listed, marker, key, near=asked.near)
    else:
        sought = of_people(asked.people, marker, key, near=asked.near)
    with failures():
        return Search(store, key, words, sought).locate(asked.mapping)


def path_of(store: Store, locating: Locating, *, reveal: bool) -> Callable[[int], str]:
    """The path of an entry: masked, and its name wholly where somebody is sought in it."""
    if reveal:
        roots = store.roots()
        return lambda number: entry_of(store, number, roots).path.decode("utf-8", "surrogateescape")
    hidden = frozenset(one.entry for one in locating.found)
    return Paths(store, lexicon.load(shipped.rules() / "lexicons"), hidden).path
