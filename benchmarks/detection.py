"""Recall and precision of whole scans on planted trees, and what they say of tools' outputs.

    python benchmarks/detection.py [--seed 1] [--locale fi_FI ...] [--held-out] [--files 400]
                                   [--only text archives ...] [--beside 12] [--ocr]
                                   [--tools] [--keep FOLDER]

makes clean objects of the real ones in --samples (or of pydicom's own test files), plants synthetic
persons into half of them and harmless values into their twins, runs `vestige scan`, and prints
recall, precision and intervals by category, the misses and the false alarms. Then it does the same
with files of each kind that lies beside images (benchmarks/beside.py), so many with somebody in
them and so many without, and with the recipes about them. No value is printed: cases, places and
rule ids stand for them. The same stands afterwards in benchmarks/results/.

--only names categories of identifiers in objects, kinds of place beside them, or single plants;
--files 0 leaves out the objects, --beside 0 what lies beside them; --ocr reads text in pictures.

Locales with an underscore need Faker, --tools the tools themselves: `pip install -e
".[benchmark]"`. What is absent is named, and the rest is measured.
"""

import argparse
import datetime as dt
import importlib.util
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pydicom
from pydicom.data import get_testdata_file

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks import beside, beside_recipes, deidentifiers  # noqa: E402
from benchmarks.bases import clean_bases  # noqa: E402
from benchmarks.beside import Beside  # noqa: E402
from benchmarks.cases import cases  # noqa: E402
from benchmarks.deidentifiers import Left  # noqa: E402
from benchmarks.identities import DEVELOPMENT, HELD_OUT  # noqa: E402
from benchmarks.matching import Matched, Seen, matched, read  # noqa: E402
from benchmarks.planter import Setting, plant  # noqa: E402
from benchmarks.verdicts import Detection  # noqa: E402

SCAN_CODES = (0, 1, 3)
"""Nothing found, findings, incomplete: a scan that went to its end."""


def main() -> None:
    """Plant, scan, match, print, write."""
    options = _options()
    locales = tuple(options.locale or (HELD_OUT if options.held_out else DEVELOPMENT))
    known = tuple(locale for locale in locales if "_" not in locale or _has_faker())
    missing = [f"{one}: left out, for Faker is not installed" for one in set(locales) - set(known)]
    if not known:
        sys.exit("no locale is left: pip install faker")
    with _work(options.keep) as work, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _objects(work, options, known)
        left = dict(_left(work)) if options.tools else {}
        others, absent = _beside(work / "beside", options, known)
        missing += absent
    missing += deidentifiers.absent() if options.tools else ()
    name = options.name or ("held-out" if options.held_out else "development")
    about = {
        "seed": str(options.seed),
        "locales": ", ".join(known),
        "objects": f"{options.files} dirty, {found.clean_files} clean and with dummies",
        "found": "a finding of band medium or worse in the same file and element",
        "pictures": "read (--ocr)" if options.ocr else "not read",
    }
    date = dt.datetime.now(dt.UTC).date().isoformat()
    outcome = Detection(date, name, about, found, left, tuple(missing), others)
    print(outcome.page())
    print(outcome.write(options.out))


def _objects(work: Path, options: argparse.Namespace, locales: tuple[str, ...]) -> Matched:
    """What was found of objects."""
    only = tuple(sorted({case.category for case in cases()} & set(options.only)))
    if not options.files or (options.only and not only):
        return matched((), ())
    setting = Setting(options.seed, locales, options.files, only)
    key = plant(work / "tree", tuple(clean_bases(_samples(options.samples))), setting)
    print(f"planted {sum(one.planted for one in key):,} identifiers", flush=True)
    return matched(key, scanned(work / "tree", work / "out"))


def _beside(
    work: Path, options: argparse.Namespace, locales: tuple[str, ...]
) -> tuple[Beside | None, tuple[str, ...]]:
    """What was found beside the images, and what could not be planted there."""
    some, missing = beside.kinds(options.only, drawn=options.ocr) if options.beside else ((), ())
    if not some:
        return None, ()
    key = beside.planted(work / "tree", some, options.seed, locales, options.beside)
    print(f"planted {sum(one.dirty for one in key):,} files beside them", flush=True)
    more = ("--ocr",) if options.ocr else ()
    found = beside.compared(key, beside.scanned(work / "tree", work / "out", *more))
    if options.only:
        return found, missing
    told = beside_recipes.planted(
        work / "recipes", options.seed, options.beside, held_out=options.held_out
    )
    seen = beside.scanned(work / "recipes", work / "out-recipes")
    recipes = tuple(beside_recipes.figures(work / "recipes", told, seen))
    return replace(found, recipes=recipes), missing


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parent / "results"
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--locale", nargs="+", help="of Faker (fi_FI) or of our own list (fi)")
    parser.add_argument("--held-out", action="store_true", help="locales in no lexicon")
    parser.add_argument("--files", type=int, default=400, help="objects with identifiers")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--beside", type=int, default=12, help="files of each kind, and controls")
    parser.add_argument("--ocr", action="store_true", help="text in pictures is read")
    parser.add_argument("--tools", action="store_true", help="scan the output of de-identifiers")
    parser.add_argument("--samples", type=Path, default=ROOT.parent / "shared" / "data" / "dicom")
    parser.add_argument("--keep", type=Path, help="folder for the tree and the scan, which stay")
    parser.add_argument("--out", type=Path, default=default, help="folder for the result")
    parser.add_argument("--name", default="", help="of the result, in its file name")
    return parser.parse_args()


def _has_faker() -> bool:
    return importlib.util.find_spec("faker") is not None


def _samples(wanted: Path) -> Path:
    """The folder of real objects; pydicom's own test files where there is none."""
    return wanted if wanted.is_dir() else Path(str(get_testdata_file("CT_small.dcm"))).parent


@contextmanager
def _work(keep: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vestige-detection-") as folder:
        work = keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        yield work.resolve()


def scanned(tree: Path, out: Path) -> tuple[Seen, ...]:
    """What the command `vestige scan` finds below a folder; ends if it does not go to its end."""
    out.mkdir(parents=True)
    key = out / "benchmark.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    code = "from vestige.cli import main; main()"
    asked = ("scan", str(tree), "--out", str(out / "scan"), "--key", str(key), "--jobs", "1")
    run = subprocess.run(
        (sys.executable, "-c", code, *asked), capture_output=True, text=True, check=False
    )
    if run.returncode not in SCAN_CODES:
        sys.exit(f"the scan failed ({run.returncode}): {run.stderr}")
    return read(out / "scan")


def _left(work: Path) -> Iterator[tuple[str, tuple[Left, ...]]]:
    """What is found in the outputs of the tools that are installed."""
    for package in deidentifiers.TOOLS:
        version = deidentifiers.installed(package)
        if not version:
            continue
        out = work / package
        failed = deidentifiers.cleaned(package, work / "tree" / "dirty", out)
        note = f", which could not treat {failed} files" if failed else ""
        seen = scanned(out, work / f"out-{package}")
        yield f"{package} {version}{note}", deidentifiers.left(seen)


if __name__ == "__main__":
    pydicom.config.settings.writing_validation_mode = pydicom.config.IGNORE
    main()
