"""Trees of software: where they begin, what only looks like one, and what stays telling in them."""

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

from vestige.software import (
    NOWHERE,
    SIGNS,
    Begun,
    Ground,
    Software,
    begins,
    is_code,
    is_sample_hook,
    is_telling,
)


def made(root: Path, *paths: str) -> Path:
    """A folder with these entries; paths that end in a slash are folders."""
    for path in paths:
        full = root / path
        (full if path.endswith("/") else full.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            full.write_bytes(b"")
    root.mkdir(exist_ok=True)
    return root


def begun_at(folder: Path) -> Begun | None:
    with os.scandir(os.fsencode(folder)) as listed:
        entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in listed)
    others = [name for name, is_folder in entries if not is_folder]
    folders = [name for name, is_folder in entries if is_folder]
    asks = (os.fsencode(folder) + b"/").__add__
    return begins(os.fsencode(folder.name), others, folders, lambda p: os.path.lexists(asks(p)))


def kind_of(folder: Path) -> Software | None:
    begun = begun_at(folder)
    return begun.kind if begun else None


def test_the_packages_of_this_python_are_software() -> None:
    assert kind_of(Path(sysconfig.get_path("purelib"))) is Software.SITE_PACKAGES
    assert kind_of(Path(sysconfig.get_path("stdlib"))) is Software.LIBRARY


def test_a_repository_is_told_by_what_git_makes(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path / "work"], check=True)
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "bare"], check=True)
    assert kind_of(tmp_path / "work" / ".git") is Software.REPOSITORY
    assert kind_of(tmp_path / "bare") is Software.REPOSITORY
    assert kind_of(tmp_path / "work") is None, "what is kept under git may be anybody's data"


@pytest.mark.skipif(not Path("/usr/share/zoneinfo").is_dir(), reason="no system of this kind here")
def test_the_trees_of_the_system_are_software() -> None:
    assert kind_of(Path("/usr/share")) is Software.SYSTEM
    assert kind_of(Path("/usr/share/zoneinfo")) is Software.SYSTEM
    begun = begun_at(Path("/"))
    assert begun is not None
    assert begun.paths is not None
    assert (b"usr", b"share") in begun.paths
    assert not {b"home", b"srv", b"mnt", b"data", b"opt"} & {path[0] for path in begun.paths}


NODE = [f"node_modules/{name}/package.json" for name in ("lodash", "chalk", "debug")]
LAID_OUT = {
    Software.SITE_PACKAGES: ("x", ["x/six.py", "x/six-1.16.0.dist-info/METADATA"]),
    Software.NODE_MODULES: ("node_modules", NODE),
    Software.R: ("library", ["library/ggplot2/DESCRIPTION", "library/Matrix/DESCRIPTION"]),
    Software.PACKAGE_CACHE: ("x", ["x/urls", "x/urls.txt", "x/numpy-1.26.0-py311_0/"]),
    Software.MAVEN: ("x", ["x/org/apache/", "x/com/", "x/junit/"]),
    Software.CARGO: ("x", ["x/Cargo.toml", "x/.cargo-ok", "x/src/"]),
    Software.GO: ("x", ["x/cache/download/", "x/github.com/"]),
    Software.RUBY: ("x", ["x/gems/", "x/specifications/", "x/cache/"]),
    Software.TEX: ("x", ["x/tex/", "x/fonts/", "x/bibtex/", "x/ls-R"]),
    Software.SYSTEM: ("x", [f"x/man{number}/" for number in range(1, 9)]),
}


@pytest.mark.parametrize("kind", LAID_OUT)
def test_each_kind_is_told_by_its_marks(tmp_path: Path, kind: Software) -> None:
    top, paths = LAID_OUT[kind]
    made(tmp_path, *paths)
    assert begun_at(tmp_path / top) == Begun(kind)


@pytest.mark.parametrize(
    "name", ["site-packages", "dist-packages", "node_modules", ".git", "library", "locale", "doc"]
)
def test_a_name_alone_shows_nothing(tmp_path: Path, name: str) -> None:
    """Folders of people are people's, whatever the folder above them is called."""
    uuid = "00000000-0000-4000-8000-0000000000"
    made(tmp_path, *(f"{name}/QUINTERO_{uuid}{number:02}/IM1" for number in range(30)))
    assert begun_at(tmp_path / name) is None


def test_a_mark_among_many_folders_of_others_shows_nothing(tmp_path: Path) -> None:
    made(tmp_path, "x/six.py", "x/six-1.16.0.dist-info/METADATA", "x/six-1.16.0.egg-info")
    made(tmp_path, *(f"x/QUINTERO_{number}/" for number in range(30)))
    assert begun_at(tmp_path / "x") is None
    made(tmp_path, *NODE, *(f"node_modules/QUINTERO_{number}/" for number in range(30)))
    assert begun_at(tmp_path / "node_modules") is None


def test_a_project_with_metadata_of_its_own_is_no_tree_of_packages(tmp_path: Path) -> None:
    made(tmp_path, "x/study.egg-info/PKG-INFO", "x/study/", "x/data/", "x/package.json")
    assert begun_at(tmp_path / "x") is None


def test_only_the_folders_of_an_environment_are_software(tmp_path: Path) -> None:
    """An environment is often made inside the folder of a project, beside its data."""
    made(tmp_path, "x/pyvenv.cfg", "x/lib/", "x/bin/", "x/patients/")
    begun = begun_at(tmp_path / "x")
    assert begun is not None
    ground = NOWHERE.at(begun, 7)
    assert ground.kind == ""
    assert ground.below(b"lib") == Ground(Software.PYTHON, 7)
    assert ground.below(b"lib").below(b"anything").kind == Software.PYTHON
    assert ground.below(b"patients").kind == ""
    made(tmp_path, "c/conda-meta/history", "c/lib/", "c/patients/")
    begun = begun_at(tmp_path / "c")
    assert begun is not None
    assert NOWHERE.at(begun, 1).below(b"lib").kind == Software.CONDA
    assert NOWHERE.at(begun, 1).below(b"patients").kind == ""


def test_of_a_container_layer_only_the_system_is_software(tmp_path: Path) -> None:
    made(tmp_path, "x/diff/", "x/link", "x/lower", "x/work/")
    begun = begun_at(tmp_path / "x")
    assert begun is not None
    layer = NOWHERE.at(begun, 3).below(b"diff")
    assert layer.kind == ""
    assert layer.below(b"usr").below(b"share") == Ground(Software.LAYER, 3)
    assert layer.below(b"data").kind == ""
    assert layer.below(b"usr").below(b"local").below(b"patients").kind == ""


def test_nothing_is_asked_of_folders_without_a_mark() -> None:
    def asked(path: bytes) -> bool:
        raise AssertionError(path)

    for count in (3, 5_000):
        names = sorted(b"QUINTERO_%d" % number for number in range(count))
        assert begins(b"export", [], names, asked) is None
        assert begins(b"export", names, [], asked) is None
    many = sorted([b"HEAD", b"config", *(b"a%d" % number for number in range(5_000))])
    assert begins(b"x", many, [b"objects", b"refs"], asked) == Begun(Software.REPOSITORY)


def test_every_sign_asks_for_more_than_one_thing() -> None:
    for sign in SIGNS:
        marks = len(sign.every) + sign.least + bool(sign.asked)
        assert marks > 1 or sign.every == {b"_remote.repositories"}, sign


@pytest.mark.parametrize(
    "name",
    [
        "QUINTERO^MARIA",
        "Quintero, Maria",
        "QUINTERO_19610203",
        "QUINTERO_00000000-0000-4000-8000-000000000001",
        "quintero_4217755",
        "maria.quintero@example.org",
    ],
)
def test_what_tells_of_people_anywhere_is_telling(name: str) -> None:
    assert is_telling(name)


@pytest.mark.parametrize(
    "name", ["maria_quintero.py", "Quintero", "numpy-1.26.0-py311h64a7726_0", "roboto-v20-latin"]
)
def test_names_of_software_are_not_telling(name: str) -> None:
    assert not is_telling(name)


@pytest.mark.parametrize("name", [b"a.py", b"index.JS", b"x.test.cpp"])
def test_source_code_is_known_by_its_ending(name: bytes) -> None:
    assert is_code(name)


@pytest.mark.parametrize("name", [b"py", b"a.csv", b"RECORD", b"a.py.txt", b"LICENSE", b"a.ipynb"])
def test_what_may_hold_data_is_no_source_code(name: bytes) -> None:
    assert not is_code(name)


def test_examples_of_hooks_are_known_by_their_place() -> None:
    assert is_sample_hook(b"/data/set/.git/hooks/pre-rebase.sample")
    assert not is_sample_hook(b"/data/hooks/patients.sample")
    assert not is_sample_hook(b"/data/pre-rebase.sample/1")
