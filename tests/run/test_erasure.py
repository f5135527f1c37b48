"""The list for the tool that deletes: what is one person's, and nothing that is others' too."""

import os
from pathlib import Path

import pytest

from tests.located import CODE, PERSON, ask, scanned
from vestige.model import UsageError
from vestige.run.erasure import concerned, write
from vestige.store import Store


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scanned(tmp_path_factory.mktemp("located"))


def test_files_and_folders_of_the_person(file: Path, tmp_path: Path) -> None:
    store = Store.open(file)
    told = concerned(store, ask(file, PERSON))
    write(store, told.entries, tmp_path / "list")
    with pytest.raises(UsageError, match="inside a scanned root"):
        write(store, told.entries, file.parents[1] / "volume" / "list")
    store.close()
    raw = (tmp_path / "list").read_bytes()
    volume = os.fsencode(os.path.realpath(file.parents[1] / "volume"))
    paths = [os.fsdecode(os.path.relpath(one, volume)) for one in raw.split(b"\0")[:-1]]
    assert set(paths) == {
        "a/named.dcm",
        "a/described.dcm",
        "b/private.dcm",
        "b/nested.dcm",
        "b/numbered.dcm",
        "coded/header.dcm",
        f"coded/{CODE}",
        f"coded/{CODE}/path.dcm",
        "Zargothy/Quillonia",
        "Zargothy/Quillonia/two-folders.dcm",
        "others/namesake.dcm",
    }
    # What lies in a folder stands before it.
    assert paths.index(f"coded/{CODE}/path.dcm") < paths.index(f"coded/{CODE}")
    assert (told.shared, told.doubtful) == (1, 2)
    assert os.stat(tmp_path / "list").st_mode & 0o777 == 0o600
    assert raw.endswith(b"\0")
