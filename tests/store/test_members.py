"""Files inside entries, with what was found in each."""

from pathlib import Path

from vestige.store import Store


def test_members_are_kept_in_the_order_of_their_container(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "scan.sqlite", {"id": "one"})
    kept = ((3, b"!/b/IM2", ()), (3, b"!/a/\xff", ()), (4, b"!/c", ()))
    store.within.keep(kept)
    assert [one.way for one in store.within.of(3)] == [b"!/b/IM2", b"!/a/\xff"]
    assert [one.way for one in store.within.of(5)] == []
    store.close()
