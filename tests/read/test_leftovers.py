"""What programs leave beside a file."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.read.remnants import apple_double, names_of, owner, reading, swap
from vestige.read import leftovers
from vestige.read.pages import Held


def test_a_swap_file_tells_path_and_user() -> None:
    ghosts = leftovers.swap(Held(swap("/data/Zargothy, Ada/notes.txt", "mquintero")))
    assert names_of(ghosts) == {"data", "Zargothy, Ada", "notes.txt", "mquintero"}
    assert ghosts is not None
    assert not ghosts.whole


@pytest.mark.skipif(shutil.which("vim") is None, reason="Vim writes such files")
def test_a_swap_file_as_vim_writes_it(tmp_path: Path) -> None:
    folder = tmp_path / "Zargothy, Ada"
    folder.mkdir()
    file, kept = folder / "notes.txt", tmp_path / "kept.swp"
    script = f"normal ix\npreserve\nsilent !cp '{folder}/.notes.txt.swp' '{kept}'\nqa!\n"
    (tmp_path / "script").write_text(script, encoding="utf-8")
    command = ["vim", "-u", "NONE", "-es", "--cmd", "set swapfile directory=."]
    command += ["-c", "set swapfile", "-S", str(tmp_path / "script"), str(file)]
    subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, check=False, timeout=60)
    if not kept.exists():
        pytest.skip("this Vim wrote no swap file")
    assert {"Zargothy, Ada", "notes.txt"} <= names_of(reading(kept))


@pytest.mark.parametrize("name", ["Maria Quintero", "Jürgen Müller", "森 花子"])
def test_who_has_a_document_open_is_told(name: str) -> None:
    ghosts = leftovers.owner(Held(owner(name)))
    assert name in names_of(ghosts)
    assert ghosts is not None
    assert ghosts.whole


def test_who_has_a_document_of_libreoffice_open_is_told() -> None:
    line = b"Maria Quintero,mquintero,station,01.02.2024 10:00,file:///data/Zargothy%2C%20A/4;"
    ghosts = leftovers.lock(Held(line))
    assert {"Maria Quintero", "mquintero", "Zargothy, A"} <= names_of(ghosts)
    assert leftovers.lock(Held(b"no fields")) is None


def test_from_where_a_file_was_fetched_is_told() -> None:
    ghosts = leftovers.apple_double(Held(apple_double("Zargothy, Ada é")))
    assert {"Zargothy, Ada é.zip", "pacs.example.org"} <= names_of(ghosts)


def test_what_is_none_is_not_taken_for_one() -> None:
    assert leftovers.swap(Held(b"b0VIXX" + b"\0" * 5000)) is None
    assert leftovers.owner(Held(b"\0" * 162)) is None
    assert leftovers.owner(Held(b"\x05Maria")) is None
    assert leftovers.apple_double(Held(b"\0\0\0\0" * 10)) is None
