"""Seals: what coreutils verifies, what a kill leaves, and what tampering shows."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vestige.custody import exhibit, states
from vestige.custody.exhibit import Subtree, seal
from vestige.evidence import Exhibit
from vestige.model import SealError

HOSTILE = (b"a\nb", b"back\\slash", b"\xff\xfe", "ä".encode(), b"#x", b"-c")


def plant(root: Path, files: int = 20) -> Subtree:
    for number in range(files):
        folder = root / f"{number % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:05}.dcm").write_bytes(b"%d" % number * 100)
    for name in HOSTILE:
        (root / os.fsdecode(name)).write_bytes(name)
    (root / "link").symlink_to("0")
    return Subtree(os.fsencode(root))


def sealed(of: Subtree, folder: Path, jobs: int = 1) -> Exhibit:
    return seal(of, folder, jobs, lambda _done: None, 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_sha256sum_verifies_the_manifest(tmp_path: Path, jobs: int) -> None:
    made = sealed(plant(tmp_path / "v"), tmp_path / "E1", jobs)
    check = ["sha256sum", "--check", "--strict", str(tmp_path / "E1" / exhibit.MANIFEST)]
    done = subprocess.run(check, cwd=tmp_path / "v", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b": OK") == made.files == 20 + len(HOSTILE)
    assert (made.directories, made.others, made.unread) == (3, 1, 0)


def test_digests_are_those_of_the_lines(tmp_path: Path) -> None:
    made = sealed(plant(tmp_path / "v"), tmp_path / "E1")
    lines = (tmp_path / "E1" / exhibit.MANIFEST).read_bytes().splitlines(keepends=True)
    assert lines[0].startswith(b"# Personal data")
    assert hashlib.sha256(b"".join(lines[1:])).hexdigest() == made.digest
    assert exhibit.manifest_digest(tmp_path / "E1") == made.digest
    assert exhibit.load(tmp_path / "E1") == made
    assert len(list(exhibit.listed(tmp_path / "E1"))) == made.files + 4
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "E1").iterdir()} == {0o600}


def test_the_same_tree_has_the_same_digests_for_any_number_of_processes(tmp_path: Path) -> None:
    of = plant(tmp_path / "v", 300)
    one, other = sealed(of, tmp_path / "E1"), sealed(of, tmp_path / "E2", 3)
    assert (one.digest, one.state_digest) == (other.digest, other.state_digest)


def test_a_changed_state_is_noticed(tmp_path: Path) -> None:
    sealed(plant(tmp_path / "v"), tmp_path / "E1")
    file = tmp_path / "E1" / exhibit.STATE
    file.write_bytes(file.read_bytes().replace(b'"mode":420', b'"mode":511', 1))
    with pytest.raises(SealError, match="not what was sealed"):
        list(exhibit.listed(tmp_path / "E1"))


def test_a_seal_is_not_made_twice(tmp_path: Path) -> None:
    of = plant(tmp_path / "v")
    sealed(of, tmp_path / "E1")
    with pytest.raises(SealError, match="sealed already"):
        sealed(of, tmp_path / "E1")


def test_what_was_hashed_before_a_kill_is_not_hashed_again(tmp_path: Path) -> None:
    of, folder = plant(tmp_path / "v", 600), tmp_path / "E1"
    program = (
        "import sys, time; from pathlib import Path\n"
        "from vestige.custody.exhibit import Subtree, seal\n"
        "def slow(done): time.sleep(0.05)\n"
        "seal(Subtree(sys.argv[1].encode()), Path(sys.argv[2]), 1, slow, 1)\n"
    )
    for _ in range(2):
        child = subprocess.Popen([sys.executable, "-c", program, tmp_path / "v", folder])
        part = folder / "state.part"
        end = time.monotonic() + 60
        while time.monotonic() < end and not (part.exists() and part.stat().st_size > 9_000):
            time.sleep(0.01)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert not (folder / exhibit.FACTS).exists()
    part = folder / "state.part"
    told = list(states.whole(part.read_bytes().splitlines(keepends=True)))
    known = next(one for one in told if one.sha256)
    marked = part.read_bytes().replace(known.sha256.encode(), b"f" * 64)
    part.write_bytes(marked + b'{"path":"half a li')
    made = sealed(of, folder)
    digests = {one.path: one.sha256 for one in exhibit.listed(folder)}
    assert digests.pop(known.path) == "f" * 64, "it was read again"
    assert made.files == 600 + len(HOSTILE)
    assert all(
        digest == hashlib.sha256((tmp_path / "v" / os.fsdecode(path)).read_bytes()).hexdigest()
        for path, digest in digests.items()
        if digest
    )
    assert {p.name for p in folder.iterdir()} == {exhibit.MANIFEST, exhibit.STATE, exhibit.FACTS}


def test_what_changed_since_a_kill_is_hashed_again(tmp_path: Path) -> None:
    of, folder = plant(tmp_path / "v"), tmp_path / "E1"
    sealed(of, folder)
    (folder / exhibit.FACTS).unlink()
    (folder / exhibit.STATE).rename(folder / "state.part")
    (tmp_path / "v" / "0" / "00003.dcm").write_bytes(b"other")
    (tmp_path / "v" / "0" / "00000.dcm").unlink()
    (tmp_path / "v" / "0" / "new").write_bytes(b"new")
    sealed(of, folder)
    digests = {one.path: one.sha256 for one in exhibit.listed(folder)}
    assert digests[b"0/00003.dcm"] == hashlib.sha256(b"other").hexdigest()
    assert b"0/00000.dcm" not in digests
    assert digests[b"0/new"] == hashlib.sha256(b"new").hexdigest()


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b'{"exhibit": "E1"}'])
def test_damaged_facts_are_said(tmp_path: Path, damage: bytes) -> None:
    folder = tmp_path / "E1"
    folder.mkdir()
    with pytest.raises(SealError, match="no sealed exhibit"):
        exhibit.load(folder)
    (folder / exhibit.FACTS).write_bytes(damage)
    with pytest.raises(SealError, match="cannot be read"):
        exhibit.load(folder)


def test_facts_are_json(tmp_path: Path) -> None:
    made = sealed(plant(tmp_path / "v"), tmp_path / "E1")
    held = json.loads((tmp_path / "E1" / exhibit.FACTS).read_bytes())
    assert held["files"] == made.files
