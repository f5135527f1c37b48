"""What readers and workers gain where every opening waits, as it does on a network drive.

    python benchmarks/latency.py [--files 2000] [--delay 2]

plants a volume, scans it with so many milliseconds put before each opening of a file, and prints
the time of each setting as a share of that of one worker without readers.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, os.fspath(Path(__file__).parents[1]))

from benchmarks import trees
from vestige.read.file import Folder, Glance
from vestige.run import scan as scans
from vestige.run.plan import Request, plan

SETTINGS = ((1, 0), (1, 4), (1, 16), (4, 0), (2, 16))
"""Workers, and readers of each."""


def main() -> None:
    """Plant, scan, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--delay", type=float, default=2.0, help="milliseconds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vestige-latency-") as folder:
        volume = Path(folder) / "volume"
        trees.series_ordered(volume, options.files)
        wait(options.delay / 1000)
        first = 0.0
        print(f"{options.files:,} files, {options.delay} ms before each opening")
        for number, (jobs, readers) in enumerate(SETTINGS):
            out = Path(folder) / f"out-{number}"
            seconds = timed(volume, out, jobs, readers)
            first = first or seconds
            who = f"{jobs} workers, {readers:>2} readers each"
            print(f"{who} {seconds:>7.1f} s {seconds / first:>6.2f} x")


def wait(seconds: float) -> None:
    """Put a delay before every opening of a file, in this process and its workers."""
    real = Folder.glance

    def late(self: Folder, name: bytes, length: int, size: int = 0) -> Glance:
        time.sleep(seconds)
        return real(self, name, length, size)

    Folder.glance = late  # type: ignore[method-assign]


def timed(volume: Path, out: Path, jobs: int, readers: int) -> float:
    """Seconds of one scan."""
    key = volume.with_suffix(".key")
    key.write_bytes(bytes(32))
    os.chmod(key, 0o600)
    request = Request(roots=(volume,), out=out, key=key, jobs=jobs, readers=readers)
    planned = plan(request)
    start = time.perf_counter()
    scans.scan(planned, lambda _progress: None)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
