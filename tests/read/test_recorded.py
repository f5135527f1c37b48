"""Trees of names, as files record them."""

import pytest

from vestige.read import recorded
from vestige.read.recorded import BUDGET, LONGEST_PATH, Folder, Record, parts, told


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (b"a/b/c.dcm", (b"a", b"b", b"c.dcm")),
        (b"./a//b/../c/", (b"a", b"b", b"c")),
        (b"D:\\export\\Quintero", (b"export", b"Quintero")),
        (b"\\\\server\\share\\x", (b"server", b"share", b"x")),
        (b"a\\b/c", (b"a\\b", b"c")),
        (b"/", ()),
        (b"", ()),
    ],
)
def test_paths_are_parted_as_any_system_does(path: bytes, names: tuple[bytes, ...]) -> None:
    assert parts(path) == names


def test_long_and_deep_paths_are_cut() -> None:
    assert len(parts(b"a/" * 4_000)) == 128
    assert sum(map(len, parts(b"a" * 100_000))) == LONGEST_PATH


def test_names_are_told_by_folder_and_each_once() -> None:
    record = Record("zip member")
    for path in (b"a/x", b"a/y", b"a/x", b"b/x"):
        record.path(path)
    assert record.ghosts().folders == (
        Folder("zip member", None, (b"a", b"b")),
        Folder("zip member", None, (b"x", b"y")),
        Folder("zip member", None, (b"x",)),
    )


def test_where_a_path_begins_is_known_of_relative_ones_alone() -> None:
    record = Record("listing")
    record.path(b"a/x", found=True)
    record.path(b"/a/x", found=True)
    above = [folder.above for folder in record.ghosts().folders]
    assert above == [(), (b"a",), None, None]


def test_entries_and_forms_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded, "ENTRIES", 10)
    record = Record("x")
    for number in range(20):
        record.name(b"%d" % number)
    assert len(record.ghosts().folders[0].names) == 10
    assert record.ghosts().flaws == (BUDGET,)
    assert not record.full
    for number in range(20):
        record.path(b"folder %d/x" % number)
    assert record.full
    monkeypatch.setattr(recorded, "ENTRIES", 1_000)
    monkeypatch.setattr(recorded, "FORMS", 5)
    record = Record("x")
    for number in range(20):
        record.name(b"a%d" % number)
    assert not record.full
    for number in range(20):
        record.name(b"a" * number)
    assert record.full


def test_what_is_told_shows_no_name() -> None:
    record = Record("x")
    record.name(b"Zargothy")
    assert "Zargothy" not in repr(record.ghosts())


def test_half_characters_are_lost() -> None:
    assert told("a\ud800b") == b"a?b"


def test_trees_of_software_are_known_by_what_is_told_of_them() -> None:
    record = Record("zip member")
    for path in (
        b"code-1.0.dist-info/METADATA",
        b"code/alvarez.py",
        b"code/below/x.py",
        b"data/venv/pyvenv.cfg",
        b"data/venv/lib/python3/x.py",
        b"data/venv/scans/x.dcm",
    ):
        record.path(path)
    assert all(folder.software for folder in record.ghosts().folders)
    record = Record("zip member")
    for path in (b"venv/pyvenv.cfg", b"venv/lib/python3/x.py", b"venv/scans/x.dcm", b"scans/y"):
        record.path(path)
    kinds = {name: folder.software for folder in record.ghosts().folders for name in folder.names}
    assert kinds[b"x.py"]
    assert not kinds[b"x.dcm"]
    assert not kinds[b"y"]
