"""Speed and memory of a whole scan, as ratios to its peers on the same files in the same run.

    python benchmarks/scan.py [--files 20000] [--jobs 2]

plants synthetic volumes in a temporary folder and prints, for each step, files a second and the
ratio to the I/O floor: opening every file and reading its first 8 KiB. A second, four times smaller
volume shows that memory does not grow with the number of files.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pydicom

from vestige import planting

RECIPE = """
title = "Small files of one release, and a phantom directory beside it"
persons = {persons}

[[files]]
path = "release/sub-{{person:05}}/S{{series:03}}/{{n:04}}.dcm"
kind = "MR"
header = "clean"
series = 2
each = 9

[[files]]
path = "export_v1/{{SURNAME}}_{{uuid}}/{{n:04}}.dcm"
kind = "CT"
header = "clean"
each = 2
"""
PER_PERSON = 20
HEAD = 8192


def main() -> None:
    """Plant, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vestige-benchmark-") as folder:
        small = planted(Path(folder) / "small", options.files // 4)
        large = planted(Path(folder) / "large", options.files)
        report(small, large, options.jobs)


def planted(volume: Path, files: int) -> Path:
    """A volume of so many files."""
    volume.mkdir()
    recipe = volume.with_suffix(".toml")
    recipe.write_text(RECIPE.format(persons=files // PER_PERSON), encoding="utf-8")
    planting.plant(planting.load(recipe), volume, planting.Planting(seed=1))
    return volume


def report(small: Path, large: Path, jobs: int) -> None:
    """One line a step."""
    count = sum(1 for _ in paths(large))
    floor = timed(lambda: read_heads(large))
    with_pydicom = timed(lambda: read_with_pydicom(large))
    seconds, peak = scanned(large, jobs)
    _, small_peak = scanned(small, jobs)
    print(f"{count:,} files, {jobs} workers; times in seconds, the cache warm")
    for step, took in (
        ("open and read 8 KiB (floor, one process)", floor),
        ("pydicom, headers alone (one process)", with_pydicom),
        ("vestige scan, reports and all", seconds),
    ):
        print(f"{step:<42}{took:>8.1f} s{count / took:>10,.0f} files/s{took / floor:>8.1f} x floor")
    print(f"scan / pydicom: {seconds / with_pydicom:.2f}")
    print(
        f"peak memory of one process: {peak:.0f} MB; of a quarter of the files {small_peak:.0f} MB"
    )


def paths(volume: Path) -> Iterator[str]:
    """All files below a folder."""
    for folder, _, files in os.walk(volume):
        yield from (os.path.join(folder, name) for name in files)


def timed(step: Callable[[], None]) -> float:
    """Seconds that a step takes, the second time."""
    step()
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def read_heads(volume: Path) -> None:
    """The I/O floor."""
    for path in paths(volume):
        descriptor = os.open(path, os.O_RDONLY)
        os.read(descriptor, HEAD)
        os.close(descriptor)


def read_with_pydicom(volume: Path) -> None:
    """What a script with pydicom does: every top-level header, values as they are."""
    for path in paths(volume):
        pydicom.dcmread(path, stop_before_pixels=True, force=True)


def scanned(volume: Path, jobs: int) -> tuple[float, float]:
    """Seconds and peak memory (MB, the greatest of any of its processes) of `vestige scan`."""
    out = volume.with_suffix(".out")
    code = (
        "import resource, sys\n"
        "from vestige.cli import main\n"
        "try: main()\n"
        "finally:\n"
        "    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)\n"
        "    print('peak', max(resource.getrusage(kind).ru_maxrss for kind in kinds))\n"
    )
    command = [sys.executable, "-c", code, "scan", str(volume), "--out", str(out)]
    key = volume.with_suffix(".key")
    key.write_bytes(b"k" * 32)
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--jobs", str(jobs), "--key", str(key)], capture_output=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode != 1:
        sys.exit(f"the scan ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return seconds, int(done.stdout.split()[-1]) / 1024


if __name__ == "__main__":
    main()
