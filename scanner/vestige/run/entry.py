"""An entry of a scan as it was met, with its path on this machine."""

import os

from vestige.model import Entry
from vestige.store import Store


def entry_of(store: Store, number: int, roots: dict[int, bytes]) -> Entry:
    """The entry of a number, as it was when it was scanned; `roots` are paths by their numbers."""
    row = above = store.row(number)
    names: list[bytes] = []
    while above.parent:
        names.append(above.name)
        above = store.row(above.parent)
    path = os.path.join(roots[above.id], *reversed(names))
    facts = (row.kind, row.size, row.mtime_ns, row.ctime_ns, row.inode)
    return Entry(row.id, row.parent, row.name, path, *facts)
