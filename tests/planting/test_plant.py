"""Planting: every recipe, twice the same; its files hold what its truth says."""

import gzip
import hashlib
import os
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pydicom
import pytest
from pydicom.dataset import Dataset

from vestige.model import VestigeError
from vestige.planting import Planting, Truth, load, plant, recipes
from vestige.planting.people import people, person

Entry = tuple[bytes, int, int, int, bytes]


def entries(root: Path) -> Iterator[Entry]:
    """Everything below a root: path, mode, time, links, and content; closed doors included."""
    for path, folders, files, descriptor in os.fwalk(os.fsencode(root), follow_symlinks=False):
        for name in sorted((*folders, *files)):
            found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            content = _content(name, found.st_mode, descriptor)
            relative = os.path.relpath(os.path.join(path, name), os.fsencode(root))
            yield relative, found.st_mode, found.st_mtime_ns, found.st_nlink, content


def _content(name: bytes, mode: int, descriptor: int) -> bytes:
    if stat.S_ISLNK(mode):
        return os.readlink(name, dir_fd=descriptor)
    if not stat.S_ISREG(mode) or (os.geteuid() != 0 and not mode & 0o400):
        return b""
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=descriptor), "rb") as stream:
        return stream.read()


def digest(root: Path) -> str:
    every = sorted(entries(root))
    assert every
    return hashlib.sha256(repr(every).encode()).hexdigest()


@pytest.fixture(autouse=True)
def _open_doors(tmp_path: Path) -> Iterator[None]:
    """Let pytest remove what a recipe has closed."""
    yield
    for folder in tmp_path.rglob("closed/folder"):
        folder.chmod(0o700)


def read(root: Path, path: bytes) -> Dataset:
    with open(os.path.join(os.fsencode(root), path), "rb") as stream:
        return pydicom.dcmread(BytesIO(stream.read()), force=True)


@pytest.mark.parametrize("name", recipes())
def test_the_same_planting_gives_the_same_bytes_modes_and_times(name: str, tmp_path: Path) -> None:
    first = plant(load(name), tmp_path / "a", Planting(seed=3))
    second = plant(load(name), tmp_path / "b", Planting(seed=3))
    # Of this seed no two people share a name, as they do of others: that would be one truth fewer.
    other = plant(load(name), tmp_path / "c", Planting(seed=5))
    assert first == second
    assert digest(tmp_path / "a") == digest(tmp_path / "b") != digest(tmp_path / "c")
    assert len(other) == len(first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


@pytest.mark.parametrize("name", recipes())
def test_every_truth_is_of_an_entry_that_is_there(name: str, tmp_path: Path) -> None:
    truths = plant(load(name), tmp_path / "volume")
    assert bool(truths) is (name != "clean-export")
    assert len(set(truths)) == len(truths)
    there = {path for path, *_ in entries(tmp_path / "volume")}
    for truth in truths:
        assert truth.path in there
        assert bool(truth.code) is not bool(truth.rule)
        assert re.fullmatch(r"[a-z]+/[a-z-]+|", truth.rule)


def at(data: Dataset, location: str) -> list[str]:
    """What stands at a location, in every item of every sequence on the way."""
    levels = [data]
    *above, last = re.split(r"(?<=\])/(?=\()", location)
    for step in above:
        levels = [item for level in levels for found in _values(level, step) for item in found]
    return [str(found) for level in levels for found in _values(level, last)]


def _values(data: Dataset, step: str) -> list[Any]:
    """The element that a step names; the private ones with this number in any block."""
    match = re.match(r"\((.{4}),(xx)?(.{2,4})\)", step)
    assert match
    group, low = int(match[1], 16), int(match[3], 16)
    blocks = range(0x10, 0x20) if match[2] else (0,)
    tags = [(group, block << 8 | low) for block in blocks]
    return [data[tag].value for tag in tags if tag in data]


def personal_truths(truths: tuple[Truth, ...]) -> list[Truth]:
    kept = ("elements/", "private/")
    return [truth for truth in truths if truth.rule.startswith(kept)]


@pytest.mark.parametrize("name", ["demo", "dirty-headers", "private-tags", "sequences"])
def test_pydicom_finds_a_value_wherever_truth_says_there_is_one(name: str, tmp_path: Path) -> None:
    truths = personal_truths(plant(load(name), tmp_path / "volume"))
    files = {truth.path: read(tmp_path / "volume", truth.path) for truth in truths}
    for truth in truths:
        if truth.location.startswith("(0002,"):
            found = at(files[truth.path].file_meta, truth.location)
        else:
            found = at(files[truth.path], truth.location)
        assert found
        assert all(found)
    assert len(truths) > 30


def test_names_in_every_script_read_back(tmp_path: Path) -> None:
    truths = plant(load("odd-encodings"), tmp_path / "volume")
    named = {t.path for t in truths if t.location == "(0010,0010)"}
    scripts = {
        b"latin-1": r"[A-Za-zÀ-ÿ ^-]+",
        b"latin-2": r"[A-Za-zÀ-ž^-]+",
        b"cyrillic": r"[А-яё]+\^[А-яё]+",
        b"greek": r"[Ͱ-Ͽ]+\^[Ͱ-Ͽ]+",
        b"arabic": r"[؀-ۿ]+\^[؀-ۿ]+",
        b"japanese": r"[A-Za-z^]+=[一-鿿^]+=[ぁ-ゟ^]+",
        b"korean": r"[A-Za-z^]+=[가-힣^]+",
        b"gb18030": r"[A-Za-zü^]+=[一-鿿^]+",
        b"utf-8": r"[A-Za-z^]+=[一-鿿^]+=[ぁ-ゟ^]+",
    }
    for script, pattern in scripts.items():
        files = [path for path in named if path.startswith(b"charsets/" + script + b"/")]
        assert len(files) == 2
        for path in files:
            name = str(read(tmp_path / "volume", path).PatientName)
            assert re.fullmatch(pattern, name), (script, len(name))


def test_names_of_entries_are_written_in_old_encodings_and_decomposed(tmp_path: Path) -> None:
    truths = plant(load("odd-encodings"), tmp_path / "volume", Planting(seed=2))
    paths = {t.path for t in truths if t.rule == "names/person-name" and t.location == "name"}
    below = {
        kind: [p.rpartition(b"/")[2] for p in paths if p.startswith(b"names/" + kind)]
        for kind in (b"latin-1", b"shift-jis", b"nfd", b"native", b"files")
    }
    assert {kind: len(found) for kind, found in below.items()} == dict.fromkeys(below, 2)
    assert all(name.decode("shift_jis") for name in below[b"shift-jis"])
    with pytest.raises(UnicodeDecodeError):
        b"".join(below[b"shift-jis"]).decode("utf-8")
    assert all(re.fullmatch(r"[а-я]+ [а-я]+", n.decode().lower()) for n in below[b"native"])


def test_scale_multiplies_people_and_changes_none(tmp_path: Path) -> None:
    recipe = load("phantom-directory")
    one = plant(recipe, tmp_path / "one")
    three = plant(recipe, tmp_path / "three", Planting(scale=3))
    assert set(one) < set(three)
    count = Counter(truth.rule for truth in three)
    of_tree = {"tree/phantom-directory": 1, "tree/leftover": 1}
    assert count == {**of_tree, "names/surname-before-uuid": 36}
    folders = os.listdir(tmp_path / "three/export_v1")
    assert len(folders) == 36
    assert sum(len(files) for _, _, files in os.walk(tmp_path / "three")) == 36 * 2 * 6
    files = [
        {entry for entry in entries(tmp_path / name) if stat.S_ISREG(entry[1])}
        for name in ("one", "three")
    ]
    assert files[0] < files[1]


def test_a_locale_is_of_all_people_but_of_tables_that_name_their_own(tmp_path: Path) -> None:
    plant(load("phantom-directory"), tmp_path / "ka", Planting(locale="ka", scale=4))
    names = [name.partition("_")[0] for name in os.listdir(tmp_path / "ka/export_v1")]
    assert len(names) == 48
    assert sum(name.endswith(("SHVILI", "DZE", "IANI", "AVA", "AIA")) for name in names) > 24
    with pytest.raises(VestigeError, match="'xx' is no locale"):
        plant(load("demo"), tmp_path / "xx", Planting(locale="xx"))
    with pytest.raises(VestigeError, match="scale"):
        plant(load("demo"), tmp_path / "xx", Planting(scale=0))


def test_the_clean_part_of_the_phantom_directory_names_nobody(tmp_path: Path) -> None:
    plant(load("phantom-directory"), tmp_path)
    surnames = {name.partition("_")[0] for name in os.listdir(tmp_path / "export_v1")}
    subjects = set()
    for folder in sorted(tmp_path.iterdir()):
        for file in sorted(folder.rglob("*.dcm")):
            data = pydicom.dcmread(file)
            assert data.PatientName == "ANON"
            assert data.PatientIdentityRemoved == "YES"
            assert data.DeidentificationMethodCodeSequence[0].CodeValue == "113100"
            assert data.LongitudinalTemporalInformationModified == "REMOVED"
            assert data.StudyDate == data.PatientBirthDate == data.AccessionNumber == ""
            assert all(uid.value.startswith(("2.25.", "1.2.840.10008.")) for uid in uids(data))
            text = str(data).upper()
            assert not [name for name in surnames if re.search(rf"\b{name}\b", text)]
            assert 60 <= len(data) + len(data.file_meta) <= 110
            subjects.add(data.PatientID)
    assert subjects == {f"SUBJ-{number:04}" for number in range(1, 13)}


def uids(data: Dataset) -> list[pydicom.DataElement]:
    return [element for element in data.iterall() if element.VR == "UI"]


def test_the_demo_tells_its_story(tmp_path: Path) -> None:
    truths = plant(load("demo"), tmp_path)
    rules = Counter(truth.rule for truth in truths if truth.location in ("name", "{word}_{uuid}"))
    assert rules == {"tree/phantom-directory": 1, "names/surname-before-uuid": 24}
    assert [t.code for t in truths if t.code] == ["truncated"]
    assert len(os.listdir(tmp_path / "release")) == 25
    assert {t.path.split(b"/")[0] for t in personal_truths(truths)} == {b"incoming", b"release"}
    leak = read(tmp_path, b"release/sub-0007/S003/0001.dcm")
    assert leak.PatientName == "ANON"
    assert leak[0x00110010].value == "SIEMENS ISI"
    assert leak[0x001110B0].value


def test_broken_files_are_broken_as_they_say(tmp_path: Path) -> None:
    plant(load("broken-files"), tmp_path)
    assert (tmp_path / "empty/0001.dcm").stat().st_size == 0
    assert (tmp_path / "disguised/picture.dcm").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (tmp_path / "disguised/archive.dcm").read_bytes()[:4] == b"PK\5\6"
    assert (tmp_path / "disguised/magic-only.dcm").read_bytes() == bytes(128) + b"DICM"
    assert len((tmp_path / "disguised/noise.dcm").read_bytes()) == 4096
    assert (tmp_path / "bombs/deflated.dcm").stat().st_size < 200_000
    assert (tmp_path / "truncated/header.dcm").stat().st_size == 654
    assert read(tmp_path, b"good/0001.dcm").Rows == 16
    assert read(tmp_path, b"meta/none-explicit.dcm").Rows == 16


def test_links_and_special_files_are_what_they_say(tmp_path: Path) -> None:
    truths = plant(load("links-and-loops"), tmp_path)
    assert os.readlink(tmp_path / "links/self") == "self"
    assert (tmp_path / "links/up").resolve() == tmp_path.resolve()
    assert (tmp_path / "links/outside").resolve() == tmp_path.resolve().parents[1]
    assert not (tmp_path / "links/dangling").exists()
    assert (tmp_path / "links/second-name.dcm").stat().st_nlink == 2
    assert stat.S_ISFIFO((tmp_path / "special/pipe.dcm").lstat().st_mode)
    assert stat.S_ISSOCK((tmp_path / "special/socket.dcm").lstat().st_mode)
    assert (tmp_path / "closed/folder").stat().st_mode & 0o777 == 0
    names = os.listdir(os.fsencode(tmp_path / "names"))
    assert {b"new\nline.txt", b"\xff\xfe\xe9.txt", b"-rf.txt", b"{braces}.txt"} <= set(names)
    assert max(len(path) for path, *_ in entries(tmp_path)) > 3_900
    assert max(len(name) for name in os.listdir(tmp_path / "long")) == 255
    assert Counter(truth.code for truth in truths if truth.code) == {"permission": 2}


def test_truth_may_be_of_another_entry_and_of_every_person(tmp_path: Path) -> None:
    file = tmp_path / "told.toml"
    file.write_text(
        """
        title = "t"
        persons = 2
        truth = [
            { rule = "a/person", place = "x", each = "person" },
            { rule = "a/once", place = "x/{surname}", each = "once" },
        ]
        [[bytes]]
        path = "x/{surname}/{n}"
        each = 2
        truth = [{ rule = "a/parent", place = "x/{surname}" }, { rule = "a/file" }]
        """
    )
    truths = plant(load(file), tmp_path / "volume")
    count = Counter(truth.rule for truth in truths)
    assert count == {"a/person": 1, "a/once": 1, "a/parent": 2, "a/file": 4}


def test_what_no_reader_can_reach_is_not_told(tmp_path: Path) -> None:
    file = tmp_path / "last.toml"
    table = '[[files]]\nkind = "CT"\nheader = "dirty"\npath = '
    file.write_text(f'title = "t"\n{table}"a"\n{table}"b"\nlast = "(0008,0080)"\n')
    truths = plant(load(file), tmp_path / "volume")
    all_of_it, some = ({t for t in truths if t.path == path} for path in (b"a", b"b"))
    places = {truth.location for truth in some}
    assert {"(0002,0003)", "(0008,0018)", "(0008,0080)"} <= places
    assert max(places) == "(0008,0080)"
    assert {t.location for t in all_of_it if t.location <= "(0008,0080)"} == places
    assert "(0010,0010)" in {truth.location for truth in all_of_it}


def test_a_table_may_begin_with_another_person_and_have_its_own_locale(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    table = '[[folders]]\npath = "{surname}"\nfirst = 3\npersons = 2\nlocale = '
    file.write_text(f'title = "t"\n{table}"ka"\n')
    plant(load(file), tmp_path / "volume", Planting(locale="de"))
    known = people()
    expected = {person(known, 1, "ka", number).surname[0] for number in (3, 4)}
    assert set(os.listdir(tmp_path / "volume")) == expected
    file.write_text(f'title = "t"\n{table}"xx"\n')
    with pytest.raises(VestigeError, match=r"^own: table 1: .*'xx' is no locale"):
        plant(load(file), tmp_path / "other")


def test_errors_say_which_table_and_nothing_outside_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "twice.toml"
    file.write_text('title = "t"\n[[bytes]]\npath = "a"\n[[folders]]\npath = "a/b"\n')
    with pytest.raises(VestigeError, match=r"^twice: table 2: a recipe plants two entries"):
        plant(load(file), tmp_path / "volume")
    file.write_text('title = "t"\n[[bytes]]\npath = "../a"\n')
    with pytest.raises(VestigeError, match=r"^twice: table 1: a path of a recipe "):
        plant(load(file), tmp_path / "other")
    file.write_text('title = "t"\n[[bytes]]\npath = "日"\nnames = "latin-1"\n')
    with pytest.raises(VestigeError, match=r"^twice: table 1: a path cannot be written"):
        plant(load(file), tmp_path / "third")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other", "third", "twice.toml", "volume"]


def test_pieces_have_their_places_and_members_their_ways(tmp_path: Path) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text(
        """title = "t"
[[bytes]]
path = "a"
text = "T"
layout = [{ text = "{person}", width = 4, fill = 46 }, { hex = "ff", zeros = 2 }, { text = "é" }]
[[archives]]
path = "b.zip"
form = "zip"
members = [
    { path = "c/{person:03}", kind = "CT", header = "dirty" },
    { path = "d.gz", form = "gzip", members = [{ path = "d", text = "{mrn}" }] },
]
""",
        encoding="utf-8",
    )
    truths = plant(load(recipe), tmp_path / "volume")
    assert (tmp_path / "volume/a").read_bytes() == b"T1...\xff\0\0\xc3\xa9"
    someone = person(people(), 1, "de", 1)
    with zipfile.ZipFile(tmp_path / "volume/b.zip") as held:
        assert gzip.decompress(held.read("d.gz")).decode() == someone.mrn
        found = pydicom.dcmread(BytesIO(held.read("c/001")))
        assert found.PatientID == someone.mrn
    said = {truth.location for truth in truths if truth.path == b"b.zip"}
    assert "(0010,0010)" in said
