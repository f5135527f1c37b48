"""What findings hold in, as the scan file tells it."""

from tests.store.test_store import store, tree  # noqa: F401 - a fixture
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
