import os
import socket
from pathlib import Path

import pytest

from vestige.model import Entry, Kind, Problem
from vestige.read.file import Source, open_file

CONTENT = bytes(range(256)) * 40


def entry_of(path: Path) -> Entry:
    status = path.lstat()
    return Entry(
        5,
        1,
        os.fsencode(path.name),
        os.fsencode(path),
        Kind.FILE,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
    )


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    path = tmp_path / "image"
    path.write_bytes(CONTENT)
    return entry_of(path)


def opened(entry: Entry) -> Source:
    source = open_file(entry)
    assert isinstance(source, Source)
    return source


def code(entry: Entry) -> str:
    problem = open_file(entry)
    assert isinstance(problem, Problem)
    assert problem.entry == entry.id
    return problem.code


def test_a_file_is_read_in_parts(entry: Entry) -> None:
    with opened(entry) as source:
        assert source.size == len(CONTENT)
        assert source.read(0, 10) == CONTENT[:10]
        assert source.read(300, 1 << 20) == CONTENT[300:]
        assert source.read(len(CONTENT), 5) == b""
        assert source.changed(entry) is None
        assert source.problem is None
    assert source.read(0, 10) == b""


def test_the_descriptor_is_closed_and_could_never_write(entry: Entry) -> None:
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    with opened(entry) as source, pytest.raises(OSError, match="Bad file descriptor"):
        os.write(source._descriptor, b"x")
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


def test_reading_leaves_the_access_time(entry: Entry) -> None:
    os.utime(entry.path, ns=(1, 2))
    with opened(entry) as source:
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
    with opened(entry) as source:
        problem = source.changed(entry)
    assert problem is not None
    assert problem.code == "changed"
    assert word in problem.detail


def test_a_file_that_shrinks_while_it_is_read_gives_less_and_is_changed(entry: Entry) -> None:
    with opened(entry) as source:
        os.truncate(entry.path, 100)
        assert source.read(0, 1000) == CONTENT[:100]
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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_problem(entry: Entry) -> None:
    os.chmod(entry.path, 0)
    assert code(entry) == "permission"


def test_a_device_that_fails_is_a_problem_with_the_name_of_its_error(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: int) -> bytes:
        raise OSError(5, f"a message naming {entry.path!r}")

    with opened(entry) as source:
        monkeypatch.setattr(os, "pread", broken)
        assert source.read(0, 10) == b""
        assert source.problem == Problem(5, source.problem.stage, "io-error", "EIO")  # type: ignore[union-attr]


def test_where_access_times_cannot_be_kept_the_file_is_read_all_the_same(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open
    refused: list[int] = []

    def strict(path: bytes, flags: int) -> int:
        if flags & os.O_NOATIME:
            refused.append(flags)
            raise PermissionError(1, "not yours")
        return real(path, flags)

    monkeypatch.setattr(os, "open", strict)
    with opened(entry) as source:
        assert source.read(0, 4) == CONTENT[:4]
    assert refused
