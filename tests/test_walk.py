"""The walk: order, numbers, links, loops, and what cannot be read."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from vestige import walk
from vestige.model import Kind, State, UsageError


def seen(root: Path) -> list[walk.Seen]:
    return [e for e in walk.walk(walk.roots([root])) if isinstance(e, walk.Seen)]


def test_entries_are_numbered_in_pre_order_and_subtrees_are_ranges(tmp_path: Path) -> None:
    for name in ("b/x/1", "b/2", "a/3", "z", "c/"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            path.write_bytes(b"12345")
    events = list(walk.walk(walk.roots([tmp_path])))
    entries = [e.entry for e in events if isinstance(e, walk.Seen)]
    assert [e.id for e in entries] == list(range(1, len(entries) + 1))
    names = [e.name.decode() for e in entries][1:]
    assert names == ["z", "a", "3", "b", "2", "x", "1", "c"]
    left = {e.id: e for e in events if isinstance(e, walk.Left)}
    by_name = {e.name: e for e in entries}
    b = left[by_name[b"b"].id]
    assert b.last == by_name[b"1"].id
    assert (b.files, b.bytes) == (2, 10)
    assert (left[1].files, left[1].bytes) == (4, 20)


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
        (b"fifo", State.SKIPPED, walk.SPECIAL),
        (b"socket", State.SKIPPED, walk.SPECIAL),
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
    subprocess.run(["rm", "-rf", os.fspath(tmp_path / ("d" * 250))], check=True)


_AS_NOBODY = """
import os, sys
os.setgid(65534); os.setuid(65534)
from vestige import walk
for e in walk.walk((os.fsencode(sys.argv[1]),)):
    if isinstance(e, walk.Seen) and e.problem: print(e.entry.name.decode(), e.problem.code)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become a user without rights")
def test_an_unreadable_directory_is_a_problem(tmp_path: Path) -> None:
    for parent in (tmp_path, *list(tmp_path.parents)[:3]):
        if parent.owner() == "root" and parent != Path("/"):
            parent.chmod(0o755)
    (tmp_path / "closed").mkdir(mode=0o000)
    command = [sys.executable, "-c", _AS_NOBODY, os.fspath(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "No module named" in done.stderr or "Permission denied" in done.stderr:
        pytest.skip("the interpreter is not readable for other users here")
    assert done.stdout.split() == ["closed", "permission"]


@pytest.mark.parametrize(
    ("make", "says"), [("missing", "does not exist"), ("file", "is a file"), ("nested", "inside")]
)
def test_roots_that_cannot_be_scanned_are_refused(tmp_path: Path, make: str, says: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "nested").mkdir()
    given = [tmp_path, tmp_path / "nested"] if make == "nested" else [tmp_path / make]
    with pytest.raises(UsageError, match=says):
        walk.roots(given)


def test_the_fraction_grows_from_nothing_to_less_than_all(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / str(number)).mkdir()
    fractions = [e.fraction for e in seen(tmp_path)]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert 0.85 < fractions[-1] < 1
