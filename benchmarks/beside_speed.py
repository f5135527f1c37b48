"""Speed in texts beside the images: megabytes a second of one core, and beside reading alone.

    python benchmarks/beside_speed.py [--megabytes 8] [--seed 1]

writes side-cars, tables, logs and prose, judges each in this process, and prints the first run, in
which nothing is known yet, and a second one over other files of the same kind.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks.bids_tree import sidecar  # noqa: E402
from vestige import catalog  # noqa: E402
from vestige.listing import Listed  # noqa: E402
from vestige.run.examine import Examiner  # noqa: E402
from vestige.walk import Siblings  # noqa: E402

_WORDS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def main() -> None:
    """Write, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    size = int(options.megabytes * 1e6)
    print(f"{'kind':10} {'first MB/s':>11} {'then MB/s':>10} {'of reading':>11}")
    for name, make in _KINDS.items():
        examiner = Examiner(catalog.load(), catalog.policy("gdpr"), b"k" * 32)
        with tempfile.TemporaryDirectory() as folder:
            first, then = Path(folder) / "first", Path(folder) / "then"
            for one in (first, then):
                _write(one, make(chance), size)
            _reading(then)
            cold, warm = _judging(examiner, first), _judging(examiner, then)
            alone = _reading(then)
        print(f"{name:10} {size / cold / 1e6:11.1f} {size / warm / 1e6:10.1f} {alone / warm:11.4f}")


def _sidecars(chance: random.Random) -> Iterator[bytes]:
    while True:
        yield (json.dumps(sidecar(chance, "t1_mprage_sag"), indent="\t") + "\n").encode()


def _events(chance: random.Random) -> Iterator[bytes]:
    while True:
        rows = ["onset\tduration\ttrial_type\tresponse_time\tstim_file"]
        for trial in range(300):
            kind = chance.choice(("face", "house", "object", "scrambled"))
            rows.append(f"{trial * 2.5:.3f}\t1.0\t{kind}\t{chance.random():.3f}\timages/{kind}.png")
        yield "\n".join((*rows, "")).encode()


def _logs(chance: random.Random) -> Iterator[bytes]:
    tools = ("bet", "fast", "flirt", "eddy", "topup", "recon-all")
    while True:
        lines = []
        for second in range(2000):
            stamp = f"2024-03-{chance.randint(1, 28):02} {second // 3600:02}:{second // 60 % 60:02}"
            subject = f"sub-{chance.randint(1, 400):03}"
            tool = chance.choice(tools)
            lines.append(
                f"{stamp}:{second % 60:02},{chance.randint(0, 999):03} INFO nipype.workflow: "
                f'[Node] Running "{tool}" for {subject} took {chance.random():.6f}s'
            )
        yield "\n".join((*lines, "")).encode()


def _prose(chance: random.Random) -> Iterator[bytes]:
    """Lines of a manual in another order, each of them with another ending."""
    lines = [line for line in _WORDS.splitlines() if line.strip()]
    while True:
        yield "\n".join((*chance.sample(lines, len(lines)), "")).encode()


_KINDS: dict[str, Callable[[random.Random], Iterator[bytes]]] = {
    "side-cars": _sidecars,
    "tables": _events,
    "logs": _logs,
    "prose": _prose,
}


def _write(folder: Path, made: Iterator[bytes], size: int) -> None:
    folder.mkdir()
    number = 0
    while size > 0:
        data = next(made)
        (folder / f"{number:06}").write_bytes(data)
        size -= len(data)
        number += 1


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


def _reading(folder: Path) -> float:
    start = time.process_time()
    for path in sorted(folder.iterdir()):
        path.read_bytes()
    return time.process_time() - start


if __name__ == "__main__":
    main()
