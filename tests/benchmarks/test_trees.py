"""The volumes that speed is measured on are what they are said to be."""

import os
from pathlib import Path

import pydicom
import pytest

from benchmarks import images, trees

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "dicom"
NOWHERE = Path("absent")

VARYING = {
    "InstanceCreationTime",
    "SOPInstanceUID",
    "AcquisitionTime",
    "ContentTime",
    "InstanceNumber",
    "ImagePositionPatient",
    "SliceLocation",
    "PixelData",
}
POSITION = 0x0051100D


def files(volume: Path) -> list[Path]:
    return sorted(path for path in volume.rglob("*") if path.is_file())


def headers(volume: Path) -> list[pydicom.FileDataset]:
    return [pydicom.dcmread(path) for path in files(volume)]


def test_files_of_a_series_differ_only_where_slices_do(tmp_path: Path) -> None:
    trees.series_ordered(tmp_path, images.SLICES + 20)
    first, *others = headers(tmp_path)[:20]
    assert 120 <= len(list(first)) <= 145
    for other in others:
        differing = {element.tag for element in first if other[element.tag] != element}
        assert {pydicom.datadict.keyword_for_tag(tag) or tag for tag in differing} == {
            *VARYING,
            POSITION,
        }


def test_values_change_their_lengths_from_slice_to_slice(tmp_path: Path) -> None:
    trees.series_ordered(tmp_path, images.SLICES)
    read = headers(tmp_path)
    assert [header.InstanceNumber for header in read] == list(range(1, images.SLICES + 1))
    assert len({path.stat().st_size for path in files(tmp_path)}) > 1
    assert {(header.Rows, header.pixel_array.shape) for header in read} == {(64, (64, 64))}


def test_series_are_of_two_kinds_and_several_patients(tmp_path: Path) -> None:
    trees.series_ordered(tmp_path, 9 * images.SLICES)
    read = headers(tmp_path)
    assert {header.Modality for header in read} == {"CT", "MR"}
    assert len({header.PatientID for header in read}) == 2
    assert len({header.SeriesInstanceUID for header in read}) == 9
    assert len({header.SOPInstanceUID for header in read}) == len(read)
    assert all(header.SOPInstanceUID == header.file_meta[0x00020003].value for header in read)


def test_interleaved_files_lie_by_chance(tmp_path: Path) -> None:
    trees.interleaved(tmp_path, 60)
    read = files(tmp_path)
    assert len(read) == 60
    assert all(path.name.startswith(path.parent.parent.name) for path in read)
    series = [pydicom.dcmread(path).InstanceNumber for path in read]
    assert series != sorted(series)


def test_a_seed_gives_the_same_volume(tmp_path: Path) -> None:
    for name in "ab":
        trees.grown(tmp_path / name, "interleaved", 12, NOWHERE)
    a, b = ({path.name: path.read_bytes() for path in files(tmp_path / name)} for name in "ab")
    assert a == b


def test_other_files_are_no_dicom(tmp_path: Path) -> None:
    trees.other(tmp_path, 1003)
    assert len(files(tmp_path)) == 1003
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("entries", [1, 2, 3, 1002, 3010])
def test_names_are_counted_with_their_folders_and_the_root(tmp_path: Path, entries: int) -> None:
    trees.names(tmp_path / "volume", entries)
    found = list((tmp_path / "volume").rglob("*"))
    assert len(found) + 1 == entries
    assert not any(path.stat().st_size for path in found if path.is_file())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no real files beside the checkout")
def test_copies_with_large_private_headers_are_all_different(tmp_path: Path) -> None:
    kinds = trees.private(tmp_path, 50, SAMPLES)
    assert 0 < kinds < 50
    read = files(tmp_path)
    assert len({path.read_bytes() for path in read}) == len(read) == 50
    assert all(any(e.tag.is_private for e in pydicom.dcmread(path)) for path in read)


def test_without_real_files_there_are_no_copies(tmp_path: Path) -> None:
    assert trees.private(tmp_path, 5, NOWHERE) == 0


def test_a_finished_volume_is_kept_and_a_broken_off_one_built_anew(tmp_path: Path) -> None:
    volume = tmp_path / "series"
    trees.grown(volume, "series", 2, NOWHERE)
    (volume / "mark").touch()
    trees.grown(volume, "series", 2, NOWHERE)
    assert (volume / "mark").exists()
    (tmp_path / "series.complete").unlink()
    trees.grown(volume, "series", 2, NOWHERE)
    assert not (volume / "mark").exists()
    trees.removed(volume)
    assert os.listdir(tmp_path) == []
