"""Files are hashed as they are, and what cannot be has no digest but a reason."""

import hashlib
import os
from pathlib import Path

import pytest

from tests.nobody import in_child, without_rights
from vestige.custody.hashing import CHANGED, batch_states
from vestige.custody.tree import Listed, entries
from vestige.evidence import State
from vestige.model import Kind


def of(root: Path) -> dict[bytes, State]:
    return {one.path: one for one in batch_states(os.fsencode(root), entries(os.fsencode(root)))}


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_the_digest_is_that_of_all_bytes(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    (tmp_path / "file").write_bytes(content)
    assert of(tmp_path)[b"file"].sha256 == hashlib.sha256(content).hexdigest()


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "folder").mkdir()
    found = of(tmp_path)
    assert {one.sha256 for one in found.values()} == {""}
    assert {one.kind for one in found.values()} == {Kind.SPECIAL, Kind.LINK, Kind.DIRECTORY}


def test_a_file_that_grows_while_it_is_read_has_no_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 100)
    read = os.readv

    def meanwhile(descriptor: int, buffers: list[memoryview]) -> int:
        count = read(descriptor, buffers)
        with file.open("ab") as stream:
            stream.write(b"more")
        return count

    monkeypatch.setattr(os, "readv", meanwhile)
    found = of(tmp_path)[b"file"]
    assert (found.sha256, found.problem) == ("", CHANGED)


def test_what_may_not_be_read_or_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "shut").write_bytes(b"x")
    (tmp_path / "shut").chmod(0)
    tmp_path.chmod(0o755)
    batch = [Listed(name, is_directory=False, is_file=True) for name in (b"shut", b"gone")]

    def work() -> list[State]:
        os.chdir(tmp_path)
        without_rights()
        return batch_states(b".", batch)

    shut, gone = in_child(work)
    assert (shut.problem, shut.size, shut.sha256) == ("permission denied", 1, "")
    assert (gone.problem, gone.sha256) == ("no such file or directory", "")


def test_a_file_that_a_link_replaces_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/hostname")
    listed = [Listed(b"link", is_directory=False, is_file=True)]
    (found,) = batch_states(os.fsencode(tmp_path), listed)
    assert found.sha256 == ""
    assert found.problem
