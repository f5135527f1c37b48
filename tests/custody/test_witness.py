"""What may still hold deleted data is named as far as the system shows it."""

import ctypes
import mmap
import os
import subprocess
from pathlib import Path

import pytest

from vestige.custody import witness as witnesses
from vestige.custody.hashing import batch_states
from vestige.custody.tree import entries
from vestige.evidence import State, Witness


def planted(root: Path) -> list[State]:
    (root / "gone").mkdir(parents=True)
    for name in ("a", "b"):
        (root / "gone" / name).write_text(name)
    return []


def seen(root: Path, states: list[State]) -> Witness:
    return witnesses.witness(os.fsencode(root), states, [b"gone"])


def sealed(root: Path) -> list[State]:
    return batch_states(os.fsencode(root), entries(os.fsencode(root), (b"gone",)))


def test_an_open_file_is_seen_also_when_its_name_is_gone(tmp_path: Path) -> None:
    planted(tmp_path)
    states = sealed(tmp_path)
    assert seen(tmp_path, states).open_handles == 0
    with (tmp_path / "gone" / "a").open("rb"):
        assert seen(tmp_path, states).open_handles == 1
        (tmp_path / "gone" / "a").unlink()
        assert seen(tmp_path, states).open_handles == 1


def test_a_file_in_the_memory_of_a_process_is_seen_though_it_was_closed(tmp_path: Path) -> None:
    planted(tmp_path)
    (tmp_path / "gone" / "a b").write_text("in memory")
    # That of Python keeps the file open, too.
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long)
    with (tmp_path / "gone" / "a b").open("rb") as stream:
        where = libc.mmap(None, 9, mmap.PROT_READ, mmap.MAP_PRIVATE, stream.fileno(), 0)
    assert seen(tmp_path, []).open_handles == 1
    (tmp_path / "gone" / "a b").unlink()
    assert seen(tmp_path, []).open_handles == 1
    libc.munmap(ctypes.c_void_p(where), ctypes.c_size_t(9))
    assert seen(tmp_path, []).open_handles == 0


def test_other_names_of_a_file_are_seen(tmp_path: Path) -> None:
    planted(tmp_path)
    os.link(tmp_path / "gone" / "a", tmp_path / "gone" / "c")
    assert seen(tmp_path, sealed(tmp_path)).linked_elsewhere == 0
    os.link(tmp_path / "gone" / "a", tmp_path / "elsewhere")
    assert seen(tmp_path, sealed(tmp_path)).linked_elsewhere == 1


def test_folders_of_snapshots_are_seen(tmp_path: Path) -> None:
    planted(tmp_path)
    (tmp_path / ".snapshot").mkdir()
    assert any(".snapshot" in one for one in seen(tmp_path, []).snapshots)


def test_another_mount_of_the_folder_is_seen(tmp_path: Path) -> None:
    planted(tmp_path)
    (tmp_path / "other").mkdir()
    before = len(seen(tmp_path, []).other_mounts)
    mount = ["mount", "--bind", str(tmp_path / "gone"), str(tmp_path / "other")]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a folder be mounted again")
    try:
        found = seen(tmp_path, []).other_mounts
    finally:
        subprocess.run(["umount", tmp_path / "other"], check=True)
    assert len(found) == before + 1
    assert str(tmp_path) not in " ".join(found)
