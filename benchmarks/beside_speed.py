"""Speed in texts beside the images: megabytes a second of a core, beside reading and Python.

    python benchmarks/beside_speed.py [--megabytes 8] [--seed 1] [--only dcm2niix yaml]

writes files of each kind of `kinds_of_speed`, judges them in this process, and prints the first
run, in which nothing is known yet, and a second one over other files of the same kind: megabytes a
second of processor time of the user and the system, and files a second. `reading` is to open, ask
and read the same files and no more; `python` is to read them and take them apart with the standard
library's reader of that kind (PyYAML's for YAML), which judges nothing.
"""

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks.kinds_of_speed import KINDS  # noqa: E402
from vestige import catalog  # noqa: E402
from vestige.listing import Listed  # noqa: E402
from vestige.run.examine import Examiner  # noqa: E402
from vestige.walk import Siblings  # noqa: E402

_RARELY = (50_000, 20, 50)
"""How often workers look for garbage, and so this process."""

_COLUMNS = ("first MB/s", "then MB/s", "files/s", "reading", "python", "kB/file")


def main() -> None:
    """Write, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=tuple(KINDS), default=tuple(KINDS))
    options = parser.parse_args()
    size = int(options.megabytes * 1e6)
    gc.set_threshold(*_RARELY)
    print(f"{'kind':10}" + "".join(f"{one:>12}" for one in _COLUMNS))
    for name in options.only:
        chance = random.Random(options.seed)  # noqa: S311 - no secret
        examiner = Examiner(catalog.load(), catalog.policy("gdpr"), b"k" * 32)
        made, peer = KINDS[name]
        gc.freeze()
        with tempfile.TemporaryDirectory() as folder:
            first, then = Path(folder) / "first", Path(folder) / "then"
            for one in (first, then):
                written, files = _write(one, made(chance), size)
            _reading(then, len)
            cold, warm = _judging(examiner, first), _judging(examiner, then)
            alone, python = _reading(then, len), _reading(then, peer)
        seconds = (cold, warm, alone, python)
        slow, fast, read, parsed = (f"{written / one / 1e6:12.1f}" for one in seconds)
        each = f"{written / files / 1e3:12.1f}"
        print(f"{name:10}{slow}{fast}{files / warm:12.0f}{read}{parsed}{each}", flush=True)


def _write(folder: Path, made: Iterator[bytes], size: int) -> tuple[int, int]:
    """Files of `size` bytes in all, or a little more; gives bytes and files."""
    folder.mkdir()
    number = written = 0
    while written < size:
        data = next(made)
        (folder / f"{number:06}").write_bytes(data)
        written += len(data)
        number += 1
    return written, number


def _judging(examiner: Examiner, folder: Path) -> float:
    """Seconds of processor time."""
    listed: list[Listed] = []
    for path in sorted(folder.iterdir()):
        status = path.stat()
        listed.append(
            (
                path.name.encode(),
                "file",
                status.st_size,
                status.st_mtime_ns,
                status.st_ctime_ns,
                status.st_ino,
            )
        )
    group = Siblings(1, 0, str(folder).encode() + b"/", listed, {}, 0.0)
    start = time.process_time()
    examiner.examine([group])
    return time.process_time() - start


def _reading(folder: Path, peer: Callable[[bytes], object]) -> float:
    """Seconds of processor time to read all files, and to do with each what somebody else does."""
    paths = sorted(folder.iterdir())
    start = time.process_time()
    for path in paths:
        peer(path.read_bytes())
    return time.process_time() - start


if __name__ == "__main__":
    main()
