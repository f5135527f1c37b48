"""An entry of a scan has its path again, below the right root."""

from pathlib import Path

from tests.accepted import Site
from vestige.run.entry import entry_of
from vestige.store import Store


def test_every_entry_has_the_path_at_which_it_lies(tmp_path: Path) -> None:
    one, other = Site(tmp_path / "one"), Site(tmp_path / "other")
    one.plant()
    other.plant()
    store = Store.open(one.scan(roots=(one.volume, other.volume)))
    roots = store.roots()
    found = {entry_of(store, number, roots).path.decode() for number in range(1, 40)}
    store.close()
    there = [str(path) for home in (one, other) for path in (home.volume, *home.volume.rglob("*"))]
    assert len(found) == 39
    assert found <= set(there)
    assert any(path.startswith(str(one.volume)) for path in found)
