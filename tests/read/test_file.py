import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.nobody import in_child, without_rights
from tests.read.build import entry_of
from vestige.model import Entry, Problem, Stage
from vestige.read.file import open_source
from vestige.read.pages import FIRST
from vestige.read.unreadable import Unreadable

CONTENT = bytes(range(256)) * 100


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    path = tmp_path / "image"
    path.write_bytes(CONTENT)
    return entry_of(path, 5)


def code(entry: Entry) -> str:
    with pytest.raises(Unreadable) as raised:
        open_source(entry)
    assert raised.value.problem(entry).entry == entry.id
    return raised.value.code


def test_a_file_is_read_in_parts(entry: Entry) -> None:
    with open_source(entry) as source:
        assert source.size == len(CONTENT)
        assert source.read(0, 10) == CONTENT[:10]
        assert source.read(300, 1 << 20) == CONTENT[300:]
        assert source.read(len(CONTENT), 5) == b""
        assert source.changed(entry) is None
        assert source.problem is None
    assert source.read(FIRST, 10) == b""


def test_the_descriptor_is_closed_and_could_never_write(entry: Entry) -> None:
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    with open_source(entry) as source, pytest.raises(OSError, match="Bad file descriptor"):
        os.write(source._descriptor, b"x")
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


def test_reading_leaves_the_access_time(entry: Entry) -> None:
    os.utime(entry.path, ns=(1, 2))
    with open_source(entry) as source:
        source.read(0, 100)
    assert os.stat(entry.path).st_atime_ns == 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda path: path.write_bytes(CONTENT + b"more"), "size"),
        (lambda path: os.utime(path, ns=(5, 5)), "modification"),
        (lambda path: os.replace(path.with_name("other"), path), "inode"),
    ],
)
def test_a_file_that_changed_since_the_walk_is_a_problem(
    entry: Entry, tmp_path: Path, change: object, word: str
) -> None:
    (tmp_path / "other").write_bytes(CONTENT)
    assert callable(change)
    change(tmp_path / "image")
    with open_source(entry) as source:
        problem = source.changed(entry)
    assert problem is not None
    assert problem.code == "changed"
    assert word in problem.detail


def test_a_file_that_shrinks_while_it_is_read_gives_less_and_is_changed(entry: Entry) -> None:
    with open_source(entry) as source:
        os.truncate(entry.path, FIRST + 100)
        assert source.read(FIRST, 1000) == CONTENT[FIRST : FIRST + 100]
        problem = source.changed(entry)
    assert problem is not None
    assert problem.code == "changed"


def test_what_vanished_is_a_problem(entry: Entry) -> None:
    os.unlink(entry.path)
    assert code(entry) == "vanished"


def test_what_became_a_link_a_folder_a_pipe_or_a_socket_is_not_opened(
    entry: Entry, tmp_path: Path
) -> None:
    path = tmp_path / "image"
    target = tmp_path / "target"
    path.rename(target)
    path.symlink_to(target)
    assert code(entry) == "replaced"
    path.unlink()
    path.mkdir()
    assert code(entry) == "replaced"
    path.rmdir()
    os.mkfifo(path)
    assert code(entry) == "replaced"
    path.unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(tmp_path)
        try:
            listener.bind("image")
        finally:
            os.chdir(here)
        assert code(entry) == "replaced"


def test_what_may_not_be_read_is_a_problem(entry: Entry, tmp_path: Path) -> None:
    os.chmod(entry.path, 0)
    here = os.open(tmp_path, os.O_RDONLY)

    def refused() -> str:
        # nobody may not even pass through the folders of pytest, but may stand in one
        os.fchdir(here)
        without_rights()
        return code(replace(entry, path=entry.name))

    tmp_path.chmod(0o711)
    assert in_child(refused) == "permission"
    os.close(here)


def test_a_device_that_fails_is_a_problem_in_words_of_ours(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: int) -> bytes:
        raise OSError(5, f"a message naming {entry.path!r}")

    with open_source(entry) as source:
        monkeypatch.setattr(os, "pread", broken)
        assert source.read(FIRST, 10) == b""
        detail = f"the system says: {os.strerror(5)}"
        assert source.problem == Problem(5, Stage.READ, "io-error", detail)


def test_where_access_times_cannot_be_kept_the_file_is_read_all_the_same(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open
    refused: list[int] = []

    def strict(path: bytes, flags: int, *, dir_fd: int | None = None) -> int:
        if flags & os.O_NOATIME:
            refused.append(flags)
            raise PermissionError(1, "not yours")
        return real(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", strict)
    with open_source(entry) as source:
        assert source.read(0, 4) == CONTENT[:4]
    assert refused


_HOLES = 3 << 30
_AT = (2 << 30) + 12_345


@pytest.fixture
def with_holes(tmp_path: Path) -> Entry:
    """A file with data at its beginning and in its midst, and holes behind both."""
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.write(CONTENT)
        file.seek(_AT)
        file.write(CONTENT)
        file.truncate(_HOLES)
    if path.stat().st_blocks * 512 > _HOLES // 2:
        pytest.skip("this file system keeps holes as zeros")
    return entry_of(path, 5)


def test_holes_are_zeros_that_nobody_reads(with_holes: Entry) -> None:
    before = _bytes_read()
    with open_source(with_holes) as source:
        assert source.read(_AT - 5, len(CONTENT) + 10) == bytes(5) + CONTENT + bytes(5)
        assert source.read(len(CONTENT) - 3, 100) == CONTENT[-3:] + bytes(97)
        step = 1 << 20
        for at in range(1 << 20, _AT - step, step):
            assert not any(source.read(at, step)[:: step // 16])
        assert source.read(_HOLES - 7, 100) == bytes(7)
        assert source.read(_HOLES, 100) == b""
        assert source.problem is None
    assert _bytes_read() - before < 1 << 20


def test_a_file_with_holes_that_is_cut_gives_no_zeros_behind_its_end(with_holes: Entry) -> None:
    with open_source(with_holes) as source:
        os.truncate(with_holes.path, 1 << 20)
        assert source.read(len(CONTENT), 2 << 20) == bytes((1 << 20) - len(CONTENT))
        assert source.read(2 << 20, 100) == b""
        problem = source.changed(with_holes)
        assert problem is not None
        assert problem.code == "changed"


def _bytes_read() -> int:
    """The bytes that this process has been given by the system so far."""
    told = Path("/proc/self/io")
    if not told.exists():
        pytest.skip("this system does not tell what was read")
    return int(told.read_text(encoding="ascii").split()[1])
