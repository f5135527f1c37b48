"""An exhibit held against a folder: amounts, completeness, digests, and every difference.

Neither tree is held in memory: both come in the order of their paths.
"""

import hashlib
import heapq
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple

from vestige.custody import states
from vestige.custody.hashing import batch_states, unknown
from vestige.custody.parallel import in_order
from vestige.custody.tree import Listed, entries
from vestige.evidence import Apart, Comparison, Difference, Sample, State
from vestige.model import Kind


class Against(NamedTuple):
    """The folder that is held against an exhibit.

    `in_place` says that it is the one that was sealed: then owners, times and inodes count too.
    `without` are parts of the exhibit that are left out, `touched` directories whose own times may
    have changed, for something in them was deleted.
    """

    root: bytes
    tops: tuple[bytes, ...] = ()
    in_place: bool = False
    without: tuple[bytes, ...] = ()

    def leaves_out(self, path: bytes) -> bool:
        """Whether an entry is no part of the comparison."""
        return any(path == one or path.startswith(one + b"/") for one in self.without)

    def may_be_touched(self, path: bytes) -> bool:
        """Whether something that is left out lay in this very directory."""
        return any(os.path.dirname(one) == path for one in self.without)


class _Pair(NamedTuple):
    """An entry as it was sealed, and as it is listed now; None on the side where it is not.

    `drawn` says whether its bytes are to be read, `unlinked` how many other names of the same file
    are left out of the comparison: they may have been deleted.
    """

    sealed: State | None
    listed: Listed | None
    drawn: bool = False
    unlinked: int = 0


class Heard(NamedTuple):
    """Who is told how many files and bytes have been compared, and of every difference."""

    progress: Callable[[int, int], None]
    difference: Callable[[Difference], None]


def compare(
    told: Callable[[], Iterable[State]],
    against: Against,
    jobs: int,
    heard: Heard,
    sample: Sample | None = None,
) -> Comparison:
    """What differs between the states that `told` gives and a folder; of a sample, in digests.

    SealError if the folder cannot be listed, or the exhibit not be read.
    """
    expected, gone = _amount(told(), against)
    chosen = _chosen(told(), against, sample) if sample else None
    files = here = size = 0
    counts = dict.fromkeys(Apart, 0)
    first: list[Difference] = []
    pairs = _marked(_pairs(told(), against), chosen, gone)
    for done in in_order(partial(_compared, against), pairs, jobs):
        for one in done.differences:
            counts[one.apart] += 1
            heard.difference(one)
        first += done.differences[: _FIRST - len(first)]
        files, here, size = files + done.compared, here + done.found[0], size + done.found[1]
        heard.progress(files, size)
    return Comparison(expected, (here, size), files, counts, tuple(first), against.in_place, sample)


_FIRST = 20
"""Differences that a comparison holds; all are told as they are found."""

_Inode = tuple[int, int]


def _amount(told: Iterable[State], against: Against) -> tuple[tuple[int, int], Counter[_Inode]]:
    """Files and bytes to be found; and of files with several names, how many are left out."""
    files = size = 0
    gone: Counter[_Inode] = Counter()
    for one in told:
        if one.kind is not Kind.FILE:
            continue
        if not against.leaves_out(one.path):
            files, size = files + 1, size + one.size
        elif one.links > 1:
            gone[one.device, one.inode] += 1
    return (files, size), gone


def _marked(
    pairs: Iterable[_Pair], chosen: frozenset[bytes] | None, gone: Counter[_Inode]
) -> Iterator[_Pair]:
    """Pairs with what is known of each beyond the two trees."""
    for pair in pairs:
        sealed, listed = pair.sealed, pair.listed
        if sealed is None or listed is None:
            yield pair
            continue
        drawn = listed.is_file and (chosen is None or sealed.path in chosen)
        unlinked = gone[sealed.device, sealed.inode] if sealed.links > 1 and gone else 0
        yield _Pair(sealed, listed, drawn, unlinked)


def _pairs(told: Iterable[State], against: Against) -> Iterator[_Pair]:
    """Both trees side by side, in the order of their paths."""
    listed = (e for e in entries(against.root, against.tops) if not against.leaves_out(e.path))
    here = next(listed, None)
    for one in told:
        if against.leaves_out(one.path):
            continue
        while here is not None and here.order < one.order:
            yield _Pair(None, here)
            here = next(listed, None)
        if here is not None and here.order == one.order:
            yield _Pair(one, here)
            here = next(listed, None)
        else:
            yield _Pair(one, None)
    rest = () if here is None else chain((here,), listed)
    yield from (_Pair(None, one) for one in rest)


class _Compared(NamedTuple):
    differences: list[Difference]
    found: tuple[int, int]
    compared: int


def _compared(against: Against, batch: list[_Pair]) -> _Compared:
    """Some pairs held against each other."""
    hashed = [p.listed for p in batch if p.listed is not None and p.drawn]
    known = {one.path: one for one in batch_states(against.root, hashed)}
    differences: list[Difference] = []
    files = size = 0
    for sealed, listed, _, unlinked in batch:
        if listed is None:
            if sealed is not None:
                differences.append(Difference(Apart.MISSING, sealed.path))
            continue
        now = known.get(listed.path) or _looked_at(against.root, listed)
        if now.kind is Kind.FILE:
            files, size = files + 1, size + now.size
        if sealed is None:
            differences.append(Difference(Apart.EXTRA, listed.path))
        else:
            differences += _differences(sealed, now, against, unlinked)
    return _Compared(differences, (files, size), sum(1 for one in known.values() if one.sha256))


def _looked_at(root: bytes, listed: Listed) -> State:
    try:
        return states.state(root, listed.path)
    except OSError as error:
        kind = Kind.FILE if listed.is_file else Kind.SPECIAL
        reason = (error.strerror or "unreadable").lower()
        return unknown(listed.path, kind, reason)


def _differences(
    sealed: State, now: State, against: Against, unlinked: int
) -> Iterator[Difference]:
    path = sealed.path
    if sealed.kind is not now.kind:
        yield Difference(Apart.CHANGED, path, f"it was a {sealed.kind}, and is a {now.kind}")
        return
    if now.problem:
        yield Difference(Apart.UNREADABLE, path, now.problem)
    elif sealed.problem:
        yield Difference(Apart.UNREADABLE, path, f"when it was sealed: {sealed.problem}")
    content = _content(sealed, now)
    if content:
        yield Difference(Apart.CHANGED, path, content)
    attributes = _attributes(sealed, now, against)
    if attributes == [_CHANGE] and 0 < sealed.links - now.links <= unlinked:
        words = f"{sealed.links - now.links} of its names were deleted: {_CHANGE} tells of that"
        yield Difference(Apart.UNLINKED, path, words)
    elif attributes:
        yield Difference(Apart.ATTRIBUTES, path, ", ".join(attributes))


def _content(sealed: State, now: State) -> str:
    if sealed.kind is Kind.LINK and sealed.target != now.target:
        return "it points elsewhere"
    if sealed.kind is not Kind.FILE:
        return ""
    if sealed.size != now.size:
        return "its size"
    return "its content" if now.sha256 and sealed.sha256 and now.sha256 != sealed.sha256 else ""


_OF_COPY = (("mode", "its permissions"), ("uid", "its owner"), ("gid", "its group"))
_CHANGE = "the time of its last change"
_IN_PLACE = (("inode", "its inode"), ("ctime_ns", _CHANGE))


def _attributes(sealed: State, now: State, against: Against) -> list[str]:
    """What else differs; of a directory out of which something was deleted its times may."""
    touched = sealed.kind is Kind.DIRECTORY and against.may_be_touched(sealed.path)
    told = [words for name, words in _OF_COPY if getattr(sealed, name) != getattr(now, name)]
    if sealed.attributes != now.attributes:
        told.append("its extended attributes")
    if sealed.mtime_ns != now.mtime_ns and not touched:
        told.append("the time of its last modification")
    if against.in_place and not touched:
        told += [words for name, words in _IN_PLACE if getattr(sealed, name) != getattr(now, name)]
    return told


def _chosen(told: Iterable[State], against: Against, sample: Sample) -> frozenset[bytes]:
    """The files of a sample: those whose digests with the seed are smallest.

    Whoever knows the seed draws the same.
    """
    files = (s.path for s in told if s.kind is Kind.FILE and not against.leaves_out(s.path))
    return frozenset(heapq.nsmallest(sample.files, files, key=partial(_drawn, sample.seed)))


def _drawn(seed: str, path: bytes) -> bytes:
    return hashlib.sha256(seed.encode() + b"\0" + path).digest()
