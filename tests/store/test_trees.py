"""Trees of software in the scan file: kept once, in order, and forgotten with their entries."""

from pathlib import Path

from vestige.store import SoftwareTree, Store


def test_trees_are_kept_once_and_forgotten_from_a_number_on(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite")
    store.left_software([(40, 90, "node_modules", 39), (3, 20, "site-packages", 2)])
    store.left_software([(40, 95, "node_modules", 39)])
    first = SoftwareTree(3, 20, "site-packages", 2)
    assert list(store.software()) == [first, SoftwareTree(40, 95, "node_modules", 39)]
    store.reset_from(60)
    assert list(store.software()) == [first]
    store.close()
