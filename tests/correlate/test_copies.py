"""Pairs of trees that hold the same images."""

from vestige.correlate.copies import Copy, Pair, Sort, pairs, title


def copy(entry: int, *way: int, tree: int = 0, dirty: bool = False) -> Copy:
    return Copy(entry, (*way, entry), tree, dirty, not dirty)


def test_a_named_tree_beside_a_neutral_one() -> None:
    named = [copy(10 + n, 1, 2, 3, tree=2) for n in range(3)]
    neutral = [copy(20 + n, 1, 5, 6) for n in range(3)]
    found = pairs(list(zip(named, neutral, strict=True)))
    assert found == {Pair(Sort.NAMED, 2, 5): [10, 11, 12]}
    (pair,) = found
    assert title(pair, 3, {2: "first", 5: "second"}) == (
        "3 images lie under names of persons in first, and under neutral names in second"
    )


def test_named_and_neutral_folders_in_one_tree() -> None:
    found = pairs([[copy(10, 1, 2, tree=1), copy(20, 1, 5)]])
    assert found == {Pair(Sort.NAMED, 1, 1): [10]}
    (pair,) = found
    assert title(pair, 1, {1: "all"}).endswith(
        "names of persons in all, and under neutral names beside them"
    )


def test_dirty_headers_beside_clean_ones() -> None:
    found = pairs([[copy(10, 1, 2, dirty=True), copy(20, 1, 5)]])
    assert found == {Pair(Sort.DIRTY, 2, 5): [10]}
    assert pairs([[copy(10, 1, dirty=True), copy(20, 1)]]) == {Pair(Sort.DIRTY, 1, 1): [10]}


def test_copies_that_tell_nothing_or_everything_are_no_news() -> None:
    assert pairs([[copy(10, 1, 2), copy(20, 1, 5)]]) == {}
    assert pairs([[copy(10, 1, 2, tree=2), copy(20, 1, 5, tree=5)]]) == {}
    dirty = [copy(10, 1, 2, dirty=True), copy(20, 1, 5, dirty=True)]
    assert pairs([dirty]) == {}


def test_many_pairs_in_one_directory_are_one() -> None:
    groups = [[copy(100 + n, 1, n, dirty=True), copy(200 + n, 1, 50 + n)] for n in range(2, 30)]
    assert list(pairs(groups)) == [Pair(Sort.DIRTY, 1, 1)]
