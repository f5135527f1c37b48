"""The outline of a stored tree: directories and entries, finished or not."""

from collections import Counter
from pathlib import Path

import pytest

from tests.store.test_families import FAMILY
from tests.store.test_store import HEADER, add, entry, judged
from vestige.model import Kind, Where
from vestige.store import Store
from vestige.store.outline import Directory


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path / "scan.sqlite")
    found = made.finding(HEADER, Where.HEADER, "(0008,0080)", "", "M****")
    add(
        made,
        [
            judged(entry(1, 0, b"root", Kind.DIRECTORY)),
            judged(entry(2, 1, b"done", Kind.DIRECTORY)),
            judged(entry(3, 2, b"a.dcm"), found),
            judged(entry(4, 1, b"open", Kind.DIRECTORY)),
            judged(entry(5, 4, b"link", Kind.LINK)),
            judged(entry(6, 4, b"b.dcm")),
        ],
    )
    made.left([(2, 3, 1, 7, b"")])
    return made


def test_unfinished_directories_reach_to_the_last_entry(store: Store) -> None:
    assert list(store.outline.directories()) == [
        Directory(1, 6, 2, 14),
        Directory(2, 3, 1, 7),
        Directory(4, 6, 1, 7),
    ]


def test_entries_tell_how_far_they_reach_and_what_was_found(store: Store) -> None:
    assert list(store.outline.leaves(10)) == [
        (1, 6, 0, 1, 1, 0, 0),
        (2, 3, 0, 1, 1, 0, 0),
        (3, 0, 1, 1, 1, 1, 7),
        (4, 6, 0, 1, 1, 0, 0),
        (5, 0, 0, 1, 1, 0, 0),
        (6, 0, 0, 1, 1, 1, 7),
    ]
    assert [row.id for row in store.outline.found()] == [3]


def test_entries_of_large_directories_are_told_together(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "scan.sqlite")
    found = made.finding(HEADER, Where.HEADER, "(0008,0080)", "", "M****")
    kinds = (Kind.FILE, Kind.FILE, Kind.LINK)
    add(
        made,
        [
            judged(entry(1, 0, b"root", Kind.DIRECTORY)),
            *(judged(entry(n, 1, kind=kinds[n % 3]), *(found,) * (n % 2)) for n in range(2, 42)),
            judged(entry(42, 1, b"sub", Kind.DIRECTORY)),
            *(judged(entry(n, 42, kind=kinds[n % 3])) for n in range(43, 83)),
        ],
    )
    made.left([(42, 82, 27, 189, b"")])
    together = list(made.outline.leaves(20))
    assert len(together) == 2 + 3 * 2 * 2 + 3 * 2
    assert [one[:2] for one in together if one[1]] == [(1, 82), (42, 82)]
    assert sum(one[4] for one in together) == 82
    inside = Counter[tuple[int, int]]()
    for number, last, members, day, count, files, size in together:
        inside[members, day] += 0 if last else files
        assert size == files * 7
        assert count >= files
        assert (number > 42) <= (members == 0 or last > 0)
    expected = Counter(
        ((n % 2) if n < 42 else 0, (10 + n) // 20) for n in range(2, 83) if n % 3 < 2 and n != 42
    )
    assert inside == expected


def test_large_directories_of_files_alone_are_told_with_their_bytes(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "scan.sqlite")
    first = [
        judged(entry(1, 0, b"root", Kind.DIRECTORY)),
        *(judged(entry(n, 1)) for n in range(2, 42)),
    ]
    links = [judged(entry(n, 42, kind=Kind.LINK)) for n in range(43, 83)]
    add(made, [*first, judged(entry(42, 1, b"sub", Kind.DIRECTORY)), *links])
    alike = [one for one in made.outline.leaves(1 << 40) if not one[1]]
    assert alike == [(2, 0, 0, 0, 40, 40, 280), (43, 0, 0, 0, 40, 0, 0)]


def test_members_of_families_are_told_one_by_one(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "scan.sqlite")
    folders = [(1, 0), (42, 1)]
    files = [(n, 1) for n in range(2, 42)] + [(n, 42) for n in range(43, 83)]
    add(made, [judged(entry(n, above, b"d", Kind.DIRECTORY)) for n, above in folders])
    add(made, [judged(entry(n, above)) for n, above in sorted(files)])
    made.family(1, FAMILY, [50, 51])
    told = [(number, count) for number, _, _, _, count, _, _ in made.outline.leaves(1 << 40)]
    assert told == [(1, 1), (2, 40), (42, 1), *((n, 1) for n in range(43, 83))]


def test_a_scan_without_entries_has_no_outline(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "empty.sqlite")
    assert list(made.outline.directories()) == []
    assert list(made.outline.leaves(10)) == []
