"""What a review costs that comes again: beside `find`, and beside a full scan.

    python benchmarks/review.py [--files 200000] [--keep FOLDER] [--scan FOLDER]
    python benchmarks/review.py --paranoid [--files 20000]

builds a volume (or takes the one in FOLDER), scans it once, and measures on it, each step as whole
processes from start to exit, the cache warm, one after the other and the shortest of some runs:
`find -printf` of the facts that a scan keeps, the review of a volume on which nothing has changed,
and, after 1 % of its files were written anew, renamed and deleted, the review of that beside a
full scan. A dated result is left in benchmarks/results/. With --paranoid only the review by the
digests of contents is measured, of the same volume with some long files in it, unchanged: beside
`sha256sum` of all its files, in as many processes as the scan has workers.
"""

import argparse
import datetime as dt
import json
import os
import platform
import random
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks import trees  # noqa: E402

FACTS = "%i %s %T@ %C@ %p\n"
LIMIT = 2.5
"""How many times `find` the review of an unchanged volume may cost at most."""

_CODES = frozenset({0, 1, 3})
_SHARE = 100
_LONG, _LONG_BYTES = 16, 64 << 20
_REPORTS = ("findings.csv", "occurrences.csv", "families.csv", "problems.csv")
_COMMAND = (sys.executable, "-c", "from vestige.cli import main; main()")


class Cost(NamedTuple):
    """Seconds by the clock, and of processor time, of a process and its children."""

    wall: float
    cpu: float


def main() -> None:
    """Build, measure, print, write."""
    options = _options()
    with _folder(options.keep) as work:
        volume = work / "tree"
        trees.grown(volume, "series", options.files, Path("none"))
        measured = _by_digest if options.paranoid else _measured
        told = measured(volume, work, options)
    text = json.dumps(told, indent=2) + "\n"
    print(text)
    name = f"{told['date']}-review{'-paranoid' * options.paranoid}.json"
    (options.out / name).write_text(text, encoding="utf-8")


def _measured(volume: Path, work: Path, options: argparse.Namespace) -> dict[str, object]:
    first = work / "first"
    shutil.rmtree(first, ignore_errors=True)
    full = _cost(_scan(volume, first, options))
    _settle(volume)
    finds, again = [], []
    for _ in range(options.repeat):
        finds.append(_cost(["find", str(volume), "-printf", FACTS]))
        out = _fresh(work / "again")
        again.append(_cost(_scan(volume, out, options, first)))
        _demand_short_way(out)
    changed = _changed(volume, options.files // _SHARE)
    since = _cost(_scan(volume, _fresh(work / "since"), options, first))
    anew = _cost(_scan(volume, _fresh(work / "anew"), options))
    same = all(
        (work / "since" / name).read_bytes() == (work / "anew" / name).read_bytes()
        for name in _REPORTS
    )
    find, best = min(finds), min(again)
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "files": options.files,
        "load_before": list(os.getloadavg()),
        "full_scan": full._asdict(),
        "find": find._asdict(),
        "nothing_changed": best._asdict(),
        "ratio_to_find": {
            "wall": round(best.wall / find.wall, 2),
            "cpu": round(min(one.cpu for one in again) / min(one.cpu for one in finds), 2),
            "limit": LIMIT,
        },
        "changed": changed,
        "one_percent_changed": since._asdict(),
        "one_percent_full_scan": anew._asdict(),
        "ratio_to_full_scan": round(since.wall / anew.wall, 2),
        "reports_equal": same,
    }


def _by_digest(volume: Path, work: Path, options: argparse.Namespace) -> dict[str, object]:
    long = volume / "long"
    long.mkdir(exist_ok=True)
    for number in range(_LONG):
        (long / f"{number}.raw").write_bytes(random.Random(number).randbytes(_LONG_BYTES))  # noqa: S311 - no secret
    sizes = [path.stat().st_size for path in volume.rglob("*") if path.is_file()]
    plain = _cost(_scan(volume, _fresh(work / "plain"), options))
    first = _cost([*_scan(volume, _fresh(work / "kept"), options), "--paranoid"])
    sums = ["find", str(volume), "-type", "f", "-print0"]
    each = ["xargs", "-0", "-n", "64", "-P", str(options.jobs), "sha256sum"]
    shell = ["sh", "-c", f"{shlex.join(sums)} | {shlex.join(each)}"]
    again, summed = [], []
    for _ in range(options.repeat):
        summed.append(_cost(shell))
        out = _fresh(work / "again")
        again.append(_cost([*_scan(volume, out, options, work / "kept"), "--paranoid"]))
    carried = json.loads((out / "summary.json").read_text(encoding="utf-8"))["coverage"]["carried"]
    best = min(again)
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "files": len(sizes),
        "bytes": sum(sizes),
        "load_before": list(os.getloadavg()),
        "scan": plain._asdict(),
        "scan_paranoid": first._asdict(),
        "sha256sum": min(summed)._asdict(),
        "nothing_changed": best._asdict(),
        "megabytes_a_second": round(sum(sizes) / best.wall / 1e6),
        "carried": carried,
        "ratio_to_sha256sum": round(best.wall / min(summed).wall, 2),
    }


def _scan(
    volume: Path, out: Path, options: argparse.Namespace, since: Path | None = None
) -> list[str]:
    given = [*_COMMAND, "scan", str(volume), "--out", str(out), "--jobs", str(options.jobs)]
    return given if since is None else [*given, "--since", str(since)]


def _cost(command: Sequence[str]) -> Cost:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in _CODES:
        raise SystemExit(f"{command[:4]} ended with {done.returncode}")
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    return Cost(round(wall, 3), round(user + system, 3))


def _demand_short_way(out: Path) -> None:
    coverage = json.loads((out / "summary.json").read_text(encoding="utf-8"))["coverage"]
    if coverage["carried"] != coverage["seen"]:
        raise SystemExit("the volume was not found unchanged")


def _settle(volume: Path) -> None:
    """Wait until what follows is surely younger than the scan."""
    os.sync()
    list(os.walk(volume))


def _changed(volume: Path, count: int) -> dict[str, int]:
    volume.with_name(f"{volume.name}.complete").unlink(missing_ok=True)  # it is another one now
    chance = random.Random(7)  # noqa: S311 - a benchmark, no secret
    files = chance.sample(sorted(volume.rglob("*.dcm")), count)
    done = {"written": 0, "renamed": 0, "deleted": 0}
    for number, path in enumerate(files):
        if number % 3 == 0:
            path.write_bytes(path.read_bytes())
            done["written"] += 1
        elif number % 3 == 1:
            path.rename(path.with_name(f"renamed{number}.dcm"))
            done["renamed"] += 1
        else:
            path.unlink()
            done["deleted"] += 1
    return done


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="vestige-review-") as made:
        yield Path(made)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--repeat", type=int, default=5, help="runs of find and of the review")
    parser.add_argument("--paranoid", action="store_true", help="measure reviews by digest alone")
    parser.add_argument("--keep", type=Path, help="folder for the volume, which stays")
    default = Path(__file__).parent / "results"
    parser.add_argument("--out", type=Path, default=default, help="folder for the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
