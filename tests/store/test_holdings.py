"""What findings hold in, as the scan file tells it."""

from pathlib import Path

from tests.store.test_store import HEADER, add, entry, judged, store, tree  # noqa: F401 - a fixture
from vestige.model import Kind, Where
from vestige.store import Store


def test_entries_and_folders_of_sets_agree(store: Store) -> None:  # noqa: F811
    tree(store)
    sets = {number for number, held in store.sets().items() if held}
    entries = list(store.holdings.entries(sets))
    folders = list(store.holdings.folders(sets))
    assert entries
    assert sum(one.entries for one in folders) == len(entries)
    assert [one.entry for one in entries] == sorted(one.entry for one in entries)
    parents = {store.row(one.entry).parent for one in entries}
    assert {one.parent for one in folders} == parents
    assert store.holdings.spans() == {
        number: (
            min(one.entry for one in entries if one.finding_set == number),
            max(one.entry for one in entries if one.finding_set == number),
        )
        for number in {one.finding_set for one in entries}
    }


def test_folders_of_few_entries_are_told_as_those_of_many(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "scan.sqlite")
    found = [made.finding(HEADER, Where.HEADER, place, "", "M****") for place in ("a", "b")]
    held = {3: (found[0],), 4: (found[0], found[1]), 5: (found[0],), 23: (found[1],)}
    folders = {1: 0, 2: 1, 22: 1}
    files = {n: judged(entry(n, 22 if n > 22 else 2), *held.get(n, ())) for n in range(3, 42)}
    made_of = {n: judged(entry(n, at, kind=Kind.DIRECTORY)) for n, at in folders.items()}
    add(made, [one for _, one in sorted({**files, **made_of}.items())])
    every = [tuple(one) for one in made.holdings.folders({0, *made.sets()})]
    few = [tuple(one) for one in made.holdings.folders(made.sets())]
    assert few == [one for one in every if one[1]]
    assert [one[:3] for one in few] == [(2, 1, 2), (2, 2, 1), (22, 3, 1)]


def test_sums_tell_names_apart(store: Store) -> None:  # noqa: F811
    tree(store)
    sets = {number for number, held in store.sets().items() if held}
    before = list(store.holdings.folders(sets))
    one = next(iter(store.holdings.entries(sets))).entry
    store._db.execute("UPDATE entry SET name = CAST('another' AS BLOB) WHERE id = ?", (one,))
    after = list(store.holdings.folders(sets))
    assert [row[:3] for row in after] == [row[:3] for row in before]
    assert [row.names for row in after] != [row.names for row in before]
    assert [row.states for row in after] == [row.states for row in before]


def test_directories_come_in_order(store: Store) -> None:  # noqa: F811
    tree(store)
    told = list(store.holdings.directories())
    assert told
    assert [(number, name) for number, _, name in told] == list(store.directories())
