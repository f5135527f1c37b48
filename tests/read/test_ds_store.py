"""Names in .DS_Store files."""

import struct
from pathlib import Path
from types import ModuleType

import pytest

from tests.read import remnants
from tests.read.remnants import names_of
from vestige.read import ds_store
from vestige.read.pages import Held
from vestige.read.recorded import BUDGET, UNREAD

NAMES = [f"Zargothy {number:03}, Ada" for number in range(200)]

SOME = NAMES[:12]


@pytest.fixture
def written() -> bytes:
    return remnants.ds_store_of_many(NAMES)


@pytest.fixture
def store() -> ModuleType:
    found: ModuleType = pytest.importorskip("ds_store", reason="it writes such files")
    return found


def test_names_are_told_as_a_program_wrote_them(tmp_path: Path, store: ModuleType) -> None:
    with store.DSStore.open(str(tmp_path / ".DS_Store"), "w+") as made:
        for name in SOME:
            made[name]["Iloc"] = (1, 2)
    ghosts = ds_store.read(Held((tmp_path / ".DS_Store").read_bytes()))
    assert names_of(ghosts) == set(SOME)
    assert ghosts is not None
    assert ghosts.flaws == ()


def test_all_names_are_told_also_of_many_nodes(written: bytes) -> None:
    ghosts = ds_store.read(Held(written))
    assert names_of(ghosts) == set(NAMES)
    assert ghosts is not None
    assert ghosts.whole
    assert ghosts.flaws == ()
    assert {folder.above for folder in ghosts.folders} == {()}


def test_names_of_removed_entries_stay_in_bytes_that_nothing_owns(
    tmp_path: Path, store: ModuleType
) -> None:
    with store.DSStore.open(str(tmp_path / ".DS_Store"), "w+") as made:
        for name in SOME:
            made[name]["Iloc"] = (1, 2)
        for name in SOME:
            made.delete(name, "Iloc")
    ghosts = ds_store.read(Held((tmp_path / ".DS_Store").read_bytes()))
    assert names_of(ghosts)


def test_a_damaged_file_tells_what_is_left(written: bytes) -> None:
    for cut in (written[: len(written) // 2], written[:32] + b"\0" * 4000 + written[4032:-3000]):
        ghosts = ds_store.read(Held(cut))
        assert ghosts is not None
        assert ghosts.flaws == (UNREAD,)
        assert names_of(ghosts) <= set(NAMES)
        assert names_of(ghosts)


def test_where_something_was_thrown_away_is_told(tmp_path: Path, store: ModuleType) -> None:
    with store.DSStore.open(str(tmp_path / ".DS_Store"), "w+") as made:
        made["a"]["ptbL"] = ("ustr", "export/Zargothy, Ada/")
        made["a"]["ptbN"] = ("ustr", "one.dcm")
        made["a"]["cmmt"] = ("ustr", "of Maria Quintero")
    ghosts = ds_store.read(Held((tmp_path / ".DS_Store").read_bytes()))
    assert ghosts is not None
    told = {(folder.place, name) for folder in ghosts.folders for name in folder.names}
    assert (ds_store.PUT_BACK, b"Zargothy, Ada") in told
    assert (ds_store.PUT_BACK, b"one.dcm") in told
    assert (ds_store.COMMENT, b"of Maria Quintero") in told


def test_what_is_none_is_not_taken_for_one(written: bytes) -> None:
    assert ds_store.read(Held(b"\0\0\0\1Bud2" + written[8:])) is None
    assert ds_store.read(Held(b"\0\0\0\1")) is None


def test_bytes_are_bounded(written: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ds_store, "BYTES", 8_000)
    ghosts = ds_store.read(Held(written))
    assert ghosts is not None
    assert BUDGET in ghosts.flaws


def test_a_tree_that_bites_its_tail_ends(written: bytes) -> None:
    tree = ds_store._Tree(written)
    assert tree.is_sound()
    node = tree._number(tree._block(tree._number(_directory(written))))
    data = bytearray(written)
    struct.pack_into(">I", data, tree._block(node), node)
    assert not ds_store._Tree(bytes(data)).is_sound()


def _directory(data: bytes) -> int:
    """Where the number of the block stands that leads to the tree."""
    return data.index(b"\x04DSDB") + 5
