import sqlite3
from pathlib import Path

from tests.store.test_store import store, tree  # noqa: F401 - a fixture
from vestige.model import Problem, Stage
from vestige.store import Store, tallies


def test_problems_are_counted_by_code_and_given_in_order(store: Store) -> None:  # noqa: F811
    tree(store)
    met = [Problem(3, Stage.READ, "truncated", "x"), Problem(2, Stage.READ, "budget", "y")]
    store.problems([*met, Problem(4, Stage.READ, "budget", "z")])
    assert [one.entry for one in store.problem_rows()] == [2, 3, 4]
    assert [one.entry for one in store.problem_rows(2)] == [2, 3]
    assert store.problem_counts() == [("budget", 2), ("truncated", 1)]


def test_what_counts_as_read_may_count_as_read_in_part_once(store: Store) -> None:  # noqa: F811
    tree(store)
    before = store.coverage()
    assert store.lessen(1)
    assert not store.lessen(1)
    after = store.coverage()
    assert (after.seen, after.read, after.partly) == (before.seen, before.read, before.partly + 1)


def test_every_entry_is_in_one_tally(store: Store) -> None:  # noqa: F811
    tree(store)
    counted = store.coverage()
    assert counted.seen == counted.read + counted.unreadable + counted.skipped
    assert counted.seen == len(list(store.rows()))
    assert sum(count for _, count in store.skipped_counts()) == counted.skipped


def test_an_empty_scan_file_has_empty_tallies(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "scan.sqlite", {}, ())
    made.commit()
    made.close()
    database = sqlite3.connect(tmp_path / "scan.sqlite")
    assert tallies.coverage(database).seen == 0
    assert tallies.by_code(database) == tallies.by_reason(database) == []
    database.close()
