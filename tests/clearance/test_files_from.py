"""Lists of what to transfer: real rclone and rsync take from them what they are to take."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from vestige.clearance.files_from import by_lines, by_nul, refused

PLAIN = (
    *(b"plain", b" lead", b"trail ", b"back\\slash", b"#hash", b";semi", b"s/#hash", b"-dash"),
    *(b"*star", b"a  b", "Mu\u0308ller".encode(), b"\xff\xfe", b"[x]", b"{y}", b"$z"),
)
BROKEN = (
    b"line\nfeed",
    b"cr\r",
    b"tab\tx",
    b"\x01",
    b"\x7f",
    "\u240ax".encode(),
    "\u201bFF".encode(),
)


def volume(folder: Path, names: tuple[bytes, ...]) -> None:
    for name in names:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/near/" + name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name)


def names_in(folder: Path) -> set[bytes]:
    return {os.fsencode(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_names_that_a_list_by_lines_cannot_carry_are_counted() -> None:
    assert refused(PLAIN) == 0
    assert [refused((name,)) for name in BROKEN] == [1] * len(BROKEN)


def test_rclone_takes_what_stands_in_the_list(tmp_path: Path) -> None:
    if shutil.which("rclone") is None:
        pytest.skip("no rclone here: apt-get install rclone")
    volume(tmp_path, (*PLAIN, b"other"))
    (tmp_path / "list").write_bytes(b"".join(by_lines(PLAIN)))
    run = ["rclone", "copy", "--config", "none", "--files-from-raw", "list", "near", "far"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert names_in(tmp_path / "far") == set(PLAIN)


def test_rsync_takes_what_stands_in_the_list(tmp_path: Path) -> None:
    if shutil.which("rsync") is None:
        pytest.skip("no rsync here: apt-get install rsync")
    volume(tmp_path, (*PLAIN, *BROKEN, b"other"))
    (tmp_path / "list").write_bytes(b"".join(by_nul((*PLAIN, *BROKEN))))
    run = ["rsync", "-a", "--from0", "--files-from=list", "near/", "far/"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert names_in(tmp_path / "far") == {*PLAIN, *BROKEN}
