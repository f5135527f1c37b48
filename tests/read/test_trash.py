"""What trash cans tell."""

import struct
from pathlib import Path

import pytest

from tests.read import remnants
from tests.read.remnants import told_in
from vestige.read import trash
from vestige.read.pages import Held
from vestige.read.recorded import UNREAD

NAMES = ["Zargothy, Ada", "MÜLLER_Örjan"]


@pytest.mark.parametrize(
    "write",
    [remnants.trash_info, remnants.recycled, remnants.recycled_old, remnants.info2],
    ids=lambda one: str(one.__name__),
)
def test_the_path_from_where_it_came_is_told(tmp_path: Path, write: remnants.Write) -> None:
    write(tmp_path, NAMES)
    assert told_in(tmp_path) == {*NAMES, "export"}
    for path in remnants.files(tmp_path):
        ghosts = remnants.reading(path)
        assert ghosts is not None
        assert ghosts.whole
        assert ghosts.flaws == ()


def test_an_item_that_breaks_off_is_told_as_far_as_it_goes() -> None:
    path = "D:\\export\\Zargothy".encode("utf-16-le")
    data = struct.pack("<QQQI", 2, 0, 0, 400) + path
    ghosts = trash.item(Held(data))
    assert remnants.names_of(ghosts) == {"export", "Zargothy"}
    assert ghosts is not None
    assert ghosts.flaws == (UNREAD,)


def test_what_is_none_is_not_taken_for_one() -> None:
    assert trash.info(Held(b"[Other]\nPath=x\n")) is None
    assert trash.item(Held(b"\3" + b"\0" * 100)) is None
    assert trash.item(Held(b"short")) is None
    assert trash.records(Held(b"\0" * 100)) is None


def test_further_lines_leave_an_info_file_not_wholly_read() -> None:
    ghosts = trash.info(Held(b"[Trash Info]\nPath=a\nNote=Maria\n"))
    assert ghosts is not None
    assert not ghosts.whole
