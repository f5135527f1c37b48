"""Trees of software on a volume, as reports tell of them: how many, of which kinds, and where."""

from collections import Counter
from collections.abc import Callable

from vestige.review import SoftwareTree, SoftwareTrees
from vestige.store import Store

_WIDEST = 100
"""Trees that are told one by one."""


def software_trees(store: Store, path: Callable[[int], str]) -> SoftwareTrees | None:
    """The trees of software, the widest first; None if there are none.

    `path` gives the masked path of an entry. What one directory shows is one tree, though it may
    begin in several places below it.
    """
    kinds: dict[int, str] = {}
    entries: Counter[int] = Counter()
    for tree in store.software():
        top = tree.shown_by or (tree.first if tree.first in store.roots() else tree.first - 1)
        kinds[top] = tree.kind
        entries[top] += tree.last - tree.first + 1
    if not entries:
        return None
    of_kind: Counter[str] = Counter()
    for top, count in entries.items():
        of_kind[kinds[top]] += count
    widest = sorted(entries, key=lambda top: (-entries[top], top))[:_WIDEST]
    return SoftwareTrees(
        entries=entries.total(),
        trees=len(entries),
        kinds=tuple(sorted(of_kind, key=lambda kind: (-of_kind[kind], kind))),
        widest=tuple(SoftwareTree(kinds[top], path(top), entries[top]) for top in widest),
    )
