"""Again: the tree walked a second time, and what is not as it was when it was judged."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from vestige import walk
from vestige.model import Kind, Problem, Stage
from vestige.run.plan import Plan
from vestige.store import Store

MOST = 10_000
"""Problems that are told at most: a root that is gone takes everything with it."""

_ADDED = "an entry appeared in it after it was listed"
_GONE = "it was not there any more when the gate had come to its end"

SAID = {
    "unknown-class": "its SOP class is none of the standard, or it states none",
    "link": "it is not followed, and never cleared",
}
"""What is said of entries by which a gate is incomplete and that no reader has told of."""

_Key = tuple[tuple[int, bytes], ...]
"""Where an entry stands in the order of a walk: directories come behind their siblings."""

_Facts = tuple[int, int, int, int]
"""Size, times of modification and of change (ns), inode."""


@dataclass(frozen=True, slots=True)
class _Met:
    key: _Key
    number: int
    facts: _Facts


def compare(store: Store, plan: Plan) -> Iterator[Problem]:
    """What of a tree is not as a scan has kept it; nothing is read but names and facts.

    Both come in the order of the walk, so that neither is held in memory.
    """
    folders: dict[_Key, int] = {}
    for old, new in _side_by_side(_keyed(_kept(store)), _keyed(_walked(plan))):
        if old is None and new is not None:
            yield Problem(_nearest(folders, new.key), Stage.END, "added", _ADDED)
        elif new is None and old is not None:
            yield Problem(old.number, Stage.END, "vanished", _GONE)
        elif old is not None and new is not None:
            _remember(folders, old)
            differing = _differing(old.facts, new.facts)
            if differing:
                detail = f"{differing} changed after it was judged"
                yield Problem(old.number, Stage.END, "changed", detail)


def _side_by_side(
    before: Iterator[_Met], now: Iterator[_Met]
) -> Iterator[tuple[_Met | None, _Met | None]]:
    """Entries of two walks in the order of walks, those at one place together."""
    old, new = next(before, None), next(now, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.key < new.key):
            yield old, None
            old = next(before, None)
        elif old is None or new.key < old.key:
            yield None, new
            new = next(now, None)
        else:
            yield old, new
            old, new = next(before, None), next(now, None)


def _remember(folders: dict[_Key, int], met: _Met) -> None:
    """Keep the directories above the entry that was met last, and it if it is one."""
    if met.key[-1][0]:
        while folders and next(reversed(folders)) != met.key[:-1]:
            folders.popitem()
        folders[met.key] = met.number


def _nearest(folders: dict[_Key, int], key: _Key) -> int:
    """The entry that the scan knows and in which, or below which, something was added."""
    for end in range(len(key) - 1, 0, -1):
        found = folders.get(key[:end])
        if found is not None:
            return found
    return 1


def _differing(old: _Facts, new: _Facts) -> str:
    names = ("size", "time of modification", "time of change", "inode")
    pairs = zip(names, old, new, strict=True)
    return " and ".join(name for name, one, other in pairs if one != other)


_Listed = tuple[int, int, bytes, Kind, _Facts]
"""Number, number of the directory, name, kind and facts of an entry."""


def _kept(store: Store) -> Iterator[_Listed]:
    for row in store.rows():
        facts = (row.size, row.mtime_ns, row.ctime_ns, row.inode)
        yield row.id, row.parent, row.name, row.kind, facts


def _walked(plan: Plan) -> Iterator[_Listed]:
    crossing = plan.cross_file_systems
    for event in walk.walk(plan.roots, cross_file_systems=crossing, software_as_data=True):
        if isinstance(event, walk.Siblings):
            for one in event.entries():
                facts = (one.size, one.mtime_ns, one.ctime_ns, one.inode)
                yield one.id, one.parent, one.name, one.kind, facts


def _keyed(entries: Iterable[_Listed]) -> Iterator[_Met]:
    above: dict[int, _Key] = {}
    roots = 0
    for number, parent, name, kind, facts in entries:
        if parent == 0:
            roots += 1
            key: _Key = ((1, roots.to_bytes(4)),)
            above.clear()
        else:
            while above and next(reversed(above)) != parent:
                above.popitem()
            key = (*above.get(parent, ()), (int(kind is Kind.DIRECTORY), name))
        if kind is Kind.DIRECTORY:
            above[number] = key
        yield _Met(key, number, facts)


def _lost(store: Store) -> dict[int, range]:
    """The roots that are there no more, each with all entries that were found in it."""
    gone = [number for number, path in store.roots().items() if not os.path.lexists(path)]
    lasts = store.lasts(gone)
    return {number: range(number, lasts.get(number, number) + 1) for number in gone}


def _within(entry: int, ranges: Iterable[range]) -> bool:
    return any(entry in one for one in ranges)


def settle(store: Store, plan: Plan) -> None:
    """Keep what was found when the tree was walked again, as problems of the scan.

    So are objects of unknown classes, and links: whoever gates must be able to find them.
    """
    lost = _lost(store)
    told = [Problem(root, Stage.END, "vanished", "the root is there no more") for root in lost]
    known = (one for one in compare(store, plan) if not _within(one.entry, lost.values()))
    told.extend(islice(known, MOST))
    for entry, code in store.clearing.one_by_one(MOST):
        told.append(Problem(entry, Stage.END, code, SAID[code]))
    store.clearing.found_at_end(told)
    store.commit()
