"""Files that tell names, of all kinds."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.remnants import FORMATS, Write, files, reading, told_in
from vestige.model import Entry, Kind
from vestige.read import ghosts
from vestige.read.file import Source
from vestige.read.ghosts import Reader

NAMES = [f"Zargothy, {given}" for given in ("Ada", "Benno", "Carla", "Dora", "Emil", "Frida")]
BEGINNINGS = [*ghosts._BY_BEGINNING, b"x\x9c", b"./a\n", b"[Trash Info]\n"]
CONTAINERS = {"zipped", "tarred", "tar_gz", "tar_xz", "tar_bz2", "gzipped"}
"""What `read.beside` reads, names and all."""

KINDS = [kind for kind in FORMATS if kind not in CONTAINERS]
FILES = ["a", "desktop.ini", "x.trashinfo", "$I000001", "~$a.docx", ".~lock.a#", "packed-refs"]
FILES += ["INFO2", "recently-used.xbel", "x.url", "files.txt", "objects/ab/" + "0" * 38]


def names_for(kind: str) -> list[str]:
    """Names as they may stand in a format: no branch has a comma or a space."""
    plain = [name.replace(", ", "_") for name in NAMES]
    return plain if kind == "git_branches" else NAMES


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_tells_its_names(tmp_path: Path, kind: str) -> None:
    FORMATS[kind](tmp_path, names_for(kind))
    told = " ".join(told_in(tmp_path))
    assert [name for name in names_for(kind) if name not in told] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_damage_is_too_much(tmp_path: Path, kind: str) -> None:
    write: Write = FORMATS[kind]
    write(tmp_path, names_for(kind))
    chance = random.Random(kind)  # noqa: S311 - no secret
    for path in files(tmp_path)[:40]:
        data = path.read_bytes()
        if reading(path) is None or not os.access(path, os.W_OK):
            continue
        for _ in range(12):
            path.write_bytes(damaged(data, chance))
            reading(path)
        path.write_bytes(data)
        assert reading(path) is not None


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed here and there, cut, or doubled; the first ones are mostly left."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 4, 40))):
        at = chance.randrange(min(8, len(broken) - 1), len(broken))
        broken[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    start, end = sorted(chance.sample(range(len(broken) + 1), 2))
    choice = chance.randrange(4)
    if choice == 1:
        del broken[max(start, 8) :]
    elif choice == 2:
        broken[start:start] = broken[start:end]
    return bytes(broken)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=700), st.sampled_from(FILES))
def test_any_bytes_give_names_or_nothing(beginning: bytes, rest: bytes, name: str) -> None:
    read, write = os.pipe()
    os.close(write)
    data = beginning + rest
    path = os.fsencode(f"/nowhere/{name}")
    entry = Entry(1, 0, path.rpartition(b"/")[2], path, Kind.FILE, len(data), 0, 0, 0)
    status = os.stat_result((0o100644, 1, 1, 1, 0, 0, len(data), 0, 0, 0))
    with Source(entry, (read, data, status)) as source:
        found = Reader().read(source, entry)
    assert found is None or all(folder.names for folder in found.folders)


def test_ordinary_files_are_nothing(tmp_path: Path) -> None:
    for name, data in {
        "a.py": b"import os\n",
        "b.json": b"{}",
        "c.txt": b"Maria Quintero\n",
        "d.nii": b"\x5c\x01\0\0" + b"\0" * 500,
        "e": b"",
        "f.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 10,
    }.items():
        (tmp_path / name).write_bytes(data)
    found = {path.name: reading(path) for path in files(tmp_path)}
    assert {name for name, one in found.items() if one is not None} <= {"f.docx"}


def test_what_is_told_once_is_a_repository_or_the_file() -> None:
    def at(path: bytes) -> bytes:
        return ghosts.scope(Entry(1, 0, b"x", path, Kind.FILE, 0, 0, 0, 0))

    assert at(b"/v/a/.git/objects/ab/x") == b"/v/a/.git"
    assert at(b"/v/bare.git/packed-refs") == b"/v/bare.git"
    assert at(b"/v/a/x.zip") == b"/v/a/x.zip"
