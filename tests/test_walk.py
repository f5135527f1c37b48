"""The walk: order, numbers, links, loops, and what cannot be read."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nobody import in_child, without_rights
from tests.volumes import Seen, seen_in
from vestige import met, walk
from vestige.chosen import chosen
from vestige.model import Kind, State, UsageError


def seen(root: Path) -> list[Seen]:
    return list(seen_in(walk.walk(walk.roots([root]))))


def test_entries_are_numbered_in_pre_order_and_subtrees_are_ranges(tmp_path: Path) -> None:
    for name in ("b/x/1", "b/2", "a/3", "z", "c/"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            path.write_bytes(b"12345")
    events = list(walk.walk(walk.roots([tmp_path])))
    entries = [e.entry for e in seen_in(events)]
    assert [e.id for e in entries] == list(range(1, len(entries) + 1))
    names = [e.name.decode() for e in entries][1:]
    assert names == ["z", "a", "3", "b", "2", "x", "1", "c"]
    left = {e.id: e for e in events if isinstance(e, walk.Left)}
    by_name = {e.name: e for e in entries}
    b = left[by_name[b"b"].id]
    assert b.last == by_name[b"1"].id
    assert (b.files, b.bytes) == (2, 10)
    assert (left[1].files, left[1].bytes) == (4, 20)


_NAME = st.binary(min_size=1, max_size=12).filter(
    lambda name: not set(name) & {0, 47} and name not in (b".", b"..")
)
_TREES = st.recursive(st.none(), lambda inner: st.dictionaries(_NAME, inner, max_size=4))


@given(tree=st.dictionaries(_NAME, _TREES, max_size=4))
@settings(max_examples=60)
def test_any_tree_is_walked_once(tree: Mapping[bytes, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.join(os.fsencode(folder), b"root")
        made = set(_made(root, tree))
        events = list(walk.walk([root]))
        met = [one.entry for one in seen_in(events)]
        left = [event for event in events if isinstance(event, walk.Left)]
        assert sorted(entry.path for entry in met) == sorted(made)
        assert [entry.id for entry in met] == list(range(1, len(met) + 1))
        assert len(left) == sum(entry.kind is Kind.DIRECTORY for entry in met)


def _made(path: bytes, tree: object) -> Iterator[bytes]:
    """Builds a tree, and gives every path in it; None is a file."""
    yield path
    if not isinstance(tree, Mapping):
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
        return
    os.mkdir(path)
    for name, inner in tree.items():
        yield from _made(os.path.join(path, name), inner)


def test_links_are_seen_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling").symlink_to("nowhere")
    assert {e.entry.name: e.entry.kind for e in seen(tmp_path)[1:]} == {
        b"loop": Kind.LINK,
        b"dangling": Kind.LINK,
    }


def test_special_files_are_skipped_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.fspath(tmp_path / "socket"))
        found = seen(tmp_path)[1:]
    assert {(e.entry.name, e.state, e.reason) for e in found} == {
        (b"fifo", State.SKIPPED, met.SPECIAL),
        (b"socket", State.SKIPPED, met.SPECIAL),
    }


def test_hostile_names_are_kept_as_bytes(tmp_path: Path) -> None:
    names = [b"\xff\xfe", b"a\nb", b"<script>", b"x" * 255, "M\u0308uller".encode()]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).touch()
    assert [e.entry.name for e in seen(tmp_path)[1:]] == sorted(names)


def test_a_path_too_long_to_open_is_a_problem_and_the_rest_is_seen(tmp_path: Path) -> None:
    here = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(20):
            os.mkdir("d" * 250)
            os.chdir("d" * 250)
    finally:
        os.chdir(here)
    (tmp_path / "last").touch()
    found = seen(tmp_path)
    assert [e.problem.code for e in found if e.problem] == ["path-too-long"]
    assert found[-1].state is State.UNREADABLE
    assert b"last" in {e.entry.name for e in found}
    shutil.rmtree(tmp_path / ("d" * 250))


def test_who_may_not_look_sees_as_much_as_the_system_says(tmp_path: Path) -> None:
    for folder, mode in (("closed", 0o000), ("listed", 0o444), ("open", 0o755)):
        (tmp_path / folder / "below").mkdir(parents=True)
        (tmp_path / folder / "file").touch()
        (tmp_path / folder).chmod(mode)
    here = os.open(tmp_path, os.O_RDONLY)
    tmp_path.chmod(0o711)

    def walked() -> list[walk.Siblings | walk.Left]:
        # nobody may not even pass through the folders of pytest, but may stand in one
        os.fchdir(here)
        without_rights()
        return [event for top in TOPS for event in walk.walk([top])]

    events = in_child(walked)
    os.close(here)
    found = [
        (e.entry.name, e.entry.kind, e.state, e.problem.code if e.problem else "")
        for e in seen_in(events)
    ]
    assert found == [
        (b"closed", Kind.DIRECTORY, State.UNREADABLE, "permission"),
        (b"listed", Kind.DIRECTORY, State.READ, ""),
        (b"file", Kind.FILE, State.UNREADABLE, "permission"),
        (b"below", Kind.DIRECTORY, State.UNREADABLE, "permission"),
        (b"open", Kind.DIRECTORY, State.READ, ""),
        (b"file", Kind.FILE, None, ""),
        (b"below", Kind.DIRECTORY, State.READ, ""),
    ]
    left = [event.id for event in events if isinstance(event, walk.Left)]
    assert len(left) == sum(kind is Kind.DIRECTORY for _, kind, _, _ in found)


TOPS = (b"closed", b"listed", b"open")


def test_a_listing_that_breaks_off_gives_what_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "first").touch()
    real = os.scandir

    class Broken:
        """A listing whose disk fails behind the first entry."""

        def __init__(self, descriptor: int) -> None:
            self._listed = real(descriptor)

        def __enter__(self) -> Iterator["os.DirEntry[str]"]:
            return self._entries()

        def __exit__(self, *_: object) -> None:
            self._listed.close()

        def _entries(self) -> Iterator["os.DirEntry[str]"]:
            yield next(self._listed)
            raise OSError(5, "a message naming Paula Probe")

    monkeypatch.setattr(os, "scandir", Broken)
    top, first = seen(tmp_path)
    assert top.state is State.PARTLY
    assert top.problem is not None
    assert top.problem.code == "io-error"
    assert "Probe" not in repr(top.problem)
    assert (first.entry.name, first.state) == (b"first", None)


def test_what_vanishes_while_it_is_listed_is_a_problem(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").touch()
    codes = {}
    for one in seen_in(walk.walk(walk.roots([tmp_path]))):
        codes[one.entry.name] = one.problem.code if one.problem else ""
        if one.entry.name == b"a":
            (tmp_path / "b/file").unlink()
            (tmp_path / "b").rmdir()
    assert codes == {os.fsencode(tmp_path.name): "", b"a": "", b"file": "", b"b": "vanished"}


def test_every_problem_of_a_walk_is_one_of_its_codes() -> None:
    assert {met.LOOP, "permission", "vanished", "replaced", "path-too-long", "io-error"} == (
        walk.CODES
    )
    assert walk.CODES.isdisjoint(walk.SKIPS)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["missing"], "does not exist"),
        (["file"], "is a file"),
        ([".", "nested"], "lies inside another"),
        (["nested", "."], "lies inside another"),
        (["nested", "nested"], "lies inside another"),
        (["nested", "beside", "nested/."], "lies inside another"),
        (["/", "/"], "lies inside another"),
        (["nested", "missing"], "root 2 does not exist"),
    ],
)
def test_roots_that_cannot_be_scanned_are_refused(
    tmp_path: Path, given: list[str], says: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "nested").mkdir()
    (tmp_path / "beside").mkdir()
    with pytest.raises(UsageError, match=says):
        walk.roots([tmp_path / one for one in given])


def test_a_root_that_goes_before_its_turn_is_unreadable(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    roots = walk.roots([tmp_path / "a", tmp_path / "b"])
    (tmp_path / "a").rmdir()
    gone, there = seen_in(walk.walk(roots))
    assert (gone.state, there.state) == (State.UNREADABLE, State.READ)
    assert gone.problem is not None
    assert gone.problem.code == "vanished"


def test_chosen_files_are_met_with_the_folders_above_them_and_no_others(tmp_path: Path) -> None:
    for path in ("a/b/one", "a/b/two", "a/three", "c/four", "five"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "a" / "link").symlink_to("three")
    only = chosen((b"a/b/two", b"five", b"a/link", b"missing"))
    met = [one.entry for one in seen_in(walk.walk(walk.roots([tmp_path]), only=only))]
    assert [one.name for one in met] == [b".", b"five", b"a", b"link", b"b", b"two"]
    assert os.path.samefile(met[-1].path, tmp_path / "a/b/two")
    assert [one.parent for one in met] == [0, 1, 1, 3, 3, 5]


def test_roots_beside_each_other_are_walked_in_the_order_given(tmp_path: Path) -> None:
    for name in ("b", "bb", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    roots = walk.roots([tmp_path / "b", tmp_path / "bb", tmp_path / "a"])
    entries = [e.entry for e in seen_in(walk.walk(roots))]
    assert [e.name for e in entries] == [b"b", b"file", b"bb", b"file", b"a", b"file"]
    assert [e.id for e in entries] == [1, 2, 3, 4, 5, 6]
    assert [e.parent for e in entries] == [0, 1, 0, 3, 0, 5]


def test_the_fraction_grows_from_nothing_to_less_than_all(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / str(number)).mkdir()
    fractions = [
        e.fraction for e in walk.walk(walk.roots([tmp_path])) if isinstance(e, walk.Siblings)
    ]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert 0.85 < fractions[-1] < 1
