"""Every difference between a seal and a folder is told, and of its own kind."""

import os
import shutil
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.custody.test_exhibit import HOSTILE, plant, sealed
from vestige.custody import exhibit
from vestige.custody.compare import Against, Heard, compare
from vestige.custody.exhibit import Subtree
from vestige.evidence import Apart, Comparison, Difference, Sample, State
from vestige.model import Kind


class Told(NamedTuple):
    """A comparison, and every difference that it told."""

    of: Comparison
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return self.of.holds


def held(
    tmp_path: Path,
    against: Against,
    sample: Sample | None = None,
    states: Callable[[], Iterable[State]] | None = None,
) -> Told:
    differences: list[Difference] = []
    heard = Heard(lambda _files, _bytes: None, differences.append)
    sealed_states = states or (lambda: exhibit.listed(tmp_path / "E1"))
    found = compare(sealed_states, against, 2, heard, sample)
    assert found.first == tuple(differences[:20])
    assert sum(found.counts.values()) == len(differences)
    return Told(found, tuple(differences))


def in_place(tmp_path: Path) -> Against:
    return Against(os.fsencode(tmp_path / "v"), in_place=True)


def told(found: Told) -> set[tuple[Apart, bytes]]:
    return {(one.apart, one.path) for one in found.differences}


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    sealed(plant(tmp_path / "v"), tmp_path / "E1")
    return tmp_path / "v"


def test_nothing_differs_where_nobody_touched_anything(tmp_path: Path, volume: Path) -> None:
    found = held(tmp_path, in_place(tmp_path))
    assert found.differences == ()
    assert found.holds
    assert found.of.expected == found.of.found
    assert found.of.compared == 20 + len(HOSTILE)
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
    broken = held(tmp_path, against)
    assert [one.path for one in broken.differences if one.apart is Apart.CHANGED] == [FILE]
    assert broken.of.counting == 1


def test_part_of_an_exhibit_can_be_left_out(tmp_path: Path, volume: Path) -> None:
    shutil.rmtree(volume / "0")
    assert {one.apart for one in held(tmp_path, in_place(tmp_path)).differences} == {Apart.MISSING}
    left = in_place(tmp_path)._replace(without=(b"0",))
    found = held(tmp_path, left)
    assert found.holds
    assert found.of.expected == found.of.found


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
    assert held(tmp_path, in_place(tmp_path), Sample(5, 26, "a")).of.compared == 5


def test_what_had_no_digest_when_it_was_sealed_is_never_right(tmp_path: Path, volume: Path) -> None:
    states = [
        one._replace(sha256="", problem="shut") if one.path == FILE else one
        for one in exhibit.listed(tmp_path / "E1")
    ]
    found = held(tmp_path, in_place(tmp_path), states=lambda: states)
    assert told(found) == {(Apart.UNREADABLE, FILE)}
    assert not found.holds
    assert volume.exists()


def linked(tmp_path: Path) -> Path:
    """A volume of which two parts hold names of one file, sealed."""
    volume = tmp_path / "v"
    plant(volume)
    for name in ("kept", "deleted", "also-deleted"):
        (volume / name).mkdir()
    (volume / "kept" / "one").write_text("shared")
    for name in ("deleted/two", "also-deleted/three", "kept/four"):
        os.link(volume / "kept" / "one", volume / name)
    sealed(Subtree(os.fsencode(volume)), tmp_path / "E1")
    return volume


def test_a_name_that_was_deleted_explains_what_changed_of_the_others(tmp_path: Path) -> None:
    volume = linked(tmp_path)
    shutil.rmtree(volume / "deleted")
    left = in_place(tmp_path)._replace(without=(b"deleted",))
    found = held(tmp_path, left)
    assert found.holds
    paths = (b"also-deleted/three", b"kept/four", b"kept/one")
    assert told(found) == {(Apart.UNLINKED, path) for path in paths}
    assert all("1 of its names" in one.what for one in found.differences)


def test_a_name_more_than_was_to_be_deleted_is_not_explained(tmp_path: Path) -> None:
    volume = linked(tmp_path)
    shutil.rmtree(volume / "deleted")
    os.link(volume / "kept" / "one", tmp_path / "aside")
    (volume / "kept" / "four").unlink()
    (tmp_path / "aside").unlink()
    found = held(tmp_path, in_place(tmp_path)._replace(without=(b"deleted",)))
    assert (Apart.MISSING, b"kept/four") in told(found)
    assert (Apart.ATTRIBUTES, b"kept/one") in told(found)


def test_a_file_that_was_touched_beside_is_not_explained(tmp_path: Path) -> None:
    volume = linked(tmp_path)
    shutil.rmtree(volume / "deleted")
    (volume / "kept" / "one").chmod(0o777)
    found = held(tmp_path, in_place(tmp_path)._replace(without=(b"deleted",)))
    assert (Apart.ATTRIBUTES, b"kept/one") in told(found)
    assert not found.holds


def test_memory_does_not_grow_with_differences(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    numbers = (0,) * 9

    def states() -> Iterable[State]:
        return (State(b"%09d" % number, Kind.FILE, *numbers) for number in range(count))

    peaks = []
    for count in (20_000, 80_000):
        heard = Heard(lambda _files, _bytes: None, lambda _difference: None)
        tracemalloc.start()
        found = compare(states, Against(os.fsencode(tmp_path / "none")), 1, heard)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found.counts[Apart.MISSING] == found.differing == count
        assert len(found.first) == 20
    assert peaks[1] < 1.5 * peaks[0]
