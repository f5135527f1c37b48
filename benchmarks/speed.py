"""Speed and memory of a whole scan, beside its peers on the same files in the same run.

    python benchmarks/speed.py [--files 200000] [--growth] [--only series names] [--keep FOLDER]

builds volumes, measures on each the floor (open every file, read its first 8 KiB), the least that
any scan in Python costs (benchmarks/least.py), the whole of `vestige scan` as a command (start-up,
reports and all) and what others do, and prints microseconds a file, ratios, and which targets are
met. The same stands afterwards in benchmarks/results/.

Every step runs in processes of its own on one core (two for two workers), the cache warm. Short
steps run up to three times, and the shortest counts. Slow peers read a sample of
the tree, every n-th file, and their start-up is taken off; Vestige's is not. Peers are installed by
`pip install -e ".[benchmark]"`; those that are absent are named, and the rest is measured.
"""

import argparse
import compileall
import datetime as dt
import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

import vestige  # noqa: E402
from benchmarks import trees  # noqa: E402
from benchmarks.measure import Run, best, measured  # noqa: E402
from benchmarks.outcome import Outcome, Step  # noqa: E402
from benchmarks.targets import (  # noqa: E402
    DICOMQC,
    DICOMSDL,
    FEW,
    FIND,
    FLOOR,
    GDCM,
    LEAST,
    MANY,
    PYDICOM,
    SCAN,
    SCAN_2,
    targets,
)

PEERS = {"pydicom": "pydicom", "gdcm": "python-gdcm", "dicomsdl": "dicomsdl", "dicomqc": "dicomqc"}
"""Modules of the peers, and the packages that hold them."""

SCAN_CODES = (0, 1, 3)
"""Nothing found, findings, incomplete: a scan that went to its end."""

AUDIT_CODES = (0, 1, 2)
"""Nothing found, warnings, errors found."""

FACTS = "%p %y %s %T@ %C@ %i\n"
"""What `find` is asked for: the facts that a scan keeps of an entry."""

BYTES = {"series": 16384, "interleaved": 20480, "other": 4352, "names": 400, "private": 400_000}
"""What a file of each tree takes on disk, with its share of the scan's results."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a run is set up."""

    work: Path
    keep: bool
    samples: Path
    sample: int
    repeat: int


def main() -> None:
    """Build, measure, print, write."""
    options = _options()
    wanted = _wanted(options)
    missing = tuple(_missing(options.samples))
    steps: list[Step] = []
    compileall.compile_dir(Path(vestige.__file__).parent, quiet=1)  # as installers do
    with _setting(options) as setting:
        _require_space(setting, wanted)
        for kind, count in wanted:
            if kind == "private" and not options.samples.is_dir():
                continue
            for step in _measured(kind, count, setting):
                print(f"{step.tree:<22}{step.name:<34}{step.each:>12,.1f} µs", flush=True)
                steps.append(step)
    outcome = Outcome(
        dt.datetime.now(dt.UTC).date().isoformat(),
        _about(),
        tuple(steps),
        tuple(targets(steps)),
        missing,
    )
    print("\n" + outcome.tables())
    print(outcome.write(options.out))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parent / "results"
    parser.add_argument("--files", type=int, default=200_000, help="of series and interleaved")
    parser.add_argument("--names", type=int, default=1_000_000, help="entries without content")
    parser.add_argument("--other", type=int, default=200_000, help="files that are no DICOM")
    parser.add_argument("--private", type=int, default=2_000, help="files with large headers")
    parser.add_argument("--sample", type=int, default=2_000, help="files that slow peers read")
    parser.add_argument("--repeat", type=int, default=3, help="runs of a short step at most")
    parser.add_argument("--samples", type=Path, default=ROOT.parent / "shared" / "data" / "dicom")
    parser.add_argument("--growth", action="store_true", help=f"{FEW:,} files beside {MANY:,}")
    parser.add_argument("--few", type=int, default=FEW, help="files of the small tree of growth")
    parser.add_argument("--many", type=int, default=MANY, help="files of the large tree of growth")
    parser.add_argument("--only", nargs="+", choices=sorted((*BYTES, "growth")), metavar="TREE")
    parser.add_argument("--keep", type=Path, help="folder for the trees, which stay for the next")
    parser.add_argument("--out", type=Path, default=default, help="folder for the result")
    return parser.parse_args()


def _wanted(options: argparse.Namespace) -> list[tuple[str, int]]:
    """Kinds and sizes of the trees to measure on."""
    sizes = {
        "series": options.files,
        "interleaved": options.files,
        "private": options.private,
        "other": options.other,
        "names": options.names,
    }
    chosen = [(kind, sizes[kind]) for kind in sizes if kind in (options.only or sizes)]
    if options.growth or "growth" in (options.only or ()):
        chosen += [("start-up", 1), ("growth", options.few), ("growth", options.many)]
    return chosen


@contextmanager
def _setting(options: argparse.Namespace) -> Iterator[Setting]:
    with tempfile.TemporaryDirectory(prefix="vestige-benchmark-") as folder:
        work = options.keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        yield Setting(
            work.resolve(),
            options.keep is not None,
            options.samples,
            options.sample,
            options.repeat,
        )


def _missing(samples: Path) -> Iterator[str]:
    for module, package in PEERS.items():
        if importlib.util.find_spec(module) is None:
            yield f"{module}: not installed: pip install {package}"
    if not samples.is_dir():
        yield "large private headers: not measured, for --samples names no folder"
    if shutil.which("find") is None:
        yield "find: not installed"


def _require_space(setting: Setting, wanted: Sequence[tuple[str, int]]) -> None:
    """Says how much the trees need, and ends if the disk has not as much."""
    sizes = [BYTES[_BUILT.get(kind, kind)] * count for kind, count in wanted]
    need = sum(sizes) if setting.keep else max(sizes, default=0)
    free = shutil.disk_usage(setting.work).free
    print(f"needs about {need / 1e9:.1f} GB of disk, {free / 1e9:.1f} GB are free", flush=True)
    if need > free:
        sys.exit("too little space: see --files, --names, --many, or --keep elsewhere")


_BUILT = {"growth": "series", "start-up": "series"}
"""Whose files they are, where a tree is named after what it shows."""


def _measured(kind: str, count: int, setting: Setting) -> Iterator[Step]:
    """Every step on one tree, which is built before and removed after."""
    built = _BUILT.get(kind, kind)
    volume = setting.work / f"{built}-{count}"
    label = f"{kind} {count:,}" if kind == "growth" else kind
    trees.grown(volume, built, count, setting.samples)
    os.sync()
    for step in _steps(kind, volume, count, setting):
        yield replace(step, tree=label)
    if not setting.keep:
        trees.removed(volume)


def _steps(kind: str, volume: Path, count: int, setting: Setting) -> Iterator[Step]:
    if kind == "names":
        return _names(volume, count, setting)
    if kind == "start-up":
        return _scans(volume, count, setting, (1,))
    return _files(kind, volume, setting)


def _names(volume: Path, count: int, setting: Setting) -> Iterator[Step]:
    """`find`, and a scan."""
    if shutil.which("find") is not None:
        command = ("find", str(volume), "-printf", FACTS)
        measured(command, 1)
        run = best(lambda: measured(command, 1), setting.repeat)
        yield Step("", FIND, count, run.seconds, run.cpu)
    yield from _scans(volume, count, setting, (1,))


def _files(kind: str, volume: Path, setting: Setting) -> Iterator[Step]:
    """The floor, the least that a scan costs, scans, and what the peers do with a sample."""
    _loop("floor", volume, 1)  # warms the cache
    floor = _loop("floor", volume, setting.repeat)
    yield replace(floor, name=FLOOR)
    count = floor.files
    if kind in {"series", "interleaved"}:
        yield replace(_loop("least", volume, setting.repeat), name=LEAST)
    yield from _scans(volume, count, setting, (1, 2) if kind == "series" else (1,))
    if kind not in {"growth", "other"}:
        yield from _peers(volume, count, setting)


def _scans(volume: Path, count: int, setting: Setting, jobs: Sequence[int]) -> Iterator[Step]:
    for number in jobs:
        run = best(partial(_scan, volume, setting, number), setting.repeat)
        name = SCAN_2 if number > 1 else SCAN
        yield Step("", name, count, run.seconds, run.cpu, run.peak, run.together)


def _scan(volume: Path, setting: Setting, jobs: int) -> Run:
    """One whole scan as a command; the results are removed."""
    out, key = setting.work / "results", setting.work / "benchmark.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    code = "from vestige.cli import main; main()"
    command = (sys.executable, "-c", code, "scan", str(volume), "--out", str(out))
    run = measured((*command, "--jobs", str(jobs), "--key", str(key)), jobs, SCAN_CODES)
    shutil.rmtree(out)
    return run


def _peers(volume: Path, count: int, setting: Setting) -> Iterator[Step]:
    files = [path for path in sorted(volume.rglob("*")) if path.is_file()]
    chosen = files[:: max(1, count // setting.sample)][: setting.sample]
    listed = setting.work / "sample.txt"
    listed.write_text("".join(f"{path}\n" for path in chosen), encoding="utf-8")
    note = f"sample of {len(chosen):,}" if len(chosen) < count else ""
    for peer, name in (("pydicom", PYDICOM), ("gdcm", GDCM), ("dicomsdl", DICOMSDL)):
        if importlib.util.find_spec(peer) is not None:
            yield replace(_loop(peer, listed, setting.repeat), name=name, note=note)
    if importlib.util.find_spec("dicomqc") is not None:
        yield replace(_audit(chosen, setting), note=note)


def _loop(peer: str, where: Path, times: int) -> Step:
    """One loop of benchmarks/peers.py."""
    script = str(Path(__file__).with_name("peers.py"))
    run = best(lambda: measured((sys.executable, script, peer, str(where)), 1), times)
    took = json.loads(run.output)
    return Step("", peer, took["files"], took["seconds"], took["cpu"])


def _audit(files: Sequence[Path], setting: Setting) -> Step:
    """An audit by dicomqc of a folder that holds these files, less its start-up."""

    def audit(some: Sequence[Path]) -> Run:
        with tempfile.TemporaryDirectory(dir=setting.work) as folder:
            for number, path in enumerate(some):
                os.link(path, Path(folder) / f"{number:07}.dcm")
            code = "import sys; from dicomqc.cli import main; sys.exit(main())"
            command = (sys.executable, "-c", code, "scan", folder, "--threads", "1")
            run = measured(command, 1, AUDIT_CODES)
        if f"Files scanned: {len(some)}\n" not in run.output:
            sys.exit(f"dicomqc did not audit all of its sample: {run.output}")
        return run

    one = best(lambda: audit(files[:1]), setting.repeat)
    run = best(lambda: audit(files), setting.repeat)
    seconds, cpu = max(run.seconds - one.seconds, 0.0), max(run.cpu - one.cpu, 0.0)
    return Step("", DICOMQC, len(files), seconds, cpu)


def _about() -> dict[str, str]:
    """Of which versions, and on what."""
    packages = ("vestige", "pydicom", "python-gdcm", "dicomsdl", "dicomqc")
    return {
        "versions": ", ".join(f"{name} {_version(name)}" for name in packages),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "x first": "the time of a file over that of the tree's first step",
    }


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    main()
