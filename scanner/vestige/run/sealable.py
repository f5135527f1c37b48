"""What is to be sealed: a folder, or what a finding of a scan names."""

import os
from collections.abc import Iterator
from pathlib import Path

from vestige.custody.exhibit import Subtree
from vestige.model import UsageError
from vestige.run.entry import entry_of
from vestige.store import Store


def whole(root: Path) -> Subtree:
    """A folder as it is to be sealed; UsageError if it is none."""
    real = os.path.realpath(os.fsencode(root))
    if not os.path.isdir(real):
        raise UsageError("what is to be sealed is no folder; give the folder that holds it")
    return Subtree(real)


def of_finding(scan: Path, number: str) -> Subtree:
    """What a finding of a scan names: its entries, and all below them."""
    store = Store.open(scan)
    try:
        finding = int(number.lstrip("Ff")) if number.lstrip("Ff").isdigit() else 0
        members = store.members(finding) or store.first_entries(1 << 40).get(finding, [])
        if not members:
            raise UsageError("the scan holds no finding of that number with entries")
        roots = store.roots()
        paths = sorted(entry_of(store, member, roots).path for member in members)
    finally:
        store.close()
    root = os.path.commonpath([os.path.dirname(path) for path in paths])
    return Subtree(root, _topmost(os.path.relpath(path, root) for path in paths))


def _topmost(paths: Iterator[bytes]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for path in sorted(paths, key=lambda path: path + b"/"):
        if not found or not path.startswith(found[-1] + b"/"):
            found.append(path)
    return tuple(found)
