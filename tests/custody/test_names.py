"""Paths in manifests, bags and JSON: whatever bytes they are made of, they come back."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.custody import names
from vestige.model import SealError

HOSTILE = (
    b"a\nb",
    b"back\\slash",
    b"cr\rx",
    b"\\n",
    b"\xff\xfe",
    "ä".encode(),
    b" ",
    b"#x",
    b"%0A=",
)
PATHS = st.binary(min_size=1, max_size=40).filter(lambda path: b"\0" not in path)
DIGEST = "a1" * 32


@given(PATHS)
def test_a_line_of_a_manifest_gives_its_path_back(path: bytes) -> None:
    line = names.manifest_line(DIGEST, path)
    assert line.count(b"\n") == 1
    assert names.of_manifest_line(line) == (DIGEST, path)


@given(PATHS)
def test_json_gives_a_path_back(path: bytes) -> None:
    held = json.loads(json.dumps(names.json_path(path)))
    assert names.of_json_path(held) == path


@given(PATHS, PATHS)
def test_no_two_files_have_one_name_in_a_bag(one: bytes, other: bytes) -> None:
    name = names.bag_name(one)
    assert (name == names.bag_name(other)) == (one == other)
    assert not set(name) & set("%\r\n")
    name.encode()


def test_sha256sum_verifies_every_name(tmp_path: Path) -> None:
    lines = []
    for name in HOSTILE:
        (tmp_path / os.fsdecode(name)).write_bytes(name)
        lines.append(names.manifest_line(hashlib.sha256(name).hexdigest(), name))
    check = ["sha256sum", "--check", "--strict", "-"]
    done = subprocess.run(
        check, input=b"".join(lines), cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b": OK") == len(HOSTILE)


@pytest.mark.parametrize(
    "line", [b"", b"x", b"a1" * 32 + b" x", b"A1" * 32 + b"  x", b"a1" * 32 + b"  "]
)
def test_what_is_no_line_is_refused(line: bytes) -> None:
    with pytest.raises(SealError):
        names.of_manifest_line(line + b"\n")
    with pytest.raises(SealError):
        names.of_json_path({"path_bytes": "no base64!"})
