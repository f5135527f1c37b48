"""Sparse members of tar archives."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.read.beside.packing import files_in, lost_in
from vestige.read.beside.parts import Bounds
from vestige.read.beside.sparse import Sparse, in_extended, in_records
from vestige.read.pages import Held

FORMS = {
    "gnu": ("--format=gnu",),
    "0.0": ("--format=pax", "--sparse-version=0.0"),
    "0.1": ("--format=pax", "--sparse-version=0.1"),
    "1.0": ("--format=pax", "--sparse-version=1.0"),
}


@pytest.mark.parametrize("form", FORMS)
def test_holes_are_zeros_again(tmp_path: Path, form: str) -> None:
    program = shutil.which("tar")
    if (
        program is None
        or b"GNU"
        not in subprocess.run((program, "--version"), capture_output=True, check=True).stdout
    ):
        pytest.skip("GNU tar writes these")
    with (tmp_path / "sparse").open("wb") as stream:
        for number in range(60):
            stream.seek(number * 200_000)
            stream.write(b"Zargothy %d" % number)
    (tmp_path / "behind").write_bytes(b"behind")
    command = (
        program,
        "-C",
        str(tmp_path),
        "--sparse",
        *FORMS[form],
        "-cf",
        str(tmp_path / "t.tar"),
    )
    subprocess.run((*command, "sparse", "behind"), check=True)
    data = (tmp_path / "t.tar").read_bytes()
    if len(data) > 2_000_000:
        pytest.skip("this file system keeps no holes")
    names = [name for name in files_in(data) if name.endswith("sparse")]
    assert files_in(data) == {
        names[0]: (tmp_path / "sparse").read_bytes(),
        "behind": b"behind",
    }
    assert lost_in(data) == []


def test_any_stretch_can_be_asked_for() -> None:
    made = Sparse(Held(b"abcdefgh"), ((10, 3), (20, 5)), 30, Bounds(9))
    whole = b"\0" * 10 + b"abc" + b"\0" * 7 + b"defgh" + b"\0" * 5
    assert made.first == whole
    assert [made.read(n, 4) for n in range(30)] == [whole[n : n + 4] for n in range(30)]


def test_what_claims_to_be_endless_is_bounded() -> None:
    bounds = Bounds(9)
    bounds.bytes = 100_000
    made = Sparse(Held(b""), (), 1 << 60, bounds)
    read = 0
    while part := made.read(read, 10_000):
        read += len(part)
    assert read < 100_000


def test_maps_and_records_that_are_none_are_empty() -> None:
    assert in_extended(Held(b"x" * 600), 0) == ((), 512)
    assert in_extended(Held(b"2\n5\n"), 0) == ((), 512)
    assert list(in_records(b"999 a=b\n")) == []
    assert list(in_records(b"7 a=bc\n6 d=\xff\n")) == [(b"a", b"bc"), (b"d", b"\xff")]
