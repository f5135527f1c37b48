"""Sealing, side by side with sha256sum and hashdeep on the same files.

    python benchmarks/custody.py [--large 4] [--small 1] [--times 3] [--out FOLDER]

writes so many GiB in 2,000 files and in 100,000 files, and in turns seals them, hashes them with
`sha256sum` over `xargs -P2` and with `hashdeep -j2`, on the same two cores with the same warm (or
not) cache. Printed and written are seconds of each and the ratio to the faster of the two, and the
greatest memory of the seal's processes together. Peers that are not installed are left out.
"""

import argparse
import datetime as dt
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.measure import Run, best, measured  # noqa: E402

CORES = 2
_GIB = 1 << 30
_LARGE_FILES, _SMALL_FILES = 2_000, 100_000
_IN_FOLDER = 500
VESTIGE = (sys.executable, "-c", "from vestige.cli import main; main()")


class Result(NamedTuple):
    """What each took over one tree, in seconds; the seal's memory in MB."""

    tree: str
    vestige: float
    peers: dict[str, float]
    memory: float

    @property
    def ratio(self) -> float:
        """Speed against the faster peer: 1 is as fast, 2 twice as fast."""
        return min(self.peers.values()) / self.vestige if self.peers else 0.0


def main() -> None:
    """Write, seal, hash, print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="vestige-custody-", dir=options.work) as made:
        work = Path(made)
        results = []
        for name, files, gib in (
            ("large files", _LARGE_FILES, options.large),
            ("small files", _SMALL_FILES, options.small),
        ):
            tree = work / "tree"
            size = int(gib * _GIB) // files
            _write(tree, files, size)
            results.append(_result(f"{name}: {files:,} of {size:,} bytes", tree, work, options))
            shutil.rmtree(tree)
    page = "".join(_lines(results))
    print(page)
    if options.out:
        stem = options.out / f"{dt.datetime.now(dt.UTC):%Y-%m-%d}-custody"
        stem.with_suffix(".md").write_text(page, encoding="utf-8")
        held = [{**one._asdict(), "ratio": one.ratio} for one in results]
        stem.with_suffix(".json").write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--large", type=float, default=4, help="GiB in 2,000 files")
    parser.add_argument("--small", type=float, default=1, help="GiB in 100,000 files")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--work", type=Path, help="folder on the file system to be measured")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def _write(tree: Path, files: int, size: int) -> None:
    """A tree of files that all differ."""
    content = random.Random(1).randbytes(size)  # noqa: S311 - no secret
    for number in range(files):
        folder = tree / f"{number // _IN_FOLDER:05}"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{number:06}.dcm").open("wb") as stream:
            stream.write(number.to_bytes(8, "big") + content[8:])


def _result(name: str, tree: Path, work: Path, options: argparse.Namespace) -> Result:
    """The best of some turns of each, taken in turns so that all meet the same cache."""
    os.environ["XDG_DATA_HOME"] = str(work / "data")
    peers = dict(_peers(tree))
    for command in peers.values():
        measured(command, CORES)
    found = {
        peer: best(partial(measured, command, CORES), options.times)
        for peer, command in peers.items()
    }
    cases = iter(range(1_000))
    own = best(lambda: _sealed(tree, work / f"{name[:5]}-{next(cases)}"), options.times)
    return Result(name, own.seconds, {p: run.seconds for p, run in found.items()}, own.together)


def _sealed(tree: Path, case: Path) -> Run:
    measured((*VESTIGE, "custody", "open", str(case), "--by", "b", "--because", "b"), CORES)
    return measured((*VESTIGE, "custody", "seal", str(case), str(tree)), CORES)


def _peers(tree: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    listing = f"find {tree} -type f -print0"
    if shutil.which("sha256sum"):
        hashing = f"{listing} | xargs -0 -n 64 -P {CORES} sha256sum > {tree}.peer"
        yield "sha256sum, xargs -P2", ("sh", "-c", hashing)
    if shutil.which("hashdeep"):
        yield "hashdeep -j2", ("sh", "-c", f"hashdeep -c sha256 -j{CORES} -r {tree} > {tree}.peer")


def _lines(results: list[Result]) -> Iterator[str]:
    yield f"# Sealing, {dt.datetime.now(dt.UTC):%Y-%m-%d}\n\n"
    peers = list(results[0].peers)
    yield f"| tree | vestige seal | {' | '.join(peers)} | faster than the faster | MB |\n"
    yield f"|---|---|{'---|' * len(peers)}---|---|\n"
    for one in results:
        told = " | ".join(f"{seconds:.2f} s" for seconds in (one.vestige, *one.peers.values()))
        yield f"| {one.tree} | {told} | {one.ratio:.2f} x | {one.memory:.0f} |\n"


if __name__ == "__main__":
    main()
