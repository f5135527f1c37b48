"""Every difference between a seal and a folder is told, and of its own kind."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.custody.test_exhibit import HOSTILE, plant, sealed
from vestige.custody import exhibit
from vestige.custody.compare import Against, compare
from vestige.evidence import Apart, Comparison, Sample


def held(tmp_path: Path, against: Against, sample: Sample | None = None) -> Comparison:
    return compare(
        lambda: exhibit.listed(tmp_path / "E1"), against, 2, lambda _files, _bytes: None, sample
    )


def in_place(tmp_path: Path) -> Against:
    return Against(os.fsencode(tmp_path / "v"), in_place=True)


def told(found: Comparison) -> set[tuple[Apart, bytes]]:
    return {(one.apart, one.path) for one in found.differences}


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    sealed(plant(tmp_path / "v"), tmp_path / "E1")
    return tmp_path / "v"


def test_nothing_differs_where_nobody_touched_anything(tmp_path: Path, volume: Path) -> None:
    found = held(tmp_path, in_place(tmp_path))
    assert found.differences == ()
    assert found.holds
    assert found.expected == found.found
    assert found.compared == 20 + len(HOSTILE)
    assert volume.exists()


def one_bit(root: Path) -> None:
    file = root / "0" / "00003.dcm"
    before = file.stat()
    content = bytearray(file.read_bytes())
    content[7] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def swapped(root: Path) -> None:
    one, other = root / "0" / "00003.dcm", root / "0" / "00006.dcm"
    aside = root / "0" / "aside"
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def touched(root: Path) -> None:
    os.utime(root / "0" / "00003.dcm")


def renamed(root: Path) -> None:
    (root / "0" / "00003.dcm").rename(root / "0" / "new")


def to_folder(root: Path) -> None:
    (root / "0" / "00003.dcm").unlink()
    (root / "0" / "00003.dcm").mkdir()


def pointed(root: Path) -> None:
    (root / "link").unlink()
    (root / "link").symlink_to("1")


def opened(root: Path) -> None:
    (root / "0" / "00003.dcm").chmod(0o777)


FILE, OTHER, FOLDER = b"0/00003.dcm", b"0/00006.dcm", b"0"


@pytest.mark.parametrize(
    ("tamper", "content", "whatever"),
    [
        (one_bit, {(Apart.CHANGED, FILE)}, {(Apart.ATTRIBUTES, FILE)}),
        (
            swapped,
            {(Apart.CHANGED, FILE), (Apart.CHANGED, OTHER)},
            {(Apart.ATTRIBUTES, path) for path in (FILE, OTHER, FOLDER)},
        ),
        (touched, set(), {(Apart.ATTRIBUTES, FILE)}),
        (
            renamed,
            {(Apart.MISSING, FILE), (Apart.EXTRA, b"0/new")},
            {(Apart.ATTRIBUTES, FOLDER)},
        ),
        (
            to_folder,
            {(Apart.MISSING, FILE), (Apart.EXTRA, FILE)},
            {(Apart.ATTRIBUTES, FOLDER)},
        ),
        (pointed, {(Apart.CHANGED, b"link")}, {(Apart.ATTRIBUTES, b"link")}),
        (opened, set(), {(Apart.ATTRIBUTES, FILE)}),
    ],
)
def test_tampering_is_told(
    tmp_path: Path,
    volume: Path,
    tamper: Callable[[Path], None],
    content: set[tuple[Apart, bytes]],
    whatever: set[tuple[Apart, bytes]],
) -> None:
    tamper(volume)
    found = held(tmp_path, in_place(tmp_path))
    assert told(found) == content | whatever
    assert not found.holds


def test_a_copy_may_have_other_times_and_owners_but_no_other_content(
    tmp_path: Path, volume: Path
) -> None:
    shutil.copytree(volume, tmp_path / "copy", symlinks=True, copy_function=shutil.copyfile)
    against = Against(os.fsencode(tmp_path / "copy"))
    found = held(tmp_path, against)
    assert found.holds
    assert {one.apart for one in found.differences} == {Apart.ATTRIBUTES}
    one_bit(tmp_path / "copy")
    assert {one.path for one in held(tmp_path, against).counting} == {FILE}


def test_part_of_an_exhibit_can_be_left_out(tmp_path: Path, volume: Path) -> None:
    shutil.rmtree(volume / "0")
    assert {one.apart for one in held(tmp_path, in_place(tmp_path)).differences} == {Apart.MISSING}
    left = in_place(tmp_path)._replace(without=(b"0",))
    found = held(tmp_path, left)
    assert found.holds
    assert found.expected == found.found


def test_a_sample_is_drawn_again_from_its_seed(tmp_path: Path, volume: Path) -> None:
    one_bit(volume)
    found = [
        held(tmp_path, in_place(tmp_path), Sample(5, 26, seed)).differences
        for seed in ("a", "a", *map(str, range(30)))
    ]
    assert found[0] == found[1]
    shown = [any(one.apart is Apart.CHANGED for one in differences) for differences in found[2:]]
    assert any(shown)
    assert not all(shown)
    assert held(tmp_path, in_place(tmp_path), Sample(5, 26, "a")).compared == 5


def test_what_had_no_digest_when_it_was_sealed_is_never_right(tmp_path: Path, volume: Path) -> None:
    states = [
        one._replace(sha256="", problem="shut") if one.path == FILE else one
        for one in exhibit.listed(tmp_path / "E1")
    ]
    found = compare(lambda: states, in_place(tmp_path), 1, lambda _f, _b: None)
    assert told(found) == {(Apart.UNREADABLE, FILE)}
    assert not found.holds
    assert volume.exists()
