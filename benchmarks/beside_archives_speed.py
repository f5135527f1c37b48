"""Speed of archives beside that of the same files unpacked, in the same run.

    python benchmarks/beside_archives_speed.py [--files 10000] [--keep FOLDER]

builds a tree of small CT and MR files (see `trees.series_ordered`), packs it as one archive of each
kind, runs `vestige scan` on each on one core, the cache warm, up to three times, and prints
microseconds of CPU a file (the clock counts what else the machine does), start-up taken off, and
how many times as fast as unpacked that is: 0.5 is the target. The same stands afterwards in
benchmarks/results/.
"""

import argparse
import datetime as dt
import json
import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks import trees  # noqa: E402
from benchmarks.measure import Run, best, measured  # noqa: E402

SCAN_CODES = (0, 1, 3)
TARGET = 0.5


def main() -> None:
    """Build, pack, measure, print, write."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(options.keep or folder)
        tree = work / "unpacked"
        if not tree.exists():
            trees.series_ordered(tree, options.files)
        (work / "empty").mkdir(exist_ok=True)
        start = _seconds(work, work / "empty")
        rows = {"unpacked": _seconds(work, tree) - start}
        for name, pack in PACKS.items():
            volume = work / name
            if not volume.exists():
                volume.mkdir()
                pack(tree, volume / "all")
            rows[name] = _seconds(work, volume) - start
    found = {
        name: {"us_a_file": seconds / options.files * 1e6, "ratio": rows["unpacked"] / seconds}
        for name, seconds in rows.items()
    }
    for name, one in found.items():
        met = "met" if one["ratio"] >= TARGET else "MISSED"
        print(f"{name:14} {one['us_a_file']:8.1f} us a file   {one['ratio']:5.2f} x   {met}")
    date = dt.datetime.now(dt.UTC).date().isoformat()
    told = {"files": options.files, "target": TARGET, "volumes": found}
    (options.out / f"{date}-beside-archives-speed.json").write_text(
        json.dumps(told, indent=2) + "\n"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    return parser.parse_args()


def _seconds(work: Path, volume: Path) -> float:
    """The seconds of CPU of a whole scan on one core."""
    out = work / "out"

    def once() -> Run:
        shutil.rmtree(out, ignore_errors=True)
        code = "from vestige.cli import main; main()"
        scan = ("scan", str(volume), "--out", str(out), "--jobs", "1")
        return measured((sys.executable, "-c", code, *scan), 1, SCAN_CODES)

    return best(once, 3).cpu


def _zip(method: int, tree: Path, to: Path) -> None:
    with zipfile.ZipFile(to, "w", method) as made:
        for path in sorted(tree.rglob("*.dcm")):
            made.write(path, path.relative_to(tree))


def _tar(mode: str, tree: Path, to: Path) -> None:
    with tarfile.open(to, mode) as made:  # type: ignore[call-overload]
        made.add(tree, "all")


PACKS: dict[str, Callable[[Path, Path], None]] = {
    "zip stored": partial(_zip, zipfile.ZIP_STORED),
    "zip deflated": partial(_zip, zipfile.ZIP_DEFLATED),
    "tar": partial(_tar, "w"),
    "tar.gz": partial(_tar, "w:gz"),
    "tar.xz": partial(_tar, "w:xz"),
}


if __name__ == "__main__":
    main()
