"""The entries below a folder in the order of their paths, so that trees can be held side by side.

A directory sorts by its name with a slash: then files come in the order of their paths as bytes.
Nothing is followed, and no file is opened here.
"""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vestige.model import SealError


class Listed(NamedTuple):
    """An entry as its directory lists it; `problem` says why a directory could not be listed."""

    path: bytes
    is_directory: bool
    is_file: bool
    problem: str = ""

    @property
    def order(self) -> bytes:
        """By this, entries are sorted."""
        return self.path + b"/" if self.is_directory else self.path


def entries(root: bytes, tops: Sequence[bytes] = ()) -> Iterator[Listed]:
    """All entries below `root`, by path; of `tops`, only these and what lies below them.

    SealError if the root is no folder, or cannot be listed.
    """
    if not os.path.isdir(root) or os.path.islink(root):
        raise SealError("the folder to be sealed or verified is not there, or is no folder")
    if not tops:
        yield from _below(root, b"")
        return
    found = (_top(root, top) for top in tops)
    for one in sorted((one for one in found if one is not None), key=lambda one: one.order):
        yield one
        if one.is_directory:
            yield from _below(root, one.path + b"/")


def _top(root: bytes, top: bytes) -> Listed | None:
    """One of the tops; None if it is not there."""
    path = os.path.join(root, top)
    if not os.path.lexists(path):
        return None
    link = os.path.islink(path)
    return Listed(top, os.path.isdir(path) and not link, os.path.isfile(path) and not link)


def _below(root: bytes, above: bytes) -> Iterator[Listed]:
    """What lies below a directory; a stack stands for recursion, so that depth has no limit."""
    stack = [_listing(root, above)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
            continue
        yield one
        if one.is_directory and not one.problem:
            stack.append(_listing(root, one.path + b"/"))


def _listing(root: bytes, above: bytes) -> Iterator[Listed]:
    """The entries of one directory; one that cannot be listed gives itself again, with why."""
    try:
        with os.scandir(os.path.join(root, above) if above else root) as listing:
            found = [(e.name, e.is_dir(follow_symlinks=False), e) for e in listing]
    except OSError as error:
        reason = (error.strerror or "input or output error").lower()
        if not above:
            raise SealError(f"the folder cannot be listed ({reason})") from None
        yield Listed(above.rstrip(b"/"), is_directory=True, is_file=False, problem=reason)
        return
    found.sort(key=lambda one: one[0] + b"/" if one[1] else one[0])
    for name, is_directory, entry in found:
        is_file = not is_directory and entry.is_file(follow_symlinks=False)
        yield Listed(above + name, is_directory, is_file)
