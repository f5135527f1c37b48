"""Volumes to measure on: synthetic, made from a seed, as large as wanted."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pydicom
from pydicom.dataelem import RawDataElement

from benchmarks import images


def series_ordered(volume: Path, files: int) -> None:
    """Patients, studies, series: one folder a series, its files in order."""
    for number, slices in _series(files):
        folder = volume / f"P{number // 8:05}" / f"ST{number // 4 % 2 + 1}" / f"SE{number % 4 + 1}"
        folder.mkdir(parents=True)
        for index, data in enumerate(slices, 1):
            (folder / f"IM{index:05}.dcm").write_bytes(data)


def interleaved(volume: Path, files: int) -> None:
    """A store as Orthanc keeps it: every file in the folder of its own identifier's beginning."""
    chance = random.Random(5)  # noqa: S311 - a benchmark, no secret
    for _, slices in _series(files):
        for data in slices:
            digits = f"{chance.getrandbits(128):032x}"
            folder = volume / digits[:2] / digits[2:4]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _uuid(digits)).write_bytes(data)


def private(volume: Path, files: int, samples: Path) -> int:
    """Copies of the real files in `samples` with large private headers; gives how many of them.

    No two copies are the same: each long private value ends in the copy's number, as the values of
    a real series differ from slice to slice.
    """
    chosen = [found for path in sorted(samples.rglob("*")) if (found := _long_private(path))]
    for number in range(files if chosen else 0):
        data, ends = chosen[number % len(chosen)]
        copy = bytearray(data)
        for end in ends:
            copy[end - 8 : end] = b"%08d" % number
        folder = volume / f"{number % len(chosen):03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.dcm").write_bytes(copy)
    return len(chosen)


_LARGEST = 1 << 20
_LONG = 1024
_LARGE = 4096
_MAKERS = re.compile(rb"SIEMENS |GEMS_")


def _long_private(path: Path) -> tuple[bytes, tuple[int, ...]] | None:
    """A Siemens or GE file and where its long private values end; None if they are not large."""
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return None
    data = path.read_bytes()
    if data[128:132] != b"DICM" or not _MAKERS.search(data):
        return None
    header = pydicom.dcmread(BytesIO(data), stop_before_pixels=True)
    found = [
        (raw.value_tell, raw.length)
        for raw in header.values()
        if isinstance(raw, RawDataElement) and raw.tag.is_private and _LONG < raw.length < _LARGEST
    ]
    deflated = header.file_meta.TransferSyntaxUID.is_deflated
    if deflated or sum(length for _, length in found) < _LARGE:
        return None
    return data, tuple(start + length for start, length in found)


def grown(volume: Path, kind: str, count: int, samples: Path) -> None:
    """The volume of a kind, of so many files or names; one that stands there is taken as it is."""
    mark = _mark(volume)
    if volume.is_dir() and mark.exists() and mark.read_text() == _EDITION:
        return
    removed(volume)
    volume.mkdir(parents=True)
    if kind == "private":
        private(volume, count, samples)
    else:
        _KINDS[kind](volume, count)
    mark.write_text(_EDITION)


def removed(volume: Path) -> None:
    """The volume is gone, and its mark."""
    _mark(volume).unlink(missing_ok=True)
    if volume.exists():
        shutil.rmtree(volume)


def _mark(volume: Path) -> Path:
    """What tells that a volume was built to its end."""
    return volume.with_name(f"{volume.name}.complete")


_EDITION = "1"
"""Of what this module writes: a volume of another edition is built anew."""


def other(volume: Path, files: int) -> None:
    """Files that are no DICOM, one thousand a folder."""
    for number in range(files):
        if number % 1000 == 0:
            folder = volume / f"batch-{number // 1000:04}"
            folder.mkdir(parents=True)
        (folder / f"note-{number:07}.txt").write_bytes(b"nothing of interest %07d\n" % number)


def names(volume: Path, entries: int) -> None:
    """Empty files, one thousand a folder, named by number, by UID or by UUID: nothing but names."""
    chance = random.Random(7)  # noqa: S311 - a benchmark, no secret
    volume.mkdir(parents=True, exist_ok=True)
    folder, named = volume, _NAMED[0]
    for number in range(entries - 1):  # the root is an entry too
        batch, index = divmod(number, 1001)
        if index:
            (folder / named(batch, index, chance)).touch()
        else:
            folder = volume / f"batch-{batch:04}"
            folder.mkdir()
            named = _NAMED[batch % len(_NAMED)]


def _by_number(batch: int, index: int, _: random.Random) -> str:
    return f"IM-{batch:04}-{index:04}.dcm"


def _by_uid(batch: int, index: int, chance: random.Random) -> str:
    return f"{images.UID_ROOT}.{batch}.{index}.{chance.randrange(10**12)}.dcm"


def _by_uuid(_batch: int, _index: int, chance: random.Random) -> str:
    return _uuid(f"{chance.getrandbits(128):032x}")


def _uuid(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


_NAMED: tuple[Callable[[int, int, random.Random], str], ...] = (_by_number, _by_uid, _by_uuid)


def _series(files: int) -> Iterator[tuple[int, Iterator[bytes]]]:
    """The number of each series, and the bytes of its files."""
    for number in range((files + images.SLICES - 1) // images.SLICES):
        slices = min(images.SLICES, files - number * images.SLICES)
        yield number, images.slices_of(number, slices)


_KINDS: dict[str, Callable[[Path, int], None]] = {
    "series": series_ordered,
    "interleaved": interleaved,
    "other": other,
    "names": names,
}
