import pytest

from vestige import catalog
from vestige.catalog.leftovers import Leftover, Leftovers, row
from vestige.digits import form

CELLS = {"key": "t", "kind": "folder", "names": "tmp|tmp?*|Papelera", "stage": "s", "what": "w"}
KNOWN = catalog.load().tables.leftovers


def test_a_row_is_read() -> None:
    assert row(CELLS) == ("folder", ("tmp", "tmp?*", "papelera"), Leftover("t", "s", "w"))


@pytest.mark.parametrize(
    "cells", [{"kind": "link"}, {"names": "a||b"}, {"names": ""}, {"what": ""}]
)
def test_a_row_that_says_nothing_is_refused(cells: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"folder nor file|has names"):
        row(CELLS | cells)


def test_names_are_whole_and_of_any_case() -> None:
    known = Leftovers([row(CELLS)])
    assert [bool(known.folder(name)) for name in ("TMP", "tmp2", "PAPELERA", "atmp", "")] == [
        *(True, True, True, False, False)
    ]
    assert known.file("tmp") is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("$RECYCLE.BIN", "trash"),
        (".Trash-1000", "trash"),
        ("lost+found", "lost-found"),
        ("mlruns", "tracking"),
        ("wandb", "tracking"),
        ("sourcedata", "source"),
        ("tmp_2021", "temporary"),
        ("export_v1", "export"),
        ("backup-2020", "backup"),
        ("Copia de salida", "copy"),
        (".git", "repository"),
        ("checkpoints", "checkpoints"),
    ],
)
def test_folders_that_were_left_behind(name: str, key: str) -> None:
    found = KNOWN.folder(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (".DS_Store", "folder-view"),
        ("._IM1", "resource-fork"),
        ("Thumbs.db", "folder-view"),
        ("~$list.docx", "office-owner"),
        (".notes.txt.swp", "editor-swap"),
        (".bash_history", "shell-history"),
        ("core.4711", "core-dump"),
        ("events.out.tfevents.16.host", "event-file"),
    ],
)
def test_files_that_were_left_behind(name: str, key: str) -> None:
    found = KNOWN.file(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "name",
    ["core.4711", "hs_err_pid12.log", "a.o1234", "x.e00017.txt", "._IM1", "Thumbs.db", "9.bak"],
)
def test_what_is_a_leftover_may_be_one_by_the_form_of_its_name(name: str) -> None:
    assert KNOWN.file(name) is not None
    assert KNOWN.may_be_file(form(name))


@pytest.mark.parametrize("name", ["IM00001.dcm", "1.2.840.10008.5", "sub-001_T1w.nii.gz"])
def test_most_names_are_told_by_their_form(name: str) -> None:
    assert not KNOWN.may_be_file(form(name))


def test_a_pattern_that_excludes_digits_lets_every_form_be_asked() -> None:
    known = Leftovers([row(CELLS | {"kind": "file", "names": "core.[!0-4]"})])
    assert known.file("core.7") is not None
    assert known.may_be_file(form("core.7"))


@pytest.mark.parametrize("name", ["sub-001", "anat", "train", "test", "data", "images", "Temple"])
def test_folders_as_data_sets_have_them_are_none(name: str) -> None:
    assert KNOWN.folder(name) is None
    assert KNOWN.file(name) is None
