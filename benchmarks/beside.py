"""Recall and false alarms in what lies beside the images: tables, documents, archives, pictures.

    python benchmarks/beside.py [--seed 1] [--persons 12] [--locale fi_FI ...] [--only NAME ...]

writes each kind of file of `beside_*.py` for so many persons, and the same with a pseudonym in
place of the person, runs `vestige scan`, and prints for each kind how many planted values were
found (a finding of medium or worse at that path) and how many controls have one of high or worse.
"""

import argparse
import csv
import datetime as dt
import importlib
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's neighbours are found from the checkout's top

from benchmarks.beside_plant import CONTROL, Field, Plant  # noqa: E402
from benchmarks.identities import HELD_OUT, Identity, identity  # noqa: E402
from vestige.planting.people import people  # noqa: E402

SCAN_CODES = (0, 1, 3)
"""Nothing found, findings, incomplete: a scan that went to its end."""

_NO_PLANTS = {"beside_plant", "beside_speed"}

_WORSE = {"medium": ("critical", "high", "medium"), "high": ("critical", "high")}


def main() -> None:
    """Plant, scan, count, print, write."""
    options = _options()
    plants = [one for one in _plants() if not options.only or one.name in options.only]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(options.keep or folder)
        planted, controls = _planted(work / "tree", plants, options)
        found = _found(work)
    rows = []
    for one in plants:
        hit = [path in found["medium"] for path in planted[one.name]]
        alarmed = [path in found["high"] for path in controls[one.name]]
        rows.append((one.name, len(hit), sum(hit), len(alarmed), sum(alarmed)))
    _print(rows)
    date = dt.datetime.now(dt.UTC).date().isoformat()
    file = options.out / f"{date}-beside.json"
    about = {"seed": options.seed, "persons": options.persons, "locales": options.locale}
    names = ("kind", "planted", "found", "controls", "alarmed")
    kinds = [dict(zip(names, row, strict=True)) for row in rows]
    file.write_text(json.dumps({**about, "kinds": kinds}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--persons", type=int, default=12)
    parser.add_argument("--locale", nargs="+", default=list(HELD_OUT))
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    return parser.parse_args()


def _plants() -> list[Plant]:
    """The plants of all modules beside this one."""
    here = Path(__file__).parent
    others = ("_plant", "_speed")
    names = sorted(o.stem for o in here.glob("beside_*.py") if not o.stem.endswith(others))
    return [one for name in names for one in importlib.import_module(f"benchmarks.{name}").PLANTS]


def _planted(
    tree: Path, plants: list[Plant], options: argparse.Namespace
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The paths of the planted and of the control files, by plant."""
    known = people()
    planted: dict[str, list[str]] = defaultdict(list)
    controls: dict[str, list[str]] = defaultdict(list)
    for number in range(options.persons):
        locale = options.locale[number % len(options.locale)]
        person = identity(known, options.seed, locale, number)
        for index, one in enumerate(plants):
            for kept, value, side in (
                (planted, _value(person, one.field), "p"),
                (controls, CONTROL[one.field].format(number=number), "c"),
            ):
                # Reports mask what may be a name in a path: numbers are none.
                below = f"{side}{number:03}/k{index:03}"
                (tree / below).mkdir(parents=True)
                kept[one.name].append(f"{below}/{one.write(tree / below, value, number)}")
    return planted, controls


def _value(person: Identity, field: Field) -> str:
    return {
        Field.NAME: f"{person.given} {person.family}",
        Field.FAMILY: person.family,
        Field.NUMBER: person.mrn,
        Field.BIRTH: person.born.isoformat(),
        Field.PHONE: person.phone,
        Field.EMAIL: person.email,
    }[field]


def _found(work: Path) -> dict[str, set[str]]:
    """The paths below the tree at which there is a finding, by band and worse."""
    code = "from vestige.cli import main; main()"
    asked = ("scan", str(work / "tree"), "--out", str(work / "out"))
    run = subprocess.run(
        (sys.executable, "-c", code, *asked), capture_output=True, text=True, check=False
    )
    if run.returncode not in SCAN_CODES:
        sys.exit(f"the scan failed ({run.returncode}): {run.stderr}")
    with (work / "out" / "findings.csv").open(newline="") as stream:
        bands = {row["finding"]: row["band"] for row in csv.DictReader(stream)}
    found: dict[str, set[str]] = {"medium": set(), "high": set()}
    with (work / "out" / "occurrences.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            path = row["path"].partition("/")[2]
            for band, worse in _WORSE.items():
                if bands[row["finding"]] in worse:
                    found[band].add(path)
    return found


def _print(rows: list[tuple[str, int, int, int, int]]) -> None:
    for name, planted, hit, controls, alarmed in rows:
        print(f"{name:40} {hit:4}/{planted:<4} {hit / planted:5.1%}   alarms {alarmed}/{controls}")
    planted, hit = sum(row[1] for row in rows), sum(row[2] for row in rows)
    controls, alarmed = sum(row[3] for row in rows), sum(row[4] for row in rows)
    rate = hit / max(planted, 1)
    print(f"{'all':40} {hit:4}/{planted:<4} {rate:5.1%}   alarms {alarmed}/{controls}")


if __name__ == "__main__":
    main()
