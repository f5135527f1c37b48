"""Files read ahead come in their order, whole, and none stays open."""

import os
from pathlib import Path

from vestige.read.ahead import Ahead
from vestige.read.file import Folder


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0


def test_glances_come_in_order_and_what_does_not_open_is_none(tmp_path: Path) -> None:
    names = [b"%03d" % number for number in range(50)]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(name * 10)
    (tmp_path / "007").unlink()
    before = descriptors()
    ahead = Ahead(3)
    with (
        Folder(os.fsencode(tmp_path) + b"/", 50) as folder,
        ahead.glances(folder, [(name, 60) for name in names], 30) as glances,
    ):
        for name in names:
            found = glances.at(name, 60)
            if name == b"007":
                assert found is None
                continue
            assert found is not None
            assert found[1] == name * 10
            os.close(found[0])
    assert descriptors() == before


def test_what_is_not_taken_is_closed(tmp_path: Path) -> None:
    names = [b"%03d" % number for number in range(20)]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    before = descriptors()
    with (
        Folder(os.fsencode(tmp_path) + b"/", 20) as folder,
        Ahead(2).glances(folder, [(name, 60) for name in names], 30) as glances,
    ):
        assert glances.at(b"other", 60) is None
        found = glances.at(names[0], 60)
        assert found is not None
        os.close(found[0])
    assert descriptors() == before
