"""Copies: the same images under names of persons and under neutral ones, or clean and not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple


class Copy(NamedTuple):
    """One file that holds an instance of which there are others.

    `way` are its directories, from the root on, and itself; `tree` is the directory in which the
    name stands that says who it is, 0 if none does. `dirty` says that its header names somebody,
    `clean` that nothing of weight was found in it.
    """

    entry: int
    way: tuple[int, ...]
    tree: int
    dirty: bool
    clean: bool


class Sort(IntEnum):
    """In what two copies of one image differ."""

    NAMED = 0
    DIRTY = 1


class Pair(NamedTuple):
    """Two trees with the same images: the one that tells of persons, and the other."""

    sort: Sort
    telling: int
    other: int


_PAIRS = 10
"""Pairs of trees in one directory; more are told as one, of that directory."""


def pairs(groups: Iterable[Sequence[Copy]]) -> dict[Pair, list[int]]:
    """The files of the telling tree of each pair; each group holds the copies of one instance."""
    found: dict[Pair, list[int]] = {}
    above: dict[Pair, int] = {}
    for copies in groups:
        for pair, common, entry in _told(copies):
            found.setdefault(pair, []).append(entry)
            above[pair] = common
    merged: dict[Pair, list[int]] = {}
    crowded = Counter((pair.sort, common) for pair, common in above.items())
    for pair, entries in found.items():
        common = above[pair]
        many = crowded[pair.sort, common] > _PAIRS
        merged.setdefault(Pair(pair.sort, common, common) if many else pair, []).extend(entries)
    return {pair: sorted(set(merged[pair])) for pair in sorted(merged)}


def _told(copies: Sequence[Copy]) -> Iterator[tuple[Pair, int, int]]:
    """The pair to which each telling copy belongs, with the directory above both, and its file."""
    neutral = next((one for one in copies if not one.tree), None)
    clean = next((one for one in copies if one.clean), None)
    for one in copies:
        if one.tree and neutral is not None:
            common, _, other = _apart(one.way, neutral.way)
            inside = one.tree in neutral.way
            pair = Pair(Sort.NAMED, one.tree, one.tree if inside else other)
            yield pair, common, one.entry
        elif one.dirty and clean is not None:
            common, telling, other = _apart(one.way, clean.way)
            yield Pair(Sort.DIRTY, telling, other), common, one.entry


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, int, int]:
    """The directory above both, and the directories below it in which they lie, or itself."""
    shared = sum(1 for _ in _shared(one, other))
    common = one[shared - 1] if shared else 0
    left, right = (way[shared] if len(way) > shared + 1 else common for way in (one, other))
    return common, left, right


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> Iterator[int]:
    for left, right in zip(one, other, strict=False):
        if left != right:
            return
        yield left


def title(pair: Pair, images: int, paths: Mapping[int, str]) -> str:
    """What is told of a pair of trees; `paths` are masked."""
    count = "1 image lies" if images == 1 else f"{images:,} images lie"
    here, there = (paths[number] or "the whole volume" for number in pair[1:])
    if pair.sort is Sort.NAMED:
        beside = "beside them" if pair.telling == pair.other else f"in {there}"
        return f"{count} under names of persons in {here}, and under neutral names {beside}"
    beside = "there too" if pair.telling == pair.other else f"in {there}"
    return f"{count} with headers that name persons in {here}, and with clean ones {beside}"
